# SPDX-License-Identifier: GPL-2.0-or-later
"""From figures to one of four verdicts, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.base import Text
from ..model.profile import Tolerances
from ..model.result import RuleSeverity, Verdict
from .facts import LayerFacts
from .hits import Found
from .pack import Predicate, Rule

UNKNOWN = Text(zh="判断所需的字段值或答复缺失、未知", en="a value or an answer that decides is missing or unknown")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and why."""

    verdict: Verdict
    reason: Text


def judge(rule: Rule, facts: LayerFacts, found: Found, i: int, tolerances: Tolerances) -> Judgement:
    """The verdict for parcel ``i`` on a layer that was checked."""
    figures = words(rule, found)
    if found.hit and rule.severity is not RuleSeverity.INFO:
        return Judgement(Verdict.CONFLICT, figures)
    doubt = _doubt(rule, facts, found, i, tolerances)
    if doubt is not None:
        return Judgement(doubt.verdict, joined(doubt.reason, figures) if found.hit else doubt.reason)
    return Judgement(Verdict.CLEAR, figures)


def _doubt(rule: Rule, facts: LayerFacts, found: Found, i: int, tolerances: Tolerances) -> Judgement | None:
    """Why "clear" can't be said, if it can't."""
    assert facts.overlay is not None
    if i in facts.overlay.unchecked:
        return Judgement(Verdict.NOT_CHECKED, facts.overlay.unchecked[i])
    if found.undecided:
        return Judgement(Verdict.NOT_CHECKED, UNKNOWN)
    coverage = facts.coverage
    if coverage is None:
        missing = Text(zh="未声明覆盖范围，不能得出无冲突结论", en="no coverage declared: it can't be called clear")
        return Judgement(Verdict.NOT_CHECKED, facts.use.reason or missing)
    if i in coverage.unchecked:
        return Judgement(Verdict.NOT_CHECKED, coverage.unchecked[i])
    uncovered_m2 = float(coverage.uncovered_m2[i])
    if coverage.share[i] <= 0 or uncovered_m2 >= float(facts.overlay.parcel_area_m2[i]) - float(tolerances.coverage_m2):
        return Judgement(Verdict.NOT_CHECKED, Text(zh="地块完全在图层覆盖范围之外", en="wholly outside the coverage"))
    if uncovered_m2 > float(tolerances.coverage_m2):
        return Judgement(Verdict.PARTLY_COVERED, _uncovered(uncovered_m2))
    if (lacking := _around(rule, facts, i, tolerances)) is not None:
        return Judgement(Verdict.PARTLY_COVERED, lacking)
    gap_m2 = float(facts.overlay.uncovered_m2[i]) if facts.fills_county else 0.0
    if gap_m2 > float(tolerances.gap_m2):
        reason = Text(
            zh=f"覆盖范围内有{gap_m2:.2f}平方米没有图斑，数据可能不完整",
            en=f"{gap_m2:.2f} m² inside the coverage have no feature: the data may be incomplete",
        )
        return Judgement(Verdict.PARTLY_COVERED, reason)
    return None


def _around(rule: Rule, facts: LayerFacts, i: int, tolerances: Tolerances) -> Text | None:
    """Distances: a feature beyond the coverage may be nearer than the limit."""
    reach = facts.around.get(float(rule.threshold.value)) if rule.predicate is Predicate.DISTANCE_LT else None
    if reach is None:
        return None
    if i in reach.unchecked:
        return reach.unchecked[i]
    area_m2, limit = float(reach.uncovered_m2[i]), rule.threshold.shown
    if area_m2 <= float(tolerances.coverage_m2):
        return None
    return Text(
        zh=f"地块周围{limit}米内有{area_m2:.2f}平方米超出图层覆盖范围，其中的要素未知",
        en=f"{area_m2:.2f} m² within {limit} m of the parcel lie outside the coverage: features there are unknown",
    )


def _uncovered(area_m2: float) -> Text:
    return Text(
        zh=f"{area_m2:.2f}平方米超出图层覆盖范围",
        en=f"{area_m2:.2f} m² lie outside the coverage of the layer",
    )


def words(rule: Rule, found: Found) -> Text:
    """The figures of a rule, with its threshold and what was dropped."""
    text = _figures(rule, found)
    if found.dropped.count:
        text = joined(
            text,
            Text(
                zh=f"另略去碎片{found.dropped.count}个，共{found.dropped.area_m2:.2f}平方米",
                en=f"{found.dropped.count} sliver(s) dropped, {found.dropped.area_m2:.2f} m² in all",
            ),
        )
    return text


def _figures(rule: Rule, found: Found) -> Text:
    limit = rule.threshold.shown
    if rule.predicate is Predicate.DISTANCE_LT:
        if found.distance_m is None:
            return Text(zh=f"{limit}米内没有要素", en=f"no feature within {limit} m")
        count = len(found.rows)
        return Text(
            zh=f"最近距离{found.distance_m:.2f}米（限{limit}米），涉及{count}处",
            en=f"nearest {found.distance_m:.2f} m (limit {limit} m), {count} feature(s)",
        )
    if rule.predicate is Predicate.WITHIN:
        if found.hit:
            return Text(zh="位于一个要素之内", en="inside one feature")
        return Text(zh="不在任何一个要素之内", en="inside no single feature")
    if rule.predicate is Predicate.REDUCTION_PCT_LT:
        return Text(
            zh=f"较原范围缩减{found.area_m2:.2f}平方米（应不少于首次登记面积的{limit}%）",
            en=f"{found.area_m2:.2f} m² less than before (at least {limit} % of the first licence)",
        )
    unit_zh = {"m2": "平方米", "ha": "公顷", "km2": "平方千米"}.get(rule.threshold.unit, rule.threshold.unit)
    unit_en = {"m2": "m²", "km2": "km²"}.get(rule.threshold.unit, rule.threshold.unit)
    what_zh, what_en = {
        Predicate.OUTSIDE_AREA_GT: ("超出范围", "outside"),
        Predicate.AREA_DIFF_GT: ("面积相差", "area differs by"),
    }.get(rule.predicate, ("重叠", "overlap"))
    return Text(
        zh=f"{what_zh}{found.area_m2:.2f}平方米（限{limit}{unit_zh}）",
        en=f"{what_en} {found.area_m2:.2f} m² (limit {limit} {unit_en})",
    )


def joined(first: Text, second: Text) -> Text:
    """Two sentences as one."""
    return Text(zh=f"{first.zh}；{second.zh}", en=f"{first.en}; {second.en}")
