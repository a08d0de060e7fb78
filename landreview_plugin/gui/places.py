# SPDX-License-Identifier: GPL-2.0-or-later
"""Brings the map to a parcel of the store."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMessageLog,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas

STORED = "EPSG:4490"
ROOM = 1.4
"""How much of its surroundings a parcel is shown with."""
LEAST_DEGREES = 0.0005
"""Some 50 m: a parcel of a few square metres is not all that fills the map."""


def zoom_to_box(canvas: QgsMapCanvas, box_degrees: tuple[float, float, float, float]) -> None:
    """Show a box of degrees (CGCS2000) on the map, whatever the map's CRS, and frame it for a moment."""
    box = QgsRectangle(*box_degrees)
    box.grow(max(0.0, LEAST_DEGREES - max(box.width(), box.height())) / 2)
    target = canvas.mapSettings().destinationCrs()
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem(STORED), target, QgsProject.instance())
    try:
        extent = transform.transformBoundingBox(box) if target.isValid() else box
    except QgsCsException as error:
        # the map's CRS has no image of that place: the map stays where it is
        QgsMessageLog.logMessage(str(error), "LandReview", Qgis.MessageLevel.Warning)
        return
    extent.scale(ROOM)
    canvas.setExtent(extent)
    canvas.refresh()
