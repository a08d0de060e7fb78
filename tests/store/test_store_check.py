# SPDX-License-Identifier: GPL-2.0-or-later
"""A check finds what was touched, names it, and finds nothing in a store that nobody touched."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from conftest_store import CLERK, COVER, reading_of

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import CancelledError, Silent
from landreview_plugin.jobs.archiving import archive_done, done_cases
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.workspace import Workspace


@pytest.fixture
def filled(store: Workspace, desk: Desk, case: CaseFile, tmp_path: Path) -> CaseFile:
    """A case with an attachment."""
    paper = tmp_path / "承诺书.pdf"
    paper.write_bytes(b"%PDF-1.4")
    return desk.attach(case, [paper], "M-YS")


def codes(found: tuple[LandReviewError, ...]) -> list[str]:
    return [error.code for error in found]


def test_a_sound_store_has_no_flaw(store: Workspace, filled: CaseFile) -> None:
    assert store.check(Silent()) == ()


def test_a_missing_file_and_an_altered_one_are_told_apart(store: Workspace, filled: CaseFile) -> None:
    (kept,) = store.blobs.all()
    kept.chmod(stat.S_IREAD | stat.S_IWRITE)
    kept.write_bytes(b"%PDF-1.5")
    (altered,) = store.check(Silent())
    assert altered.code == "E-STORE-BLOB" and altered.detail is not None and altered.detail.zh == "承诺书.pdf"
    kept.unlink()
    assert codes(store.check(Silent())) == ["E-STORE-GONE"]


def test_a_rewritten_log_is_named_by_its_case(store: Workspace, path: Path, filled: CaseFile) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("""UPDATE events SET body = '{"number": "x"}' WHERE no = 1""")
    connection.close()
    (broken,) = store.check(Silent())
    assert broken.code == "E-STORE-CORRUPT" and broken.detail is not None and filled.number in broken.detail.en


def test_a_row_without_its_case_is_found(store: Workspace, path: Path, filled: CaseFile) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE attachments SET case_id = 'gone'")
    connection.commit()
    connection.close()
    assert codes(store.check(Silent())) == ["E-STORE-CORRUPT"]


def test_a_check_can_be_cancelled(store: Workspace, filled: CaseFile) -> None:
    class Cancels:
        def step(self, done: float, message: str = "") -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        store.check(Cancels())


# archive


def at_archive(desk: Desk, case: CaseFile) -> CaseFile:
    with desk.store.change(case, "forward", {}, CLERK) as change:
        change.update(stage="all.archive")
    return change.case


def test_done_cases_are_archived_and_logged_and_others_stay(desk: Desk, case: CaseFile) -> None:
    done = at_archive(desk, desk.take_in(reading_of(), COVER))
    assert done_cases(desk) == [done]
    (archived,) = archive_done(desk, Silent())
    assert archived.id == done.id and archived.archived
    assert [c.id for c in desk.store.cases()] == [case.id]
    assert [c.id for c in desk.store.cases(archived=True)] == [done.id]
    assert desk.store.log(done.id)[-1].kind == "archive"
    assert archive_done(desk, Silent()) == []


def test_what_is_with_another_office_is_not_archived_here(desk: Desk, case: CaseFile) -> None:
    done = at_archive(desk, case)
    with desk.store.change(done, "forward", {}, CLERK) as change:
        change.update(holder="430000")
    assert done_cases(desk) == []


def test_archiving_that_is_cancelled_keeps_what_was_archived(desk: Desk, case: CaseFile) -> None:
    at_archive(desk, case)
    at_archive(desk, desk.take_in(reading_of(), COVER))

    class CancelsAtHalf:
        def step(self, done: float, message: str = "") -> None:
            if done >= 0.5:
                raise CancelledError

    with pytest.raises(CancelledError):
        archive_done(desk, CancelsAtHalf())
    assert len(desk.store.cases(archived=True)) == 1 and len(done_cases(desk)) == 1
