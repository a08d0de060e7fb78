# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a hand-in comes from: a file, or a polygon layer of the project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qgis.core import QgsProject, QgsSettings, QgsVectorLayer
from qgis.PyQt.QtGui import QCursor
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QWidget

from ...i18n import translate
from ...project.snapshot import LayerSnapshot
from ...sources.parcels import PACKED, READABLE
from .source import FileSource, LayerSource, Source, choose, polygon_layers

LAST_FOLDER = "landreview/last_hand_in_folder"


class SourceMenu(QMenu):
    """``A file…`` and the layers that the project has now; calls ``chosen`` with a source."""

    def __init__(self, chosen: Callable[[Source], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Build it anew."""
        self.clear()
        file = self.addAction(translate("landreview", "A surveyor's file…"))
        file.triggered.connect(self._choose_file)
        layers = polygon_layers(QgsProject.instance())
        menu = self.addMenu(translate("landreview", "A layer of the project"))
        menu.setEnabled(bool(layers))
        if not layers:
            menu.menuAction().setToolTip(translate("landreview", "The project has no polygon layer"))
        for layer in layers:
            menu.addAction(layer.name()).triggered.connect(partial(self._choose_layer, layer.id()))

    def _choose_file(self) -> None:
        source = ask_for_files(self.parentWidget())
        if source is not None:
            self._chosen(source)

    def _choose_layer(self, layer_id: str) -> None:
        layer = QgsProject.instance().mapLayer(layer_id)
        if isinstance(layer, QgsVectorLayer):
            self._chosen(LayerSource(LayerSnapshot(layer)))


def ask_for_files(parent: QWidget) -> FileSource | None:
    """Let the person choose a hand-in, of one file or several; the folder is remembered."""
    suffixes = " ".join(f"*{suffix}" for suffix in sorted((READABLE | PACKED) - {".gdb"}))
    filters = translate("landreview", "Hand-ins") + f" ({suffixes});;" + translate("landreview", "All files") + " (*)"
    folder = str(QgsSettings().value(LAST_FOLDER, "") or "")
    title = translate("landreview", "Take in a surveyor's file")
    paths, _ = QFileDialog.getOpenFileNames(parent, title, folder, filters)
    source = choose([Path(path) for path in paths])
    if source is not None:
        QgsSettings().setValue(LAST_FOLDER, str(source.path.parent))
    return source


def choose_source(parent: QWidget, project: QgsProject) -> Source | None:
    """Ask by a menu where the mouse is; without a polygon layer only a file can be meant."""
    if not polygon_layers(project):
        return ask_for_files(parent)
    found: list[Source] = []
    SourceMenu(found.append, parent).exec(QCursor.pos())
    return found[0] if found else None
