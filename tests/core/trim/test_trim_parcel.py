# SPDX-License-Identifier: GPL-2.0-or-later
"""A suggestion as a corrected hand-in; which findings can be trimmed at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
import shapely
from trim_shapes import box

from landreview_plugin.core.boundary.numbering import numbered_rings
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import Level, Place, Problem
from landreview_plugin.core.model.result import Finding, RuleSeverity, Verdict
from landreview_plugin.core.trim.forbidden import forbidden_land, why_not
from landreview_plugin.core.trim.parcel import corrected, trimmed_parcel
from landreview_plugin.core.trim.suggest import suggest

CLOCKWISE = shapely.reverse(box(0, 0, 100, 80))
LABELS = (tuple(f"J{n}" for n in range(5, 9)),)


def parcel(**more: object) -> Parcel:
    facts = {"number": "DK01", "geometry": CLOCKWISE, "labels": LABELS, "stated_area_ha": Decimal("0.8000")}
    return Parcel.model_validate(facts | more)


def cut(of: Parcel, x: float = 60.0) -> Parcel:
    after = suggest(of.geometry, box(x, 50, 200, 200))[0].after
    assert after is not None
    return trimmed_parcel(of, after)


def named(of: Parcel) -> dict[tuple[float, float], str]:
    """Label of each point as the writer of boundary TXT sees it."""
    rings = numbered_rings(of, renumber=False)
    return {(x, y): label for ring in rings for label, (x, y) in zip(ring.labels, ring.xy, strict=True)}


def test_old_points_keep_their_numbers_and_new_ones_count_on() -> None:
    before, after = named(parcel()), named(cut(parcel()))
    assert {point: after[point] for point in after if point in before} == {p: before[p] for p in before if p in after}
    assert sorted(label for point, label in after.items() if point not in before) == ["J10", "J11", "J9"]


def test_the_ring_keeps_its_direction_and_begins_with_its_first_point() -> None:
    ring = cut(parcel()).geometry.exterior
    assert not ring.is_ccw
    assert ring.coords[0] == CLOCKWISE.exterior.coords[0]


def test_without_numbers_there_are_none() -> None:
    assert cut(parcel(labels=())).labels == ()


def test_a_stated_area_becomes_the_new_one() -> None:
    assert cut(parcel()).stated_area_ha == Decimal("0.6800")
    assert cut(parcel(stated_area_ha=None)).stated_area_ha is None


def test_a_corrected_hand_in_changes_the_trimmed_parcel_only() -> None:
    other = parcel(number="DK02", geometry=box(500, 0, 600, 80))
    said = [Problem(code="QA-G07", level=Level.WARNING, place=Place(parcel=n)) for n in ("DK01", "DK02")]
    reading = ParcelReading(source="a.txt", sha256="f" * 64, parcels=(parcel(), other), problems=tuple(said))
    new = corrected(reading, {"DK01": cut(parcel()).geometry})
    assert new.parcels[1] == other
    assert new.parcels[0].geometry.area == pytest.approx(6800.0)
    assert [problem.place.parcel for problem in new.problems] == ["DK02"]
    assert new.sha256 == ""


def finding(**more: object) -> Finding:
    facts: dict[str, object] = {
        "id": "PBF-01/DK01",
        "rule": "PBF-01",
        "rule_version": "1",
        "title": Text.same("t"),
        "layer": "pbf",
        "parcel": "DK01",
        "verdict": Verdict.CONFLICT,
        "severity": RuleSeverity.PROHIBIT,
        "reason": Text.same("r"),
        "area_m2": 1200.0,
        "geometry": box(60, 50, 100, 80),
    }
    return Finding.model_validate(facts | more)


@pytest.mark.parametrize(
    "more",
    [
        {"severity": RuleSeverity.NEEDS_APPROVAL},
        {"verdict": Verdict.NOT_CHECKED},
        {"parcel": ""},
        {"distance_m": 12.0},
        {"area_m2": 0.0},
    ],
)
def test_what_trimming_cannot_remove_says_why(more: dict[str, object]) -> None:
    assert why_not(finding()) is None
    assert why_not(finding(**more)) is not None


def test_the_land_of_several_findings_is_one() -> None:
    land = forbidden_land([finding(), finding(geometry=box(50, 50, 70, 80))])
    assert land.area == pytest.approx(1500.0)
