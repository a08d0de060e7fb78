# SPDX-License-Identifier: GPL-2.0-or-later
"""A list that files are dropped on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from .dropping import dropped_files, takes_files


class FileList(QListWidget):
    """Holds local files, each once; Delete takes one out again."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def files(self) -> tuple[Path, ...]:
        """The files in their order."""
        return tuple(self.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.count()))

    def add(self, files: Iterable[Path]) -> None:
        """Add those that are files and not there yet."""
        for path in files:
            if path.is_file() and path not in self.files():
                item = QListWidgetItem(path.name, self)
                item.setData(Qt.ItemDataRole.UserRole, path)
                item.setToolTip(str(path))
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's
        """Take local files."""
        takes_files(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's
        """Take local files."""
        takes_files(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's
        """Take local files."""
        self.add(dropped_files(event))
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's
        """Take out what is chosen."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            for item in self.selectedItems():
                self.takeItem(self.row(item))
            self.changed.emit()
        else:
            super().keyPressEvent(event)
