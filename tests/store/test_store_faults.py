# SPDX-License-Identifier: GPL-2.0-or-later
"""Kills, full disks, newer versions, network drives: the store is as it was before or as it was after."""

from __future__ import annotations

import json
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from conftest_store import CLERK, COVER, reading_of

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store import network
from landreview_plugin.store.backup import back_up, restore
from landreview_plugin.store.creation import migrate, version_of
from landreview_plugin.store.schema import VERSION
from landreview_plugin.store.workspace import Workspace

HERE = Path(__file__).resolve().parent
WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}]
from conftest_store import CLERK, COVER, reading_of
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.workspace import Workspace
with Workspace(Path(sys.argv[1])) as store:
    desk = Desk(store, CLERK)
    print("open", flush=True)
    while True:
        case = desk.take_in(reading_of(), COVER)
        case = desk.attach(case, [Path(sys.argv[2])], "M-YS")
        case = desk.take_step(case, None)
        print(case.number, flush=True)
"""


def test_a_kill_at_any_point_loses_nothing_that_was_said_to_be_stored(path: Path, root: Path, tmp_path: Path) -> None:
    paper = tmp_path / "paper.bin"
    paper.write_bytes(b"x" * 200_000)
    script = WRITER.format(root=str(root), here=str(HERE))
    chance = random.Random(7)
    said: list[str] = []
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(path), str(paper)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0.05, 0.4))
            writer.send_signal(signal.SIGKILL)
            said += writer.stdout.read().split("\n")[:-1]
    assert said, "the writers wrote nothing: the test would prove nothing"
    with Workspace(path) as store:
        assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
        cases = {case.number: case for case in store.cases()}
        assert set(said) <= set(cases)
        for case in cases.values():
            store.check_log(case.id)
            kinds = [event.kind for event in store.log(case.id)]
            assert kinds == ["taken_in", "attached", "accept"][: case.rev]
            assert len(store.hand_in(case.id, 1).parcels) == 1
            assert len(store.attachments(case.id)) == ("attached" in kinds)
            for file in store.attachments(case.id):
                assert store.blobs.verified(file.sha256, ".bin").stat().st_size == 200_000


def test_a_kill_while_the_store_is_made_leaves_one_that_can_be_made(path: Path, root: Path) -> None:
    script = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom pathlib import Path\n" + (
        "from landreview_plugin.store import creation, workspace\n"
        "import os\n"
        "creation._register = lambda connection: os.kill(os.getpid(), 9)\n"
        "workspace.Workspace(Path(sys.argv[1]))\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Workspace(path) as store:
        assert store.cases() == []


def test_a_full_disk_is_named_and_changes_nothing(store: Workspace, desk: Desk, case: CaseFile) -> None:
    """RLIMIT_FSIZE makes writing past the file's size fail as a full disk does."""
    many = reading_of().model_copy(update={"parcels": reading_of().parcels * 5_000})
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, before[1]))
    try:
        with pytest.raises(LandReviewError) as raised:
            desk.take_in(many, COVER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert raised.value.code == "E-STORE-FULL"
    assert store.cases() == [case]
    assert desk.take_in(reading_of(), COVER).number == "430998-CZPC-2026-0002"


def test_a_store_of_a_newer_version_is_refused_and_left_alone(path: Path, store: Workspace, case: CaseFile) -> None:
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE landreview_store SET value = '99' WHERE key = 'version'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LandReviewError) as raised:
        Workspace(path)
    assert raised.value.code == "E-STORE-NEWER"
    assert path.read_bytes() == before


