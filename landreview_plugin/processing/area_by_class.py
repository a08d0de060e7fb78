# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:areabyclass``: areas of parcels by a class field of any polygon layer."""

from __future__ import annotations

from collections import defaultdict
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
)
from qgis.PyQt.QtCore import QMetaType

from ..i18n import translate
from .base import FeedbackProgress, Parameters
from .overlay_base import OverlayAlgorithm

if TYPE_CHECKING:
    from ..core.model.parcel import ParcelReading
    from ..core.overlay.pieces import Overlay


class AreaByClass(OverlayAlgorithm):
    """Σ rows of a parcel + its uncovered land = the parcel, where the reference does not overlap itself."""

    NAME = "areabyclass"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Area by class")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Areas of each parcel by the values of CLASS_FIELD, in m². AREA_METHOD says how they are measured: "
            "on the parcels' plane, or on the ellipsoid (Gauss-Krüger planes only). UNCOVERED_AREA is the land "
            "of the parcels that no reference polygon covers. Invalid reference polygons are mended on a copy and "
            "listed; where one can't be mended the algorithm stops and names it.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self.add_parcels()
        self.add_reference()
        self.addParameter(
            QgsProcessingParameterField("CLASS_FIELD", translate("landreview", "Class field"), None, "REFERENCE")
        )
        self.add_area_method()
        self.addParameter(
            QgsProcessingParameterField(
                "PARCEL_FIELD", translate("landreview", "Field with the parcel number"), None, "PARCELS", optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "OUTPUT", translate("landreview", "Areas by class"), Qgis.ProcessingSourceType.Vector
            )
        )
        self.addOutput(QgsProcessingOutputNumber("UNCOVERED_AREA", translate("landreview", "Uncovered area (m²)")))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Overlay, sum up, write the table."""
        from ..core.overlay.engine import overlay

        reading = self.read_parcels(parameters, context, feedback, by_feature_id=True)
        reference = self.open_reference("REFERENCE", reading)
        field = self.parameterAsString(parameters, "CLASS_FIELD", context)
        pieces = overlay(
            self.geometries(reading),
            reference,
            fields=(field,),
            measure=self.measure(parameters, context, reading),
            progress=FeedbackProgress(feedback),
        )
        self.say_repairs(pieces, feedback)
        self.refuse_unchecked(pieces, reading)
        sink_id = self._write(parameters, context, reading, _layer_name(reference.name), _sums(pieces, field))
        return {"OUTPUT": sink_id, "UNCOVERED_AREA": float(pieces.uncovered_m2.sum())}

    def _write(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        reading: ParcelReading,
        layer: str,
        sums: dict[tuple[int, str], float],
    ) -> str:
        from .parcel_io import add_features

        fields = QgsFields()
        for name in ("parcel", "layer", "class"):
            fields.append(QgsField(name, QMetaType.Type.QString))
        fields.append(QgsField("area_m2", QMetaType.Type.Double))
        sink, sink_id = self.parameterAsSink(parameters, "OUTPUT", context, fields, Qgis.WkbType.NoGeometry)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        rows = []
        for (parcel, value), area_m2 in sorted(sums.items()):
            feature = QgsFeature(fields)
            feature.setAttributes([reading.parcels[parcel].number, layer, value, area_m2])
            rows.append(feature)
        add_features(sink, rows)
        return str(sink_id)


def _sums(pieces: Overlay, field: str) -> dict[tuple[int, str], float]:
    sums: dict[tuple[int, str], float] = defaultdict(float)
    for parcel, value, area_m2 in zip(
        pieces.parcel.tolist(), pieces.attributes[field], pieces.area_m2.tolist(), strict=True
    ):
        sums[parcel, "" if value is None else str(value)] += area_m2
    return sums


def _layer_name(name: str) -> str:
    """The layer of ``file|layer``."""
    return name.rpartition("|")[2]
