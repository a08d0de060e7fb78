# SPDX-License-Identifier: GPL-2.0-or-later
"""A search looks into the store without making, changing or blocking it, whoever writes meanwhile."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from conftest_store import CLERK, COVER, reading_of

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.reader import Reader
from landreview_plugin.store.workspace import Workspace


def test_cases_and_parcels_are_found_by_what_people_type(path: Path, desk: Desk, case: CaseFile) -> None:
    other = desk.take_in(reading_of(number="DK_02"), COVER.model_copy(update={"project": "园区道路"}))
    with Reader(path) as reader:
        assert [c.number for c in reader.find("2026-0002").cases] == [other.number]
        assert [c.id for c in reader.find("园区").cases] == [other.id]
        assert {c.id for c in reader.find("青岚").cases} == {case.id, other.id}
        (hit,) = reader.find("DK_").parcels
        assert (hit.case_id, hit.case_number, hit.number) == (other.id, other.number, "DK_02"), "_ is no wildcard"
        assert hit.box_degrees is not None and 112 < hit.box_degrees[0] < hit.box_degrees[2] < 116
        assert [p.number for p in reader.parcels(case.id)] == ["DK01"]
        assert reader.newest_open(9) == [other, case] and reader.newest_open(1) == [other]
        assert reader.count_open() == 2
        assert reader.results(case.id) == ()
        assert not reader.find("%").cases


def test_parcels_of_archived_cases_and_older_versions_are_not_offered(path: Path, desk: Desk, case: CaseFile) -> None:
    case = desk.correct(case, reading_of(number="DK09"))
    with desk.store.change(case, "archive", {}, CLERK) as change:
        change.update(archived=True)
    with Reader(path) as reader:
        assert reader.find("DK01").parcels == () and reader.find("DK09").parcels == ()
        assert [c.id for c in reader.find("青岚").cases] == [case.id], "the case itself still is"


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LandReviewError) as raised:
        Reader(tmp_path / "none" / "landreview.gpkg")
    assert raised.value.code == "E-STORE-GONE"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(("version", "code"), [("99", "E-STORE-NEWER"), ("0", "E-STORE-GONE")])
def test_another_version_is_neither_read_nor_brought_up_to_date(
    path: Path, store: Workspace, version: str, code: str
) -> None:
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE landreview_store SET value = ? WHERE key = 'version'", (version,))
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LandReviewError) as raised:
        Reader(path)
    assert raised.value.code == code
    assert path.read_bytes() == before


def test_reading_goes_on_while_another_window_writes(path: Path, desk: Desk, case: CaseFile) -> None:
    with desk.store.change(case, "held", {}, CLERK) as change, Reader(path) as reader:
        change.update(project="not yet entered")
        assert reader.find(case.number).cases == (case,), "as it was before the change"
    with Reader(path) as reader:
        assert reader.find(case.number).cases[0].project == "not yet entered"


def test_it_reads_in_a_thread_of_its_own(path: Path, case: CaseFile) -> None:
    found: list[CaseFile] = []

    def search() -> None:
        with Reader(path) as reader:
            found.extend(reader.find("青岚").cases)

    thread = threading.Thread(target=search)
    thread.start()
    thread.join()
    assert found == [case]


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are otherwise there")
def test_a_store_at_rest_on_a_read_only_share_is_read(path: Path, store: Workspace, case: CaseFile) -> None:
    """In WAL mode SQLite wants to make files beside; where it can't, the store is read as it lies."""
    store.close()
    script = "import sys\nfrom pathlib import Path\nfrom landreview_plugin.store.reader import Reader\n"
    script += "print(Reader(Path(sys.argv[1])).count_open())\n"
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert _as_nobody(script, path) == "1"
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)


def _as_nobody(script: str, path: Path) -> str:
    """Run a script without root's rights, in the folders of the test."""
    import subprocess
    import sys

    for folder in path.parents:
        if folder.stat().st_uid == os.getuid() and folder != path.parent and str(folder).startswith("/tmp/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    root = Path(__file__).resolve().parents[2]
    if os.getuid() == 0 and not all(folder.stat().st_mode & 0o001 for folder in root.parents):
        pytest.skip("nobody can read this checkout")
    user = {"user": "nobody"} if os.getuid() == 0 else {}
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=root, capture_output=True, text=True, check=False, **user
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
