# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person does with a case between offices: hand over, send back, try again, withdraw, choose."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QDialog, QWidget

from ...core.model.problems import LandReviewError
from ...processing.hand_over_job import queue_step
from ...store.jobs import Job
from ...sync.orders import may_return, order_of, return_order
from ...sync.outgoing import Order, hand_over, may_be_there, retry, withdraw
from ...sync.status import SyncStatus, status_of
from ..case_view import CaseView
from ..session import Session
from .differences import DifferencesDialog
from .order_dialog import OrderDialog


class HandOvers(QObject):
    """Each ends in the outbox of the store; a round with the centre is wanted at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent
        self._dialog: DifferencesDialog | None = None

    def status(self, case_id: str) -> SyncStatus:
        """How a case stands. Raises E-STORE-GONE."""
        desk = self._session.desk()
        return status_of(desk.store, case_id, desk.actor.office)

    def job(self, status: SyncStatus) -> Job | None:
        """The hand-over that a status speaks of."""
        return self._session.desk().store.outbox.job(status.job) if status.job else None

    def waits(self, status: SyncStatus) -> bool:
        """Whether there is a hand-over that a stick could carry."""
        job = self.job(status)
        return job is not None and job.on_a_stick

    def may_withdraw(self, status: SyncStatus) -> bool:
        """Whether the other side can't have received it."""
        job = self.job(status)
        return job is not None and not may_be_there(job)

    def order(self, view: CaseView) -> Order | None:
        """The next step as an order between offices; None: it concerns this office alone."""
        store = self._session.desk().store
        return order_of(view.case, view.step, store.custody(view.case.id), view.office)

    def offices_below(self, view: CaseView) -> tuple[str, ...]:
        """Where a case may be returned to."""
        return may_return(view.case, self._session.desk().store.custody(view.case.id), view.office)

    def ask(self, view: CaseView, order: Order) -> None:
        """Let the person complete the order of the next step, then queue it."""
        dialog = OrderDialog(view.case.number, order, [order.to] if order.to else [], self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.queue(view, dialog.order)

    def queue(self, view: CaseView, order: Order) -> bool:
        """Queue the next step; False: it was said why not."""
        return self._then_sync(
            self._session.act(view.case.id, lambda desk: queue_step(desk, view.case, view.step, order))
        )

    def ask_return(self, view: CaseView) -> None:
        """Ask what is to be corrected, then send the case back."""
        offices = self.offices_below(view)
        if not offices:
            return
        dialog = OrderDialog(view.case.number, return_order(offices[0], ()), offices, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.send_back(view, dialog.order)

    def send_back(self, view: CaseView, order: Order) -> bool:
        """Queue a return; False: it was said why not."""
        return self._then_sync(
            self._session.act(view.case.id, lambda desk: hand_over(desk.store, view.case, order, desk.actor))
        )

    def retry(self, view: CaseView, status: SyncStatus) -> bool:
        """Try a hand-over that was refused, or that waits, at once."""
        job = self.job(status)
        if job is None:
            return False
        if job.to_send:  # it goes on by itself; the round makes it due
            return self._then_sync(True)
        return self._then_sync(self._session.act(view.case.id, lambda desk: retry(desk.store, job)))

    def withdraw(self, view: CaseView, status: SyncStatus) -> bool:
        """Take a hand-over back."""
        job = self.job(status)
        return job is not None and self._session.act(view.case.id, lambda desk: withdraw(desk.store, job, desk.actor))

    def choose(self, view: CaseView) -> DifferencesDialog | None:
        """Show what differs; the choices take effect with the next round. None: it was said why not."""
        with self._session.guard():
            found = self._session.desk().store.differences.of_case(view.case.id)
            if not found:
                raise LandReviewError("E-STORE-GONE", detail=view.case.number)
            if self._dialog is not None and self._dialog.shows(view.case.id, found):
                self._dialog.raise_()
                return self._dialog
            self._leave()
            self._dialog = dialog = DifferencesDialog(self._session, view, found, self._window)
            dialog.chosen.connect(lambda: self._then_sync(True))
            dialog.finished.connect(self._forget)
            dialog.show()
            return dialog
        return None

    def _leave(self) -> None:
        """Two such windows would draw over each other on the map."""
        if self._dialog is not None:
            self._dialog.reject()

    def _forget(self) -> None:
        self._dialog = None

    def _then_sync(self, done: bool) -> bool:
        if done:
            self._session.synced.emit()
            self._session.sync_wanted.emit()
        return done
