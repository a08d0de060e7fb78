# SPDX-License-Identifier: GPL-2.0-or-later
"""Short turns for work beside the window: the main thread gets Python back when it asks, not when it is lucky."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

TURN_S = 50e-6
"""How long a thread may keep Python once another one wants it.

Python's own 5 ms begin anew each time the lock was free in between. lxml, which writes the DOCX, frees it some thousand
times a second and takes it back before anyone wakes: the window waited up to 270 ms for each of its turns. Waits below
the time between two such moments end it (measured: 200 us don't, 100 us nearly, 50 us do, at no cost of the review)."""

_lock = threading.Lock()
_running = 0
_usual_s = 0.0


@contextmanager
def short_turns() -> Iterator[None]:
    """While the block runs, threads take short turns; the last one out restores what the program had."""
    global _running, _usual_s
    with _lock:
        if _running == 0:
            _usual_s = sys.getswitchinterval()
            sys.setswitchinterval(TURN_S)
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1
            if _running == 0:
                sys.setswitchinterval(_usual_s)
