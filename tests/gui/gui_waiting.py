# SPDX-License-Identifier: GPL-2.0-or-later
"""Waiting for the event loop, with a limit."""

from __future__ import annotations

import time
from collections.abc import Callable

from qgis.PyQt.QtCore import QCoreApplication


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Let events happen until ``condition`` holds; fails the test when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        QCoreApplication.processEvents()
        time.sleep(0.002)


def settle(seconds: float = 0.05) -> None:
    """Let what is pending happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.002)
