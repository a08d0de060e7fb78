# SPDX-License-Identifier: GPL-2.0-or-later
"""Enters a judgement: its files are copied off the main thread, the entry itself is one step of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...core.model.case_file import CaseFile
from ...core.model.opinion import Mark
from ...core.model.result import Finding
from ...core.progress import Progress
from ...i18n import translate
from ..person import role_of
from ..session import Session


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
