# SPDX-License-Identifier: GPL-2.0-or-later
"""Workers of a batch: processes where the right Python can be found, else threads.

Inside QGIS ``sys.executable`` may be QGIS itself, so an interpreter counts only after it has
imported what a worker needs.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess  # nosec B404 - workers are started with a list, never through a shell
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pydantic
import shapely

from ..core.model.base import Language, Text
from ..core.model.problems import LandReviewError
from ..core.progress import CancelledError, Progress
from .batch_task import BatchTask, failed, run_task
from .kit import Kit

ROOT = Path(__file__).resolve().parents[2]
POLL_S = 0.2
NEEDS = "import osgeo.ogr, shapely, pydantic, yaml, landreview_plugin.jobs.worker"
DIED = Text(zh="工作进程意外结束", en="the worker process ended")
Answer = dict[str, Any]


def answers(
    tasks: Sequence[BatchTask], workers: int, progress: Progress, *, processes: bool = True
) -> Iterator[Answer]:
    """The answers to ``tasks`` as they come, in any order. Cancelling ends all workers within a second."""
    todo: queue.SimpleQueue[BatchTask] = queue.SimpleQueue()
    for task in tasks:
        todo.put(task)
    done: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    stop = threading.Event()
    python = interpreter() if processes else None
    crew = [
        threading.Thread(target=_feed if python else _work, args=(todo, done, stop, python), daemon=True)
        for _ in range(max(1, min(workers, len(tasks))))
    ]
    for member in crew:
        member.start()
    try:
        yield from _collect(done, len(tasks), progress)
    finally:
        stop.set()
        for member in crew:
            member.join(timeout=5.0)


def _collect(done: queue.SimpleQueue[Answer], count: int, progress: Progress) -> Iterator[Answer]:
    received = 0
    while received < count:
        progress.step(received / count)
        try:
            answer = done.get(timeout=POLL_S)
        except queue.Empty:
            continue
        received += 1
        yield answer


class _Stopped:
    """Progress of a case in a thread: nobody looks at it, but it may be stopped."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def step(self, done: float, message: str = "") -> None:
        """Raise when the batch was stopped."""
        if self._stop.is_set():
            raise CancelledError


def _work(
    todo: queue.SimpleQueue[BatchTask], done: queue.SimpleQueue[Answer], stop: threading.Event, python: None
) -> None:
    """A thread that reviews cases itself."""
    kit = Kit()
    while not stop.is_set():
        try:
            task = todo.get_nowait()
            done.put(run_task(task, kit, _Stopped(stop)))
        except (queue.Empty, CancelledError):
            return


def _feed(
    todo: queue.SimpleQueue[BatchTask], done: queue.SimpleQueue[Answer], stop: threading.Event, python: str
) -> None:
    """A thread that feeds a worker process, and starts another when one dies."""
    worker: subprocess.Popen[bytes] | None = None
    while not stop.is_set():
        try:
            task = todo.get_nowait()
        except queue.Empty:
            break
        worker = worker or _start(python)
        answer = _ask(worker, task, stop)
        if answer is None:  # the process died: its case is the only one lost
            _end(worker)
            worker = None
            if stop.is_set():
                break
            answer = _died(task)
        done.put(answer)
    if worker is not None:
        _end(worker)


def _start(python: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *_libraries()]), "PYTHONUTF8": "1"}
    return subprocess.Popen(  # noqa: S603 - a list, no shell  # nosec B603
        [python, "-m", "landreview_plugin.jobs.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _ask(worker: subprocess.Popen[bytes], task: BatchTask, stop: threading.Event) -> Answer | None:
    """The worker's answer; None when it died. A stopped batch kills the worker, which ends the wait."""
    assert worker.stdin is not None and worker.stdout is not None
    watch = threading.Thread(target=_kill_when, args=(worker, stop, done := threading.Event()), daemon=True)
    watch.start()
    try:
        worker.stdin.write(json.dumps(task.to_json(), ensure_ascii=False).encode("utf-8") + b"\n")
        worker.stdin.flush()
        line = worker.stdout.readline()
        answer: Answer | None = json.loads(line.decode("utf-8")) if line.endswith(b"\n") else None
    except OSError:
        answer = None
    finally:
        done.set()
    return answer


def _kill_when(worker: subprocess.Popen[bytes], stop: threading.Event, done: threading.Event) -> None:
    while not done.wait(POLL_S):
        if stop.is_set():
            worker.kill()
            return


def _end(worker: subprocess.Popen[bytes]) -> None:
    assert worker.stdin is not None and worker.stdout is not None
    with contextlib.suppress(OSError):
        worker.stdin.close()
    try:
        worker.wait(timeout=2.0)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
    worker.stdout.close()


def _died(task: BatchTask) -> Answer:
    return failed(task.case, LandReviewError("E-SRC-CORRUPT", detail=DIED), Language(task.language))


def _libraries() -> list[str]:
    """Where shapely, pydantic and the others of this process lie: a worker may not find them by itself."""
    folders = (Path(module.__file__ or "").resolve().parent.parent for module in (shapely, pydantic))
    return list(dict.fromkeys(str(folder) for folder in folders))


@cache
def interpreter() -> str | None:
    """A Python that can run a worker, or None."""
    stem = "python.exe" if os.name == "nt" else "python3"
    candidates = [sys.executable, str(Path(sys.exec_prefix) / stem), "/usr/bin/python3", shutil.which("python3") or ""]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *_libraries()])}
    for candidate in dict.fromkeys(candidates):
        if not Path(candidate).name.lower().startswith("python") or not Path(candidate).is_file():
            continue
        try:
            subprocess.run(  # noqa: S603 - a list, no shell  # nosec B603
                [candidate, "-c", NEEDS], check=True, capture_output=True, timeout=60, env=environment
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return candidate
    return None
