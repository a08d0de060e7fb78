# SPDX-License-Identifier: GPL-2.0-or-later
"""The layers of one case in the project: one group on top, gone without a trace when the case is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer

from ...project.result_memory import ROLE, style
from ...sources.result_layers import FEATURES

SETTLED_MS = 50
MARK = "landreview/case"
"""Custom property of the group: a project that was saved with one is tidied when it is opened again."""


class CaseGroup(QObject):
    """Knows its layers by id, so that whatever happens to the project is no danger."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: set[str] = set()
        self._project = QgsProject.instance()
        self._project.layersRemoved.connect(self._forget)

    def show(self, title: str, layers: Iterable[QgsVectorLayer]) -> None:
        """Put the layers of a case into the project, in place of those of another."""
        with self._unchanged():
            self._put(title, layers)

    def _put(self, title: str, layers: Iterable[QgsVectorLayer]) -> None:
        self._sweep()
        group = self._project.layerTreeRoot().insertGroup(0, title)
        group.setCustomProperty(MARK, title)
        for layer in layers:
            style(layer)
            if self._project.addMapLayer(layer, False) is None:
                continue
            node = group.addLayer(layer)
            node.setExpanded(False)
            node.setItemVisibilityChecked(layer.customProperty(ROLE) != FEATURES.name)
            self._ids.add(layer.id())

    def clear(self) -> None:
        """Take them out again."""
        if self._ids or self._groups():
            with self._unchanged():
                self._sweep()

    def layers(self) -> list[QgsVectorLayer]:
        """Those that are still there."""
        found = (self._project.mapLayer(layer_id) for layer_id in sorted(self._ids))
        return [layer for layer in found if layer is not None]

    def has(self, layer: QgsMapLayer | None) -> bool:
        """Whether a layer is one of these."""
        return layer is not None and layer.id() in self._ids

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """Looking at a case is no change of the project: whoever closes QGIS is not asked to save it."""
        unsaved = self._project.isDirty()
        yield
        if not unsaved:
            self._project.setDirty(False)
            # the canvas takes the layers over in a turn of its own, and marks the project again
            QTimer.singleShot(SETTLED_MS, self._clean)

    def _clean(self) -> None:
        self._project.setDirty(False)

    def _groups(self) -> list[QgsLayerTreeGroup]:
        return [group for group in self._project.layerTreeRoot().findGroups(True) if group.customProperty(MARK)]

    def _sweep(self) -> None:
        groups = self._groups()
        stale = {layer_id for group in groups for layer_id in _own(group)}
        self._project.removeMapLayers([layer for layer in stale | self._ids if self._project.mapLayer(layer)])
        for group in groups:
            if not group.children():  # a layer that the user put there stays, and its group with it
                group.parent().removeChildNode(group)
            else:
                group.removeCustomProperty(MARK)
        self._ids.clear()

    def _forget(self, layer_ids: list[str]) -> None:
        self._ids.difference_update(layer_ids)


def _own(group: QgsLayerTreeGroup) -> list[str]:
    """The layers of a result in a group: only those are ours to remove."""
    return [node.layerId() for node in group.findLayers() if node.layer() and node.layer().customProperty(ROLE)]
