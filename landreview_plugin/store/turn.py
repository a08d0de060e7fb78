# SPDX-License-Identifier: GPL-2.0-or-later
"""One at a time: a lock beside the store that ends with its process, however that ends, on every system."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

_SUFFIX = ".sync.lock"


@contextmanager
def turn(store: Path) -> Iterator[None]:
    """Hold the store's turn to sync. Raises E-STORE-BUSY while another window or the nightly run has it."""
    connection = sqlite3.connect(store.with_name(store.name + _SUFFIX), timeout=0.5, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            detail = Text(zh="另一窗口正在同步", en="another window is syncing it")
            raise LandReviewError("E-STORE-BUSY", detail=detail, place=Place(file=str(store))) from error
        yield
    finally:
        connection.close()
