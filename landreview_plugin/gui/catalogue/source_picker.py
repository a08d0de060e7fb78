# SPDX-License-Identifier: GPL-2.0-or-later
"""A source as text, with a menu of where it can come from: project, file, geodatabase, PostGIS, the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from qgis.core import QgsProject, QgsProviderRegistry
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from ...core.progress import Progress
from ...i18n import translate
from ...jobs.suggest_bindings import relative
from ...project.source_names import postgres_connections, project_layers
from ...sources.layer_list import LayerInfo, layers_of
from ..session import Session
from .layer_choice import choose_layer

Known = Callable[[], Sequence[tuple[str, str]]]
"""(name, source) of what the catalogue already binds."""


class SourcePicker(QWidget):
    """``base``: the catalogue's folder, which sources below it are named without."""

    changed = pyqtSignal()

    def __init__(self, session: Session, base: Callable[[], Path], known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._base, self._known = session, base, known
        self.edit = QLineEdit(self)
        self.edit.setClearButtonEnabled(True)
        self.button = QToolButton(self)
        self.button.setText("…")
        self.button.setToolTip(translate("landreview", "Choose a layer of the project, a file or a database"))
        self.button.setAccessibleName(translate("landreview", "Choose a source"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.button.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit)
        row.addWidget(self.button)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.changed)

    @property
    def source(self) -> str:
        """What stands there."""
        return str(self.edit.text()).strip()

    def show_source(self, source: str) -> None:
        """Show a source."""
        self.edit.setText(source)
        self.edit.setToolTip(source)
        self.edit.setCursorPosition(len(source))

    def take(self, source: str) -> None:
        """A source was chosen."""
        self.show_source(relative(source, self._base()))

    def fill_menu(self) -> None:
        """What can be chosen now."""
        self.menu.clear()
        self._submenu(translate("landreview", "Layer of the project"), project_layers(QgsProject.instance()), self.take)
        self.menu.addAction(translate("landreview", "File…"), self._ask_file)
        self.menu.addAction(translate("landreview", "File geodatabase…"), self._ask_folder)
        connections = sorted(postgres_connections().items())
        self._submenu(translate("landreview", "PostGIS connection"), connections, self.list_layers)
        known = self._known()
        if known:
            self._submenu(translate("landreview", "Bound in this catalogue"), known, self.show_source)

    def list_layers(self, place: Path | str) -> None:
        """List the layers of a file or connection in the background, and let the person choose one."""

        def work(progress: Progress) -> tuple[LayerInfo, ...]:
            progress.step(0.0)
            return layers_of(place)

        title = translate("landreview", "Layers of {}").format(
            Path(place).name if isinstance(place, Path) else "PostGIS"
        )
        self._session.start(title, work, self._choose)

    def _choose(self, layers: Sequence[LayerInfo]) -> None:
        chosen = choose_layer(layers, self)
        if chosen is not None:
            self.take(chosen.source)

    def _submenu(self, title: str, sources: Sequence[tuple[str, str]], does: Callable[[str], None]) -> None:
        menu = self.menu.addMenu(title)
        for name, source in sources:
            menu.addAction(name, partial(does, source))
        if not sources:
            menu.addAction(translate("landreview", "none")).setEnabled(False)

    def _ask_file(self) -> None:
        filters = QgsProviderRegistry.instance().fileVectorFilters()
        title = translate("landreview", "Reference layer")
        chosen, _ = QFileDialog.getOpenFileName(self, title, str(self._base()), filters)
        if chosen:
            self.list_layers(Path(chosen))

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, translate("landreview", "File geodatabase"), str(self._base()))
        if chosen:
            self.list_layers(Path(chosen))
