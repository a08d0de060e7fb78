# SPDX-License-Identifier: GPL-2.0-or-later
"""What the six conflict algorithms share: parameters, outputs, and the layer of pieces."""

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
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from ..i18n import translate
from .base import FeedbackProgress, Parameters
from .overlay_base import OverlayAlgorithm, text_or_empty

if TYPE_CHECKING:
    from ..core.conflict import Conflict, Piece, Selection
    from ..core.model.parcel import ParcelReading
    from ..core.overlay.layer import ReferenceLayer


class ConflictAlgorithm(OverlayAlgorithm):
    """Base of the six. A subclass names itself, adds parameters and selects features."""

    GROUP = "conflict"

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Pieces of the parcels in conflict, with the attributes of both layers. VERDICT is one of conflict, "
            "not_checked, partly_covered, clear. Without COVERAGE (the land for which the reference layer is "
            "complete) it is never clear. MIN_AREA drops smaller pieces; how many and how much is said. "
            "UNCOVERED_AREA is the land of the parcels outside COVERAGE.",
        )

    def add_more(self) -> None:
        """Declare the subclass's own parameters."""

    def selection(self, parameters: Parameters, context: QgsProcessingContext) -> Selection:
        """Which features are a conflict."""
        from ..core.conflict import Selection

        return Selection()

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self.add_parcels()
        self.add_reference()
        self.addParameter(
            QgsProcessingParameterVectorLayer(
                "COVERAGE",
                translate("landreview", "Coverage: where the reference layer is complete"),
                [Qgis.ProcessingSourceType.VectorPolygon],
                optional=True,
            )
        )
        self.add_more()
        self.addParameter(
            QgsProcessingParameterNumber(
                "MIN_AREA",
                translate("landreview", "Drop pieces up to (m²)"),
                Qgis.ProcessingNumberParameterType.Double,
                defaultValue=0.0,
                minValue=0.0,
            )
        )
        self.add_area_method()
        self.addParameter(
            QgsProcessingParameterField(
                "PARCEL_FIELD", translate("landreview", "Field with the parcel number"), None, "PARCELS", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", translate("landreview", "Pieces in conflict"), Qgis.ProcessingSourceType.VectorPolygon
            )
        )
        self.addOutput(QgsProcessingOutputNumber("CONFLICT_COUNT", translate("landreview", "Pieces in conflict")))
        self.addOutput(QgsProcessingOutputNumber("CONFLICT_AREA", translate("landreview", "Area in conflict (m²)")))
        self.addOutput(QgsProcessingOutputNumber("UNCOVERED_AREA", translate("landreview", "Uncovered area (m²)")))
        self.addOutput(QgsProcessingOutputString("VERDICT", translate("landreview", "Verdict")))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Find the pieces, give the verdict, write the pieces."""
        from ..core.conflict import find_conflict

        reading = self.read_parcels(parameters, context, feedback)
        reference = self.open_reference("REFERENCE", reading)
        found = find_conflict(
            self.geometries(reading),
            reference,
            self.open_reference("COVERAGE", reading) if self.has("COVERAGE") else None,
            self.selection(parameters, context),
            measure=self.measure(parameters, context, reading),
            min_area_m2=self.parameterAsDouble(parameters, "MIN_AREA", context),
            progress=FeedbackProgress(feedback),
        )
        self._say(found, reading, feedback)
        sink_id = self._write(parameters, context, reading, reference, found.pieces)
        return {
            "OUTPUT": sink_id,
            "CONFLICT_COUNT": len(found.pieces),
            "CONFLICT_AREA": sum(piece.area_m2 for piece in found.pieces),
            "UNCOVERED_AREA": found.uncovered_m2,
            "VERDICT": found.verdict.value,
        }

    def _say(self, found: Conflict, reading: ParcelReading, feedback: QgsProcessingFeedback) -> None:
        """What a reader of the verdict must know beside it."""
        self.say_repairs(found.overlay, feedback)
        for index in found.undecided:
            feedback.pushWarning(
                translate("landreview", "Parcel {}: not everything on it could be judged").format(
                    reading.parcels[index].number
                )
            )
        if found.dropped:
            feedback.pushWarning(
                translate("landreview", "Dropped {} piece(s) with {:.2f} m² in all").format(
                    len(found.dropped), sum(piece.area_m2 for piece in found.dropped)
                )
            )
        if not self.has("COVERAGE"):
            feedback.pushWarning(
                translate("landreview", "No COVERAGE given: land without a reference feature counts as not checked")
            )

    def _write(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        reading: ParcelReading,
        reference: ReferenceLayer,
        pieces: tuple[Piece, ...],
    ) -> str:
        from ..project.crs import qgis_crs
        from .parcel_io import add_features, qgis_geometry

        fields = QgsFields()
        for name in ("parcel", "parcel_name", "parcel_use", "layer"):
            fields.append(QgsField(name, QMetaType.Type.QString))
        for name in ("area_m2", "distance_m"):
            fields.append(QgsField(name, QMetaType.Type.Double))
        own = {field.name().lower() for field in fields}
        names = [(name, f"ref_{name}" if name.lower() in own else name) for name in reference.field_names]
        for _, shown in names:
            fields.append(QgsField(shown, QMetaType.Type.QString))
        sink, sink_id = self.parameterAsSink(
            parameters, "OUTPUT", context, fields, Qgis.WkbType.MultiPolygon, qgis_crs(reading.crs)
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        features = []
        for piece in pieces:
            parcel = reading.parcels[piece.parcel]
            feature = QgsFeature(fields)
            feature.setGeometry(qgis_geometry(piece.geometry))
            values = [text_or_empty(piece.attributes.get(name)) for name, _ in names]
            head = [parcel.number, parcel.name, parcel.use, reference.name, piece.area_m2, piece.distance_m]
            feature.setAttributes(head + values)
            features.append(feature)
        add_features(sink, features)
        return str(sink_id)
