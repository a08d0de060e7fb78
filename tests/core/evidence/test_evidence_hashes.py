# SPDX-License-Identifier: GPL-2.0-or-later
"""Hashes by content, canonical JSON, and the digest of a result."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.evidence.canonical import canonical
from landreview_plugin.core.evidence.hashes import features_sha256, geometry_sha256, parcels_sha256
from landreview_plugin.core.evidence.recorder import RecordedFeature
from landreview_plugin.core.model.parcel import Parcel

NUMBERS = [
    (0.0, "0"),
    (-0.0, "0"),
    (5e-324, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (9007199254740992.0, "9007199254740992"),
    (295147905179352830000.0, "295147905179352830000"),
    (9.999999999999997e22, "9.999999999999997e+22"),
    (1e21, "1e+21"),
    (1e-7, "1e-7"),
    (0.000001, "0.000001"),
    (333333333.3333332, "333333333.3333332"),
    (1424953923781206.2, "1424953923781206.2"),
]


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_numbers_are_written_as_rfc_8785_says(value: float, text: str) -> None:
    assert canonical(value) == text


def test_keys_are_sorted_by_utf_16() -> None:
    # RFC 8785, 3.2.3
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert list(json.loads(canonical(value)).values()) == [2, 4, 6, 7, 1, 5, 3]


@pytest.mark.parametrize("value", [math.nan, math.inf, b"x", {1: 2}, {"a": object()}, 2**60])
def test_what_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="."):
        canonical(value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(json_values)
def test_canonical_json_reads_back_and_is_stable(value: Any) -> None:
    text = canonical(value)
    again = json.loads(text, parse_int=float)  # JSON has one kind of number
    assert again == value
    assert canonical(again) == text


coordinates = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(
    lambda p: (38_400_000 + p[0] / 1000, 3_100_000 + p[1] / 1000)
)


@given(st.lists(coordinates, min_size=3, max_size=8, unique=True), st.integers(0, 7), st.booleans())
def test_the_same_land_has_one_hash(points: list[tuple[float, float]], start: int, turned: bool) -> None:
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    if hull.geom_type != "Polygon" or hull.area < 1:
        return
    ring = shapely.get_coordinates(hull)[:-1]
    other = np.roll(ring, start, axis=0)
    other = other[::-1] if turned else other
    assert geometry_sha256(shapely.Polygon(other)) == geometry_sha256(hull)
    assert geometry_sha256(shapely.MultiPolygon([hull])) == geometry_sha256(hull)


def test_a_moved_vertex_has_another_hash_and_noise_has_not() -> None:
    square = shapely.box(38_400_000, 3_100_000, 38_400_100, 3_100_100)
    noise = shapely.transform(square, lambda xy: xy + 1e-6)
    moved = shapely.transform(square, lambda xy: xy + np.array([[0.001, 0], [0, 0], [0, 0], [0, 0], [0.001, 0]]))
    assert geometry_sha256(noise) == geometry_sha256(square)
    assert geometry_sha256(moved) != geometry_sha256(square)


def test_order_does_not_count_and_numbers_do() -> None:
    one, other = (Parcel(number=n, geometry=shapely.box(i, 0, i + 1, 1)) for i, n in enumerate("AB"))
    assert parcels_sha256([one, other]) == parcels_sha256([other, one])
    assert parcels_sha256([one]) != parcels_sha256([one.model_copy(update={"number": "C"})])


def test_features_count_by_content_not_by_id() -> None:
    shape = shapely.box(0, 0, 1, 1)
    assert features_sha256([RecordedFeature(1, shape, {"a": "x"})]) == features_sha256(
        [RecordedFeature(9, shape, {"a": "x"})]
    )
    assert features_sha256([RecordedFeature(1, shape, {"a": "x"})]) != features_sha256(
        [RecordedFeature(1, shape, {"a": "y"})]
    )
