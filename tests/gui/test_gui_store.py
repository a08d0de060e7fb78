# SPDX-License-Identifier: GPL-2.0-or-later
"""Backup, restore, archive, tidying and checking by one click each: real tasks on a real store."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from gui_waiting import until

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Silent
from landreview_plugin.gui.presenter import headline
from landreview_plugin.gui.session import Session
from landreview_plugin.gui.store_actions import StoreActions
from landreview_plugin.settings import Settings
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
    done(actions)
    assert "No case" in said[-1]
    put_at_archive(session, case)
    monkeypatch.setattr(StoreActions, "_agreed", lambda self, waiting: False)
    actions.archive()
    done(actions)
    assert not session.desk().store.case(case.id).archived
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


def spoil(kind: str, path: Path) -> None:
    """Make the store one that can't be used."""
    if kind == "folder":
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.write_bytes(b"a file where the folder should be")
        return
    Workspace(path).close()
    if kind == "newer":
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE landreview_store SET value = '99' WHERE key = 'version'")
        connection.close()
    else:
        path.write_bytes(b"zeros after a power cut" * 500)


@pytest.mark.parametrize(
    ("kind", "code", "step"),
    [
        ("newer", "E-STORE-NEWER", "update the plugin"),
        ("damaged", "E-STORE-CORRUPT", "restore the last backup"),
        ("folder", "E-ENV-WRITE", "Check free space, rights"),
    ],
)
def test_a_store_that_cannot_be_used_is_said_with_the_next_step(
    session: Session, qgis_iface: Any, kind: str, code: str, step: str, shown: list[LandReviewError]
) -> None:
    path = Path(session.settings.workspace)
    spoil(kind, path)
    with session.guard():
        session.desk()
    assert [error.code for error in shown] == [code]
    assert step in headline(shown[0]) and str(path.parent) in shown[0].place.file


def test_a_full_disk_during_a_backup_is_said_and_leaves_nothing(
    session: Session, actions: StoreActions, case: CaseFile, shown: list[LandReviewError], tmp_path: Path
) -> None:
    """RLIMIT_FSIZE makes writing fail as a full disk does."""
    paper = tmp_path / "big.bin"
    paper.write_bytes(os.urandom(2_000_000))
    session.desk().attach(case, [paper])
    folder = tmp_path / "backups"
    folder.mkdir()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        actions.back_up_to(folder / "backup.zip")
        done(actions)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [error.code for error in shown] in (["E-ENV-WRITE"], ["E-STORE-FULL"])
    assert not list(folder.iterdir())
    assert session.desk().store.check(Silent()) == ()


def test_a_store_on_a_network_share_is_said_once(
    session: Session, shown: list[LandReviewError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("landreview_plugin.store.workspace.on_network", lambda path: True)
    session.desk()
    session.desk()
    assert [error.code for error in shown] == ["W-STORE-NETWORK"]
    assert "back it up to the network" in headline(shown[0])
    journal = sqlite3.connect(session.settings.workspace)
    assert journal.execute("PRAGMA journal_mode").fetchone() == ("delete",), "no shared memory on a share"
    journal.close()


def test_two_windows_work_on_one_store(session: Session, settings: Settings, case: CaseFile) -> None:
    """Both write; who comes second with an older state is told, and loses nothing."""
    other = Session(settings, None)
    try:
        theirs = other.desk().answer(other.desk().store.case(case.id), {"kind": "x"})
        with pytest.raises(LandReviewError) as raised:
            session.desk().answer(case, {"kind": "y"})
        assert raised.value.code == "E-STORE-STALE"
        assert session.desk().store.case(case.id) == theirs
        again = session.desk().answer(theirs, {"kind": "y"})
        assert other.desk().store.case(case.id) == again
    finally:
        other.close()
