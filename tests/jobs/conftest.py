# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-ins as GeoPackages, one a case."""

from __future__ import annotations

import datetime as dt
import importlib.util
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shapely
from jobs_batches import BatchOf
from osgeo import ogr

from landreview_plugin.core.model.base import Language
from landreview_plugin.jobs.batch import Batch
from landreview_plugin.jobs.manifest import BatchCase
from landreview_plugin.jobs.review_job import ReviewJob

if not importlib.util.find_spec("psycopg"):  # make test-oldest leaves the centre's packages out
    collect_ignore = ["test_jobs_sources_databases.py"]

AT = dt.date(2026, 9, 1)


def _shapes(county: Path) -> Iterator[ogr.Geometry]:
    """Applications of the made-up county and the same ones a little further east, for ever."""
    source = ogr.Open(str(county))
    rows = [row for row in source.GetLayer("SQDK") if row["KIND"] not in ("corridor", "outside")]
    shapes = [shapely.from_wkb(bytes(row.GetGeometryRef().ExportToIsoWkb())) for row in rows]
    for step in itertools.count():
        for shape in shapes:
            moved = shapely.transform(shape, lambda xy: xy + [10.0 * step, 0.0])  # noqa: B023 - used at once
            yield ogr.ForceToMultiPolygon(ogr.CreateGeometryFromWkb(shapely.to_wkb(moved)))


@pytest.fixture
def many(county: Path, tmp_path: Path) -> Callable[[int], Path]:
    """A folder with ``n`` hand-ins."""
    folder = tmp_path / "many"
    folder.mkdir()

    def make(n: int) -> Path:
        source = ogr.Open(str(county))
        spatial = source.GetLayer("SQDK").GetSpatialRef()
        for number, shape in zip(range(n), _shapes(county), strict=False):
            path = folder / f"430998-CZPC-2026-{number:04}.gpkg"
            if path.exists():
                continue
            target = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
            layer = target.CreateLayer("SQDK", spatial, ogr.wkbMultiPolygon)
            layer.CreateField(ogr.FieldDefn("DKBH", ogr.OFTString))
            row = ogr.Feature(layer.GetLayerDefn())
            row.SetField("DKBH", f"DK{number}")
            row.SetGeometry(shape)
            layer.CreateFeature(row)
        return folder

    return make


@pytest.fixture
def batch_of(many: Callable[[int], Path], catalogue: Callable[..., Path], tmp_path: Path) -> BatchOf:
    """A batch of ``n`` cases into a folder."""

    def make(n: int, name: str) -> Batch:
        files = sorted(many(n).glob("*.gpkg"))[:n]
        cases = tuple(BatchCase(path.stem, str(path), "CZPC", AT) for path in files)
        job = ReviewJob(input="", catalogue=str(catalogue()), business_type="CZPC", reference_date=AT, profile="demo")
        return Batch(cases, job, tmp_path / name, ("json",), Language.ZH, workers=2)

    return make
