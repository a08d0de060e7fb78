# SPDX-License-Identifier: GPL-2.0-or-later
"""A group of temporary layers on the map that goes when its window goes."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from qgis.core import QgsProject, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from ..core.model.crs import Crs
from ..project.crs import qgis_crs
from .map.spot import Spot


class Sketch(QObject):
    """Knows its layers by id: whatever the user or a new project does to them is no danger."""

    def __init__(self, canvas: QgsMapCanvas | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spot = Spot(canvas, self) if canvas is not None else None
        self._ids = set[str]()
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
        if self._ids and self._spot is not None:
            self._spot.redraw()
        self._ids.clear()
        self._title = ""

    def layers(self) -> list[QgsVectorLayer]:
        """Those that are still there."""
        found = (QgsProject.instance().mapLayer(layer) for layer in sorted(self._ids))
        return [layer for layer in found if layer is not None]

    def zoom(self, shape: shapely.Geometry, crs: Crs) -> None:
        """Fill the map's window with land."""
        if self._spot is not None:
            self._spot.zoom(shape, qgis_crs(crs))

    def point_out(self, shape: shapely.Geometry, crs: Crs) -> None:
        """Bring land into the window and let it blink."""
        if self._spot is not None and not shape.is_empty:
            self._spot.bring(shape, qgis_crs(crs))
            self._spot.flash([shape], qgis_crs(crs))
