# SPDX-License-Identifier: GPL-2.0-or-later
"""Known answers and real partitions, read from files as an office has them."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import gdal

from landreview_plugin.core.geodesy.area import planar_areas
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.overlay.engine import overlay
from landreview_plugin.core.overlay.layer import Geometries
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.reference import open_reference

EVERYWHERE = np.array([[-1e9, -1e9, 1e9, 1e9]])
DEMO = parse_crs("EPSG:4526")


def read(path: Path, layer: str, crs: Crs, field: str) -> tuple[Geometries, list[object]]:
    """All features of a layer and one of their fields."""
    source = open_reference(f"{path.name}|layername={layer}", base=path.parent, target=crs)
    batches = list(source.batches(EVERYWHERE, [field]))
    return np.concatenate([b.geometries for b in batches]), [v for b in batches for v in b.attributes[field]]


def expected(path: Path, layer: str) -> dict[tuple[str, str], float]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["layer"] == layer]
    return {(row["parcel"], row["class"]): float(row["area_m2"]) for row in rows}


@pytest.mark.parametrize(
    ("name", "layer", "field"),
    [
        ("basic", "DLTB", "DLBM"),
        ("basic", "YJJBNT", "DLBM"),
        ("county_s", "DLTB", "DLBM"),
        ("county_s", "YJJBNT", "DLBM"),
        ("county_s", "GHYT", "GHFQDM"),
        ("county_s", "XZQ", "XZQMC"),
        ("county_s", "CKQ", "许可证号"),
        ("county_s", "STBHHX", "HXMC"),
        ("county_s", "CZKFBJ", "CZMC"),
    ],
)
@pytest.mark.parametrize("keep_geometry", [False, True])
def test_oracle(data: Path, name: str, layer: str, field: str, keep_geometry: bool) -> None:
    path = data / "oracle" / f"{name}.gpkg"
    parcels, numbers = read(path, "SQDK", DEMO, "DKBH")
    reference = open_reference(f"{name}.gpkg|layername={layer}", base=path.parent, target=DEMO)
    found = overlay(parcels, reference, fields=[field], measure=planar_areas, keep_geometry=keep_geometry)
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for parcel, value, area in zip(found.parcel, found.attributes[field], found.area_m2, strict=True):
        sums[str(numbers[parcel]), str(value)] += area
    truth = expected(data / "oracle" / f"expected_{name}.csv", layer)
    assert truth
    for key in sums.keys() | truth.keys():
        assert sums.get(key, 0.0) == pytest.approx(truth.get(key, 0.0), abs=0.01), key


@pytest.mark.parametrize("step", [97, 413])
def test_the_french_communes_close(data: Path, step: int) -> None:
    """A real gapless partition: parcels laid over its edges are covered exactly once."""
    crs = parse_crs("EPSG:2154")
    reference = open_reference("communes_fr_a_2154.gpkg", base=data / "real", target=crs)
    communes, _ = read(data / "real" / "communes_fr_a_2154.gpkg", "communes", crs, reference.field_names[0])
    inner = shapely.point_on_surface(communes[::step])
    parcels = shapely.buffer(inner, 4_000, quad_segs=3)
    whole = shapely.union_all(shapely.buffer(communes, 0.01, quad_segs=1))
    parcels = parcels[shapely.covers(whole, shapely.buffer(parcels, 100))]
    assert len(parcels) > 5
    found = overlay(parcels, reference, measure=planar_areas)
    sums = np.bincount(found.parcel, weights=found.area_m2)
    assert np.abs(sums - shapely.area(parcels)).max() < 1e-6 * shapely.area(parcels).min()
    assert found.uncovered_m2.max() < 1e-6 * shapely.area(parcels).min()
    assert found.doubled_m2.max() == 0


def test_real_land_cover_with_gaps_and_overlaps_adds_up(data: Path) -> None:
    """OpenStreetMap's land cover is no partition: what is doubled and uncovered is told apart."""
    crs, path = parse_crs("EPSG:2056"), data / "real" / "liechtenstein_2056.gpkg"
    communes, _ = read(path, "admin", crs, "name")
    cover = open_reference(f"{path.name}|layername=landcover", base=path.parent, target=crs)
    found = overlay(communes, cover, measure=planar_areas)
    land, _ = read(path, "landcover", crs, "class")
    union = shapely.union_all(shapely.make_valid(land))
    sums = np.bincount(found.parcel, weights=found.area_m2, minlength=len(communes))
    covered = shapely.area(shapely.intersection(communes, union))
    assert sums - found.doubled_m2 == pytest.approx(covered, rel=1e-6)
    assert found.uncovered_m2 == pytest.approx(shapely.area(communes) - covered, rel=1e-6, abs=1)


def test_the_oracle_files_are_left_as_they_were(data: Path) -> None:
    """Read-only: nothing stands beside the file afterwards, not even for a file in WAL mode."""
    before = {p.name for p in (data / "oracle").iterdir()}
    read(data / "oracle" / "basic.gpkg", "DLTB", DEMO, "DLBM")
    assert {p.name for p in (data / "oracle").iterdir()} == before
    assert gdal.OpenEx(str(data / "oracle" / "basic.gpkg")) is not None
