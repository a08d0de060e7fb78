# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads that compute while the caller reads, and that stop soon when the user cancels.

GEOS lets go of the interpreter lock, so threads use all cores; processes are no option inside QGIS.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Event
from typing import TypeVar

from ..progress import CancelledError, Progress

Job = TypeVar("Job")
Result = TypeVar("Result")

POLL_S = 0.1
"""How often a waiting caller asks whether the user cancelled."""
QUEUE_PER_THREAD = 3
"""Jobs in flight per thread: bounds the memory of what was read ahead."""


def worker_count(threads: int | None) -> int:
    """Threads to use: as asked, else one a core, at most 8 (memory), at least 1."""
    return max(1, threads if threads is not None else min(os.cpu_count() or 1, 8))


def run(
    work: Callable[[Job, Event], Result],
    jobs: Iterable[Job],
    *,
    threads: int,
    progress: Progress,
    share: Callable[[Job, int], float],
) -> Iterator[Result]:
    """Results of ``work(job, stop)`` in the order of the jobs.

    ``jobs`` is read by the caller's thread, a few ahead. ``share(job, n)`` is what progress shows
    once the n-th job is done. On cancelling (or any error) ``stop`` is set, work not begun is
    dropped, and the exception passes on at once; ``work`` should look at ``stop`` every 200 ms.
    """
    stop, pending, shown, done = Event(), deque[tuple[Job, Future[Result]]](), 0.0, 0
    pool = ThreadPoolExecutor(threads, thread_name_prefix="overlay")

    def finish_first() -> Result:
        nonlocal shown, done
        job, future = pending.popleft()
        result = _await(future, progress, shown)
        done += 1
        shown = max(shown, share(job, done))
        return result

    try:
        for job in jobs:
            pending.append((job, pool.submit(work, job, stop)))
            progress.step(shown)
            while pending and (pending[0][1].done() or len(pending) > threads * QUEUE_PER_THREAD):
                yield finish_first()
        while pending:
            yield finish_first()
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
        if isinstance(jobs, Generator):  # lets go of the file at once, not when memory is tidied up
            jobs.close()


def _await(future: Future[Result], progress: Progress, share: float) -> Result:
    while not wait([future], timeout=POLL_S, return_when=FIRST_COMPLETED).done:
        progress.step(share)
    progress.step(share)
    return future.result()


def check(stop: Event) -> None:
    """Leave a worker's job when the caller has gone."""
    if stop.is_set():
        raise CancelledError
