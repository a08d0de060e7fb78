# SPDX-License-Identifier: GPL-2.0-or-later
"""kill -9 while the store is backed up, restored, archived or tidied: store and backup are whole at every moment."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from conftest_store import CLERK, COVER, reading_of

from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store import backup as backup_module
from landreview_plugin.store.backup import back_up, restore
from landreview_plugin.store.workspace import Workspace

HERE = Path(__file__).resolve().parent
HEAD = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}]
from conftest_store import CLERK, COVER, reading_of
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.archiving import archive_done
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.backup import back_up, restore
from landreview_plugin.store.workspace import Workspace
path, zip_ = Path(sys.argv[1]), Path(sys.argv[2])
print("open", flush=True)
while True:
    {work}
"""
WORK = {
    "back up": "\n    with Workspace(path) as store: back_up(store, zip_)",
    "restore": "restore(zip_, path)",
    "archive": """
    with Workspace(path) as store:
        desk = Desk(store, CLERK)
        case = desk.take_in(reading_of(), COVER)
        with store.change(case, "forward", {}, CLERK) as change: change.update(stage="all.archive")
        archive_done(desk, Silent()); store.tidy()""",
}
KILLS = 5


@pytest.fixture
def filled(path: Path, tmp_path: Path) -> Path:
    """A store with three cases and files, and a backup of it beside."""
    with Workspace(path) as store:
        desk = Desk(store, CLERK)
        for number in range(3):
            paper = tmp_path / f"{number}.pdf"
            paper.write_bytes(bytes([number]) * 300_000)
            desk.attach(desk.take_in(reading_of(), COVER), [paper])
        back_up(store, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


@pytest.mark.parametrize("what", list(WORK))
def test_a_kill_at_any_point_leaves_a_whole_store_and_a_whole_backup(
    what: str, path: Path, filled: Path, root: Path
) -> None:
    script = HEAD.format(root=str(root), here=str(HERE), work=WORK[what])
    chance = random.Random(11)
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(path), str(filled)], stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout is not None and worker.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0.02, 0.25))
            worker.send_signal(signal.SIGKILL)
        assert path.exists(), "there is a store at every moment"
        with Workspace(path) as store:
            assert len(store.cases()) >= 3, "and it is the office's, not a new one"
            assert store.check(Silent()) == ()
        with zipfile.ZipFile(filled) as archive:
            assert archive.testzip() is None


def test_between_keeping_and_replacing_there_is_a_store(
    path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one moment that chance hits too seldom: the old store has its second name, the new one not its place."""

    class Killed(BaseException):
        pass

    def killed(_target: Path, _kept: Path) -> None:
        raise Killed

    real = backup_module._second_name

    def after(target: Path, kept: Path) -> None:
        real(target, kept)
        killed(target, kept)

    monkeypatch.setattr(backup_module, "_second_name", after)
    with pytest.raises(Killed):
        restore(filled, path)
    with Workspace(path) as store:
        assert len(store.cases()) == 3 and store.check(Silent()) == ()


def test_where_no_links_can_be_made_the_store_is_copied(
    path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    kept = restore(filled, path)
    assert kept is not None
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchone() == (3,)
    connection.close()


def test_a_kept_store_does_not_change_with_the_new_one(path: Path, filled: Path) -> None:
    kept = restore(filled, path)
    assert kept is not None
    with Workspace(path) as store:
        Desk(store, CLERK).take_in(reading_of(), COVER)
    with Workspace(kept) as before:
        assert len(before.cases()) == 3
