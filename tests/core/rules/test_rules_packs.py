# SPDX-License-Identifier: GPL-2.0-or-later
"""The built-in packs: every row of the matrix, every example, and the verdicts of every rule."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
import shapely

from landreview_plugin.core.model.result import RuleSeverity, Verdict
from landreview_plugin.core.rules.examples import judge_example, run_examples
from landreview_plugin.core.rules.load import builtin_pack
from landreview_plugin.core.rules.pack import PREVIOUS_RIGHT, Example, Predicate, Rule
from landreview_plugin.core.tables import table

AT = dt.date(2026, 9, 1)
PACK = builtin_pack("hunan")
RULES = pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.id)
AREAL = [r for r in PACK.rules if r.predicate is Predicate.OVERLAP_AREA_GT and r.threshold.unit == "m2"]
HITS = [r for r in PACK.rules if r.severity is not RuleSeverity.INFO]


def test_every_row_of_the_matrix_stands_for_exactly_one_rule() -> None:
    rows = Counter(row for rule in PACK.rules for row in rule.matrix)
    assert set(rows) == {row["rule_id"] for row in table("rules_matrix")}
    assert set(rows.values()) == {1}


def test_a_rule_says_what_its_rows_say() -> None:
    rows = {row["rule_id"]: row for row in table("rules_matrix")}
    for rule in PACK.rules:
        for name in rule.matrix:
            row = rows[name]
            assert row["business_type"] in rule.business_types, name
            assert row["predicate"] == rule.predicate, name
            assert row["severity"] == rule.severity, name
            assert float(row["threshold"]) == float(rule.threshold.value), name
            assert row["unit"] == rule.threshold.unit, name
            assert row["standing"] == rule.standing, name


def test_every_business_type_has_rules() -> None:
    for row in table("business_types"):
        assert PACK.applicable(row["code"], AT), row["code"]


@RULES
def test_the_examples_hold(rule: Rule) -> None:
    assert len(rule.examples) >= 2
    for outcome in run_examples(PACK, rule, AT):
        assert outcome.fits, f"{outcome.number}: {outcome.finding.verdict} {outcome.finding.reason.en}"


@RULES
def test_a_missing_layer_is_never_clear(rule: Rule) -> None:
    finding = judge_example(PACK, rule, rule.examples[0], AT, state="not_checked")
    assert finding.verdict is Verdict.NOT_CHECKED


@RULES
def test_without_declared_coverage_a_miss_is_never_clear(rule: Rule) -> None:
    for example in rule.examples:
        finding = judge_example(PACK, rule, example, AT, county=None)
        assert finding.verdict is not Verdict.CLEAR


@RULES
def test_a_parcel_reaching_beyond_the_coverage_is_never_clear(rule: Rule) -> None:
    half = shapely.box(-1e5, -1e5, 3, 1e5)
    for example in rule.examples:
        finding = judge_example(PACK, rule, example, AT, county=half)
        assert finding.verdict is not Verdict.CLEAR


@RULES
def test_a_signed_none_is_clear_except_for_land_outside(rule: Rule) -> None:
    finding = judge_example(PACK, rule, rule.examples[0], AT, state="none")
    outside = rule.predicate is Predicate.OUTSIDE_AREA_GT and rule.severity is not RuleSeverity.INFO
    if rule.predicate in PREVIOUS_RIGHT:
        assert finding.verdict is Verdict.NOT_CHECKED, "there is nothing to compare with"
    else:
        assert finding.verdict is (Verdict.CONFLICT if outside else Verdict.CLEAR)


HARMLESS = {
    (
        "SSNY",
        "facility_kind",
        "crop_harmless",
        "pbf",
    ): "自然资规〔2019〕4号: planting that keeps the plough layer is allowed",
    ("ZJGG", "linkage_part", "demolition", "pbf"): "land that is given back to farming",
    ("ZJGG", "linkage_part", "demolition", "ugb"): "villages outside the growth boundary are what is demolished",
    ("ZJGG", "linkage_part", "new_build", "dltb"): "only the demolition area must be construction land",
    ("CZPC", "old_plan_in_force", "no", "plan_ctl_2010"): "the plan of 2006-2020 no longer counts",
    ("ZJGG", "old_plan_in_force", "no", "plan_ctl_2010"): "the plan of 2006-2020 no longer counts",
    ("CKQN", "small_quarry", "no", "mining"): "the 300 m are for small quarries only",
    ("CKQR", "small_quarry", "no", "mining"): "the 300 m are for small quarries only",
}
"""Answers that leave a layer without the question's rule, and why that is right."""


