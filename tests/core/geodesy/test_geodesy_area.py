# SPDX-License-Identifier: GPL-2.0-or-later
"""Areas on the plane and on the ellipsoid, against geodesic truth (tests/data/area_checks.csv)."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely

from landreview_plugin.core.geodesy.area import AreaMethod, measure_for
from landreview_plugin.core.geodesy.gauss import inverse
from landreview_plugin.core.model.crs import Crs, GaussKruger
from landreview_plugin.core.model.problems import LandReviewError

CHECKS = Path(__file__).parents[2] / "data" / "area_checks.csv"


def cases() -> list[dict[str, str]]:
    with CHECKS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def polygon(row: dict[str, str]) -> shapely.Polygon:
    rings = [
        [tuple(map(float, point.split(",")))[::-1] for point in ring.split(";")]
        for ring in row["rings_northing_easting"].split(" | ")
    ]
    return shapely.Polygon(rings[0], rings[1:])


def plane(row: dict[str, str]) -> Crs:
    code = int(row["epsg"])
    prefix = (code - 4488) * 1_000_000 if code < 4534 else 0
    gauss = GaussKruger(central_meridian_deg=float(row["cm_deg"]), false_easting_m=500_000 + prefix)
    return Crs(code=f"EPSG:{code}", gauss_kruger=gauss)


@pytest.mark.parametrize("row", cases(), ids=lambda row: row["case_id"])
class TestChecks:
    def test_planar(self, row: dict[str, str]) -> None:
        measured = measure_for(AreaMethod.PLANAR, plane(row))(np.array([polygon(row)], dtype=object))
        assert measured[0] == pytest.approx(float(row["planar_m2"]), abs=1e-4)

    def test_ellipsoidal_within_the_limit(self, row: dict[str, str]) -> None:
        truth = float(row["ellipsoid_geodesic_m2"])
        measured = measure_for(AreaMethod.ELLIPSOIDAL, plane(row))(np.array([polygon(row)], dtype=object))
        assert abs(measured[0] - truth) <= max(0.02, 1e-9 * truth)

    def test_ring_direction_and_start_do_not_matter(self, row: dict[str, str]) -> None:
        measure, shape = measure_for(AreaMethod.ELLIPSOIDAL, plane(row)), polygon(row)
        points = list(shape.exterior.coords)[:-1]
        rolled = shapely.Polygon([*points[2:], *points[:2]], [list(r.coords)[::-1] for r in shape.interiors])
        a, b, c = measure(np.array([shape, shape.reverse(), rolled], dtype=object))
        assert b == pytest.approx(a, abs=1e-4)
        assert c == pytest.approx(a, abs=1e-4)


def test_empty_missing_and_multipart() -> None:
    crs = plane(cases()[0])
    square = shapely.box(37_400_000, 3_000_000, 37_400_100, 3_000_100)
    other = shapely.box(37_400_200, 3_000_000, 37_400_300, 3_000_100)
    shapes = np.array([None, shapely.Polygon(), square, shapely.MultiPolygon([square, other])], dtype=object)
    for method in AreaMethod:
        missing, empty, one, two = measure_for(method, crs)(shapes)
        assert (missing, empty) == (0.0, 0.0)
        assert two == pytest.approx(2 * one, rel=1e-4)
    assert len(measure_for(AreaMethod.ELLIPSOIDAL, crs)(shapes[:0])) == 0


def test_many_polygons_measure_as_one_by_one() -> None:
    """Chunks of bounded memory change nothing."""
    crs = plane(cases()[1])
    shapes = shapely.buffer(shapely.points(38_400_000 + np.arange(3000) * 50.0, 3_100_000.0), 20.0, quad_segs=32)
    measure = measure_for(AreaMethod.ELLIPSOIDAL, crs)
    assert np.array_equal(
        measure(shapes)[::500], np.concatenate([measure(shapes[i : i + 1]) for i in range(0, 3000, 500)])
    )


def test_prefix_is_a_pure_shift() -> None:
    with_prefix = GaussKruger(central_meridian_deg=114, false_easting_m=38_500_000)
    without = GaussKruger(central_meridian_deg=114, false_easting_m=500_000)
    northing = np.array([3_100_000.0])
    assert inverse(with_prefix, np.array([38_400_000.25]), northing) == inverse(
        without, np.array([400_000.25]), northing
    )


def test_other_ellipsoids_by_the_meridian_arc() -> None:
    """The general series agrees with the constants in use for CGCS2000 to 0.1 mm."""
    cgcs = GaussKruger(central_meridian_deg=114, false_easting_m=500_000)
    almost = cgcs.model_copy(update={"inverse_flattening": 298.2572221010001})
    x, y = np.array([400_000.0, 640_000.0]), np.array([2_800_000.0, 3_300_000.0])
    for ours, series in zip(inverse(cgcs, x, y), inverse(almost, x, y), strict=True):
        assert np.abs(ours - series).max() * 6.4e6 < 1.5e-4


@pytest.mark.parametrize(
    "crs",
    [Crs(code="EPSG:2154", name="Lambert-93"), Crs(code="EPSG:4490", geographic=True, metres=False)],
    ids=["no Gauss-Krüger plane", "degrees"],
)
def test_refuses_what_it_can_not_measure(crs: Crs) -> None:
    with pytest.raises(LandReviewError, match="E-CRS-RANGE"):
        measure_for(AreaMethod.ELLIPSOIDAL, crs)


def test_planar_needs_metres_only() -> None:
    assert measure_for(AreaMethod.PLANAR, Crs(code="EPSG:2154"))(np.array([shapely.box(0, 0, 2, 3)]))[0] == 6.0
    with pytest.raises(LandReviewError, match="E-CRS-RANGE"):
        measure_for(AreaMethod.PLANAR, Crs(code="EPSG:4490", geographic=True, metres=False))
