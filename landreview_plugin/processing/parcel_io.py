# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels from the readers to Processing: what was read with a notice, problems as JSON, features."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QMetaType

from ..core.files import replace_file
from ..core.model.base import Language
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Level, Problem
from ..core.texts import hint, meaning, problem_sentence
from ..i18n import language
from ..project.crs import qgis_crs
from .base import Parameters

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIELDS = (
    ("number", QMetaType.Type.QString),
    ("name", QMetaType.Type.QString),
    ("use", QMetaType.Type.QString),
    ("land_class", QMetaType.Type.QString),
    ("map_sheet", QMetaType.Type.QString),
    ("stated_area_ha", QMetaType.Type.Double),
)


def accepted(reading: ParcelReading, feedback: QgsProcessingFeedback) -> None:
    """Say what was read with a notice."""
    spoken = Language(language())
    for key, value in sorted(reading.notes.items()):
        feedback.pushInfo(f"{key}: {value}")
    for problem in reading.problems:
        line = problem_sentence(problem, spoken)
        (feedback.pushWarning if problem.level is Level.WARNING else feedback.pushInfo)(line)


def write_problems(reading: ParcelReading, path: Path) -> None:
    """The list of problems as JSON: what a reviewer sends back to the surveyor."""
    content = {
        "source": reading.source,
        "sha256": reading.sha256,
        "crs": reading.crs.label if reading.crs else None,
        "parcels": len(reading.parcels),
        "points_in": reading.points_in,
        "points_rejected": reading.points_rejected,
        "notes": dict(sorted(reading.notes.items())),
        "problems": [_as_json(problem) for problem in reading.problems],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    replace_file(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def _as_json(problem: Problem) -> dict[str, object]:
    return problem.model_dump(mode="json", exclude_defaults=True) | {
        "code": problem.code,
        "level": problem.level.value,
        "meaning": meaning(problem.code).model_dump(),
        "hint": hint(problem.code).model_dump(),
    }


def parcel_sink(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext, reading: ParcelReading
) -> str:
    """Write the parcels into OUTPUT; returns the id of the new layer."""
    fields = QgsFields()
    for name, kind in _FIELDS:
        fields.append(QgsField(name, kind))
    sink, sink_id = algorithm.parameterAsSink(
        parameters, "OUTPUT", context, fields, Qgis.WkbType.MultiPolygon, qgis_crs(reading.crs)
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, "OUTPUT"))
    add_features(sink, (_feature(parcel, fields) for parcel in reading.parcels))
    return str(sink_id)


def add_features(sink: QgsFeatureSink, features: Iterable[QgsFeature]) -> None:
    """Add features and insist that each was written."""
    for feature in features:
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise LandReviewError("E-ENV-WRITE", detail=sink.lastError())


def qgis_geometry(geometry: shapely.Geometry) -> QgsGeometry:
    """Shapely to QGIS, polygons as multipolygons."""
    if geometry.geom_type == "Polygon":
        geometry = shapely.MultiPolygon([geometry])
    result = QgsGeometry()
    result.fromWkb(shapely.to_wkb(geometry))
    return result


def _feature(parcel: Parcel, fields: QgsFields) -> QgsFeature:
    feature = QgsFeature(fields)
    feature.setGeometry(qgis_geometry(parcel.geometry))
    stated = None if parcel.stated_area_ha is None else float(parcel.stated_area_ha)
    feature.setAttributes([parcel.number, parcel.name, parcel.use, parcel.land_class, parcel.map_sheet, stated])
    return feature
