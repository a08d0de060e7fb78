# SPDX-License-Identifier: GPL-2.0-or-later
"""Backup, restore, archive, tidying and checking by one click each: real tasks on a real store."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from gui_waiting import until

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.gui.session import Session
from landreview_plugin.gui.store_actions import StoreActions
from landreview_plugin.store.backup import back_up
from landreview_plugin.store.workspace import Workspace


@pytest.fixture
def said(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notices that the person got."""
    found: list[str] = []
    monkeypatch.setattr(session.presenter, "say", found.append)
    return found


@pytest.fixture
def shown(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[LandReviewError]:
    """Errors that the person got."""
    found: list[LandReviewError] = []
    monkeypatch.setattr(session.presenter, "show_error", lambda error, retry=None: found.append(error))
    return found


@pytest.fixture
def actions(session: Session) -> StoreActions:
    return StoreActions(session)


def done(actions: StoreActions) -> None:
    """Wait for the task that runs."""
    until(lambda: actions.task is None)


def put_at_archive(session: Session, case: CaseFile) -> CaseFile:
    desk = session.desk()
    with desk.store.change(case, "forward", {}, desk.actor) as change:
        change.update(stage="all.archive")
    return change.case


def test_a_backup_is_made_while_the_store_is_in_use_and_can_be_restored(
    session: Session, actions: StoreActions, case: CaseFile, said: list[str], tmp_path: Path, three_parcels: Any
) -> None:
    target = tmp_path / "备份 & 1.zip"
    actions.back_up_to(target)
    done(actions)
    assert str(target) in said[-1] and target.stat().st_size > 1_000
    desk = session.desk()
    changed = desk.answer(case, {"kind": "x"})
    told: list[bool] = []
    session.cases_changed.connect(lambda: told.append(True))
    actions.restore_from(target)
    done(actions)
    assert session.desk().store.case(case.id).rev == case.rev < changed.rev
    assert told and "before-restore-1" in said[-1]
    with Workspace(actions.path.with_name("landreview.before-restore-1.gpkg")) as kept:
        assert kept.case(case.id).rev == changed.rev


def test_a_restore_is_refused_while_another_window_has_the_store(
    session: Session, actions: StoreActions, case: CaseFile, shown: list[LandReviewError], tmp_path: Path
) -> None:
    target = tmp_path / "backup.zip"
    back_up(session.desk().store, target)
    with Workspace(actions.path) as other_window:
        actions.restore_from(target)
        done(actions)
        assert [error.code for error in shown] == ["E-STORE-BUSY"]
        assert other_window.cases() == [case]
    assert session.desk().store.cases() == [case]


def test_a_damaged_backup_is_named_and_changes_nothing(
    session: Session, actions: StoreActions, case: CaseFile, shown: list[LandReviewError], tmp_path: Path
) -> None:
    wrong = tmp_path / "backup.zip"
    wrong.write_bytes(b"PK no zip")
    actions.restore_from(wrong)
    done(actions)
    assert [error.code for error in shown] == ["E-STORE-CORRUPT"]
    assert session.desk().store.cases() == [case]


def test_a_backup_into_a_folder_that_cannot_be_written_is_named(
    actions: StoreActions, case: CaseFile, shown: list[LandReviewError], tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    actions.back_up_to(blocked / "backup.zip")
    done(actions)
    assert [error.code for error in shown] == ["E-ENV-WRITE"]


def test_a_backup_can_be_cancelled_and_leaves_nothing(
    session: Session, actions: StoreActions, case: CaseFile, said: list[str], tmp_path: Path
) -> None:
    for number in range(40):
        paper = tmp_path / f"{number}.bin"
        paper.write_bytes(os.urandom(200_000))
        case = session.desk().attach(case, [paper])
    folder = tmp_path / "backups"
    folder.mkdir()
    actions.back_up_to(folder / "backup.zip")
    assert actions.task is not None
    actions.task.cancel()
    before = time.monotonic()
    done(actions)
    assert time.monotonic() - before < 1.0
    assert not list(folder.iterdir())


def test_done_cases_are_archived_when_the_person_agrees(
    session: Session, actions: StoreActions, case: CaseFile, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.archive()
    assert "No case" in said[-1]
    put_at_archive(session, case)
    monkeypatch.setattr(StoreActions, "_agreed", lambda self, waiting: False)
    actions.archive()
    assert actions.task is None and not session.desk().store.case(case.id).archived
    monkeypatch.setattr(StoreActions, "_agreed", lambda self, waiting: [c.number for c in waiting] == [case.number])
    actions.archive()
    done(actions)
    assert session.desk().store.case(case.id).archived and "1" in said[-1]


def test_loose_files_are_removed_and_counted(
    session: Session, actions: StoreActions, case: CaseFile, said: list[str], tmp_path: Path
) -> None:
    loose = tmp_path / "loose.pdf"
    loose.write_bytes(b"a crash came between file and row")
    session.desk().store.blobs.put(loose)
    a_week_ago = time.time() - 7 * 86_400
    for file in session.desk().store.blobs.all():
        os.utime(file, (a_week_ago, a_week_ago))
    actions.tidy()
    done(actions)
    assert said[-1].startswith("1 ")


def test_a_check_says_that_all_is_well_or_names_each_flaw(
    session: Session, actions: StoreActions, case: CaseFile, said: list[str], shown: list[LandReviewError]
) -> None:
    actions.check()
    done(actions)
    assert "sound" in said[-1] and not shown
    for file in session.desk().store.blobs.all():
        file.chmod(stat.S_IREAD | stat.S_IWRITE)
        file.write_bytes(b"touched")
    actions.check()
    done(actions)
    (error,) = shown
    assert error.code == "E-STORE-CORRUPT"
    assert {problem.code for problem in error.problems} == {"E-STORE-BLOB"}


def test_a_store_that_is_none_is_named(session: Session, actions: StoreActions, shown: list[LandReviewError]) -> None:
    actions.path.parent.mkdir(parents=True)
    with sqlite3.connect(actions.path) as connection:
        connection.execute("CREATE TABLE roads (id INTEGER)")
    connection.close()
    actions.check()
    done(actions)
    assert [error.code for error in shown] == ["E-STORE-CORRUPT"]


def test_whoever_listens_knows_when_it_works(actions: StoreActions, case: CaseFile, said: list[str]) -> None:
    told: list[bool] = []
    actions.busy_changed.connect(told.append)
    actions.check()
    done(actions)
    assert told == [True, False]
