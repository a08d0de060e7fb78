# SPDX-License-Identifier: GPL-2.0-or-later
"""Care of the case store by one click each: back up, restore, archive, tidy, check. Long work runs as a task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox, QWidget

from ..core.model.base import Text
from ..core.model.case_file import CaseFile
from ..core.model.problems import LandReviewError, Problem
from ..core.progress import Progress
from ..core.texts import level
from ..i18n import translate
from ..jobs.archiving import archive_done, done_cases
from ..jobs.desk import Desk
from ..store.backup import back_up, put_in_place, unpacked
from ..store.entries import Actor
from ..store.workspace import Workspace
from .session import Session
from .work_task import WorkTask

SHOWN = 12
"""Numbers of cases that a question names."""


class StoreActions(QObject):
    """Acts on the store that the session has chosen, each with a connection of its own in its thread."""

    busy_changed = pyqtSignal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent
        self.task: WorkTask[object] | None = None
        """What runs now."""

    @property
    def path(self) -> Path:
        """Where the store lies."""
        return Path(self._session.settings.workspace)

    def back_up(self) -> None:
        """Ask where to, and back up."""
        name = f"{self.path.stem}-{dt.date.today():%Y%m%d}.zip"
        title = translate("landreview", "Back up the case store")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(self.path.with_name(name)), "ZIP (*.zip)")
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, target: Path) -> None:
        """Back up into ``target``; the store stays usable."""
        self._start(
            translate("landreview", "Back up the case store"),
            partial(_back_up, self.path, target),
            lambda _: self._session.say(translate("landreview", "Backed up to {}").format(target)),
        )

    def restore(self) -> None:
        """Ask for a backup, and restore it."""
        title = translate("landreview", "Restore a backup of the case store")
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, str(self.path.parent), "ZIP (*.zip)")
        if chosen:
            self.restore_from(Path(chosen))

    def restore_from(self, source: Path) -> None:
        """Check and unpack ``source``, then put it in the place of the store, which is kept beside."""
        self._start(
            translate("landreview", "Restore the case store"),
            partial(_unpack, source, self.path),
            self._put_in_place,
        )

    def _put_in_place(self, database: Path) -> None:
        self._session.leave_desk()
        try:
            kept = put_in_place(database, self.path)
        finally:
            self._session.cases_changed.emit()
        if kept is None:
            self._session.say(translate("landreview", "The backup was restored."))
        else:
            self._session.say(
                translate("landreview", "The backup was restored; the store from before is kept as {}").format(kept)
            )

    def archive(self) -> None:
        """Find the cases that are done, say which, and archive them when the person says so."""
        with self._session.guard():
            actor = self._session.desk().actor
            self._start(
                translate("landreview", "Archive done cases"), partial(_waiting, self.path, actor), self._ask_archive
            )

    def _ask_archive(self, waiting: Sequence[CaseFile]) -> None:
        if not waiting:
            self._session.say(translate("landreview", "No case waits to be archived."))
        elif self._agreed(waiting):
            self.archive_now()

    def archive_now(self) -> None:
        """Archive every case whose next step is the archive."""
        self._start(
            translate("landreview", "Archive done cases"),
            partial(_archive, self.path, self._session.desk().actor),
            self._archived,
        )

    def _archived(self, cases: Sequence[CaseFile]) -> None:
        self._session.cases_changed.emit()
        self._session.say(translate("landreview", "%n case(s) archived", None, len(cases)))

    def _agreed(self, waiting: Sequence[CaseFile]) -> bool:
        numbers = [case.number for case in waiting[:SHOWN]] + ["…"] * (len(waiting) > SHOWN)
        question = translate(
            "landreview", "Archive %n case(s)? They leave the list and can be searched for.", None, len(waiting)
        )
        button = QMessageBox.question(
            self._window, translate("landreview", "Archive done cases"), "\n".join([question, "", *numbers])
        )
        return button == QMessageBox.StandardButton.Yes

    def tidy(self) -> None:
        """Delete files beside the store that no case names (a crash leaves them)."""
        self._start(
            translate("landreview", "Tidy the case store"),
            partial(_tidy, self.path),
            lambda count: self._session.say(translate("landreview", "%n loose file(s) removed", None, count)),
        )

    def check(self) -> None:
        """Look through database, logs and files; say what is wrong, or that nothing is."""
        self._start(translate("landreview", "Check the case store"), partial(_check, self.path), self._checked)

    def _checked(self, flaws: Sequence[LandReviewError]) -> None:
        if not flaws:
            self._session.say(translate("landreview", "The case store is sound: database, logs and files."))
            return
        count = len(flaws)
        problems = tuple(Problem(code=f.code, level=level(f.code), place=f.place, reason=f.detail) for f in flaws)
        detail = Text(zh=f"发现{count}处问题，见“详情”", en=f"{count} flaw(s): see Details")
        self._session.show_error(LandReviewError("E-STORE-CORRUPT", detail=detail, problems=problems))

    def _start(self, title: str, work: object, done: object) -> None:
        task = self._session.start(title, work, done)
        self.task = task
        self.busy_changed.emit(True)
        task.ended.connect(lambda: self._ended(task))

    def _ended(self, task: WorkTask[object]) -> None:
        # what one has found may have started the next already
        if self.task is task:
            self.task = None
            self.busy_changed.emit(False)


def _back_up(path: Path, target: Path, progress: Progress) -> None:
    with Workspace(path) as store:
        back_up(store, target, progress)


def _unpack(source: Path, target: Path, progress: Progress) -> Path:
    return unpacked(source, target, progress)


def _waiting(path: Path, actor: Actor, progress: Progress) -> list[CaseFile]:
    progress.step(0.0)
    with Workspace(path) as store:
        return done_cases(Desk(store, actor))


def _archive(path: Path, actor: Actor, progress: Progress) -> list[CaseFile]:
    with Workspace(path) as store:
        return archive_done(Desk(store, actor), progress)


def _tidy(path: Path, progress: Progress) -> int:
    progress.step(0.0)
    with Workspace(path) as store:
        return store.tidy()


def _check(path: Path, progress: Progress) -> tuple[LandReviewError, ...]:
    with Workspace(path) as store:
        return store.check(progress)
