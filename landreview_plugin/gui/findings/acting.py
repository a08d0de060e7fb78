# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person does about findings: judge them, go to the cause of what was not checked, ask for a trim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QWidget

from ...core.model.case_file import CaseFile
from ...core.model.opinion import Mark
from ...core.model.result import Finding, Verdict
from ...core.progress import Progress
from ...i18n import translate
from ..case_view import CaseView
from ..person import role_of
from ..read_only import why_not_here
from ..session import Session
from ..trim.suggestion import suggest
from .judge_bar import JudgeBar
from .judge_dialog import JudgeDialog

UNSEEN = {Verdict.NOT_CHECKED, Verdict.PARTLY_COVERED}


class Acting(QObject):
    """Behind the bar below the details. ``fix``: opens the binding of a layer, by its key."""

    def __init__(self, session: Session, bar: JudgeBar, fix: Callable[[str], None], window: QWidget) -> None:
        super().__init__(window)
        self._session, self._bar, self._fix, self._window = session, bar, fix, window
        self._view: CaseView | None = None
        self._findings: tuple[Finding, ...] = ()
        bar.judged.connect(self.judge)
        bar.fix_wanted.connect(self.fix)
        bar.trim_wanted.connect(self.trim)

    def offer(self, view: CaseView | None, findings: Sequence[Finding]) -> None:
        """Other findings are chosen."""
        self._view, self._findings = view, tuple(findings)
        self._bar.offer(self._findings, role_of(self._session), why_not_here(view) if view else "")

    def judge(self, mark: Mark) -> None:
        """Ask for the ground and enter the judgement."""
        view, findings = self._view, self._findings
        if view is None or not findings:
            return
        dialog = JudgeDialog(findings, mark, self._session.desk().actor.person, role_of(self._session), self._window)
        if dialog.exec() == JudgeDialog.DialogCode.Accepted:
            enter_judgement(self._session, view.case, findings, mark, dialog.words(), dialog.paths())
        dialog.deleteLater()

    def fix(self) -> None:
        """To the layer of the first finding that was not checked in full."""
        if layer := next((each.layer for each in self._findings if each.verdict in UNSEEN), ""):
            self._fix(layer)

    def trim(self) -> None:
        """Another boundary for the parcel of the finding."""
        if self._view is not None and self._findings:
            suggest(self._session, self._view, self._findings[0].id)


def enter_judgement(
    session: Session, case: CaseFile, findings: Sequence[Finding], mark: Mark, ground: str, files: Sequence[Path]
) -> None:
    """Enter it at once, or as soon as its files are in the store. Errors are shown; nothing is entered by half."""

    def enter(_: object = None) -> None:
        with session.guard():
            ids = [finding.id for finding in findings]
            session.desk().judge(case, ids, mark, ground, role=role_of(session), files=files)
        # also after an error: another window may have changed the case
        session.case_changed.emit(case.id)

    if not files:
        enter()
        return
    with session.guard():
        blobs = session.desk().store.blobs

        def copy(progress: Progress) -> None:
            for done, path in enumerate(files):
                progress.step(done / len(files), path.name)
                blobs.put(path)

        session.start(translate("landreview", "Keep the attachments"), copy, enter)
