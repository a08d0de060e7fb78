# SPDX-License-Identifier: GPL-2.0-or-later
"""Land shown on the canvas: framed, flashed, brought into the window."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor, QPalette

FRAME_WIDTH = 3
MARGIN = 1.3
"""A zoomed piece leaves some of its surroundings in the window."""
LEAST_SIDE_M = 25.0
"""A point is shown with this much around it."""
_KINDS = {2: Qgis.GeometryType.Polygon, 1: Qgis.GeometryType.Line, 0: Qgis.GeometryType.Point}


class Spot(QObject):
    """Works in any CRS of the canvas; keeps one frame."""

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._band: QgsRubberBand | None = None
        self._framed: tuple[shapely.Geometry, QgsCoordinateReferenceSystem] | None = None
        canvas.destinationCrsChanged.connect(self._again)

    def frame(self, shape: shapely.Geometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Draw a frame around land; the one before goes."""
        self.clear()
        self._framed = (shape, crs)
        dimension = int(shapely.get_dimensions(shape))
        band = QgsRubberBand(self._canvas, _KINDS[max(dimension, 0)])
        colour = self._canvas.palette().color(QPalette.ColorRole.Highlight)
        band.setStrokeColor(colour)
        band.setSecondaryStrokeColor(QColor(255, 255, 255, 160))
        colour.setAlpha(40)
        band.setFillColor(colour)
        band.setWidth(FRAME_WIDTH)
        for part in parts_of(shape, dimension):
            band.addGeometry(part, crs)
        self._band = band

    def clear(self) -> None:
        """Take the frame away."""
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
        self._band, self._framed = None, None

    def framed(self) -> QgsGeometry:
        """The frame, in the canvas's CRS; a null geometry without one."""
        return self._band.asGeometry() if self._band is not None else QgsGeometry()

    def flash(self, shapes: Sequence[shapely.Geometry], crs: QgsCoordinateReferenceSystem) -> None:
        """Let land blink."""
        self._canvas.flashGeometries([geometry_of(shape) for shape in shapes if not shape.is_empty], crs)

    def bring(self, shape: shapely.Geometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Move the window to land that is outside it, the scale stays."""
        box = self._box(shape, crs)
        if box is not None and not self._canvas.extent().intersects(box):
            self._canvas.setCenter(box.center())
            self._canvas.refresh()

    def zoom(self, shape: shapely.Geometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Fill the window with land."""
        box = self._box(shapely.box(*_grown(shape.bounds)), crs)
        if box is not None:
            box.scale(MARGIN)
            self._canvas.setExtent(box)
            self._canvas.refresh()

    def redraw(self) -> None:
        """Draw the map again: QGIS leaves layers on it that a program has taken out of the project."""
        self._canvas.refresh()

    def window(self, crs: QgsCoordinateReferenceSystem) -> QgsRectangle | None:
        """The canvas's window in ``crs``; None where it can't be transformed."""
        own = self._canvas.mapSettings().destinationCrs()
        return _boxed(self._canvas.extent(), own, crs)

    def _box(self, shape: shapely.Geometry, crs: QgsCoordinateReferenceSystem) -> QgsRectangle | None:
        if shape.is_empty:
            return None
        return _boxed(QgsRectangle(*shape.bounds), crs, self._canvas.mapSettings().destinationCrs())

    def _again(self) -> None:
        if self._framed is not None:
            self.frame(*self._framed)


def geometry_of(shape: shapely.Geometry) -> QgsGeometry:
    """QGIS's geometry of a shape."""
    geometry = QgsGeometry()
    geometry.fromWkb(shapely.to_wkb(shape))
    return geometry


def parts_of(shape: shapely.Geometry, dimension: int) -> list[QgsGeometry]:
    """The single parts of the highest dimension: a rubber band holds one kind."""
    parts = shapely.get_parts([shapely.force_2d(shape)])
    while any(shapely.get_num_geometries(part) > 1 or "Multi" in part.geom_type for part in parts):
        parts = shapely.get_parts(parts)
    return [geometry_of(part) for part in parts if shapely.get_dimensions(part) == dimension and not part.is_empty]


def _grown(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    more_x, more_y = max(LEAST_SIDE_M - (east - west), 0) / 2, max(LEAST_SIDE_M - (north - south), 0) / 2
    return west - more_x, south - more_y, east + more_x, north + more_y


def _boxed(
    box: QgsRectangle, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsRectangle | None:
    """A box in another CRS; None where there is no way to it."""
    if not source.isValid() or not target.isValid() or source == target:
        return QgsRectangle(box)
    try:
        return QgsCoordinateTransform(source, target, QgsProject.instance()).transformBoundingBox(box)
    except QgsCsException:
        return None
