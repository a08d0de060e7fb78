# SPDX-License-Identifier: GPL-2.0-or-later
"""Parameters and steps that all algorithms on parcels × one reference layer share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterVectorLayer,
)

from ..i18n import translate
from .base import LandReviewAlgorithm, Parameters, guarded

if TYPE_CHECKING:
    from ..core.geodesy.area import Measure
    from ..core.model.parcel import ParcelReading
    from ..core.overlay.layer import Geometries, ReferenceLayer
    from ..core.overlay.pieces import Overlay
    from ..project.layers import LayerHandle


class OverlayAlgorithm(LandReviewAlgorithm):
    """Parcels in one layer, reference (and coverage) in another."""

    REFERENCE_TYPES = (Qgis.ProcessingSourceType.VectorPolygon,)

    def __init__(self) -> None:
        super().__init__()
        self._handles: dict[str, LayerHandle] = {}

    def add_parcels(self) -> None:
        """Declare PARCELS."""
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "PARCELS", translate("landreview", "Parcels"), [Qgis.ProcessingSourceType.VectorPolygon]
            )
        )

    def add_reference(self) -> None:
        """Declare REFERENCE."""
        self.addParameter(
            QgsProcessingParameterVectorLayer(
                "REFERENCE", translate("landreview", "Reference layer"), list(self.REFERENCE_TYPES)
            )
        )

    def add_area_method(self) -> None:
        """Declare AREA_METHOD: 0 planar, 1 ellipsoidal."""
        names = [translate("landreview", "planar"), translate("landreview", "ellipsoidal")]
        self.addParameter(
            QgsProcessingParameterEnum("AREA_METHOD", translate("landreview", "Area method"), names, defaultValue=0)
        )

    def prepareAlgorithm(  # noqa: N802 - QGIS's name
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """On the main thread: take what the work needs of the project's layers."""
        runs, reason = self.canExecute()
        if not runs:
            raise QgsProcessingException(reason)
        return bool(guarded(lambda: self._take_layers(parameters, context)))

    def _take_layers(self, parameters: Parameters, context: QgsProcessingContext) -> bool:
        from ..core.model.problems import LandReviewError
        from ..project.layers import handle_of

        layers = [d.name() for d in self.parameterDefinitions() if isinstance(d, QgsProcessingParameterVectorLayer)]
        for name in layers:
            if not parameters.get(name):
                continue
            layer = self.parameterAsVectorLayer(parameters, name, context)
            if layer is None or not layer.isValid():
                raise LandReviewError("E-SRC-MISSING", detail=f"{name}: {parameters[name]}")
            self._handles[name] = handle_of(layer)
        return True

    def read_parcels(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        *,
        by_feature_id: bool = False,
    ) -> ParcelReading:
        """The parcels, refused as a whole when one of them can't be measured.

        Without PARCEL_FIELD the number is the feature id, or guessed from the field names.
        """
        from ..jobs.refusal import refuse
        from ..project.parcels import read_features
        from .parcel_io import accepted

        source = self.parameterAsSource(parameters, "PARCELS", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "PARCELS"))
        field = self.parameterAsString(parameters, "PARCEL_FIELD", context) if parameters.get("PARCEL_FIELD") else ""
        reading = read_features(source, number_field=field, guess=not by_feature_id)
        refuse(reading)
        accepted(reading, feedback)
        return reading

    def geometries(self, reading: ParcelReading) -> Geometries:
        """(n,) the parcels' polygons."""
        import numpy as np

        shapes = np.empty(len(reading.parcels), dtype=object)
        shapes[:] = [parcel.geometry for parcel in reading.parcels]
        return shapes

    def measure(self, parameters: Parameters, context: QgsProcessingContext, reading: ParcelReading) -> Measure:
        """The area method that was asked for, on the parcels' plane."""
        from ..core.geodesy.area import AreaMethod, measure_for

        method = list(AreaMethod)[self.parameterAsEnum(parameters, "AREA_METHOD", context)]
        assert reading.crs is not None  # refuse() let nothing without a CRS through
        return measure_for(method, reading.crs)

    def open_reference(self, name: str, reading: ParcelReading) -> ReferenceLayer:
        """The layer of a parameter, in the plane of the parcels."""
        assert reading.crs is not None
        return self._handles[name].open(reading.crs)

    def has(self, name: str) -> bool:
        """Whether an optional layer was given."""
        return name in self._handles

    def say_repairs(self, pieces: Overlay, feedback: QgsProcessingFeedback) -> None:
        """List invalid reference polygons and what mending them changed."""
        for repair in pieces.repairs:
            feedback.pushWarning(
                translate("landreview", "Reference feature {} is invalid ({}): area {:.2f} → {:.2f} m²").format(
                    repair.fid, repair.reason, repair.area_before_m2, repair.area_after_m2
                )
            )

    def refuse_unchecked(self, pieces: Overlay, reading: ParcelReading) -> None:
        """Stop where a reference polygon near a parcel can't be mended: an area without it would be wrong."""
        from ..core.model.problems import LandReviewError, Place

        for index, reason in pieces.unchecked.items():
            raise LandReviewError("QA-D02", detail=reason, place=Place(parcel=reading.parcels[index].number))


def text_or_empty(value: Any) -> str:
    """A value as text; nothing for null."""
    return "" if value is None else str(value)
