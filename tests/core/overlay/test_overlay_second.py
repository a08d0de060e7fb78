# SPDX-License-Identifier: GPL-2.0-or-later
"""The second opinion agrees with the engine, and finds out when something is wrong."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from landreview_plugin.core.geodesy.area import planar_areas
from landreview_plugin.core.overlay.engine import overlay
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.overlay.second import Discrepancy, exact_shared_area, verify

E, N = 38_400_000.0, 3_100_000.0


def ring(x: float, y: float, radii: list[int]) -> shapely.Geometry:
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    points = np.stack([x + np.array(radii) * np.cos(angles), y + np.array(radii) * np.sin(angles)], axis=1)
    return shapely.make_valid(shapely.Polygon(np.round(points, 3)))


radii = st.lists(st.integers(3, 80), min_size=3, max_size=12)


@settings(max_examples=60, deadline=None)
@given(radii, radii, st.integers(-60, 60), st.integers(-60, 60))
def test_agrees_with_geos(one: list[int], other: list[int], dx: int, dy: int) -> None:
    a, b = ring(E, N, one), ring(E + dx, N + dy, other)
    b = b.difference(box(E - 5, N - 5, E + 5, N + 5))
    if b.geom_type in ("Polygon", "MultiPolygon") and not b.is_empty:
        assert exact_shared_area(a, b) == pytest.approx(a.intersection(b).area, abs=1e-5)


def test_simple_cases_are_exact() -> None:
    square = box(E, N, E + 10, N + 10)
    assert exact_shared_area(square, square) == 100.0
    assert exact_shared_area(square, box(E + 10, N, E + 20, N + 10)) == 0.0
    assert exact_shared_area(square, box(E + 9, N + 9, E + 20, N + 10)) == 1.0
    assert exact_shared_area(square - box(E + 2, N + 2, E + 4, N + 4), square) == 96.0


class TestVerify:
    PARCELS = np.array([box(E, N, E + 100, N + 100), box(E + 200, N, E + 260, N + 50)], dtype=object)
    LAYER = MemoryLayer([box(E + 50, N - 10, E + 230, N + 60), ring(E + 30, N + 30, [20, 25, 22, 18, 30])])

    def test_says_nothing_when_all_is_well(self) -> None:
        found = overlay(self.PARCELS, self.LAYER, measure=planar_areas)
        assert verify(found, self.PARCELS, self.LAYER) == ()

    def test_a_wrong_area_a_lost_piece_and_an_invented_one(self) -> None:
        found = overlay(self.PARCELS, self.LAYER, measure=planar_areas)
        wrong = found.planar_area_m2.copy()
        wrong[0] += 0.02
        (found_out,) = verify(dataclasses.replace(found, planar_area_m2=wrong), self.PARCELS, self.LAYER)
        assert found_out == Discrepancy(0, 1, pytest.approx(3000.02), pytest.approx(3000))
        lost = dataclasses.replace(
            found, parcel=found.parcel[1:], fid=found.fid[1:], planar_area_m2=found.planar_area_m2[1:]
        )
        assert [(d.parcel, d.fid, d.engine_m2) for d in verify(lost, self.PARCELS, self.LAYER)] == [(0, 1, 0.0)]
        invented = dataclasses.replace(found, fid=np.where(found.fid == 2, 77, found.fid))
        assert {(d.fid, d.second_m2 > 0) for d in verify(invented, self.PARCELS, self.LAYER)} == {
            (2, True),
            (77, False),
        }

    def test_less_than_a_hundredth_is_no_finding(self) -> None:
        found = overlay(self.PARCELS, self.LAYER, measure=planar_areas)
        near = dataclasses.replace(found, planar_area_m2=found.planar_area_m2 + 0.009)
        assert verify(near, self.PARCELS, self.LAYER) == ()
