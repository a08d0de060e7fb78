# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue editor: keys and what is bound to them, each to be tried as a review would use it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt
from qgis.PyQt.QtGui import QCloseEvent, QKeyEvent
from qgis.PyQt.QtWidgets import QDialog, QFileDialog, QMenu, QMessageBox, QWidget

from ...core.catalogue import CatalogueFile, save_catalogue
from ...core.catalogue_draft import Draft, Line
from ...core.model.base import Language
from ...core.model.crs import Crs
from ...core.model.problems import LandReviewError
from ...core.office_plane import office_plane
from ...core.profile import load_profile
from ...core.texts import error_sentence
from ...i18n import language, translate
from ...jobs.probe import Probe
from ...jobs.probe_words import Sign
from ...jobs.suggest_bindings import Suggestions, suggest
from ..session import Session
from .editor_window import EditorWindow
from .probing import Probing
from .suggest_dialog import take_suggestions
from .table_model import NUMBER_ROLE, SEARCH_ROLE, BindingsModel


class CatalogueEditor(QDialog):
    """Nothing is written before "Save"; what is not saved is asked about."""

    def __init__(self, session: Session, file: CatalogueFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("landreview", "Catalogue of reference layers"))
        self._session, self.file = session, file
        self.draft = Draft(file.catalogue)
        self.model = BindingsModel(self.draft)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.model)
        self.proxy.setFilterRole(SEARCH_ROLE)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.probing = Probing(session, self)
        self.window_ = EditorWindow(session, lambda: self.file.base, self._known, self)
        self.window_.table.setModel(self.proxy)
        self.window_.fit_columns()
        self.window_.show_path(file.path)
        self.window_.jurisdiction.setText(self.draft.jurisdiction)
        self._connect()
        self.select(self.draft.ids()[0])
        self.window_.search.setFocus()

    # choosing a line

    def open_at(self, key: str) -> None:
        """Choose the newest binding of ``key``."""
        self.window_.search.clear()
        numbers = [number for number in self.draft.ids() if self.draft.line(number).key == key]
        if numbers:
            self.select(numbers[0])

    @property
    def number(self) -> int | None:
        """The chosen line."""
        at = self.window_.table.currentIndex()
        return at.data(NUMBER_ROLE) if at.isValid() else None

    def select(self, number: int) -> None:
        """Choose a line."""
        at = self.proxy.mapFromSource(self.model.index(self.model.row_of(number), 0))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.window_.table.selectionModel().setCurrentIndex(at, flags)
        self.window_.table.scrollTo(at)
        self._show_line()

    # changing it

    def put(self, line: Line) -> None:
        """Change the chosen line."""
        if self.number is not None and line.key:
            self.model.put(self.number, line)
            self._show_state()

    def put_jurisdiction(self, code: str) -> None:
        """Change the county that the catalogue is for."""
        self.draft.jurisdiction = code.strip()
        self._show_state()

    def another_version(self) -> None:
        """A further binding of the same key, for newer data."""
        if self.number is not None:
            made = self.draft.another_version(self.number)
            self.model.refresh()
            self.select(made)

    def remove(self) -> None:
        """Take the chosen binding out."""
        number = self.number
        if number is not None:
            key = self.draft.line(number).key
            self.draft.remove(number)
            self.model.refresh()
            self.open_at(key)

    def add(self, lines: list[Line]) -> None:
        """Bind what was suggested and agreed to, and try it."""
        numbers = [self.draft.add(line) for line in lines]
        self.model.refresh()
        if numbers:
            self.select(numbers[0])
            self.test(numbers)

    # trying it

    def test(self, numbers: list[int] | None = None) -> None:
        """Try the chosen line, or those given; a line that is incomplete says so at once."""
        chosen = numbers if numbers is not None else [n for n in (self.number,) if n is not None]
        entries = {}
        for number in chosen:
            line = self.draft.line(number)
            if not line.blank and line.missing() is None:
                entries[number] = line.entry()
        if entries:
            self.probing.start(entries, self.file.base, self._plane())
        self._show_state()

    def test_all(self) -> None:
        """Try every binding."""
        self.test(self.draft.ids())

    def suggest_from(self, place: Path) -> None:
        """Look through a folder, geodatabase or file in the background; then ask what to bind."""
        title = translate("landreview", "Layers of {}").format(place.name)
        self._session.start(title, partial(suggest, place), self._suggested)

    def _suggested(self, found: Suggestions) -> None:
        taken = [line.key for line in map(self.draft.line, self.draft.ids()) if not line.blank]
        self.add(take_suggestions(found, self.file.base, taken, self))

    def _plane(self) -> Crs | None:
        try:
            profile = load_profile(self._session.settings.profile)
        except LandReviewError:
            return None
        return office_plane(profile, self.draft.jurisdiction)

    # keeping it

    def save(self) -> bool:
        """Write the catalogue; False: it said why not, and nothing was written."""
        try:
            catalogue = self.draft.catalogue()
            self.file, kept = save_catalogue(self.file, catalogue)
        except LandReviewError as error:
            self.window_.say(error_sentence(error, Language(language())), Sign.FAIL)
            return False
        self.draft.saved(catalogue)
        self._session.catalogue_changed.emit()
        if kept:
            self.window_.say(translate("landreview", "Saved."), Sign.OK)
        else:
            self.window_.say(
                translate("landreview", "Saved; the file was written anew, without its comments."), Sign.WARN
            )
        self._show_state(quiet=True)
        return True

    def reject(self) -> None:
        """Close, after asking about what is not saved."""
        if self._may_close():
            self.probing.cancel()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt calls this name
        """The window's own cross asks, too."""
        event.ignore()
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls this name
        """Enter in a field ends typing; in a dialog it would press the default button, which writes the file."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _may_close(self) -> bool:
        if not self.draft.changed:
            return True
        buttons = QMessageBox.StandardButton
        question = translate("landreview", "The catalogue was changed. Save it?")
        answer = QMessageBox.question(
            self, self.windowTitle(), question, buttons.Save | buttons.Discard | buttons.Cancel, buttons.Save
        )
        return bool(answer == buttons.Discard or (answer == buttons.Save and self.save()))

    # showing it

    def _connect(self) -> None:
        window = self.window_
        window.search.textChanged.connect(self.proxy.setFilterFixedString)
        window.jurisdiction.textChanged.connect(self.put_jurisdiction)
        window.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        window.form.changed.connect(lambda: self.put(window.form.line()))
        window.test.clicked.connect(lambda: self.test())
        window.test_all.clicked.connect(self.test_all)
        window.another.clicked.connect(self.another_version)
        window.remove.clicked.connect(self.remove)
        window.save.clicked.connect(self.save)
        window.close_.clicked.connect(self.reject)
        window.suggest.setMenu(self._suggest_menu())
        self.probing.probed.connect(self._probed)
        self.probing.busy_changed.connect(lambda _: self._show_state())

    def _suggest_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(translate("landreview", "From a folder…"), self._ask_folder)
        menu.addAction(translate("landreview", "From a GeoPackage or other file…"), self._ask_file)
        return menu

    def _ask_folder(self) -> None:
        title = translate("landreview", "Folder or geodatabase of the county")
        if chosen := QFileDialog.getExistingDirectory(self, title, str(self.file.base)):
            self.suggest_from(Path(chosen))

    def _ask_file(self) -> None:
        title = translate("landreview", "File with the county's layers")
        filters = "GeoPackage (*.gpkg);;*.* (*)"
        if chosen := QFileDialog.getOpenFileName(self, title, str(self.file.base), filters)[0]:
            self.suggest_from(Path(chosen))

    def _known(self) -> list[tuple[str, str]]:
        sources = (self.draft.line(number).source for number in self.draft.ids())
        return [(source, source) for source in dict.fromkeys(sources) if source]

    def _row_chosen(self, at: QModelIndex, _: QModelIndex) -> None:
        if at.isValid():
            self._show_line()

    def _show_line(self) -> None:
        number = self.number
        if number is not None:
            self.window_.form.show_line(self.draft.line(number), self.model.probe(number))
        self._show_state()

    def _probed(self, number: int, probe: Probe) -> None:
        self.model.put_probe(number, probe)
        if number == self.number and self.model.probe(number) is probe:
            self.window_.form.show_fields(self.draft.line(number), probe)
        self._show_state()

    def _show_state(self, *, quiet: bool = False) -> None:
        """Buttons, what the test of the chosen line found, and how all of them stand."""
        number = self.number
        line = self.draft.line(number) if number is not None else None
        missing = line.missing() if line is not None else None
        why_not = missing.get(Language(language())) if missing else ""
        self.window_.probe.show_probe(self.model.probe(number) if number is not None else None, why_not)
        busy = self.probing.task is not None
        self.window_.show_state(line, busy=busy, changed=self.draft.changed)
        if not quiet:
            lines = [self.draft.line(n) for n in self.draft.ids()]
            probes = [p for n in self.draft.ids() if (p := self.model.probe(n)) is not None]
            self.window_.count(lines, [probe.sign for probe in probes])
