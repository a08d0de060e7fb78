# SPDX-License-Identifier: GPL-2.0-or-later
"""The same batch on dask: equal digests, also when a worker is killed in the middle."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jobs_batches import BatchOf, digests, replace

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs import dask_pool
from landreview_plugin.jobs.batch import run_batch
from landreview_plugin.jobs.dask_pool import tiles_of
from landreview_plugin.jobs.tasks import TaskMaker

distributed = pytest.importorskip("distributed")
Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def scheduler(tmp_path: Path, root: Path) -> Iterator[str]:
    """The address of a scheduler of its own."""
    file = tmp_path / "scheduler.json"
    command = ["-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--no-show"]
    process = _dask(*command, "--host", "127.0.0.1", "--scheduler-file", str(file), PYTHONPATH=str(root))
    try:
        while not file.exists() or not file.read_text(encoding="utf-8").endswith("}"):
            assert process.poll() is None
            time.sleep(0.1)
        import json

        yield json.loads(file.read_text(encoding="utf-8"))["address"]
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def worker(scheduler: str, root: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts workers (without a nanny, which would bring a killed one back)."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = ["-m", "distributed.cli.dask_worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        started.append(_dask(*command, "--local-directory", str(tmp_path), PYTHONPATH=str(root)))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def _dask(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, *arguments], env=os.environ | environment, cwd=os.sep, **quiet)  # type: ignore[call-overload]


@pytest.mark.skipif(os.name == "nt", reason="kills a process the POSIX way")
def test_a_worker_killed_in_the_middle_changes_no_digest(batch_of: BatchOf, scheduler: str, worker: Start) -> None:
    alone = run_batch(batch_of(24, "alone"), Silent())
    first = worker()
    worker()
    output = batch_of(24, "cluster").output

    def kill_in_the_middle() -> None:
        while len(list(output.glob("*/result.json"))) < 2:
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill_in_the_middle, daemon=True)
    killer.start()
    cluster = run_batch(replace(batch_of(24, "cluster"), scheduler=scheduler), Silent())
    killer.join(timeout=10)
    assert first.wait() == -signal.SIGKILL
    assert cluster.failed == 0
    assert digests(cluster) == digests(alone)
    assert cluster.summary_csv.read_bytes() == alone.summary_csv.read_bytes()


def test_a_worker_that_outlives_a_batch_judges_the_next_by_the_catalogue_of_then(
    batch_of: BatchOf, scheduler: str, worker: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With relative paths, too: the worker stands in another folder than the machine that asks."""
    monkeypatch.chdir(tmp_path)
    worker()
    batch = batch_of(3, "first")
    cases = tuple(dataclasses.replace(case, file=os.path.relpath(case.file)) for case in batch.cases)
    job = dataclasses.replace(batch.template, catalogue=os.path.relpath(batch.template.catalogue))
    batch = replace(batch, cases=cases, template=job)

    def both(name: str) -> tuple[dict[str, str], dict[str, str]]:
        cluster = run_batch(replace(batch, output=Path(f"{name}-cluster"), scheduler=scheduler), Silent())
        alone = run_batch(replace(batch, output=Path(f"{name}-alone")), Silent())
        assert cluster.failed == 0
        return digests(cluster), digests(alone)

    before, before_alone = both("before")
    path = Path(job.catalogue)
    kept = [entry for entry in path.read_text(encoding="utf-8").split("- ") if "key: pbf" not in entry]
    path.write_text("- ".join(kept), encoding="utf-8")
    after, after_alone = both("after")
    assert before == before_alone and after == after_alone
    assert all(before[case] != after[case] for case in before)


def test_nobody_at_the_address_is_said(batch_of: BatchOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_pool, "CONNECT_S", 0.5)
    with pytest.raises(LandReviewError) as caught:
        run_batch(replace(batch_of(1, "nobody"), scheduler="tcp://127.0.0.1:9"), Silent())
    assert caught.value.code == "E-ENV-MODULE"


def test_tiles_hold_cases_of_one_catalogue(batch_of: BatchOf) -> None:
    batch = batch_of(20, "tiles")
    maker = TaskMaker(batch.template, batch.output, batch.formats, batch.language)
    tasks = [maker.task(case) for case in batch.cases]
    tiles = list(tiles_of(tasks))
    assert [len(tile) for tile in tiles] == [8, 8, 4]
    assert [task.case for tile in tiles for task in tile] == [task.case for task in tasks]
