# SPDX-License-Identifier: GPL-2.0-or-later
"""Options of GDAL hold for a block in one thread, and a GeoPackage is never read ahead in a second one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from landreview_plugin.sources import reference_arrow
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.gdal_config import configured
from landreview_plugin.sources.reference import open_reference
from landreview_plugin.sources.reference_ogr import OgrRows

NAME = "LANDREVIEW_PROBE"
BOXES = np.array([[38_360_000, 3_110_000, 38_366_000, 3_116_000], [38_380_000, 3_120_000, 38_384_000, 3_121_000.0]])
FIELDS = ("DLBM", "TBMJ", "KCXS")


def test_an_option_holds_inside_the_block_only() -> None:
    with configured(NAME, "YES"):
        assert gdal.GetConfigOption(NAME) == "YES"
    assert gdal.GetConfigOption(NAME) is None


def test_what_the_thread_had_before_comes_back_after_an_error_too() -> None:
    with configured(NAME, "outer"):
        with pytest.raises(ZeroDivisionError), configured(NAME, "inner"):
            assert gdal.GetConfigOption(NAME) == "inner"
            _ = 1 / 0
        assert gdal.GetConfigOption(NAME) == "outer"


def test_other_threads_see_nothing_of_it() -> None:
    with ThreadPoolExecutor(1) as pool, configured(NAME, "YES"):
        assert pool.submit(gdal.GetConfigOption, NAME).result() is None


def test_the_option_holds_while_gdal_reads_and_not_while_rows_are_used() -> None:
    def stream() -> Iterator[str | None]:
        for _ in range(3):
            yield gdal.GetConfigOption("OGR_GPKG_STREAM_BASE_IMPL")

    for seen in reference_arrow._columns(stream()):
        assert seen == "YES"
        assert gdal.GetConfigOption("OGR_GPKG_STREAM_BASE_IMPL") is None


def test_a_filtered_geopackage_says_the_same_however_often_it_is_read(data: Path) -> None:
    """GDAL 3.10.3 broke one read in 300 (OSGeo/gdal#12934)."""

    def rows(*, general: bool) -> set[tuple[object, ...]]:
        reference = open_reference("county_s.gpkg|layername=DLTB", base=data / "oracle", target=parse_crs("EPSG:4526"))
        if general:
            reference._road = OgrRows(reference._layer)
        return {
            (fid, shape.wkb, *(batch.attributes[name][i] for name in FIELDS))
            for batch in reference.batches(BOXES, FIELDS)
            for i, (fid, shape) in enumerate(zip(batch.fids.tolist(), batch.geometries, strict=True))
        }

    truth = rows(general=False)
    assert len(truth) > 20
    assert all(rows(general=True) == truth for _ in range(300))
