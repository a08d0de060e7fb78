# SPDX-License-Identifier: GPL-2.0-or-later
"""Options of GDAL for the length of a block and for this thread only: the process is shared with QGIS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal


@contextmanager
def configured(name: str, value: str) -> Iterator[None]:
    """GDAL's option ``name`` is ``value`` inside the block; after it this thread has what it had."""
    before = gdal.GetThreadLocalConfigOption(name)
    gdal.SetThreadLocalConfigOption(name, value)
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption(name, before)