def test_no_answer_makes_a_layer_fall_through() -> None:
    gaps = {
        (type_, question, choice, layer)
        for type_ in {code for rule in PACK.rules for code in rule.business_types}
        for question, asked in PACK.questions.items()
        for choice in asked.choices
        for layer in {r.layers[0] for r in PACK.rules if question in r.when and type_ in r.business_types}
        if not any(
            type_ in r.business_types and layer == r.layers[0] and choice in r.when.get(question, ())
            for r in PACK.rules
        )
    }
    assert gaps == set(HARMLESS)


def touching(rule: Rule, width: float, height: float) -> Example:
    """The first example with the layer reaching ``width`` × ``height`` into the parcel."""
    shape = shapely.box(10 - width, 0, 20, height)
    return rule.examples[0].model_copy(
        update={"parcel": "POLYGON((0 0,10 0,10 10,0 10,0 0))", "layer": shapely.to_wkt(shape, rounding_precision=6)}
    )


@pytest.mark.parametrize("rule", AREAL, ids=lambda rule: rule.id)
@pytest.mark.parametrize(("area_m2", "hits"), [(0.0, False), (0.99, False), (1.0, False), (1.01, True), (50.0, True)])
def test_the_threshold_is_strict(rule: Rule, area_m2: float, hits: bool) -> None:
    finding = judge_example(PACK, rule, touching(rule, area_m2 / 10, 10), AT)
    conflict = hits and rule.severity is not RuleSeverity.INFO
    assert finding.verdict is (Verdict.CONFLICT if conflict else Verdict.CLEAR)


@pytest.mark.parametrize("rule", AREAL, ids=lambda rule: rule.id)
def test_a_dropped_sliver_is_listed_and_farmland_drops_nothing(rule: Rule) -> None:
    finding = judge_example(PACK, rule, touching(rule, 0.05, 10), AT)
    if rule.slivers:
        assert finding.dropped.count == 1
        assert finding.dropped.area_m2 == pytest.approx(0.5)
        assert finding.area_m2 == 0.0
    else:
        assert rule.layers[0] in {"pbf", "ecored"}
        assert finding.dropped.count == 0
        assert finding.area_m2 == pytest.approx(0.5)


def test_farmland_and_red_line_never_drop_slivers() -> None:
    assert all(not rule.slivers for rule in PACK.rules if rule.layers[0] in {"pbf", "ecored"})


def test_many_dropped_slivers_make_a_conflict() -> None:
    rule = next(rule for rule in AREAL if rule.slivers and rule.severity is RuleSeverity.PROHIBIT)
    comb = shapely.MultiPolygon([shapely.box(-5, y, 0.5, y + 1.5) for y in (0, 4, 8)])
    example = touching(rule, 1, 1).model_copy(update={"layer": comb.wkt})
    # one feature of three teeth is one piece: 2.25 m², no sliver
    finding = judge_example(PACK, rule, example, AT)
    assert finding.verdict is Verdict.CONFLICT


def test_standing_marks_reach_the_finding() -> None:
    marked = next(rule for rule in PACK.rules if rule.standing == "K")
    assert judge_example(PACK, marked, marked.examples[0], AT).standing == "K"
    read = next(rule for rule in PACK.rules if rule.standing == "S")
    assert judge_example(PACK, read, read.examples[0], AT).standing == ""


def test_a_law_that_is_not_in_force_is_marked() -> None:
    rule = next(rule for rule in PACK.rules if {b.valid_to for b in rule.basis} == {dt.date(2026, 11, 4)})
    late = judge_example(PACK, rule, rule.examples[0], dt.date(2026, 12, 1))
    assert any("not in force" in basis.article for basis in late.basis)
    before = judge_example(PACK, rule, rule.examples[0], AT)
    assert not any("not in force" in basis.article for basis in before.basis if basis.valid_to)


def test_the_matrix_of_this_test_is_the_one_of_the_plugin(root: Path) -> None:
    path = root / "landreview_plugin" / "resources" / "tables" / "rules_matrix.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(table("rules_matrix")) == 215


def test_notices_of_five_years_say_when_they_end() -> None:
    """A notice (规范性文件) that ran out is printed as such; the office confirms what has taken its place."""
    ends = {basis.law: basis.valid_to for rule in PACK.rules for basis in rule.basis}
    for law in (
        "自然资规〔2019〕1号",
        "自然资规〔2019〕4号",
        "自然资规〔2021〕2号",
        "自然资规〔2023〕4号",
        "自然资规〔2023〕6号",
    ):
        assert ends[law] is not None, law
