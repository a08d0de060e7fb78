# SPDX-License-Identifier: GPL-2.0-or-later
"""Test files are made by GDAL as another program would make them, whether QGIS runs in this process or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from osgeo import gdal


@pytest.fixture(autouse=True)
def gdal_as_alone() -> Iterator[None]:
    """QGIS sets SHAPE_ENCODING to nothing for the whole process: GDAL then writes UTF-8 under a GBK label."""
    before = gdal.GetConfigOption("SHAPE_ENCODING")
    gdal.SetConfigOption("SHAPE_ENCODING", None)
    yield
    gdal.SetConfigOption("SHAPE_ENCODING", before)
