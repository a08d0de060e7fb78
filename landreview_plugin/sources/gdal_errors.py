# SPDX-License-Identifier: GPL-2.0-or-later
"""What GDAL says while it works, kept for the message instead of printed to a console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal


@contextmanager
def collected() -> Iterator[list[str]]:
    """The texts of GDAL's warnings and errors raised inside the block."""
    messages: list[str] = []
    gdal.PushErrorHandler(lambda _level, _number, text: messages.append(text))
    try:
        yield messages
    finally:
        gdal.PopErrorHandler()
