# SPDX-License-Identifier: GPL-2.0-or-later
"""Transformation to the parcels' plane: within a millimetre along every edge, or refused."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.transform import PlaneTransform, plane_transform

ZONE_38, ZONE_37, SIX_DEGREE, DEGREES = "EPSG:4526", "EPSG:4525", "EPSG:4497", "EPSG:4490"


def transform(source: str, target: str = ZONE_38) -> PlaneTransform:
    found = plane_transform(parse_crs(source), parse_crs(target))
    assert found is not None
    return found


def square(side: float, source: str) -> shapely.Polygon:
    """A square near 112.5° E, 28° N in the units of ``source``."""
    x, y = (
        transform(DEGREES, source).to_target(np.array([shapely.Point(112.45, 28.0)], dtype=object))[0].coords[0]
        if source != DEGREES
        else (112.45, 28.0)
    )
    return shapely.box(x, y, x + side, y + side)


@pytest.mark.parametrize(("source", "side"), [(ZONE_37, 8_000.0), (SIX_DEGREE, 8_000.0), (DEGREES, 0.08)])
def test_every_point_of_an_edge_stays_within_a_millimetre(source: str, side: float) -> None:
    shape, step = square(side, source), transform(source)
    moved = step.to_target(np.array([shape], dtype=object))[0]
    along = shape.exterior.interpolate(np.linspace(0, 1, 4001), normalized=True)
    truth = step.to_target(np.asarray(along, dtype=object))
    assert shapely.distance(truth, moved.exterior).max() < 0.001
    assert len(moved.exterior.coords) > 5


def test_neighbours_keep_their_common_edge() -> None:
    """No gap and no overlap appears between polygons that had none."""
    shape = square(8_000.0, ZONE_37)
    x0, y0, x1, y1 = shape.bounds
    left = shapely.Polygon([(x0, y0), (x0 + 3000, y0), (x0 + 3700, y1), (x0, y1)])
    right = shapely.Polygon([(x0 + 3000, y0), (x0 + 3700, y1), (x1, y1), (x1, y0)])
    a, b = transform(ZONE_37).to_target(np.array([left, right], dtype=object))
    assert a.intersection(b).area == 0.0
    assert a.union(b).geom_type == "Polygon"
    assert len(a.union(b).interiors) == 0


def test_there_and_back() -> None:
    shape = square(100.0, ZONE_37)
    there = transform(ZONE_37).to_target(np.array([shape], dtype=object))
    back = transform(ZONE_38, ZONE_37).to_target(there)[0]
    assert shapely.hausdorff_distance(back, shape) < 1e-4


def test_prefix_and_no_prefix_are_a_pure_shift() -> None:
    shape = shapely.box(400_000.25, 3_100_000.5, 400_100.25, 3_100_100.5)
    moved = transform("EPSG:4547").to_target(np.array([shape], dtype=object))[0]
    assert shapely.get_coordinates(moved) == pytest.approx(shapely.get_coordinates(shape) + (38_000_000, 0), abs=1e-6)


def test_points_lines_and_missing_ones() -> None:
    shapes = np.array([shapely.Point(112.5, 28), None, shapely.LineString([(112.5, 28), (112.6, 28)])], dtype=object)
    point, missing, line = transform(DEGREES).to_target(shapes)
    assert point.geom_type == "Point"
    assert missing is None
    assert line.length == pytest.approx(9_833, abs=10)


def test_boxes_come_back_large_enough() -> None:
    boxes = np.array([[38_350_000, 3_100_000, 38_390_000, 3_140_000.0]])
    step = transform(ZONE_37)
    own = step.boxes_to_source(boxes)
    outline = shapely.LineString(shapely.segmentize(shapely.box(*boxes[0]).exterior, 500))
    image = transform(ZONE_38, ZONE_37).to_target(np.array([outline], dtype=object))[0]
    assert shapely.box(*own[0]).contains(image)
    assert own[0, 2] - own[0, 0] < 45_000


def test_one_crs_needs_no_transformation() -> None:
    assert plane_transform(parse_crs(ZONE_38), parse_crs(ZONE_38)) is None


def test_a_datum_change_is_refused_not_guessed() -> None:
    with pytest.raises(LandReviewError) as caught:
        plane_transform(parse_crs("EPSG:4326"), parse_crs(ZONE_38))
    assert caught.value.code == "E-CRS-DATUM"
    assert caught.value.detail is not None and "4526" in caught.value.detail.en


def test_coordinates_that_can_not_be_are_an_error() -> None:
    far = np.array([shapely.Point(400.0, 95.0)], dtype=object)
    with pytest.raises(LandReviewError, match="E-CRS-RANGE"):
        transform(DEGREES).to_target(far)
