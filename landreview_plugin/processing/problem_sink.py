# SPDX-License-Identifier: GPL-2.0-or-later
"""Problems and repairs as features: one a problem, with place, reason and next step."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
)
from qgis.PyQt.QtCore import QMetaType

from ..core.model.base import Language
from ..core.model.crs import Crs
from ..core.model.problems import Problem
from ..core.texts import hint, meaning
from ..i18n import language
from ..project.crs import qgis_crs
from .base import Parameters
from .parcel_io import add_features, qgis_geometry

_COLUMNS = ("code", "rule", "level", "parcel", "meaning", "reason", "repair", "hint")
_MARK_M = 1.0
"""One layer for points, lines and areas: a mark of this radius where there is no area to show."""


def problem_sink(
    algorithm: QgsProcessingAlgorithm,
    name: str,
    parameters: Parameters,
    context: QgsProcessingContext,
    crs: Crs | None,
    problems: Iterable[Problem],
) -> str:
    """Write the problems into the sink parameter ``name``; returns the id of the new layer."""
    fields = QgsFields()
    for column in _COLUMNS:
        fields.append(QgsField(column, QMetaType.Type.QString))
    sink, sink_id = algorithm.parameterAsSink(
        parameters, name, context, fields, Qgis.WkbType.MultiPolygon, qgis_crs(crs)
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    add_features(sink, [_feature(problem, fields) for problem in problems])
    return str(sink_id)


def _feature(problem: Problem, fields: QgsFields) -> QgsFeature:
    spoken = Language(language())
    feature = QgsFeature(fields)
    shape = problem.geometry
    if shape is not None and not shape.is_empty:
        whole = shapely.get_type_id(shape) in (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
        feature.setGeometry(qgis_geometry(shape if whole else shapely.buffer(shape, _MARK_M)))
    feature.setAttributes(
        [
            problem.code,
            problem.rule,
            problem.level.value,
            problem.place.parcel,
            meaning(problem.code).get(spoken),
            problem.reason.get(spoken) if problem.reason else problem.text,
            problem.repair.get(spoken) if problem.repair else "",
            hint(problem.code).get(spoken),
        ]
    )
    return feature
