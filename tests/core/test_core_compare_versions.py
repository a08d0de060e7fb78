# SPDX-License-Identifier: GPL-2.0-or-later
"""Two hand-ins side by side: land gained and lost, moved points, other facts, findings that came and went."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from landreview_plugin.core.compare_parcels import Change
from landreview_plugin.core.compare_points import PointFate, compare_points
from landreview_plugin.core.compare_versions import FindingFate, VersionComparison, compare_versions
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.result import Finding, Provenance, ReviewResult, RuleSeverity, Verdict

PLANE = Crs(code="EPSG:4526", name="zone 38")
SQUARE = shapely.box(0, 0, 100, 80)


def parcel(number: str, shape: BaseGeometry = SQUARE, **facts: object) -> Parcel:
    return Parcel.model_validate({"number": number, "geometry": shape} | facts)


def reading(*parcels: Parcel, crs: Crs | None = PLANE) -> ParcelReading:
    return ParcelReading(source="a.txt", crs=crs, parcels=parcels)


def compare(before: tuple[Parcel, ...], after: tuple[Parcel, ...]) -> VersionComparison:
    return compare_versions(reading(*before), reading(*after))


def kinds(found: VersionComparison) -> list[tuple[str, str]]:
    return [(row.parcel, row.change.value) for row in found.land]


def test_a_trimmed_parcel_has_lost_land_and_nothing_else() -> None:
    found = compare((parcel("A"),), (parcel("A", shapely.box(0, 0, 60, 80)),))
    assert kinds(found) == [("A", "lost")]
    assert found.land[0].geometry.equals(shapely.box(60, 0, 100, 80))
    assert (found.gained_m2, found.lost_m2) == (0.0, 3200.0)


def test_parcels_come_go_and_get_other_numbers() -> None:
    far = shapely.box(500, 0, 600, 80)
    found = compare((parcel("A"), parcel("B", far)), (parcel("C"), parcel("D", shapely.box(900, 0, 910, 10))))
    assert kinds(found) == [("C", "renumbered"), ("D", "added"), ("B", "removed")]
    assert (found.gained_m2, found.lost_m2) == (100.0, 8000.0)


def test_facts_that_read_otherwise_are_listed() -> None:
    before = parcel("A", use="仓储", stated_area_ha=Decimal("0.8"))
    after = parcel("A", use="工业", stated_area_ha=Decimal("0.8000"), name="一号")
    rows = [(each.fact, each.before, each.after) for each in compare((before,), (after,)).facts]
    assert rows == [("name", "", "一号"), ("use", "仓储", "工业"), ("stated_area_ha", "0.8", "0.8000")]


def test_facts_follow_a_parcel_that_got_another_number() -> None:
    found = compare((parcel("A", use="仓储"),), (parcel("B", use="工业"),))
    assert [(each.parcel, each.before) for each in found.facts] == [("B", "仓储")]


LABELS = (("J1", "J2", "J3", "J4"),)


def ring(*points: tuple[float, float], labels: tuple[str, ...] = ()) -> Parcel:
    return parcel("A", shapely.Polygon(points), labels=(labels,) if labels else ())


CORNERS = ((0.0, 0.0), (100.0, 0.0), (100.0, 80.0), (0.0, 80.0))


def test_a_moved_point_says_how_far() -> None:
    before = ring(*CORNERS, labels=LABELS[0])
    after = ring((0, 0), (103, 4), (100, 80), (0, 80), labels=LABELS[0])
    (change,) = compare_points(before, after)
    assert (change.fate, change.label, change.distance_m) == (PointFate.MOVED, "J2", 5.0)


def test_without_numbers_the_nearest_point_is_the_same_one() -> None:
    changes = compare_points(ring(*CORNERS), ring((0, 0), (101, 0), (100, 83), (0, 80)))
    assert [(each.fate.value, each.distance_m) for each in changes] == [("moved", 3.0), ("moved", 1.0)]


def test_a_point_put_in_shifts_numbers_and_moves_nothing() -> None:
    before = ring(*CORNERS, labels=LABELS[0])
    after = ring((0, 0), (50, -1), *CORNERS[1:], labels=("J1", "J2", "J3", "J4", "J5"))
    (change,) = compare_points(before, after)
    assert (change.fate, change.after) == (PointFate.ADDED, (50.0, -1.0))


def test_a_corner_cut_off_takes_a_point_and_gives_three() -> None:
    after = ring((0, 0), (100, 0), (100, 50), (60, 50), (60, 80), (0, 80))
    fates = [each.fate.value for each in compare_points(ring(*CORNERS), after)]
    assert fates == ["added", "added", "added", "removed"]


@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=4, max_size=4))
def test_every_point_is_accounted_for(shifts: list[tuple[int, int]]) -> None:
    """What stayed and the changes together are all points of both."""
    before = ring(*CORNERS)
    after = ring(*((x + dx / 100, y + dy / 100) for (x, y), (dx, dy) in zip(CORNERS, shifts, strict=True)))
    changes = compare_points(before, after)
    stayed = sum(1 for shift in shifts if shift == (0, 0))
    assert stayed + sum(1 for each in changes if each.before is not None) == 4
    assert stayed + sum(1 for each in changes if each.after is not None) == 4
    assert all(each.distance_m is None or 0 < each.distance_m <= 50 for each in changes)


def finding(rule: str, verdict: Verdict, area_m2: str = "0.00") -> Finding:
    return Finding(
        id=f"{rule}/A",
        rule=rule,
        rule_version="1",
        title=Text.same(rule),
        layer="pbf",
        parcel="A",
        verdict=verdict,
        severity=RuleSeverity.PROHIBIT,
        area_m2=float(area_m2),
        area_printed=Decimal(area_m2),
        reason=Text.same("r"),
    )


def result(*findings: Finding) -> ReviewResult:
    return ReviewResult(
        case=Case(business_type="CZPC", reference_date=dt.date(2026, 9, 1)),
        verdict=Verdict.worst(each.verdict for each in findings),
        parcels=(),
        findings=findings,
        provenance=Provenance(
            parcels_sha256="",
            crs="",
            area_method="planar",
            pack="p",
            pack_version="1",
            pack_sha256="",
            profile="demo",
        ),
    )


def test_findings_come_go_and_change() -> None:
    before = result(
        finding("WENT", Verdict.CONFLICT, "12.00"),
        finding("SMALLER", Verdict.CONFLICT, "30.00"),
        finding("SAME", Verdict.CONFLICT, "5.00"),
        finding("CLEAR", Verdict.CLEAR),
    )
    after = result(
        finding("WENT", Verdict.CLEAR),
        finding("SMALLER", Verdict.CONFLICT, "10.00"),
        finding("SAME", Verdict.CONFLICT, "5.00"),
        finding("CLEAR", Verdict.NOT_CHECKED),
    )
    found = compare_versions(reading(parcel("A")), reading(parcel("A")), before, after).findings
    assert found is not None
    assert [(each.fate, each.finding.rule) for each in found] == [
        (FindingFate.CAME, "CLEAR"),
        (FindingFate.WENT, "WENT"),
        (FindingFate.CHANGED, "SMALLER"),
    ]


def test_without_both_reviews_nothing_is_said_of_findings() -> None:
    one = reading(parcel("A"))
    assert compare_versions(one, one, result(), None).findings is None
    assert compare_versions(one, one, None, result()).findings is None


def test_other_planes_are_refused() -> None:
    with pytest.raises(LandReviewError, match="E-CRS-ZONE"):
        compare_versions(reading(parcel("A")), reading(parcel("A"), crs=Crs(code="EPSG:4525")))
    with pytest.raises(LandReviewError, match="E-CRS-NONE"):
        compare_versions(reading(parcel("A")), reading(parcel("A"), crs=None))


def test_the_same_twice_differs_in_nothing() -> None:
    found = compare((parcel("A"),), (parcel("A", shapely.Polygon([(100, 80), (0, 80), (0, 0), (100, 0)])),))
    assert [row.change for row in found.land] == [Change.UNCHANGED]
    assert (found.points, found.facts) == ((), ())
