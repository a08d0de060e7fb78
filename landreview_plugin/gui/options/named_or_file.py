# SPDX-License-Identifier: GPL-2.0-or-later
"""A choice between what is built in and an office's own YAML file."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ...i18n import translate

_FILE = "\0file"


class NamedOrFile(QWidget):
    """``value`` is a name of ``built_in`` (name, title) or a path."""

    changed = pyqtSignal()

    def __init__(self, built_in: Iterable[tuple[str, str]], what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = QComboBox(self)
        self.names.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.names.setAccessibleName(what)
        for name, title in built_in:
            self.names.addItem(title, name)
        self.names.addItem(translate("landreview", "From a file:"), _FILE)
        self.file = QgsFileWidget(self)
        self.file.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.file.setFilter("YAML (*.yaml *.yml)")
        self.file.setDialogTitle(what)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.names)
        layout.addWidget(self.file)
        self.names.currentIndexChanged.connect(self._turned)
        self.file.fileChanged.connect(self.changed)
        self._turned()

    @property
    def value(self) -> str:
        """The chosen name, or the path."""
        chosen = str(self.names.currentData())
        return str(self.file.filePath()).strip() if chosen == _FILE else chosen

    def choose(self, value: str) -> None:
        """Show a name or a path."""
        at = self.names.findData(value)
        if at < 0:
            self.file.setFilePath(value)
            at = self.names.findData(_FILE)
        self.names.setCurrentIndex(at)

    def _turned(self) -> None:
        self.file.setVisible(self.names.currentData() == _FILE)
        self.changed.emit()
