# SPDX-License-Identifier: GPL-2.0-or-later
"""Very large and very tangled hand-ins end soon. Limits are several times what was measured."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import ogr
from sources_files import BY_HAND, X, Y, codes, write_layer

from landreview_plugin.core.boundary.faults import plainly_crosses
from landreview_plugin.core.progress import CancelledError
from landreview_plugin.sources.parcels import read_parcels


def circle(count: int) -> np.ndarray:
    angles = np.linspace(0, -2 * np.pi, count, endpoint=False)
    points = np.stack([X + 5000 + 4000 * np.cos(angles), Y + 5000 + 4000 * np.sin(angles)], axis=1)
    return np.concatenate([points, points[:1]])


def tangle(count: int) -> np.ndarray:
    points = np.random.default_rng(1).uniform(0, 1000, (count, 2)) + [X, Y]
    return np.concatenate([points, points[:1]])


def seconds(path: Path, expected: list[str]) -> float:
    start = time.perf_counter()
    assert codes(path, BY_HAND) == expected
    return time.perf_counter() - start


@pytest.mark.parametrize(("driver", "suffix"), [("GPKG", "gpkg"), ("ESRI Shapefile", "shp")])
def test_a_million_points_are_read_in_seconds(tmp_path: Path, driver: str, suffix: str) -> None:
    wkt = shapely.Polygon(circle(1_000_000)).wkt
    path = write_layer(tmp_path / f"p.{suffix}", [wkt], driver=driver, kind=ogr.wkbPolygon)
    assert seconds(path, []) < 10


def test_a_tangle_is_refused_in_seconds(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "p.gpkg", [shapely.Polygon(tangle(200_000)).wkt], kind=ogr.wkbPolygon)
    assert seconds(path, ["E-GEO-SELFX"]) < 10


def test_only_a_tangle_is_taken_for_one() -> None:
    assert plainly_crosses(tangle(50_000))
    assert not plainly_crosses(circle(50_000))
    spiral = circle(50_000) + np.linspace(0, 500, 50_001)[:, None]
    assert not plainly_crosses(spiral)


def test_thousands_of_parts_on_each_other_are_listed_within_bounds(tmp_path: Path) -> None:
    parts = shapely.MultiPolygon([shapely.box(X + i / 2, Y, X + i / 2 + 100, Y + 50) for i in range(5_000)])
    path = write_layer(tmp_path / "p.gpkg", [parts.wkt])
    start = time.perf_counter()
    problems = read_parcels(str(path)).problems
    assert {problem.code for problem in problems} == {"E-GEO-RING"} and len(problems) <= 201
    assert time.perf_counter() - start < 20


def test_cancelling_stops_within_a_batch(tmp_path: Path) -> None:
    shapes = [shapely.box(X + 10 * i, Y, X + 10 * i + 5, Y + 5).wkt for i in range(600)]
    path = write_layer(tmp_path / "p.gpkg", shapes)

    class Cancelled:
        steps = 0

        def step(self, done: float, message: str = "") -> None:
            self.steps += 1
            raise CancelledError

    progress = Cancelled()
    with pytest.raises(CancelledError):
        read_parcels(str(path), progress=progress)
    assert progress.steps == 1
