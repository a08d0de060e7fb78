# SPDX-License-Identifier: GPL-2.0-or-later
"""Repairs that were asked for: they end the fault, change nothing else, and each one is logged."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.parcel import Parcel
from landreview_plugin.core.model.problems import Level, Place, Problem
from landreview_plugin.core.model.profile import OfficeProfile
from landreview_plugin.core.quality.check import CHECKS, check
from landreview_plugin.core.quality.repairs import REPAIRS, left, offered, repaired

ANYWHERE = OfficeProfile(name="test", title=Text.same("test"))
PLANE = crs_from_epsg(4546)
assert PLANE is not None
X, Y = 500_000.0, 3_110_000.0


def at(*points: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon([(X + x, Y + y) for x, y in points])


SQUARE = at((0, 0), (0, 100), (100, 100), (100, 0))


def parcels(*shapes: shapely.Geometry) -> list[Parcel]:
    return [Parcel(number=str(n), name="甲", geometry=shape) for n, shape in enumerate(shapes, start=1)]


def rules(found: list[Parcel] | tuple[Parcel, ...]) -> set[str]:
    assert PLANE is not None
    return {problem.rule for problem in check(found, PLANE, ANYWHERE)}


FAULTS = {
    "QA-G03": [at((0, 0), (0, 100), (0.0005, 100), (100, 100), (100, 0))],
    "QA-G06": [at((0, 0), (0, 100), (50, 100), (50.5, 200), (51, 100), (100, 100), (100, 0))],
    "QA-G12": [shapely.MultiPolygon([SQUARE, at((200, 0), (200, 50), (250, 50))])],
    "QA-T02": [SQUARE, at((100.5, 0), (100.5, 100), (200, 100), (200, 0))],
    "QA-T07": [SQUARE, at((100, 20), (100, 80), (200, 80), (200, 20))],
}


@pytest.mark.parametrize("rule", REPAIRS)
def test_a_repair_ends_what_its_check_finds(rule: str) -> None:
    before = parcels(*FAULTS[rule])
    assert rule in rules(before), "the fault is there"
    after, log = repaired(before, frozenset({rule}), ANYWHERE)
    assert rule not in rules(after) and all(shapely.is_valid(parcel.geometry) for parcel in after)
    assert {entry.rule for entry in log} == {rule}
    assert all(entry.repair and entry.geometry is not None and entry.place.parcel for entry in log)


@pytest.mark.parametrize("rule", REPAIRS)
def test_nothing_is_repaired_that_nobody_asked_for(rule: str) -> None:
    before = parcels(*FAULTS[rule])
    others = frozenset(REPAIRS) - {rule}
    for wanted in (frozenset(), others):
        after, log = repaired(before, wanted, ANYWHERE)
        same = [shapely.equals_exact(a.geometry, b.geometry, tolerance=0) for a, b in zip(before, after, strict=False)]
        assert (all(same) and not log) or rule in rules(after)


def test_the_log_gives_the_area_before_and_after() -> None:
    _, (entry,) = repaired(parcels(*FAULTS["QA-G06"]), frozenset({"QA-G06"}), ANYWHERE)
    assert entry.repair is not None and "area 10050.00 → 10000.00 m²" in entry.repair.en
    assert entry.place.xy == (X + 50.5, Y + 200)


def test_an_inserted_vertex_moves_no_boundary() -> None:
    before = parcels(*FAULTS["QA-T07"])
    after, _ = repaired(before, frozenset({"QA-T07"}), ANYWHERE)
    assert shapely.get_num_coordinates(after[0].geometry) == 7
    assert after[0].geometry.symmetric_difference(SQUARE).area == 0


def test_numbers_of_points_are_dropped_where_the_points_are_others() -> None:
    labelled = [p.model_copy(update={"labels": (("J1", "J2", "J3", "J4", "J5"),)}) for p in parcels(*FAULTS["QA-G03"])]
    (after,), _ = repaired(labelled, frozenset({"QA-G03"}), ANYWHERE)
    assert after.labels == ()
    (kept,), _ = repaired(labelled, frozenset({"QA-T02"}), ANYWHERE)
    assert kept.labels == labelled[0].labels


def test_the_parts_of_a_parcel_get_its_number_and_no_stated_area() -> None:
    (whole,) = parcels(*FAULTS["QA-G12"])
    stated = whole.model_copy(update={"stated_area_ha": Decimal("1.1250"), "number": "DK-1"})
    after, _ = repaired([stated], frozenset({"QA-G12"}), ANYWHERE)
    assert [(p.number, p.stated_area_ha) for p in after] == [("DK-1-1", None), ("DK-1-2", None)]
    assert sum(p.geometry.area for p in after) == pytest.approx(whole.geometry.area)


def test_what_would_become_invalid_stays_and_that_is_logged() -> None:
    """With its spike gone the outline would cross the second ring that the spike runs around."""
    shell = [(0, 0), (0, 100), (50, 100), (50.5, 200), (51, 100), (100, 100), (100, 0)]
    hole = [(50.2, 120), (50.8, 120), (50.5, 180)]
    tall = shapely.Polygon([(X + x, Y + y) for x, y in shell], [[(X + x, Y + y) for x, y in hole]])
    before = Parcel(number="1", geometry=tall)
    (after,), log = repaired([before], frozenset({"QA-G06"}), ANYWHERE)
    assert shapely.equals_exact(after.geometry, tall, tolerance=0)
    assert [entry.repair.en for entry in log if entry.repair] == ["not changed: it would become invalid"]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=4, max_size=12, unique=True))
def test_sound_land_is_left_alone(points: list[tuple[int, int]]) -> None:
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    if hull.geom_type != "Polygon" or hull.area < 100:
        return
    land = parcels(shapely.transform(hull, lambda xy: xy + np.array([X, Y])))
    after, log = repaired(land, frozenset(REPAIRS), ANYWHERE)
    assert not log or rules(land) & {entry.rule for entry in log}
    assert all(shapely.is_valid(parcel.geometry) for parcel in after)


def test_every_repair_belongs_to_a_check() -> None:
    assert REPAIRS.keys() <= CHECKS.keys()


def said(code: str, parcel: str = "1", repair: Text | None = None) -> Problem:
    return Problem(code=code, level=Level.WARNING, place=Place(parcel=parcel), repair=repair)


@pytest.mark.parametrize("rule", REPAIRS)
def test_a_repair_is_offered_for_what_its_check_finds(rule: str) -> None:
    assert PLANE is not None
    assert rule in offered(check(parcels(*FAULTS[rule]), PLANE, ANYWHERE))


def test_nothing_is_offered_where_nothing_is_wrong_or_where_it_was_mended_in_reading() -> None:
    assert offered(()) == offered([said("W-JUR-COUNTY")]) == ()
    assert offered([said("W-GEO-DUPPT", repair=Text.same("one was dropped"))]) == ()


def test_for_an_outline_that_meets_itself_what_may_end_it_is_offered() -> None:
    assert offered([said("E-GEO-SELFX")]) == ("QA-G03", "QA-G06")


def test_what_a_repair_is_for_is_left_to_the_next_check_and_all_else_holds() -> None:
    kept = (said("W-JUR-COUNTY"), said("W-GEO-DUPPT", repair=Text.same("one was dropped")), said("QA-T02"))
    before = (*kept, said("QA-G03"), said("W-GEO-DUPPT"))
    assert left(before, frozenset({"QA-G03"}), parcels(SQUARE)) == kept


def test_an_outline_that_still_meets_itself_stays_refused() -> None:
    bowtie = at((0, 0), (100, 100), (100, 0), (0, 100))
    errors = (said("E-GEO-SELFX", "1"), said("E-GEO-SELFX", "2"), said("E-GEO-SELFX", ""))
    assert left(errors, frozenset({"QA-G06"}), parcels(SQUARE, bowtie)) == errors[1:]
