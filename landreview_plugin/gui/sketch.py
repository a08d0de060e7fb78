# SPDX-License-Identifier: GPL-2.0-or-later
"""A group of temporary layers on the map that goes when its window goes."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from qgis.core import QgsCoordinateTransform, QgsCsException, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from ..core.model.crs import Crs
from ..project.crs import qgis_crs

ROOM = 1.3
"""How much of its surroundings land is shown with."""


class Sketch(QObject):
    """Knows its layers by id: whatever the user or a new project does to them is no danger."""

    def __init__(self, canvas: QgsMapCanvas | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._ids = canvas, set[str]()
        self._title = ""

    def show(self, title: str, layers: Iterable[QgsVectorLayer | None]) -> None:
        """Put layers on top of the map, the first uppermost, in place of those before."""
        self.clear()
        project = QgsProject.instance()
        unsaved = project.isDirty()
        self._title = title
        group = project.layerTreeRoot().insertGroup(0, title)
        for layer in layers:
            if layer is not None and project.addMapLayer(layer, False) is not None:
                group.addLayer(layer).setExpanded(False)
                self._ids.add(layer.id())
        project.setDirty(unsaved)  # looking is no change of the project

    def clear(self) -> None:
        """Take them out again, and their group where nobody else has put a layer into it."""
        project = QgsProject.instance()
        unsaved = project.isDirty()
        project.removeMapLayers([layer for layer in self._ids if project.mapLayer(layer) is not None])
        for group in project.layerTreeRoot().findGroups():
            if self._title and group.name() == self._title and not group.children():
                project.layerTreeRoot().removeChildNode(group)
        project.setDirty(unsaved)
        self._ids.clear()
        self._title = ""

    def layers(self) -> list[QgsVectorLayer]:
        """Those that are still there."""
        found = (QgsProject.instance().mapLayer(layer) for layer in sorted(self._ids))
        return [layer for layer in found if layer is not None]

    def zoom(self, shape: shapely.Geometry, crs: Crs) -> None:
        """Fill the map's window with land; without a way to the map's CRS it stays where it is."""
        if self._canvas is None or shape.is_empty:
            return
        target = self._canvas.mapSettings().destinationCrs()
        box = QgsRectangle(*shape.bounds)
        if target.isValid() and target != qgis_crs(crs):
            try:
                box = QgsCoordinateTransform(qgis_crs(crs), target, QgsProject.instance()).transformBoundingBox(box)
            except QgsCsException:
                return
        box.scale(ROOM)
        self._canvas.setExtent(box)
        self._canvas.refresh()
