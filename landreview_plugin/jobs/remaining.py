# SPDX-License-Identifier: GPL-2.0-or-later
"""Progress of a batch with the time left."""

from __future__ import annotations

import time

from ..core.progress import Progress


class Remaining:
    """Passes progress on, with a line for each finished case: ``17/1000, ~4 min``."""

    def __init__(self, progress: Progress, count: int, before: int = 0) -> None:
        """``before``: cases that an earlier run has finished; they count, but say nothing of the pace."""
        self._progress, self._count, self._before = progress, count, before
        self._start, self._said = time.monotonic(), -1

    def step(self, done: float, message: str = "") -> None:
        """Report the share of what was left to do."""
        number = round(done * self._count)
        text = ""
        if number != self._said:
            self._said = number
            whole = self._count + self._before
            left_s = (time.monotonic() - self._start) / done * (1 - done) if done else 0.0
            text = f"{number + self._before}/{whole}" + (f", ~{duration(left_s)}" if number else "")
        share = (done * self._count + self._before) / max(self._count + self._before, 1)
        self._progress.step(share, text)


def duration(seconds: float) -> str:
    """``40 s``, ``12 min``, ``3 h 05 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02} min"
