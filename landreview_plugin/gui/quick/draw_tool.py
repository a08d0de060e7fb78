# SPDX-License-Identifier: GPL-2.0-or-later
"""A map tool: draw a polygon with clicks; right click, double click or Enter ends it."""

from __future__ import annotations

from qgis.core import Qgis, QgsGeometry, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent, QPalette

CORNERS = 3
WIDTH = 2


class DrawTool(QgsMapTool):
    """Emits the polygon in the canvas's CRS. Backspace takes the last corner back, Esc all of them."""

    drawn = pyqtSignal(QgsGeometry)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.corners: list[QgsPointXY] = []
        self._band: QgsRubberBand | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 - QGIS's name
        """Left: one more corner; right: done."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.add_corner(event.mapPoint())
        elif event.button() == Qt.MouseButton.RightButton:
            self.finish()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 - QGIS's name
        """The next corner follows the mouse."""
        if self.corners:
            self._show([*self.corners, event.mapPoint()])

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 - QGIS's name
        """Done: the two clicks of it have set one corner."""
        self.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - QGIS's name
        """Enter, Backspace, Esc; everything else is the canvas's."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.finish()
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.corners = self.corners[:-1]
                self._show(self.corners)
            case Qt.Key.Key_Escape:
                self.clear()
            case _:
                event.ignore()
                return
        event.accept()  # or QGIS would delete the selected features

    def add_corner(self, point: QgsPointXY) -> None:
        """One more corner; a first one begins a new polygon."""
        if not self.corners or self.corners[-1] != point:
            self.corners.append(point)
        self._show(self.corners)

    def finish(self) -> None:
        """Emit what was drawn, and keep it on the map; too few corners are no polygon."""
        corners, self.corners = self.corners, []
        if len(corners) < CORNERS:
            self._show([])
            return
        self._show(corners)
        self.drawn.emit(QgsGeometry.fromPolygonXY([[*corners, corners[0]]]))

    def clear(self) -> None:
        """Leave nothing on the map."""
        self.corners = []
        self._show([])

    def deactivate(self) -> None:
        """Another tool was taken: what was half drawn goes, what was checked stays to be seen."""
        if self.corners:
            self.clear()
        super().deactivate()

    def shown(self) -> QgsGeometry:
        """What is on the map; a null geometry for nothing."""
        return self._band.asGeometry() if self._band is not None else QgsGeometry()

    def _show(self, corners: list[QgsPointXY]) -> None:
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None
        if not corners:
            return
        self._band = _band(self._canvas)
        for point in corners:
            self._band.addPoint(point, False)
        self._band.updatePosition()
        self._band.update()


def _band(canvas: QgsMapCanvas) -> QgsRubberBand:
    band = QgsRubberBand(canvas, Qgis.GeometryType.Polygon)
    colour = canvas.palette().color(QPalette.ColorRole.Highlight)
    band.setStrokeColor(colour)
    band.setSecondaryStrokeColor(QColor(255, 255, 255, 180))
    colour.setAlpha(40)
    band.setFillColor(colour)
    band.setWidth(WIDTH)
    return band
