# SPDX-License-Identifier: GPL-2.0-or-later
"""The case page: one case, its head and its tabs; the head's buttons become steps of the desk."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ...core.model.case_file import CaseFile
from ...core.workflow.deadline import Deadline, deadline
from ...core.workflow.steps import Action
from ...i18n import translate
from ...sync.status import SyncState, SyncStatus
from ..case_view import CaseView
from ..case_words import spoken
from ..review_task import Reviews
from ..session import Session
from ..sync.hand_overs import HandOvers
from ..sync.sticks import Sticks
from .head import CaseHead
from .tabs import FINDINGS, OPINION, TABS

LISTEN_MS = 1_000


class CasePage(QWidget):
    """Shows one case; reads it again when it was changed, here or in another window."""

    closed = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view: CaseView | None = None
        self.reviews = Reviews(session, self)
        self.hand_overs = HandOvers(session, self)
        self.sticks = Sticks(session, self)
        self.status: SyncStatus | None = None
        self.head = CaseHead(self)
        self.tabs = QTabWidget(self)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setDocumentMode(True)
        for make in TABS:
            self.tabs.addTab(make(session, self.tabs), make.TITLE())
        layout = QVBoxLayout(self)
        layout.addWidget(self.head)
        layout.addWidget(self.tabs, 1)
        self._connect()
        self._listening = QTimer(self, interval=LISTEN_MS)
        self._listening.timeout.connect(self.listen)

    def _connect(self) -> None:
        self.head.back.connect(self.closed)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.closed)
        self.head.step_wanted.connect(self.take_step)
        self.head.review_wanted.connect(self.review)
        self.head.correction_wanted.connect(self._correct)
        self.head.return_wanted.connect(lambda: self._between(self.hand_overs.ask_return))
        self.head.file_wanted.connect(lambda: self._between(self.sticks.export_case))
        self.head.take_wanted.connect(self.sticks.take)
        self.head.sync.retry_wanted.connect(lambda: self._between(self.hand_overs.retry, self.status))
        self.head.sync.withdraw_wanted.connect(lambda: self._between(self.hand_overs.withdraw, self.status))
        self.head.sync.choice_wanted.connect(lambda: self._between(self.hand_overs.choose))
        self.reviews.changed.connect(self._review_moved)
        self._session.case_changed.connect(self._changed)
        self._session.catalogue_changed.connect(self._reload)
        self._session.settings_changed.connect(self._reload)
        self._session.synced.connect(self._reload)
        self._session.review_wanted.connect(self._review_wanted)
        self._session.finding_wanted.connect(lambda: self.show_tab(FINDINGS))

    def open_case(self, case_id: str) -> bool:
        """Read a case and show it; False: it said why not."""
        with self._session.guard():
            view = self._session.view(case_id)
            if view.plain_result is None and (self.view is None or self.view.case.id != case_id):
                self.tabs.setCurrentIndex(0)  # nothing was found yet: begin with the overview
            self.show_case(view)
            return True
        return False

    def show_case(self, view: CaseView | None) -> None:
        """Show a case in the head and in every tab."""
        self.view = view
        if view is not None:
            self._show_head(view)
        for i in range(self.tabs.count()):
            self.tabs.widget(i).show_case(view)

    def _show_head(self, view: CaseView) -> None:
        self.head.show_case(view, self._deadline(view.case))
        self._show_status(self.hand_overs.status(view.case.id))
        self.head.show_ways(
            correct=self.status.state is SyncState.RETURNED, send_back=bool(self.hand_overs.offices_below(view))
        )
        running = self.reviews.running(view.case.id)
        self.head.progress.follow(running)
        if running is not None:
            self._hold()

    def _show_status(self, status: SyncStatus) -> None:
        self.status = status
        self.head.sync.show_status(status, self.hand_overs.may_withdraw(status))
        self.head.to_file.setEnabled(self.hand_overs.waits(status))
        none_waits = translate("landreview", "No hand-over of this case waits")
        self.head.to_file.setToolTip("" if self.head.to_file.isEnabled() else none_waits)

    def _deadline(self, case: CaseFile) -> Deadline | None:
        if case.accepted is None or case.archived:
            return None
        desk = self._session.desk()
        return deadline(case.accepted, case.limit_workdays, case.pauses, desk.today(), desk.calendar)

    def take_step(self) -> None:
        """Do what the button says."""
        if self.view is None:
            return
        match self.view.step.action:
            case Action.REVIEW:
                self.review()
            case Action.CONCLUDE:
                self.show_tab(OPINION)
            case Action.CORRECT if self.hand_overs.offices_below(self.view):
                self.hand_overs.ask_return(self.view)
            case _:
                self._pass_on(self.view)

    def _pass_on(self, view: CaseView) -> None:
        """To the next desk, or between offices."""
        with self._session.guard():
            order = self.hand_overs.order(view)
            if order is None:
                self._move(view)
            else:
                self.hand_overs.ask(view, order)

    def _between(self, act: Callable[..., object], *more: object) -> None:
        if self.view is not None:
            with self._session.guard():
                act(self.view, *more)

    def _move(self, view: CaseView) -> None:
        if self._session.act(view.case.id, lambda desk: desk.take_step(view.case, view.plain_result)):
            self._session.say(f"{view.case.number}: {view.step.label.get(spoken())}")

    def review(self) -> None:
        """Start a review of the case that is shown."""
        if self.view is not None:
            self.reviews.start(self.view)

    def _correct(self) -> None:
        if self.view is not None:
            self._session.correction_wanted.emit(self.view.case.id)

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front, by the name of its class."""
        for i in range(self.tabs.count()):
            if type(self.tabs.widget(i)).__name__ == name:
                self.tabs.setCurrentIndex(i)

    def _review_wanted(self, case_id: str) -> None:
        with self._session.guard():
            self.reviews.start(self._session.view(case_id))

    def _review_moved(self, case_id: str) -> None:
        if self.view is not None and self.view.case.id == case_id:
            self._show_head(self.view)

    def _hold(self) -> None:
        """A case that is being reviewed keeps still: what changed it now would make the review worthless."""
        text = translate("landreview", "Not yet possible:") + "\n" + translate("landreview", "a review is running")
        for button in (self.head.step, self.head.review):
            button.setEnabled(False)
            button.setToolTip(text)

    def listen(self) -> None:
        """Read the case again when another window has changed it; a round's bytes count on by themselves."""
        if self.view is None:
            return
        with self._session.guard():
            if self._session.desk().store.case(self.view.case.id).rev != self.view.case.rev:
                self._reload()
            elif (status := self.hand_overs.status(self.view.case.id)) != self.status:
                self._show_status(status)
            return
        self._listening.stop()

    def _changed(self, case_id: str) -> None:
        if self.view is not None and self.view.case.id == case_id:
            self._reload()

    def _reload(self) -> None:
        if self.view is not None and not self.open_case(self.view.case.id):
            self.show_case(None)
            self.closed.emit()

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Listen only while somebody looks."""
        super().showEvent(event)
        self._listening.start()

    def hideEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        super().hideEvent(event)
        self._listening.stop()
