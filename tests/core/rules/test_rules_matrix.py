# SPDX-License-Identifier: GPL-2.0-or-later
"""Every line of ``rules_matrix.csv``: hit, miss, touch, slivers on both sides of the threshold, no layer, no coverage.

What to expect is read from the line itself (predicate, threshold, unit, severity), not from the pack.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import shapely

from landreview_plugin.core.model.result import Finding, Verdict
from landreview_plugin.core.rules.examples import COUNTY, judge_example
from landreview_plugin.core.rules.load import builtin_pack
from landreview_plugin.core.rules.pack import Example, Rule
from landreview_plugin.core.tables import Row, table

AT = dt.date(2026, 9, 1)
PACK = builtin_pack("hunan")
ROWS = table("rules_matrix")
RULE_OF = {row: rule for rule in PACK.rules for row in rule.matrix}
LINES = pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['rule_id']}-{row['business_type']}-{row['layer_key']}"
)
M2 = {"m2": 1.0, "ha": 1e4, "km2": 1e6}
AREAL = {"overlap_area_gt", "class_area", "case_area_gt"}
SIDE_M = 2000.0
"""A parcel of 4 km²: room for every threshold of the matrix."""
PARCEL = shapely.box(0, 0, SIDE_M, SIDE_M)
FULL, TOUCH = shapely.box(-10, -10, SIDE_M + 10, SIDE_M + 10), shapely.box(SIDE_M, 0, 2 * SIDE_M, SIDE_M)


def judged(row: Row, layer: shapely.Geometry, *, rule: Rule | None = None, **more: object) -> Finding:
    """The finding of a line's rule for its own business type, with the attributes and answers of the rule's example."""
    rule = rule or RULE_OF[row["rule_id"]]
    first = next(each for each in rule.examples if each.layer)
    example = Example(
        parcel=PARCEL.wkt, layer=shapely.to_wkt(layer, rounding_precision=9), attributes=first.attributes,
        answers=first.answers, expect=Verdict.CLEAR,
    )  # fmt: skip
    return judge_example(PACK, rule, example, AT, business_type=row["business_type"], **more)  # type: ignore[arg-type]


def limit_m2(row: Row) -> float:
    return float(row["threshold"]) * M2[row["unit"]]


def strip(area_m2: float) -> shapely.Geometry:
    """Land that reaches ``area_m2`` into the parcel, along its whole side."""
    return shapely.box(SIDE_M - area_m2 / SIDE_M, 0, SIDE_M + 50, SIDE_M)


def conflict(row: Row, hit: bool) -> Verdict:
    return Verdict.CONFLICT if hit and row["severity"] != "info" else Verdict.CLEAR


def scene(row: Row, size: float) -> shapely.Geometry:
    """The layer so that the line's figure is ``size`` times its threshold (``size`` m² or m where that is 0)."""
    predicate, threshold = row["predicate"], float(row["threshold"])
    if predicate == "distance_lt":
        return shapely.Point(SIDE_M + threshold * size, SIDE_M / 2)
    wanted = (limit_m2(row) or 1.0) * size
    if predicate in AREAL:
        return strip(wanted)
    if predicate in {"outside_area_gt", "within"}:
        return shapely.box(-10, -10, SIDE_M - wanted / SIDE_M, SIDE_M + 10)
    return shapely.box(0, 0, SIDE_M + wanted / SIDE_M, SIDE_M)  # area_diff_gt: the right as it was


@LINES
@pytest.mark.parametrize("size", [0.99, 1.0, 1.01])
def test_on_both_sides_of_the_threshold(row: Row, size: float) -> None:
    """0.99, 1.00 and 1.01 m² for most lines; all comparisons are strict."""
    if row["predicate"] == "reduction_pct_lt":
        pytest.skip("needs the first licence: test_the_share_given_back")
    finding = judged(row, scene(row, size))
    if row["predicate"] == "distance_lt":
        hit = size < 1
    elif row["predicate"] == "within":
        hit = size * (limit_m2(row) or 1.0) <= limit_m2(row)
    else:
        hit = size > 1 or limit_m2(row) == 0
    assert finding.verdict is conflict(row, hit), finding.reason.en


