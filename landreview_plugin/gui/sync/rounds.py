# SPDX-License-Identifier: GPL-2.0-or-later
"""Rounds of sync as tasks: when somebody asks, and gently by themselves while a centre is set. Never two at once."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...core.model.problems import LandReviewError
from ...core.progress import Progress
from ...i18n import translate
from ...store.entries import Actor
from ...store.workspace import Workspace
from ...sync.client import Centre
from ...sync.http import Line, LineError
from ...sync.hurry import hurry
from ...sync.rounds import Round, Syncer
from ..session import Session
from ..work_task import WorkTask
from .aside import aside
from .line import Lines, asks_for_password

IDLE_MS = 60_000
"""An idle round is one request of less than 1 kB."""
PATIENT_MS = 600_000
"""Most between two tries over a line that fails."""


class Rounds(QObject):
    """Belongs to the window; its timer ends with the session."""

    changed = pyqtSignal()
    """A round began or ended."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines = Lines()
        self.task: WorkTask[Round] | None = None
        """What runs now."""
        self.flaw: LandReviewError | None = None
        """Why the last round did not come to its end."""
        self.done_at: dt.datetime | None = None
        self._again = False
        self._timer = QTimer(self, interval=IDLE_MS)
        self._timer.timeout.connect(self._by_itself)
        session.settings_changed.connect(self._settings_changed)
        session.sync_wanted.connect(self.start)
        self._settings_changed()

    @property
    def possible(self) -> bool:
        """Whether there is a centre."""
        return bool(self._session.settings.server)

    def start(self) -> None:
        """A person wants a round: what waits is tried now, an error is shown."""
        if self.task is not None:
            self._again = True
        elif self.possible:
            with self._session.guard(self.start):
                self._start(asked=True)

    def cancel(self) -> None:
        """Stop; what was sent stays sent."""
        if self.task is not None:
            self._again = False
            self.task.cancel()

    def stop(self) -> None:
        """The window goes."""
        self._timer.stop()
        self.cancel()

    def _by_itself(self) -> None:
        """Nobody asked, so nobody is asked: without the master password it waits for a person."""
        settings = self._session.settings
        if self.task is not None or not self.possible or asks_for_password(settings.authcfg):
            return
        try:
            self._start(asked=False)
        except LandReviewError as error:
            self._failed(False, error)

    def _start(self, *, asked: bool) -> None:
        settings, actor = self._session.settings, self._session.desk().actor
        line = self._lines.to(settings.server, settings.authcfg)
        work = aside(partial(_round, Path(settings.workspace), line, actor, asked))
        title = translate("landreview", "Sync with the data centre")
        self.task = self._session.start(title, work, partial(self._done, asked), failed=partial(self._failed, asked))
        self.task.ended.connect(self._ended)
        self.changed.emit()

    def _done(self, asked: bool, done: Round) -> None:
        self.flaw, self.done_at = None, dt.datetime.now().astimezone()
        self._timer.setInterval(IDLE_MS)
        if not self._timer.isActive():
            self._timer.start()
        if asked or done.events or done.fetched or done.received or done.failed:
            self._session.synced.emit()
        if text := _told(done, asked):
            self._session.say(text)

    def _failed(self, asked: bool, error: LandReviewError) -> None:
        self.flaw = error
        if isinstance(error, LineError):
            self._timer.setInterval(min(PATIENT_MS, self._timer.interval() * 2))
        elif error.code != "E-STORE-BUSY":
            self._timer.stop()  # a wrong password asked for every minute would lock the account
        self._session.synced.emit()
        if asked:
            self._session.show_error(error, self.start)
        self.changed.emit()

    def _ended(self) -> None:
        self.task = None
        again, self._again = self._again, False
        self.changed.emit()
        if again:
            self.start()

    def _settings_changed(self) -> None:
        self.flaw = None
        self._timer.setInterval(IDLE_MS)
        self._timer.start() if self.possible else self._timer.stop()
        self.changed.emit()


def _round(path: Path, line: Line, actor: Actor, asked: bool, progress: Progress) -> Round:
    """Off the main thread, with its own connection. Raises E-CENTRE-RIGHTS when the sign-in is another office's."""
    with Workspace(path) as store:
        centre = Centre(line, tries=2)
        try:
            if asked:
                hurry(store)
            syncer = Syncer(store, centre, actor)
            if asked or store.inbox.cursor(line.server) == "":
                _refuse_stranger(syncer, progress)
            return syncer.run(progress)
        finally:
            centre.close()


def _refuse_stranger(syncer: Syncer, progress: Progress) -> None:
    """Raise when the sign-in is another office's; over a line that is down each hand-over keeps the reason."""
    try:
        me = syncer.centre.me()
    except LineError:
        syncer.send(progress)
        raise
    me.refuse_other(syncer.actor.office)


def _told(done: Round, asked: bool) -> str:
    parts = [
        translate("landreview", "%n hand-over(s) received", None, len(done.received)) if done.received else "",
        translate("landreview", "%n case(s) came in", None, done.fetched) if done.fetched else "",
        translate("landreview", "%n hand-over(s) wait", None, len(done.waiting)) if done.waiting else "",
        translate("landreview", "%n hand-over(s) refused", None, len(done.failed)) if done.failed else "",
    ]
    said = " · ".join(part for part in parts if part)
    return said or (translate("landreview", "Nothing new at the data centre.") if asked else "")
