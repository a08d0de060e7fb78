# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers of the data centre: which this office takes, where they lie, bring them up to date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.catalogue import load_catalogue
from ...core.model.problems import LandReviewError
from ...core.progress import Progress
from ...core.tables import index
from ...i18n import translate
from ...store.layers import LayerVersion
from ...store.workspace import Workspace
from ...sync.client import Centre
from ...sync.http import Line
from ...sync.layer_catalogue import LayerUpdate, follow
from ...sync.layer_protocol import LayerManifest
from ...sync.layers import LayerSyncer, concern
from ..case_words import spoken
from ..session import Session
from ..work_task import WorkTask
from .aside import aside
from .line import Lines
from .probing import error_text

FOLDER = "centre_layers"
"""Beside the catalogue, where nothing else was chosen."""
_NAME, _OFFICE, _THERE, _HERE, _SIZE = range(5)
_KEY = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Offered:
    """What the centre has, and what lies here."""

    there: tuple[LayerManifest, ...]
    here: tuple[LayerVersion, ...]


@dataclass(frozen=True, slots=True)
class Updated:
    """What was brought, and which entries of the catalogue follow it."""

    layers: tuple[LayerUpdate, ...]
    followed: tuple[str, ...]
    unbound: tuple[str, ...]
    """Keys that came and that no entry of the catalogue names a file of."""