@LINES
def test_a_clear_hit_and_a_clear_miss(row: Row) -> None:
    if row["predicate"] == "reduction_pct_lt":
        pytest.skip("needs the first licence: test_the_share_given_back")
    far, all_of_it = shapely.box(9e4, 9e4, 9.1e4, 9.1e4), FULL
    hit, miss = {
        "distance_lt": (shapely.Point(5, 5), shapely.Point(9e4, 9e4)),
        "outside_area_gt": (far, all_of_it),
        "within": (all_of_it, far),
        "area_diff_gt": (shapely.box(0, 0, SIDE_M, SIDE_M + 500), PARCEL),
    }.get(row["predicate"], (all_of_it, far))
    assert judged(row, hit).verdict is conflict(row, True)
    assert judged(row, miss).verdict is Verdict.CLEAR


@LINES
def test_a_mere_touch(row: Row) -> None:
    """Nothing for land on land, all of it for land outside, distance 0 for what must be far."""
    if row["predicate"] in {"reduction_pct_lt", "area_diff_gt"}:
        pytest.skip("compares with the right as a whole")
    finding = judged(row, TOUCH)
    hit = row["predicate"] in {"outside_area_gt", "distance_lt"}
    assert finding.verdict is conflict(row, hit), finding.reason.en
    if row["predicate"] in AREAL:
        assert (finding.area_m2, finding.count, finding.dropped.count) == (0.0, 0, 0)


@LINES
def test_a_layer_that_is_missing_or_does_not_cover(row: Row) -> None:
    miss = shapely.Point(9e4, 9e4) if row["predicate"] == "distance_lt" else FULL
    assert judged(row, miss, state="not_checked").verdict is Verdict.NOT_CHECKED
    for county in (None, shapely.box(-1e5, -1e5, SIDE_M / 2, 1e5), shapely.box(5e4, 5e4, 6e4, 6e4)):
        far = shapely.box(9e4, 9e4, 9.1e4, 9.1e4)
        shape = {"outside_area_gt": FULL, "area_diff_gt": PARCEL, "distance_lt": miss}.get(row["predicate"], far)
        if row["predicate"] == "reduction_pct_lt":
            continue
        assert judged(row, shape, county=county).verdict in {Verdict.NOT_CHECKED, Verdict.PARTLY_COVERED}


@pytest.mark.parametrize("given_back", [19, 20, 21])
def test_the_share_given_back(given_back: int) -> None:
    """``reduction_pct_lt`` 20 %: of a first licence of 4 km² at least 0.8 km² must be given back."""
    rows = [row for row in ROWS if row["predicate"] == "reduction_pct_lt"]
    assert rows
    for row in rows:
        rule = RULE_OF[row["rule_id"]]
        first = next(each for each in rule.examples if each.layer)
        answers = first.answers | {"first_licence_area_km2": "4"}
        previous = shapely.box(0, 0, SIDE_M, SIDE_M + SIDE_M * given_back / 100)
        example = first.model_copy(update={"parcel": PARCEL.wkt, "layer": previous.wkt, "answers": answers})
        finding = judge_example(PACK, rule, example, AT, business_type=row["business_type"], county=COUNTY)
        assert finding.verdict is conflict(row, given_back < float(row["threshold"]))


def test_a_broken_threshold_is_noticed() -> None:
    """The control: with another threshold in the pack the lines above fail."""
    row = next(row for row in ROWS if row["rule_id"] == "R001")
    rule = RULE_OF["R001"]
    wider = rule.model_copy(update={"threshold": rule.threshold.model_copy(update={"value": Decimal("1.50")})})
    assert judged(row, scene(row, 1.01)).verdict is Verdict.CONFLICT
    assert judged(row, scene(row, 1.01), rule=wider).verdict is Verdict.CLEAR


def test_all_lines_are_here() -> None:
    assert len(ROWS) == 215
    assert set(RULE_OF) == {row["rule_id"] for row in ROWS}
