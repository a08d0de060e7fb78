# SPDX-License-Identifier: GPL-2.0-or-later
"""The tasks of a batch on dask.distributed: an existing engine past one machine, not our own.

Scheduler (it reads the tasks, too) and workers (``dask worker ADDRESS --nthreads 1``) have the plugin's parent
folder in PYTHONPATH; workers see the same folders as the machine that asks. dask gives a dead worker's tiles to
others; the results are written by the workers, case by case, whole.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.model.base import Language, Text
from ..core.model.problems import LandReviewError
from ..core.progress import Progress
from .batch_task import BatchTask, failed
from .pool import DIED, POLL_S, Answer
from .tile import relevant_versions, review_tile

if TYPE_CHECKING:
    from distributed import Client, Future

Tile = tuple[BatchTask, ...]
TILE = 8
"""Cases a task: few enough that a dead worker costs seconds, enough that the network costs nothing."""
CONNECT_S = 10.0
NO_PACKAGE = Text(zh="未安装 dask.distributed", en="dask.distributed is not installed")


def answers_by_dask(tasks: Sequence[BatchTask], scheduler: str, progress: Progress) -> Iterator[Answer]:
    """The answers to ``tasks`` as they come, in any order.

    Raises E-ENV-MODULE without the package, without an answer from the scheduler, without workers, or
    where a worker's versions differ.
    """
    with _connected(scheduler) as client:
        work = _Work(client)
        _refuse_others(client, work.expected)
        for tile in tiles_of(tasks):
            work.send(tile)
        received = 0
        try:
            while work.open:
                progress.step(received / len(tasks))
                for answer in work.next_answers():
                    received += 1
                    yield answer
        finally:
            client.cancel([future for _, future in work.open.values()])


class _Work:
    """Tiles under way, and those that came back."""

    def __init__(self, client: Client) -> None:
        self._client, self.expected, self._run = client, relevant_versions(), uuid.uuid4().hex
        self.open: dict[str, tuple[Tile, Future]] = {}
        self._back: queue.SimpleQueue[str] = queue.SimpleQueue()

    def send(self, tile: Tile) -> None:
        """Hand a tile to the scheduler."""
        plain = [_absolute(task).to_json() for task in tile]
        # pure=False: the same tile of another run is not the same work
        future = self._client.submit(review_tile, plain, self.expected, self._run, pure=False)
        self.open[future.key] = (tile, future)
        future.add_done_callback(lambda done: self._back.put(done.key))

    def next_answers(self) -> Sequence[Answer]:
        """The answers of the next tile that comes back within a moment; none when none does."""
        try:
            tile, future = self.open.pop(self._back.get(timeout=POLL_S))
        except queue.Empty:
            return ()
        if future.status == "finished":
            answers: list[Answer] = future.result()
            return answers
        if len(tile) == 1:
            return [_lost(tile[0], future)]
        for task in tile:  # it ended several workers: find the one case that does
            self.send((task,))
        return ()


def tiles_of(tasks: Sequence[BatchTask]) -> Iterator[Tile]:
    """Tasks of one catalogue (a county's layers) side by side, :data:`TILE` at a time."""
    groups: dict[str, list[BatchTask]] = {}
    for task in tasks:
        groups.setdefault(task.job["catalogue"], []).append(task)
    for group in groups.values():
        for start in range(0, len(group), TILE):
            yield tuple(group[start : start + TILE])


@contextlib.contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise LandReviewError("E-ENV-MODULE", detail=NO_PACKAGE) from error
    try:
        client = Client(scheduler, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, socket.gaierror) as error:
        raise LandReviewError("E-ENV-MODULE", detail=f"{scheduler}: {error}") from error
    try:
        yield client
    finally:
        client.close(timeout=2)


def _refuse_others(client: Client, expected: dict[str, str]) -> None:
    """No workers, or one that would compute with something else."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
        found: dict[str, Any] = client.run(relevant_versions, on_error="return")
    except TimeoutError as error:
        detail = Text(zh="调度器没有工作进程", en="the scheduler has no workers")
        raise LandReviewError("E-ENV-MODULE", detail=detail) from error
    for address, versions in found.items():
        if versions != expected:
            raise LandReviewError("E-ENV-MODULE", detail=f"{address}: {versions!s} ≠ {expected}")


def _absolute(task: BatchTask) -> BatchTask:
    """The task with whole paths: a worker stands in another folder."""
    names = ["input", "catalogue", "answers", "dialects"]
    # profile and pack may be names of built-in ones
    names += [name for name in ("profile", "rulepack") if Path(task.job[name]).suffix.lower() in (".yaml", ".yml")]
    paths = {name: _whole(task.job[name]) for name in names}
    return replace(task, folder=str(Path(task.folder).absolute()), job=task.job | paths)


def _whole(name: str) -> str:
    """A path as it is from anywhere; what is none here (a database) stays."""
    path, bar, layer = name.partition("|")
    return f"{Path(path).absolute()}{bar}{layer}" if path and Path(path).exists() else name


def _lost(task: BatchTask, future: Future) -> Answer:
    """A case that ends every worker that tries it, or that no worker could take."""
    error = future.exception() if future.status == "error" else None
    detail = DIED if error is None or type(error).__name__ == "KilledWorker" else f"{type(error).__name__}: {error}"
    return failed(task.case, LandReviewError("E-SRC-CORRUPT", detail=detail), Language(task.language))
