# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer of the project as it is now, to be read off the main thread; it outlives the layer and the project."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureIterator,
    QgsFeatureRequest,
    QgsFields,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from ..core.model.problems import Place
from .databases import table_of
from .services import service_of

_EVERYWHERE = QgsRectangle(-1e9, -1e9, 1e9, 1e9)


class LayerSnapshot:
    """Taken on the main thread; ``project.parcels.read_features`` reads it like any source of features."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        self._source = QgsVectorLayerFeatureSource(layer)
        self._name, self._crs, self._fields = layer.name(), layer.crs(), QgsFields(layer.fields())
        self._service, self._table = service_of(layer), table_of(layer)
        self._count = layer.featureCount() if self._service else -1

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

    def refuse_less(self, came: int, place: Place) -> None:
        """Raise E-SRC-SHORT or E-SRC-SERVICE where not all that service or database has came. Off the main thread."""
        if self._service:
            self._service.compare(came, self._count, place)
        elif self._table:
            self._table.compare(came, _EVERYWHERE, place)
