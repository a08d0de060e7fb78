# SPDX-License-Identifier: GPL-2.0-or-later
"""A map tool: click land, get to its row."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsFeature, QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapToolIdentify
from qgis.PyQt.QtCore import Qt, pyqtSignal


class PickTool(QgsMapToolIdentify):
    """Emits a layer and the features under the click, the uppermost layer with any first."""

    picked = pyqtSignal(object, object)

    def __init__(self, canvas: QgsMapCanvas, layers: Callable[[], list[QgsVectorLayer]]) -> None:
        super().__init__(canvas)
        self._layers = layers
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 - QGIS's
        """Look what lies under the click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pick(event.pos().x(), event.pos().y())

    def pick(self, x: int, y: int) -> None:
        """Look what lies at a pixel of the canvas."""
        layers = self._layers()
        hits = self.identify(x, y, layers, QgsMapToolIdentify.IdentifyMode.TopDownAll) if layers else []
        by_layer: dict[str, list[QgsFeature]] = {}
        for hit in hits:
            by_layer.setdefault(hit.mLayer.id(), []).append(QgsFeature(hit.mFeature))
        for layer in layers:
            if layer.id() in by_layer:
                self.picked.emit(layer, by_layer[layer.id()])
                return
