# SPDX-License-Identifier: GPL-2.0-or-later
"""Work that may hang in a request, cancelled within a second all the same.

A request can't be interrupted. So the work runs in a thread of its own, the task only watches it: when it is cancelled
it leaves at once, and the work ends by itself at its next step. What it has written by then is whole: every change of
the store is a transaction, every file is renamed into its place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, TypeVar

from ...core.progress import CancelledError, Progress

T = TypeVar("T")
LOOK_S = 0.1
_TURN = threading.Lock()
"""One work at a time: what was left behind ends before the next begins."""


def aside(work: Callable[[Progress], T], *, in_turn: bool = True) -> Callable[[Progress], T]:
    """``work`` as a task may run it: cancelled, it is left behind.

    ``in_turn=False``: beside another one, for what writes nothing; a test of the line can't wait for a hanging round.
    """
    return partial(_watched, work, _TURN if in_turn else nullcontext())


def _watched(work: Callable[[Progress], T], turn: AbstractContextManager[object], progress: Progress) -> T:
    inner = _Inner(work, turn)
    try:
        while not inner.ended.wait(LOOK_S):
            progress.step(*inner.said)
    except CancelledError:
        inner.cancelled.set()
        raise
    value: T = inner.value()
    return value


class _Inner:
    """The thread of the work, and what it has said last."""

    def __init__(self, work: Callable[[Progress], Any], turn: AbstractContextManager[object]) -> None:
        self._work, self._turn = work, turn
        self._value: Any = None
        self._error: BaseException | None = None
        self.said = (0.0, "")
        self.cancelled, self.ended = threading.Event(), threading.Event()
        threading.Thread(target=self._run, name="LandReview line", daemon=True).start()

    def step(self, done: float, message: str = "") -> None:
        """``core.progress.Progress`` of the work."""
        if self.cancelled.is_set():
            raise CancelledError
        self.said = (done, message)

    def value(self) -> Any:
        """What the work returned; raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._value

    def _run(self) -> None:
        try:
            with self._turn:
                self.step(0.0)
                self._value = self._work(self)
        except BaseException as error:  # the border of the thread: raised again in the task
            self._error = error
        finally:
            self.ended.set()
