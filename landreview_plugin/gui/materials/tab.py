# SPDX-License-Identifier: GPL-2.0-or-later
"""Materials: the checklist of the business type; files are dropped on their row, what is missing is marked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.workflow.materials import Material, Requirement, checklist
from ...i18n import translate
from ...store.entries import StoredFile
from ..case_view import CaseView
from ..case_words import spoken
from ..dropping import dropped_files, takes_files
from ..read_only import why_not_here
from ..session import Session
from .words import state_words

CODE = Qt.ItemDataRole.UserRole
FILE = Qt.ItemDataRole.UserRole + 1


class MaterialsTab(QWidget):
    """A branch a material, a leaf a file."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view: CaseView | None = None
        self.summary = QLabel(self, wordWrap=True)
        self.tree = MaterialTree(self)
        self.tree.dropped.append(self.attach)
        self.add = QPushButton(
            QgsApplication.getThemeIcon("/mActionAdd.svg"), translate("landreview", "Add files…"), self
        )
        self.open = QPushButton(
            QgsApplication.getThemeIcon("/mActionFileOpen.svg"), translate("landreview", "Open the file"), self
        )
        self._lay_out()
        self.add.clicked.connect(self._choose)
        self.open.clicked.connect(self._open_current)
        self.tree.itemActivated.connect(lambda item, _: self._open_item(item))
        self.tree.currentItemChanged.connect(lambda *_: self._enable())

    @staticmethod
    def TITLE() -> str:  # noqa: N802 - the name that the case page asks for
        """The tab's title."""
        return translate("landreview", "Materials")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.open)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(self.tree, 1)
        layout.addLayout(buttons)

    def show_case(self, view: CaseView | None) -> None:
        """Show the checklist with the files that are there."""
        self._view = view
        chosen = self._code()
        self.tree.clear()
        if view is not None:
            present = {file.material for file in view.attachments if file.material}
            materials = checklist(view.case.business_type, present, view.plain_result)
            self._fill(materials, view.attachments)
            self._say(materials)
            self._choose_again(chosen)
        self._enable()

    def _fill(self, materials: Sequence[Material], files: Sequence[StoredFile]) -> None:
        known = {material.code for material in materials}
        for material in materials:
            item = _branch(material.name.get(spoken()), state_words(material), material.code, _icon(material))
            if material.missing:
                font = item.font(1)
                font.setBold(True)
                item.setFont(1, font)
            self._add(item, [file for file in files if file.material == material.code])
        others = [file for file in files if file.material not in known]
        title = translate("landreview", "Hand-in and others")
        self._add(_branch(title, "", "", "/mIconFolder.svg"), others)
        self.tree.expandAll()

    def _add(self, item: QTreeWidgetItem, files: Sequence[StoredFile]) -> None:
        self.tree.addTopLevelItem(item)
        for file in files:
            leaf = QTreeWidgetItem([file.name, size_words(file.size)])
            leaf.setData(0, CODE, item.data(0, CODE))
            leaf.setData(0, FILE, file)
            leaf.setToolTip(0, f"{file.name}\nSHA-256 {file.sha256}\n{file.added_at.astimezone():%Y-%m-%d %H:%M}")
            item.addChild(leaf)

    def _say(self, materials: Sequence[Material]) -> None:
        missing = [material.name.get(spoken()) for material in materials if material.missing]
        if not materials:
            text = translate("landreview", "There is no checklist for this business type.")
        elif not missing:
            text = translate("landreview", "Every mandatory material is there.")
        else:
            text = translate("landreview", "{} mandatory materials are missing. Drop each file on its row.")
            text = text.format(len(missing))
        self.summary.setText(text)

    def attach(self, files: Sequence[Path], code: str) -> None:
        """Keep files with the case, for a material of the checklist or none."""
        view = self._view
        if view is None or not files:
            return
        self._session.act(view.case.id, lambda desk: desk.attach(view.case, files, code))

    def open_file(self, file: StoredFile) -> Path | None:
        """Open a copy with the file's own name: the kept bytes can't be changed by whoever opens it."""
        with self._session.guard():
            kept = self._session.desk().store.blobs.verified(file.sha256, Path(file.name).suffix)
            copy = Path(tempfile.mkdtemp(prefix="landreview-")) / Path(file.name).name
            shutil.copyfile(kept, copy)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))
            return copy
        return None

    def _code(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, CODE) or "") if item is not None else ""

    def _choose_again(self, code: str) -> None:
        for i in range(self.tree.topLevelItemCount()):
            if code and self.tree.topLevelItem(i).data(0, CODE) == code:
                self.tree.setCurrentItem(self.tree.topLevelItem(i))

    def _choose(self) -> None:
        title = translate("landreview", "Files of the material")
        names, _ = QFileDialog.getOpenFileNames(self, title)
        self.attach([Path(name) for name in names], self._code())

    def _open_current(self) -> None:
        if self.tree.currentItem() is not None:
            self._open_item(self.tree.currentItem())

    def _open_item(self, item: QTreeWidgetItem) -> None:
        file = item.data(0, FILE)
        if file is not None:
            self.open_file(file)

    def _enable(self) -> None:
        why = why_not_here(self._view)
        self.add.setEnabled(not why)
        self.add.setToolTip(why or translate("landreview", "Add files to the selected material"))
        self.tree.setAcceptDrops(not why)
        item = self.tree.currentItem()
        is_file = item is not None and item.data(0, FILE) is not None
        self.open.setEnabled(is_file)
        self.open.setToolTip("" if is_file else translate("landreview", "Select a file first"))


class MaterialTree(QTreeWidget):
    """Takes files that are dropped on a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dropped: list[object] = []
        """Called with the files and the code of the row."""
        self.setColumnCount(2)
        self.setHeaderLabels([translate("landreview", "Material"), translate("landreview", "State")])
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setWordWrap(True)
        self.setAccessibleName(translate("landreview", "Materials"))

    def dragEnterEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Files are welcome."""
        takes_files(event)

    def dragMoveEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Show which row they would go to."""
        takes_files(event)
        self.setCurrentItem(self._item(event))

    def dropEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Hand the files over with the code of the row."""
        item = self._item(event)
        code = str(item.data(0, CODE) or "") if item is not None else ""
        for receive in self.dropped:
            receive(dropped_files(event), code)
        event.acceptProposedAction()

    def _item(self, event: object) -> QTreeWidgetItem | None:
        at = event.position().toPoint() if hasattr(event, "position") else event.pos()
        return self.itemAt(at)


def _branch(name: str, state: str, code: str, icon: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([name, state])
    item.setData(0, CODE, code)
    item.setIcon(0, QgsApplication.getThemeIcon(icon))
    item.setToolTip(0, f"{name}\n{state}".strip())
    item.setToolTip(1, state)
    return item


def _icon(material: Material) -> str:
    if material.present:
        return "/mIconSuccess.svg"
    if material.requirement is Requirement.MANDATORY:
        return "/mIconWarning.svg"
    return "/mIconInfo.svg" if material.requirement is Requirement.CONDITIONAL else "/mIconSuccess.svg"


def size_words(size: int) -> str:
    """Bytes, KB or MB."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
