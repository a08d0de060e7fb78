# SPDX-License-Identifier: GPL-2.0-or-later
"""The preview on the map: outlines of the parcels and marks of the problems, gone when the preview goes."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor, QPalette

from ...core.model.parcel import Parcel, ParcelReading
from ...core.model.problems import Problem
from ...project.crs import qgis_crs
from ..map.spot import Spot, parts_of

MOST_SHOWN = 2_000
"""Outlines drawn; the rest is in the list."""
MOST_MARKS = 500
WIDTH = 2


class PreviewBands(QObject):
    """Works without a map: then it draws nothing."""

    def __init__(self, canvas: QgsMapCanvas | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._spot = Spot(canvas, self) if canvas is not None else None
        self._crs = QgsCoordinateReferenceSystem()
        self._bands: list[QgsRubberBand] = []

    def show_reading(self, reading: ParcelReading, *, zoom: bool) -> None:
        """Draw parcels and problems where they lie; without a CRS there is no "where"."""
        self.place(reading)
        if self._canvas is None or reading.crs is None:
            return
        if not self._canvas.mapSettings().destinationCrs().isValid():
            self._canvas.setDestinationCrs(self._crs)
        self._draw_parcels(reading.parcels[:MOST_SHOWN])
        self._draw_marks(problem for problem in reading.problems if problem.refuses and _spots(problem))
        shapes = [parcel.geometry for parcel in reading.parcels]
        shapes += [shape for problem in reading.problems if (shape := shape_of(problem, ())) is not None]
        if zoom and shapes:
            self.zoom_to(shapes)

    def place(self, reading: ParcelReading) -> None:
        """Draw nothing, but know where its shapes lie."""
        self.clear()
        self._crs = qgis_crs(reading.crs)

    def zoom_to(self, shapes: Iterable[shapely.Geometry]) -> None:
        """Fill the map's window with shapes in the reading's CRS."""
        if self._spot is not None:
            self._spot.zoom(shapely.GeometryCollection(list(shapes)), self._crs)

    def point_out(self, shape: shapely.Geometry | None) -> None:
        """Bring a shape into the window and let it blink."""
        if self._spot is not None and shape is not None and not shape.is_empty:
            self._spot.bring(shape, self._crs)
            self._spot.frame(shape, self._crs)
            self._spot.flash([shape], self._crs)

    def clear(self) -> None:
        """Leave nothing on the map."""
        for band in self._bands:
            self._canvas.scene().removeItem(band)
        self._bands = []
        if self._spot is not None:
            self._spot.clear()

    def outlines(self) -> list[QgsGeometry]:
        """What is drawn, in the canvas's CRS: parcels first, then marks."""
        return [band.asGeometry() for band in self._bands]

    def _draw_parcels(self, parcels: Iterable[Parcel]) -> None:
        band = self._band(Qgis.GeometryType.Polygon)
        for parcel in parcels:
            for part in parts_of(parcel.geometry, 2):
                band.addGeometry(part, self._crs, False)
        band.updatePosition()
        band.update()

    def _draw_marks(self, problems: Iterable[Problem]) -> None:
        band = self._band(Qgis.GeometryType.Point)
        band.setIcon(QgsRubberBand.IconType.ICON_X)
        band.setIconSize(self._canvas.fontMetrics().height() // 2 + 4)
        band.setStrokeColor(QColor(198, 40, 40))
        for _, problem in zip(range(MOST_MARKS), problems, strict=False):
            x, y = _spots(problem)
            band.addGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)), self._crs, False)
        band.updatePosition()
        band.update()

    def _band(self, kind: Qgis.GeometryType) -> QgsRubberBand:
        band = QgsRubberBand(self._canvas, kind)
        colour = self._canvas.palette().color(QPalette.ColorRole.Highlight)
        band.setStrokeColor(colour)
        band.setSecondaryStrokeColor(QColor(255, 255, 255, 180))
        colour.setAlpha(35)
        band.setFillColor(colour)
        band.setWidth(WIDTH)
        self._bands.append(band)
        return band


def _spots(problem: Problem) -> tuple[float, float] | tuple[()]:
    """Where to mark a problem; nothing where it has no place on the map."""
    if problem.place.xy is not None:
        return problem.place.xy
    if problem.geometry is not None and not problem.geometry.is_empty:
        point = shapely.point_on_surface(problem.geometry)
        return (point.x, point.y)
    return ()


def shape_of(problem: Problem, parcels: Iterable[Parcel]) -> shapely.Geometry | None:
    """What to point out of a problem: its own shape, its point, else its parcel."""
    if problem.geometry is not None:
        return problem.geometry
    if problem.place.xy is not None:
        return shapely.Point(problem.place.xy)
    named = [parcel.geometry for parcel in parcels if problem.place.parcel and parcel.number == problem.place.parcel]
    return named[0] if named else None
