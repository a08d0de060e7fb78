# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-over files: what waits goes onto a stick, what came on one is taken in, receipts come back. As tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QDialog, QFileDialog, QWidget

from ...core.model.base import Text
from ...core.model.problems import LandReviewError, Level, Problem
from ...core.progress import Progress
from ...i18n import translate
from ...processing.seal_parameters import sealed, unsealed
from ...store.entries import Actor
from ...store.workspace import Workspace
from ...sync.exchange import RECEIPTS_SUFFIX, STICK_SUFFIX, enter_receipts, export, take
from ...sync.seal import Seal, is_sealed
from ...sync.stick import is_receipts
from ..case_view import CaseView
from ..session import Session
from .passphrase import PassphraseDialog


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file."""

    cases: int = 0
    refused: tuple[Problem, ...] = ()
    receipts: int = 0
    answer: Path | None = None
    """The receipts to carry back."""


class Sticks(QObject):
    """Works on the session's store, each time with a connection of its own."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent

    def export(self) -> None:
        """Ask where to and whether to seal; write everything that waits."""
        self._ask(f"{self._session.office()}-{dt.datetime.now():%Y%m%d-%H%M}")

    def export_case(self, view: CaseView) -> None:
        """The same for what waits of one case."""
        self._ask(view.case.number, view.case.id)

    def _ask(self, stem: str, case_id: str = "") -> None:
        name = stem + STICK_SUFFIX
        title = translate("landreview", "Write waiting hand-overs to a file")
        kinds = f"LandReview (*{STICK_SUFFIX})"
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(Path.home() / name), kinds)
        if not chosen:
            return
        dialog = PassphraseDialog(new=True, parent=self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.export_to(Path(chosen).with_suffix(STICK_SUFFIX), dialog.passphrase, case_id)

    def export_to(self, target: Path, passphrase: str | None = None, case_id: str = "") -> None:
        """Write everything that waits (of one case) into ``target``."""
        with self._session.guard():
            path, office = Path(self._session.settings.workspace), self._session.office()
            work = partial(_export, path, office, target, passphrase, case_id)
            title = translate("landreview", "Write waiting hand-overs to a file")
            self._session.start(title, work, partial(self._exported, target))

    def _exported(self, target: Path, count: int) -> None:
        self._session.synced.emit()
        text = translate(
            "landreview", "%n hand-over(s) written to {}. They count as received with the receipt.", None, count
        )
        self._session.say(text.format(target))

    def take(self) -> None:
        """Ask for a file, and for its passphrase when it is sealed; take it in."""
        title = translate("landreview", "Take in a hand-over or receipt file")
        kinds = f"LandReview (*{STICK_SUFFIX} *{RECEIPTS_SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, str(Path.home()), kinds)
        if not chosen:
            return
        passphrase = None
        with self._session.guard():
            if is_sealed(Path(chosen)):
                dialog = PassphraseDialog(new=False, parent=self._window)
                if dialog.exec() != QDialog.DialogCode.Accepted:
                    return
                passphrase = dialog.passphrase
            self.take_from(Path(chosen), passphrase)

    def take_from(self, source: Path, passphrase: str | None = None) -> None:
        """Take a hand-over file in and write its receipts beside it, or enter receipts that came back."""
        with self._session.guard():
            work = partial(
                _take, Path(self._session.settings.workspace), self._session.desk().actor, source, passphrase
            )
            title = translate("landreview", "Take in a hand-over or receipt file")
            self._session.start(title, work, partial(self._taken, source))

    def _taken(self, source: Path, done: Taken) -> None:
        self._session.synced.emit()
        if done.refused:
            count = len(done.refused)
            detail = Text(zh=f"{count}个案卷未接收，见“详情”", en=f"{count} case(s) were not taken over: see Details")
            self._session.show_error(LandReviewError("E-SYNC-STICK", detail=detail, problems=done.refused))
        elif done.answer is None:
            self._session.say(translate("landreview", "%n receipt(s) entered", None, done.receipts))
        else:
            text = translate("landreview", "%n case(s) taken in. Bring the receipts back: {}", None, done.cases)
            self._session.say(text.format(done.answer))


def _export(path: Path, office: str, target: Path, passphrase: str | None, case_id: str, progress: Progress) -> int:
    progress.step(0.0)
    with Workspace(path) as store:
        jobs = [job for job in store.outbox.to_send() if job.on_a_stick and case_id in ("", job.case_id)]
        if not jobs:
            raise LandReviewError(
                "E-CASE-STEP", detail=Text(zh="没有待移交的案卷", en="nothing waits to be handed over")
            )
        with sealed(target, Seal(passphrase=passphrase) if passphrase else None) as plain:
            return len(export(store, jobs, office, plain))


def _take(path: Path, actor: Actor, source: Path, passphrase: str | None, progress: Progress) -> Taken:
    progress.step(0.0)
    with Workspace(path) as store, unsealed(source, passphrase or "", "") as plain:
        if is_receipts(plain):
            return Taken(receipts=len(enter_receipts(store, plain)))
        answer = source.with_suffix(RECEIPTS_SUFFIX)
        answers = take(store, actor.office, plain, answer).answers
        refused = tuple(
            Problem(code=each.problem.code, level=Level.ERROR, reason=each.problem.message)
            for each in answers
            if each.problem is not None
        )
        return Taken(len(answers) - len(refused), refused, 0, answer)
