# SPDX-License-Identifier: GPL-2.0-or-later
"""Power cuts, full disks, a second batch in the same folder: what was done stays, what was not is named."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jobs_batches import BatchOf, digests, replace

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.batch import Batch, run_batch
from landreview_plugin.jobs.journal import NAME, RESERVE, Journal, beside, put_in_place
from landreview_plugin.jobs.remaining import Remaining, duration

SEED = 97
KILLS = 20 if os.environ.get("LANDREVIEW_LONG") else 3
CASES = 12

RUN = """
import dataclasses, datetime as dt, json, sys
sys.path.insert(0, sys.argv[1])
given = json.loads(sys.argv[2])
from pathlib import Path
from landreview_plugin.core.model.base import Language
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.batch import Batch, run_batch
from landreview_plugin.jobs.manifest import BatchCase
from landreview_plugin.jobs.review_job import ReviewJob
at = dt.date(2026, 9, 1)
job = ReviewJob(input="", catalogue=given["catalogue"], business_type="CZPC", reference_date=at, profile="demo")
cases = tuple(BatchCase(Path(file).stem, file, "CZPC", at) for file in given["files"])
result = run_batch(Batch(cases, job, Path(given["out"]), tuple(given["formats"]), Language.ZH, workers=2), Silent())
print(json.dumps({entry["case"]: entry.get("error", "") for entry in result.entries}))
"""


def start(batch: Batch, root: Path) -> subprocess.Popen[bytes]:
    """The batch in a process of its own, with its worker processes."""
    files = [case.file for case in batch.cases]
    given = {"catalogue": batch.template.catalogue, "files": files, "out": str(batch.output), "formats": batch.formats}
    return subprocess.Popen([sys.executable, "-c", RUN, str(root), json.dumps(given)], stdout=subprocess.PIPE)


@pytest.mark.skipif(os.name == "nt", reason="kills a process the POSIX way")
def test_a_kill_at_any_point_and_a_resume_give_the_undisturbed_summary(batch_of: BatchOf, root: Path) -> None:
    """LANDREVIEW_LONG=1: at 20 points."""
    undisturbed = run_batch(batch_of(CASES, "undisturbed"), Silent())
    begin = time.monotonic()
    assert start(batch_of(CASES, "timed"), root).wait() == 0
    whole_s = time.monotonic() - begin
    points = random.Random(SEED)
    done_before = []
    for kill in range(KILLS):
        batch = batch_of(CASES, f"killed-{kill}")
        process = start(batch, root)
        time.sleep(points.uniform(0.15, 0.95) * whole_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
        done_before.append(len(Journal(batch.output).finished()))
        resumed = run_batch(batch, Silent())
        assert resumed.summary_csv.read_bytes() == undisturbed.summary_csv.read_bytes()
        assert resumed.summary_html.read_bytes() == undisturbed.summary_html.read_bytes()
        assert not list(batch.output.glob("*.old"))
    assert any(0 < done < CASES for done in done_before) or KILLS < 20, done_before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a file system of its own needs root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="mounts a file system the POSIX way")
def test_a_full_disk_is_named_case_by_case_and_the_rest_is_done_later(batch_of: BatchOf, small_disk: Path) -> None:
    plenty = run_batch(replace(batch_of(8, "plenty"), formats=("gpkg", "json")), Silent())
    tight = replace(batch_of(8, "tight"), formats=("gpkg", "json"), output=small_disk / "out")
    full = run_batch(tight, Silent())
    errors = {entry["error"] for entry in full.entries if entry["status"] == "failed"}
    assert full.reviewed > 0 and full.failed > 0 and errors == {"E-ENV-WRITE"}
    summary = full.summary_csv.read_text(encoding="utf-8-sig")
    assert summary.count("E-ENV-WRITE") >= full.failed and summary.count("430998-CZPC") >= 8
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    again = run_batch(tight, Silent())
    assert again.failed == 0 and digests(again) == digests(plenty)
    assert again.summary_csv.read_bytes() == plenty.summary_csv.read_bytes()


LIMITED = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from landreview_plugin.jobs.journal import Journal
journal = Journal(Path(sys.argv[2]))
journal.add({"case": "1", "key": "k"})
resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))
try:
    journal.add({"case": "2", "key": "k" * 100})
except OSError as error:
    print("refused", error.errno)
"""


@pytest.mark.skipif(os.name == "nt", reason="limits the size of files the POSIX way")
def test_a_line_that_the_disk_does_not_take_leaves_no_half_line(root: Path, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, str(root), str(tmp_path)], capture_output=True, check=True)
    assert done.stdout.startswith(b"refused")
    assert (tmp_path / NAME).read_bytes() == b'{"case": "1", "key": "k"}\n'


def test_two_batches_never_share_a_folder(batch_of: BatchOf) -> None:
    batch = batch_of(1, "shared")
    with Journal(batch.output).held(), pytest.raises(LandReviewError) as caught:
        run_batch(batch, Silent())
    assert caught.value.code == "E-ENV-WRITE" and str(batch.output) in str(caught.value)
    assert run_batch(batch, Silent()).failed == 0


def test_what_a_killed_batch_left_is_tidied_up(batch_of: BatchOf) -> None:
    batch = batch_of(1, "left")
    for name in ("a.12345678.part", "b.12345678.old"):
        (batch.output / name).mkdir(parents=True)
    (batch.output / RESERVE).write_bytes(b"0")
    run_batch(batch, Silent())
    assert sorted(path.name for path in batch.output.iterdir() if path.is_dir()) == [batch.cases[0].folder]
    assert not (batch.output / RESERVE).exists()


def test_a_folder_that_another_worker_put_there_first_is_replaced(tmp_path: Path) -> None:
    final = tmp_path / "case"
    for text in ("one", "two"):
        part = beside(final)
        part.mkdir()
        (part / "result.json").write_text(text, encoding="utf-8")
        put_in_place(part, final)
    assert (final / "result.json").read_text(encoding="utf-8") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_a_changed_layer_or_pack_is_reviewed_again(batch_of: BatchOf, county: Path, tmp_path: Path) -> None:
    batch = batch_of(2, "keys")
    run_batch(batch, Silent())
    line = json.loads((batch.output / NAME).read_text(encoding="utf-8").splitlines()[0])
    os.utime(county)  # as if the office had copied a new version over it
    run_batch(batch, Silent())
    last = json.loads((batch.output / NAME).read_text(encoding="utf-8").splitlines()[-1])
    assert last["key"] != line["key"] and last["digest"]


def test_the_time_left_is_said_in_words_that_people_use() -> None:
    said: list[tuple[float, str]] = []

    class Listener:
        def step(self, done: float, message: str = "") -> None:
            said.append((done, message))

    remaining = Remaining(Listener(), 4, before=6)
    for share in (0.0, 0.25, 0.25, 1.0):
        remaining.step(share)
    assert [round(done, 3) for done, _ in said] == [0.6, 0.7, 0.7, 1.0]
    assert said[1][1].startswith("7/10, ~") and said[2][1] == "" and said[3][1].startswith("10/10")
    assert [duration(s) for s in (40, 720, 11_100)] == ["40 s", "12 min", "3 h 05 min"]
