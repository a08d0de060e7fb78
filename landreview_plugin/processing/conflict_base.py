# SPDX-License-Identifier: GPL-2.0-or-later
"""What the six conflict algorithms share: pieces, areas, and one of four verdicts.

"clear" is said only for parcels that lie in the declared COVERAGE, of which every touching
reference feature could be judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
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
    from ..core.geodesy.area import Measure
    from ..core.model.parcel import ParcelReading
    from ..core.overlay.layer import ReferenceLayer

COVERAGE_TOLERANCE_M2 = 0.01


class Hit(Enum):
    """What a reference feature means for a parcel on it."""

    YES = auto()
    NO = auto()
    UNKNOWN = auto()
    """A value is missing or unreadable: never "no conflict"."""


def always(attributes: dict[str, Any]) -> Hit:
    """Every feature of the layer is a conflict."""
    return Hit.YES


@dataclass(frozen=True, slots=True)
class Selection:
    """Which features count, and how."""

    fields: tuple[str, ...] = ()
    judge: Callable[[dict[str, Any]], Hit] = always
    outside: bool = False
    """The conflict is the land that the layer leaves."""
    partition: bool = False
    """The layer should leave no land: a gap can't be judged."""
    distance_m: float | None = None
    distance_field: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a parcel in conflict, with the attributes of the reference feature."""

    parcel: int
    geometry: shapely.Geometry
    area_m2: float
    distance_m: float
    attributes: dict[str, Any]


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

    def run(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Find the pieces, give the verdict, write the pieces."""
        from .conflict_search import Coverage, find_pieces

        reading = self.read_parcels(parameters, context, feedback)
        reference = self.open_reference("REFERENCE", reading)
        measure = self.measure(parameters, context, reading)
        progress = FeedbackProgress(feedback)
        coverage = Coverage.none(len(reading.parcels))
        if self.has("COVERAGE"):
            coverage = Coverage.of(self.geometries(reading), self.open_reference("COVERAGE", reading), measure)
        found = find_pieces(
            self.geometries(reading), reference, self.selection(parameters, context), coverage, measure, progress
        )
        self.report_repairs(found.overlay, reading, feedback)
        min_area_m2 = self.parameterAsDouble(parameters, "MIN_AREA", context)
        kept = [piece for piece in found.pieces if piece.area_m2 > min_area_m2]
        self._say_dropped(found.pieces, kept, feedback)
        for line in found.doubts:
            feedback.pushWarning(line)
        verdict = found.verdict(bool(kept), coverage)
        sink_id = self._write(parameters, context, reading, reference, kept)
        return {
            "OUTPUT": sink_id,
            "CONFLICT_COUNT": len(kept),
            "CONFLICT_AREA": sum(piece.area_m2 for piece in kept),
            "UNCOVERED_AREA": float(np.sum(coverage.uncovered_m2)) if coverage.declared else None,
            "VERDICT": verdict,
        }

    def _say_dropped(self, pieces: list[Piece], kept: list[Piece], feedback: QgsProcessingFeedback) -> None:
        if len(kept) < len(pieces):
            dropped_m2 = sum(piece.area_m2 for piece in pieces) - sum(piece.area_m2 for piece in kept)
            feedback.pushWarning(
                translate("landreview", "Dropped {} piece(s) with {:.2f} m² in all").format(
                    len(pieces) - len(kept), dropped_m2
                )
            )

    def _write(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        reading: ParcelReading,
        reference: ReferenceLayer,
        pieces: list[Piece],
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


