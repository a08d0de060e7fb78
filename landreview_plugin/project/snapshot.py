# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer of the project as it is now, to be read off the main thread; it outlives the layer and the project."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureIterator,
    QgsFeatureRequest,
    QgsFields,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)


class LayerSnapshot:
    """Taken on the main thread; ``project.parcels.read_features`` reads it like any source of features."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        self._source = QgsVectorLayerFeatureSource(layer)
        self._name, self._crs, self._fields = layer.name(), layer.crs(), QgsFields(layer.fields())

    def fields(self) -> QgsFields:
        """The attribute fields."""
        return self._fields

    def getFeatures(self, request: QgsFeatureRequest) -> QgsFeatureIterator:  # noqa: N802 - QGIS's name
        """The features, edits that were not saved included."""
        return self._source.getFeatures(request)

    def sourceCrs(self) -> QgsCoordinateReferenceSystem:  # noqa: N802 - QGIS's name
        """The layer's CRS in the project."""
        return self._crs

    def sourceName(self) -> str:  # noqa: N802 - QGIS's name
        """The layer's name in the project."""
        return str(self._name)
