# SPDX-License-Identifier: GPL-2.0-or-later
"""The list page: search, cases, how many of which light; learns by itself what other windows write."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QModelIndex, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import (
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...i18n import translate
from ...jobs.case_list import case_rows, lights
from ..dropping import dropped_files, takes_files
from ..intake.choosing import SourceMenu
from ..intake.source import choose
from ..options.page import NAME as OPTIONS
from ..session import Session
from ..sync.line_state import between
from .delegate import CaseDelegate
from .filters import ListFilters
from .lights import LightCounts
from .model import ROW, CaseListModel

LISTEN_MS = 3_000
"""How often the store is asked whether another window has written."""


class CaseListPage(QWidget):
    """Emits the id of a case to be opened, or that something is to be taken in."""

    opened = pyqtSignal(str)
    take_in = pyqtSignal(object)
    """What is to be taken in: a ``Source``."""

    def __init__(self, session: Session, foot: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._foot = foot
        self._revision: int | None = None
        self._stale = True
        self.model = CaseListModel(self)
        self.filters = ListFilters(self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(translate("landreview", "Cases"))
        self.delegate = CaseDelegate("", self.view)
        self.view.setItemDelegate(self.delegate)
        self.view.activated.connect(self._activated)
        self.empty = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.counts = LightCounts(self)
        self.take_in_button = QPushButton(translate("landreview", "Take in…"), self)
        self.take_in_button.setIcon(QgsApplication.getThemeIcon("/mActionAdd.svg"))
        self.take_in_button.setToolTip(translate("landreview", "Take in a surveyor's file or a layer of the project"))
        self.take_in_button.setMenu(SourceMenu(self.take_in.emit, self))
        self.options = QToolButton(self, autoRaise=True)
        self.options.setIcon(QgsApplication.getThemeIcon("/mActionOptions.svg"))
        self.options.setToolTip(translate("landreview", "Settings: store, catalogue, profile, rules, person"))
        self.options.setAccessibleName(translate("landreview", "Settings"))
        self.options.clicked.connect(self._show_options)
        self._lay_out()
        self.filters.changed.connect(self._filter)
        for signal in (session.cases_changed, session.settings_changed, session.case_changed, session.synced):
            signal.connect(lambda *_: self._outdated())
        self._listening = QTimer(self, interval=LISTEN_MS)
        self._listening.timeout.connect(self.listen)
        self.setAcceptDrops(True)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.filters.search.setFocus)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        self.filters.turns.addWidget(self.take_in_button)
        self.filters.first.addWidget(self.options)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filters)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.counts)
        if self._foot is not None:
            layout.addWidget(self._foot)

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Read and listen only while somebody looks."""
        super().showEvent(event)
        self._listening.start()
        if self._stale:
            self.reload()

    def hideEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """The case page listens by itself."""
        super().hideEvent(event)
        self._listening.stop()

    def _outdated(self) -> None:
        """Read again, at once only when somebody looks: ten thousand cases take a moment."""
        self._stale = True
        if self.isVisible():
            self.reload()

    def listen(self) -> None:
        """Read again when another window has written; a store that can't be asked is silent until it is used."""
        with self._session.guard():
            if self._revision != self._session.desk().store.revision():
                self.reload()
            return
        self._listening.stop()

    def reload(self) -> None:
        """Read the store and keep what was selected."""
        chosen, self._stale = self.selected(), False
        with self._session.guard(self.reload):
            desk = self._session.desk()
            self._revision = desk.store.revision()
            self.delegate.office = desk.actor.office
            lines = desk.store.lines(archived=self.filters.archived())
            rows = case_rows(lines, desk.today(), desk.calendar)
            self.model.set_rows(rows, between(desk.store, desk.actor.office))
        self._after(chosen)

    def selected(self) -> str:
        """Id of the selected case, or nothing."""
        index = self.view.currentIndex()
        return str(index.data(ROW).line.id) if index.isValid() else ""

    def select(self, case_id: str) -> None:
        """Select a case that is shown."""
        index = self.model.index_of(case_id)
        if index.isValid():
            self.view.setCurrentIndex(index)

    def _filter(self) -> None:
        chosen, query = self.selected(), self.filters.query()
        with self._session.guard():
            store = self._session.desk().store
            with_parcel = store.with_parcel(query.text) if query.text else frozenset()
            self.model.set_query(query, with_parcel)
        if self.filters.archived() != self._archived_shown():
            self.reload()
        self._after(chosen)

    def _archived_shown(self) -> bool:
        return bool(self.model.rows and self.model.rows[0].line.archived)

    def _after(self, chosen: str) -> None:
        self.select(chosen)
        self.counts.show_counts(lights(self.model.shown), len(self.model.shown))
        self.empty.setText(_no_match() if self.model.rows else _no_case(bool(self._session.settings.catalogue)))
        self.stack.setCurrentWidget(self.view if self.model.shown else self.empty)

    def _show_options(self) -> None:
        iface = self._session.iface
        if iface is not None:
            iface.showOptionsDialog(iface.mainWindow(), OPTIONS)

    def _activated(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ROW).line.id)

    def dragEnterEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Files are welcome anywhere on the page."""
        takes_files(event)

    def dropEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """One case, one hand-in, of one file or several."""
        source = choose(dropped_files(event))
        if source is not None:
            self.take_in.emit(source)


def _no_case(bound: bool) -> str:
    """Where to begin; without a catalogue that comes first: a review would have nothing to check against."""
    text = translate(
        "landreview",
        "No case yet. Drop a surveyor's file here (TXT, SHP, zip, GPKG, DXF, KML …), or press “Take in…”. "
        "It is shown on the map first; nothing is stored before you say so.",
    )
    if bound:
        return text
    first = translate(
        "landreview",
        "First choose the catalogue of the office's reference layers: the button with the spanner, then “Catalogue”. "
        "Without it nothing can be checked.",
    )
    return f"{first}\n\n{text}"


def _no_match() -> str:
    return translate("landreview", "No case matches. Clear the search or the filters.")
