# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts away what is done: every case whose next step is the archive."""

from __future__ import annotations

from ..core.model.case_file import CaseFile
from ..core.progress import Progress
from ..core.workflow.steps import Action
from .desk import Desk


def done_cases(desk: Desk) -> list[CaseFile]:
    """Cases that only wait to be archived, and that this office may archive."""
    steps = ((case, desk.next_step(case, None)) for case in desk.store.cases())
    return [case for case, step in steps if step.action is Action.ARCHIVE and not step.blocked]


def archive_done(desk: Desk, progress: Progress) -> list[CaseFile]:
    """Archive them, each in a change of its own: cancelled halfway, the others stay as they are."""
    waiting = done_cases(desk)
    archived: list[CaseFile] = []
    for i, case in enumerate(waiting):
        progress.step(i / len(waiting), case.number)
        archived.append(desk.take_step(case, None))
    return archived
