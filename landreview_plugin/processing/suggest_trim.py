# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:suggesttrim``: parcels without their forbidden land, as boundaries that can be handed in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
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
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from ..i18n import language, translate
from .base import FeedbackProgress, Parameters
from .overlay_base import OverlayAlgorithm

if TYPE_CHECKING:
    from ..core.model.parcel import Parcel, ParcelReading
    from ..core.overlay.layer import Geometries
    from ..core.trim.suggestion import Suggestion

KEEP = ("all", "largest")
NUMBERS = ("area_m2", "lost_m2", "forbidden_m2")


class SuggestTrim(OverlayAlgorithm):
    """The trimmed boundary of each parcel, with what it loses and why."""

    NAME = "suggesttrim"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Suggest trimmed boundaries")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "The boundary of each parcel that takes forbidden land off and loses least: land on FORBIDDEN layers, "
            "land outside WITHIN, or the land of prohibitions in a review (RESULT_JSON with its GeoPackage beside). "
            "Old boundary points stay exactly; new ones have three decimals and lie on the inner side, so that a "
            "review of the result finds no overlap. Strips and parts below MIN_WIDTH and MIN_AREA are dropped and "
            "said. A parcel without a suggestion is named with the reason; WITHOUT lists them.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        add = self.addParameter
        self.add_parcels()
        forbidden = translate("landreview", "Layers that may not be touched")
        add(QgsProcessingParameterMultipleLayers("FORBIDDEN", forbidden, polygons, optional=True))
        within = translate("landreview", "Layer that may not be left")
        add(QgsProcessingParameterVectorLayer("WITHIN", within, [polygons], optional=True))
        result = translate("landreview", "Result of a review (result.json)")
        add(QgsProcessingParameterFile("RESULT_JSON", result, extension="json", optional=True))
        double = Qgis.ProcessingNumberParameterType.Double
        width = translate("landreview", "Smallest useful width (m)")
        add(QgsProcessingParameterNumber("MIN_WIDTH", width, double, defaultValue=1.0, minValue=0.0))
        area = translate("landreview", "Smallest useful area (m²)")
        add(QgsProcessingParameterNumber("MIN_AREA", area, double, defaultValue=10.0, minValue=0.0))
        keep = translate("landreview", "Where a parcel is split, keep")
        add(QgsProcessingParameterEnum("KEEP", keep, list(KEEP), defaultValue=KEEP[0], usesStaticStrings=True))
        self.add_area_method()
        number = translate("landreview", "Field with the parcel number")
        add(QgsProcessingParameterField("PARCEL_FIELD", number, None, "PARCELS", optional=True))
        add(QgsProcessingParameterFeatureSink("OUTPUT", translate("landreview", "Trimmed parcels"), polygons))
        without = translate("landreview", "Parcels without a suggestion")
        table = Qgis.ProcessingSourceType.Vector
        add(QgsProcessingParameterFeatureSink("WITHOUT", without, table, optional=True, createByDefault=False))
        self.addOutput(QgsProcessingOutputNumber("TRIMMED_COUNT", translate("landreview", "Parcels trimmed")))
        self.addOutput(QgsProcessingOutputNumber("LOST_AREA", translate("landreview", "Area lost (m²)")))
        self.addOutput(QgsProcessingOutputNumber("WITHOUT_COUNT", without))

    def _take_layers(self, parameters: Parameters, context: QgsProcessingContext) -> bool:
        from ..core.model.problems import LandReviewError
        from ..project.layers import handle_of

        forbidden = self.parameterAsLayerList(parameters, "FORBIDDEN", context)
        self._handles = {f"FORBIDDEN {n}": handle_of(layer) for n, layer in enumerate(forbidden)}
        if parameters.get("WITHIN"):
            layer = self.parameterAsVectorLayer(parameters, "WITHIN", context)
            if layer is None or not layer.isValid():
                raise LandReviewError("E-SRC-MISSING", detail=f"WITHIN: {parameters['WITHIN']}")
            self._handles["WITHIN"] = handle_of(layer)
        if not self._handles and not parameters.get("RESULT_JSON"):
            raise LandReviewError("E-CASE-PARAM", detail="FORBIDDEN, WITHIN, RESULT_JSON")
        return True

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Find the forbidden land, trim each parcel, write them."""
        from ..core.progress import Part
        from ..core.trim.suggest import suggest
        from ..core.trim.useful import Limits

        reading = self.read_parcels(parameters, context, feedback)
        forbidden = self._forbidden(parameters, context, reading, feedback)
        limits = Limits(
            self.parameterAsDouble(parameters, "MIN_WIDTH", context),
            self.parameterAsDouble(parameters, "MIN_AREA", context),
        )
        measure = self.measure(parameters, context, reading)
        chosen = -1 if self.parameterAsEnumString(parameters, "KEEP", context) == "largest" else 0
        ways = []
        progress = FeedbackProgress(feedback)
        for n, parcel in enumerate(reading.parcels):
            share = Part(progress, 0.7 + 0.3 * n / len(reading.parcels), 0.7 + 0.3 * (n + 1) / len(reading.parcels))
            found = suggest(parcel.geometry, forbidden[n], measure=measure, limits=limits, progress=share)
            ways.append(found[chosen])
        rows = [_row(parcel, way) for parcel, way in zip(reading.parcels, ways, strict=True)]
        lacking = [row for row in rows if not row.hasGeometry()]
        for row in lacking:
            feedback.pushWarning(f"{row['parcel']}: {row['reason']}")
        located = [row for row in rows if row.hasGeometry()]
        results = {
            "OUTPUT": self._write("OUTPUT", parameters, context, located, reading),
            "TRIMMED_COUNT": sum(way.after is not None for way in ways),
            "LOST_AREA": sum(way.lost_m2 for way in ways),
            "WITHOUT_COUNT": len(lacking),
        }
        if parameters.get("WITHOUT"):
            results["WITHOUT"] = self._write("WITHOUT", parameters, context, lacking, None)
        return results

    def _forbidden(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        reading: ParcelReading,
        feedback: QgsProcessingFeedback,
    ) -> Geometries:
        """(n,) forbidden land by layers and by the review."""
        import shapely

        from ..core.progress import Part
        from ..core.trim.forbidden import forbidden_by_layers, forbidden_by_result
        from ..report.json_result import read_json
        from ..sources.stored_result import with_geometries

        touching = [self.open_reference(name, reading) for name in self._handles if name != "WITHIN"]
        within = self.open_reference("WITHIN", reading) if self.has("WITHIN") else None
        land, overlays = forbidden_by_layers(
            self.geometries(reading), touching, within, Part(FeedbackProgress(feedback), 0.0, 0.7)
        )
        for found in overlays:
            self.say_repairs(found, feedback)
            self.refuse_unchecked(found, reading)
        if not parameters.get("RESULT_JSON"):
            return land
        path = Path(self.parameterAsFile(parameters, "RESULT_JSON", context))
        result = with_geometries(read_json(path), path.with_suffix(".gpkg"))
        return shapely.union(land, forbidden_by_result(reading.parcels, result))

    def _write(
        self,
        name: str,
        parameters: Parameters,
        context: QgsProcessingContext,
        rows: Sequence[QgsFeature],
        reading: ParcelReading | None,
    ) -> str:
        """Into a sink: a layer in the parcels' plane, or a table where no ``reading`` is given."""
        from ..project.crs import qgis_crs
        from .parcel_io import add_features

        kind = (Qgis.WkbType.MultiPolygon, qgis_crs(reading.crs)) if reading else (Qgis.WkbType.NoGeometry,)
        sink, sink_id = self.parameterAsSink(parameters, name, context, _fields(), *kind)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, name))
        add_features(sink, rows)
        return str(sink_id)


def _fields() -> QgsFields:
    fields = QgsFields()
    for name in ("parcel", "parcel_name", "outcome", "reason"):
        fields.append(QgsField(name, QMetaType.Type.QString))
    for name in NUMBERS:
        fields.append(QgsField(name, QMetaType.Type.Double))
    return fields


def _row(parcel: Parcel, way: Suggestion) -> QgsFeature:
    """A parcel as it is to be handed in; without geometry where there is nothing to hand in."""
    from ..core.model.base import Language
    from ..core.trim.suggestion import Outcome
    from ..core.trim.words import said
    from .parcel_io import qgis_geometry

    row = QgsFeature(_fields())
    shape = way.before if way.outcome is Outcome.NOTHING_TO_TRIM else way.after
    if shape is not None:
        row.setGeometry(qgis_geometry(shape))
    reason = said(way).get(Language(language()))
    figures = [way.left_m2, way.lost_m2, way.forbidden_m2]
    row.setAttributes([parcel.number, parcel.name, way.outcome.value, reason, *figures])
    return row