def test_a_migration_keeps_a_backup_and_a_failing_one_changes_nothing(
    path: Path, store: Workspace, case: CaseFile
) -> None:
    store.close()
    connection = sqlite3.connect(path, isolation_level=None)
    kept: list[Path] = []

    def backup(target: Path) -> None:
        copy = sqlite3.connect(target)
        connection.backup(copy)
        copy.close()
        kept.append(target)

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE attachments")
        connection.execute("CREATE TABLE cases (again TEXT)")

    with pytest.raises(LandReviewError):
        migrate(connection, path, backup, migrations={VERSION: broken}, newest=VERSION + 1)
    assert version_of(connection, path) == VERSION
    assert connection.execute("SELECT count(*) FROM attachments").fetchone() == (0,)

    def better(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE cases ADD COLUMN priority INTEGER")

    migrate(connection, path, backup, migrations={VERSION: better}, newest=VERSION + 1)
    assert version_of(connection, path) == VERSION + 1
    connection.close()
    with Workspace(kept[0]) as before:
        assert before.cases() == [case]


def test_backup_and_restore_give_the_same_cases_and_files(
    store: Workspace, desk: Desk, case: CaseFile, path: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "批复.pdf"
    paper.write_bytes(b"%PDF-1.4 approval")
    case = desk.attach(case, [paper])
    backup = tmp_path / "backup.zip"
    back_up(store, backup)
    desk.take_in(reading_of(), COVER)
    store.close()
    kept = restore(backup, path)
    assert kept is not None
    with Workspace(path) as restored, Workspace(kept) as earlier:
        assert restored.cases() == [case]
        assert len(earlier.cases()) == 2
        sha256 = restored.attachments(case.id)[0].sha256
        assert restored.blobs.verified(sha256, ".pdf").read_bytes() == paper.read_bytes()


def test_a_damaged_backup_changes_nothing(store: Workspace, case: CaseFile, path: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    back_up(store, backup)
    store.close()
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(backup) as good, zipfile.ZipFile(forged, "w") as bad:
        manifest = json.loads(good.read("manifest.json"))
        bad.writestr("manifest.json", json.dumps(dict.fromkeys(manifest, "0" * 64)))
        bad.writestr("landreview.gpkg", good.read("landreview.gpkg"))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:500])
    climbing = tmp_path / "climbing.zip"
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"../../evil.gpkg": "0" * 64}))
        archive.writestr("../../evil.gpkg", b"evil")
    for wrong in (forged, cut, climbing):
        with pytest.raises(LandReviewError) as raised:
            restore(wrong, path)
        assert raised.value.code == "E-STORE-CORRUPT"
    assert not list(tmp_path.parent.glob("**/evil.gpkg"))
    with Workspace(path) as store:
        assert store.cases() == [case]


def test_a_store_that_another_window_has_open_is_not_pulled_from_under_it(
    store: Workspace, desk: Desk, case: CaseFile, path: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.zip"
    back_up(store, backup)
    with pytest.raises(LandReviewError) as raised:
        restore(backup, path)
    assert raised.value.code == "E-STORE-BUSY"
    other = desk.take_in(reading_of(), COVER)
    assert store.cases() == [case, other], "the window that has it open goes on"
    store.close()
    assert restore(backup, path) is not None
    assert sorted(p.name for p in path.parent.iterdir() if p.name.startswith(".")) == []


def test_a_damaged_store_can_be_replaced_by_its_backup(
    store: Workspace, case: CaseFile, path: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.zip"
    back_up(store, backup)
    store.close()
    path.write_bytes(b"a cluster of zeros" * 1_000)
    kept = restore(backup, path)
    assert kept is not None and kept.read_bytes().startswith(b"a cluster"), "what was there is kept for who can mend it"
    with Workspace(path) as restored:
        assert restored.cases() == [case]


def test_a_restore_where_no_store_was_needs_no_folder(store: Workspace, case: CaseFile, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    back_up(store, backup)
    elsewhere = tmp_path / "new desk" / "landreview.gpkg"
    assert restore(backup, elsewhere) is None
    with Workspace(elsewhere) as restored:
        assert restored.cases() == [case]


def test_a_network_drive_is_known_and_gets_no_shared_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert network.on_network(Path("//server/share/landreview.gpkg"))
    assert not network.on_network(tmp_path / "landreview.gpkg")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda / ext4 rw 0 0\n//nas/office {str(tmp_path).replace(' ', chr(92) + '040')} cifs rw 0 0\n"
    )
    assert network._kind_of_mount(tmp_path / "a" / "landreview.gpkg", mounts) == "cifs"
    assert network._kind_of_mount(Path("/somewhere"), mounts) == "ext4"
    monkeypatch.setattr("landreview_plugin.store.workspace.on_network", lambda path: True)
    with Workspace(tmp_path / "landreview.gpkg") as store:
        assert store.on_network
        mode = sqlite3.connect(store.path).execute("PRAGMA journal_mode").fetchone()
        assert mode == ("delete",)
        Desk(store, CLERK).take_in(reading_of(), COVER)