class LayerDialog(QDialog):
    """What is ticked is taken: those that lie here already are to begin with."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: WorkTask[object] | None = None
        self.setWindowTitle(translate("landreview", "Reference layers of the data centre"))
        self.tree = self._tree()
        self.folder = QgsFileWidget(self)
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setFilePath(str(_folder(session)))
        self.say = QLabel(self, wordWrap=True)
        self.say.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        self.update_now = self.buttons.addButton(
            translate("landreview", "Update now"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.update_now.clicked.connect(self.bring)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(lambda: self._task.cancel() if self._task else None)
        self.tree.itemChanged.connect(lambda *_: self._check())
        self._lay_out()
        self._check()

    def look(self) -> None:
        """Ask the centre which layers there are."""
        self._start(translate("landreview", "Layers of the data centre"), _look, self._show)

    def bring(self) -> None:
        """Bring what is ticked up to date, the catalogue with it."""
        catalogue = self._session.settings.catalogue
        work = partial(_bring, self.ticked(), Path(self.folder.filePath()), Path(catalogue) if catalogue else None)
        self._start(translate("landreview", "Update reference layers"), work, self._brought)

    def ticked(self) -> tuple[tuple[str, str], ...]:
        """Key and publishing office of each layer that is ticked."""
        items = (self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount()))
        ticked = (item for item in items if item.checkState(_NAME) == Qt.CheckState.Checked)
        return tuple((str(item.data(_NAME, _KEY)), str(item.text(_OFFICE))) for item in ticked)

    def _start(self, title: str, work: object, done: object) -> None:
        settings = self._session.settings
        with self._session.guard():
            line = Lines().to(settings.server, settings.authcfg)
            inner = aside(partial(work, Path(settings.workspace), line, self._session.office()))
            task = self._session.start(title, inner, done, failed=self._failed)
            self._task = task
            task.progressChanged.connect(lambda share: self.bar.setValue(int(share)))
            task.message.connect(self.say.setText)
            task.ended.connect(self._ended)
            self.bar.setValue(0)
            self.say.setText(translate("landreview", "Asking the data centre…"))
            self._check()

    def _ended(self) -> None:
        self._task = None
        self._check()

    def _failed(self, error: LandReviewError) -> None:
        self.say.setText(error_text(error))

    def _show(self, offered: Offered) -> None:
        self.tree.clear()
        here = {(each.layer, each.jurisdiction): each for each in offered.here if each.current}
        for each in offered.there:
            own = here.get((each.layer, each.jurisdiction))
            item = QTreeWidgetItem(self.tree, _columns(each, own))
            item.setData(_NAME, _KEY, each.layer)
            item.setCheckState(_NAME, Qt.CheckState.Checked if own else Qt.CheckState.Unchecked)
            item.setTextAlignment(_SIZE, Qt.AlignmentFlag.AlignRight)
            item.setToolTip(_NAME, "\n".join(note.get(spoken()) for note in each.notes))
        self.say.setText(
            "" if offered.there else translate("landreview", "The data centre has no layer of this office.")
        )
        self._check()

    def _brought(self, updated: Updated) -> None:
        changed = [each for each in updated.layers if each.changed]
        lines = [translate("landreview", "%n layer(s) brought up to date.", None, len(changed))]
        if updated.followed:
            keys = ", ".join(updated.followed)
            lines.append(translate("landreview", "The catalogue follows: {}").format(keys))
        if updated.unbound:
            text = translate("landreview", "Not in the catalogue yet, bind them in its editor: {}")
            lines.append(text.format(", ".join(map(_name, updated.unbound))))
        self.say.setText("\n".join(lines))
        if updated.followed:
            self._session.catalogue_changed.emit()

    def _check(self) -> None:
        busy = self._task is not None
        self.bar.setVisible(busy)
        self.tree.setEnabled(not busy)
        self.update_now.setEnabled(not busy and bool(self.ticked()))
        self.update_now.setToolTip("" if self.ticked() else translate("landreview", "Tick the layers to take"))

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setRootIsDecorated(False)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        tree.setHeaderLabels(
            [
                translate("landreview", "Layer"),
                translate("landreview", "Office"),
                translate("landreview", "At the centre"),
                translate("landreview", "Here"),
                translate("landreview", "Size"),
            ]
        )
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(translate("landreview", "&Folder"), self.folder)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tree, 1)
        layout.addLayout(form)
        layout.addWidget(self.say)
        layout.addWidget(self.bar)
        layout.addWidget(self.buttons)
        metrics = self.fontMetrics()
        self.resize(min(metrics.averageCharWidth() * 100, 900), min(metrics.height() * 22, 520))


def _folder(session: Session) -> Path:
    """Where layers of the centre lie already, or beside the catalogue, or beside the store."""
    here = [each for each in session.desk().store.layers.every() if each.current]
    if here:
        return Path(here[-1].path).parent.parent
    base = session.settings.catalogue or str(session.settings.workspace)
    return Path(base).parent / FOLDER


def _look(path: Path, line: Line, office: str, progress: Progress) -> Offered:
    progress.step(0.0)
    centre = Centre(line, tries=2)
    try:
        with Workspace(path) as store:
            return Offered(
                tuple(each for each in centre.layers() if concern(each, office)), tuple(store.layers.every())
            )
    finally:
        centre.close()


def _bring(
    owners: Collection[tuple[str, str]],
    folder: Path,
    catalogue: Path | None,
    path: Path,
    line: Line,
    office: str,
    progress: Progress,
) -> Updated:
    centre = Centre(line, tries=2)
    try:
        with Workspace(path) as store:
            syncer, older = LayerSyncer(store, centre, folder), store.layers.every()
            updates = syncer.update((), office, progress, owners)
            followed = follow(catalogue, updates, older) if catalogue else []
            syncer.tidy([catalogue] if catalogue else [])
            return Updated(tuple(updates), tuple(followed), _unbound(catalogue, updates))
    finally:
        centre.close()


def _unbound(catalogue: Path | None, updates: Sequence[LayerUpdate]) -> tuple[str, ...]:
    bound = {entry.key for entry in load_catalogue(catalogue).layers if entry.source} if catalogue else set()
    return tuple(dict.fromkeys(each.layer for each in updates if each.layer not in bound))


def _columns(there: LayerManifest, here: LayerVersion | None) -> list[str]:
    size = f"{max(there.file_size / 1e6, 0.1):.1f} MB"
    version = translate("landreview", "version {}, data of {}")
    own = version.format(here.version, here.data_date) if here else translate("landreview", "not here")
    return [_name(there.layer), there.jurisdiction, version.format(there.version, there.data_date), own, size]


def _name(key: str) -> str:
    row = index("layers", "key").get(key)
    return f"{row[f'name_{spoken().value}']} ({key})" if row else key
