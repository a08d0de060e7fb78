# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue of reference layers: chosen, made, edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton, QWidget

from ...core.catalogue import load_catalogue
from ...core.model.base import Language
from ...core.model.problems import LandReviewError
from ...core.tables import table
from ...core.texts import error_sentence
from ...i18n import language, translate
from ...settings import Settings
from .section import Section, note, row_of

SUFFIX = ".yaml"
Edit = Callable[[Path], object]


class CatalogueSection(Section):
    """``edit`` opens the editor on a file that is there or will be."""

    def __init__(self, edit: Edit, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "Catalogue of reference layers"), parent)
        self._edit = edit
        self.path = QgsFileWidget(self)
        self.path.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.path.setFilter("YAML (*.yaml *.yml)")
        self.path.setDialogTitle(translate("landreview", "Catalogue of reference layers"))
        self.state = note(self)
        self.new = QPushButton(translate("landreview", "Ne&w…"), self)
        self.edit = QPushButton(translate("landreview", "&Edit…"), self)
        self.form.addRow(translate("landreview", "Catalo&gue"), self.path)
        self.form.addRow("", self.state)
        self.form.addRow("", row_of(self.new, self.edit))
        self.path.fileChanged.connect(self._say)
        self.new.clicked.connect(self._ask_new)
        self.edit.clicked.connect(lambda: self._open(Path(self.value)))

    @property
    def value(self) -> str:
        """The path, as it stands in the field."""
        return str(self.path.filePath()).strip()

    @property
    def folder(self) -> Path:
        """Where files of the office lie: beside the catalogue, or at home."""
        return Path(self.value).parent if self.value else Path.home()

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.path.setFilePath(settings.catalogue)
        self.lock("catalogue", self.path, self.new)
        self._say()

    def taken(self, settings: Settings) -> Settings:
        """``settings`` with the catalogue."""
        return replace(settings, catalogue=self.value)

    def make(self, path: Path) -> None:
        """Open the editor on a new file and choose that when it was saved."""
        self._open(path)
        if path.exists():
            self.path.setFilePath(str(path))

    def _ask_new(self) -> None:
        title = translate("landreview", "New catalogue of reference layers")
        start = self.folder / translate("landreview", "catalogue.yaml")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(start), "YAML (*.yaml)")
        if chosen:
            self.make(Path(chosen).with_suffix(SUFFIX))

    def _open(self, path: Path) -> None:
        self._edit(path)
        self._say()

    def _say(self, *_: object) -> None:
        there = bool(self.value) and Path(self.value).exists()
        self.edit.setEnabled(there)
        self.edit.setToolTip("" if there else translate("landreview", "There is no such file: choose one, or make one"))
        self.state.setText(state_of(self.value))
        self.changed.emit()


def state_of(path: str) -> str:
    """How many keys are bound, signed as empty, and open; or why it can't be read."""
    if not path:
        return translate(
            "landreview", "No catalogue yet: with “New…” and “Suggest…” a county's layers are bound in two clicks."
        )
    try:
        catalogue = load_catalogue(Path(path))
    except LandReviewError as error:
        return error_sentence(error, Language(language()))
    bound = {entry.key for entry in catalogue.layers if entry.source}
    signed = {entry.key for entry in catalogue.layers if entry.none} - bound
    keys = len(table("layers"))
    said = translate("landreview", "Of {} layers {} are bound, {} signed as empty; the others count as not checked.")
    return said.format(keys, len(bound), len(signed))
