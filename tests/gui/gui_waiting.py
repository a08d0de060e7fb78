# SPDX-License-Identifier: GPL-2.0-or-later
"""Waiting for what Qt does later."""

from __future__ import annotations

import time
from collections.abc import Callable

from qgis.PyQt.QtCore import QEventLoop
from qgis.PyQt.QtWidgets import QApplication

WAIT_S = 10.0


def until(condition: Callable[[], object]) -> None:
    """Let Qt work until something holds; fails after some seconds."""
    end = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < end, "it never happened"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
