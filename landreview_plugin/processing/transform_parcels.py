# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:transformparcels``: parcels to another zone, or to eastings with or without the zone prefix."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from ..i18n import translate
from .base import LandReviewAlgorithm, Parameters


class TransformParcels(LandReviewAlgorithm):
    """One datum in, the same datum out: between datums no parameters are known."""

    NAME = "transformparcels"
    GROUP = "input"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Convert zone or prefix")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Brings parcels to another Gauss-Krüger zone (3 or 6 degrees) or to eastings with or without the zone "
            "prefix, within one datum. Xian 1980 and Beijing 1954 to CGCS2000 is refused: parameters are needed. "
            "Long edges get points so that they stay within 1 mm; between prefix and none only eastings change.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        add = self.addParameter
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        add(QgsProcessingParameterFeatureSource("PARCELS", translate("landreview", "Parcels"), [polygons]))
        add(QgsProcessingParameterCrs("TARGET_CRS", translate("landreview", "Target coordinate system")))
        add(
            QgsProcessingParameterField(
                "PARCEL_FIELD", translate("landreview", "Field with the parcel number"), None, "PARCELS", optional=True
            )
        )
        add(QgsProcessingParameterFeatureSink("OUTPUT", translate("landreview", "Parcels"), polygons))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, refuse what can't be converted, convert, say how."""
        from ..core.model.problems import LandReviewError
        from ..jobs.refusal import refuse
        from ..project.crs import crs_of_qgis
        from ..project.parcels import read_features
        from ..sources.rezone import rezoned
        from .parcel_io import accepted, parcel_sink

        source = self.parameterAsSource(parameters, "PARCELS", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "PARCELS"))
        target = crs_of_qgis(self.parameterAsCrs(parameters, "TARGET_CRS", context))
        if target is None:
            raise LandReviewError("E-CRS-NONE", detail="TARGET_CRS")
        reading = read_features(source, number_field=self.parameterAsString(parameters, "PARCEL_FIELD", context))
        refuse(reading)
        moved = rezoned(reading, target)
        accepted(moved, feedback)
        return {"OUTPUT": parcel_sink(self, parameters, context, moved)}
