# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:checkgeometry``: the quality check of handed-in parcels, each problem on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from ..i18n import language, translate
from .base import Parameters
from .overlay_base import OverlayAlgorithm

if TYPE_CHECKING:
    from ..core.model.parcel import ParcelReading
    from ..core.model.problems import Problem

_COLUMNS = ("code", "rule", "level", "parcel", "meaning", "reason", "repair", "hint")


class CheckGeometry(OverlayAlgorithm):
    """Detects on the coordinates as handed in; repairs nothing."""

    NAME = "checkgeometry"
    GROUP = "input"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Check parcels")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Checks geometry, topology, areas, coordinate system, jurisdiction and attributes of parcels by the "
            "quality rules of the office profile. OUTPUT has one feature a problem, with the place, the reason and "
            "the next step. Nothing is repaired.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self.add_parcels()
        self.addParameter(
            QgsProcessingParameterVectorLayer(
                "JURISDICTION_LAYER",
                translate("landreview", "Counties of the office"),
                [Qgis.ProcessingSourceType.VectorPolygon],
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "PROFILE", translate("landreview", "Office profile: file or built-in name"), defaultValue="hunan"
            )
        )
        self.addParameter(
            QgsProcessingParameterField(
                "PARCEL_FIELD", translate("landreview", "Field with the parcel number"), None, "PARCELS", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", translate("landreview", "Problems"), Qgis.ProcessingSourceType.VectorPolygon
            )
        )
        self.addOutput(QgsProcessingOutputNumber("ERROR_COUNT", translate("landreview", "Number of errors")))
        self.addOutput(QgsProcessingOutputNumber("WARNING_COUNT", translate("landreview", "Number of warnings")))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read without refusing, check, write one feature a problem."""
        from ..core.model.problems import Level
        from ..core.profile import load_profile
        from ..project.parcels import read_features
        from .quality_job import check_reading

        source = self.parameterAsSource(parameters, "PARCELS", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "PARCELS"))
        reading = read_features(source, number_field=self.parameterAsString(parameters, "PARCEL_FIELD", context))
        profile = load_profile(self.parameterAsString(parameters, "PROFILE", context))
        counties = self.open_reference("JURISDICTION_LAYER", reading) if self.has("JURISDICTION_LAYER") else None
        problems = check_reading(reading, profile, counties)
        sink_id = self._write(parameters, context, reading, problems)
        return {
            "OUTPUT": sink_id,
            "ERROR_COUNT": sum(problem.level is Level.ERROR for problem in problems),
            "WARNING_COUNT": sum(problem.level is Level.WARNING for problem in problems),
        }

    def _write(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        reading: ParcelReading,
        problems: tuple[Problem, ...],
    ) -> str:
        from ..project.crs import qgis_crs
        from .parcel_io import add_features

        fields = QgsFields()
        for name in _COLUMNS:
            fields.append(QgsField(name, QMetaType.Type.QString))
        sink, sink_id = self.parameterAsSink(
            parameters, "OUTPUT", context, fields, Qgis.WkbType.MultiPolygon, qgis_crs(reading.crs)
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        add_features(sink, [_feature(problem, fields) for problem in problems])
        return str(sink_id)


def _feature(problem: Problem, fields: QgsFields) -> QgsFeature:
    import shapely

    from ..core.model.base import Language
    from ..core.texts import hint, meaning
    from .parcel_io import qgis_geometry

    spoken = Language(language())
    feature = QgsFeature(fields)
    if problem.geometry is not None and not problem.geometry.is_empty:
        shape = problem.geometry
        # one layer for points, lines and areas: a mark of a metre where there is no area to show
        feature.setGeometry(qgis_geometry(shape if shapely.get_dimensions(shape) == 2 else shapely.buffer(shape, 1.0)))
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
