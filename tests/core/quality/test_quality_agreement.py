# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of one hand-in must show the same land: TXT and shapefile by area, a drawing by its outline."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.parcel import Parcel
from landreview_plugin.core.model.problems import Level, Problem
from landreview_plugin.core.model.profile import Check, OfficeProfile
from landreview_plugin.core.overlay.layer import Geometries
from landreview_plugin.core.quality.check import check
from landreview_plugin.core.quality.surroundings import OtherFile, Surroundings

ANYWHERE = OfficeProfile(name="test", title=Text.same("test"))
ZONE_38 = crs_from_epsg(4526)
assert ZONE_38 is not None
X, Y = 38_400_000.0, 3_110_000.0
SQUARE = shapely.box(X, Y, X + 100, Y + 100)


def as_array(*shapes: shapely.Geometry) -> Geometries:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made


def found(
    *theirs: shapely.Geometry, drawing: bool = False, reason: Text | None = None, profile: OfficeProfile = ANYWHERE
) -> list[Problem]:
    assert ZONE_38 is not None
    around = Surroundings(files=(OtherFile("other", as_array(*theirs), drawing, reason),))
    parcel = Parcel(number="DK1", name="one", geometry=SQUARE)
    return [p for p in check([parcel], ZONE_38, profile, around=around) if p.code in {"QA-X03", "QA-X04"}]


@pytest.mark.parametrize("drawing", [False, True])
def test_the_same_land_agrees_however_it_is_cut(drawing: bool) -> None:
    assert found(SQUARE, drawing=drawing) == []
    assert found(shapely.box(X, Y, X + 40, Y + 100), shapely.box(X + 40, Y, X + 100, Y + 100), drawing=drawing) == []


@pytest.mark.parametrize(("shift_m", "hits"), [(0.0004, False), (0.002, True)])
def test_more_than_a_tenth_of_a_square_metre_is_an_error(shift_m: float, hits: bool) -> None:
    problems = found(shapely.box(X, Y, X + 100 + shift_m, Y + 100))
    assert [problem.level for problem in problems] == [Level.ERROR] * hits


def test_it_says_how_much_is_more_and_less_and_shows_where() -> None:
    (problem,) = found(shapely.box(X + 10, Y, X + 130, Y + 100))
    assert problem.reason is not None
    assert problem.reason.zh == "与other不一致：多出1000.00平方米，缺少3000.00平方米（地块数1、1）"
    assert problem.geometry is not None and problem.geometry.area == pytest.approx(4000)


@pytest.mark.parametrize(("shift_m", "hits"), [(0.09, False), (0.11, True)])
def test_a_drawing_may_be_a_decimetre_off(shift_m: float, hits: bool) -> None:
    problems = found(shapely.box(X, Y, X + 100 + shift_m, Y + 100), drawing=True)
    assert [(problem.code, problem.level) for problem in problems] == [("QA-X04", Level.WARNING)] * hits


def test_a_parcel_that_one_of_them_lacks_is_seen() -> None:
    far = shapely.box(X + 500, Y, X + 600, Y + 100)
    assert [problem.code for problem in found(SQUARE, far)] == ["QA-X03"]
    assert [problem.code for problem in found(SQUARE, far, drawing=True)] == ["QA-X04"]


@pytest.mark.parametrize("drawing", [False, True])
def test_what_cannot_be_compared_is_no_agreement(drawing: bool) -> None:
    (problem,) = found(drawing=drawing, reason=Text(zh="已损坏", en="damaged"))
    assert problem.level is Level.WARNING and problem.reason is not None and "已损坏" in problem.reason.zh


def test_the_office_sets_the_limit() -> None:
    lenient = ANYWHERE.model_copy(update={"quality": {"QA-X03": Check(threshold="5")}})
    assert found(shapely.box(X, Y, X + 100.02, Y + 100), profile=lenient) == []


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=4))
def test_land_taken_out_is_counted_to_the_square_metre(holes: list[tuple[int, int]]) -> None:
    gone = shapely.union_all([shapely.box(X + x, Y + y, X + x + 1, Y + y + 1) for x, y in holes])
    (problem,) = found(shapely.difference(SQUARE, gone))
    assert problem.geometry is not None and problem.geometry.area == pytest.approx(gone.area, abs=1e-6)
