# SPDX-License-Identifier: GPL-2.0-or-later
"""Thresholds on the case as a whole: sums over all its parcels."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from ..geodesy.rounding import round_half_up
from ..model.base import Text
from ..model.result import Dropped, Finding, RuleSeverity, Verdict
from .hits import AREA_NOISE_M2, Found, polygons
from .pack import Predicate, Rule
from .verdicts import UNKNOWN, Judgement


def case_finding(rule: Rule, found: Sequence[Found], judged: Sequence[Judgement], case_m2: float) -> Finding:
    """``case_area_gt`` and ``share_of_case_gt``: the sum over all parcels against the threshold.

    A sum below the threshold is clear only when every parcel was checked in full, and when what is unknown on all of
    them together could not lift it above.
    """
    total_m2 = sum(each.area_m2 + each.dropped.area_m2 for each in found)
    if rule.predicate is Predicate.SHARE_OF_CASE_GT:
        limit_m2 = float(rule.threshold.value) / 100 * case_m2
        shown = f"{rule.threshold.shown} %"
    else:
        limit_m2 = rule.threshold.area_m2
        shown = f"{rule.threshold.shown} {rule.threshold.unit}"
    hit = total_m2 > limit_m2 + AREA_NOISE_M2
    figures = Text(
        zh=f"全案合计{total_m2 / 1e4:.4f}公顷（限{shown}）",
        en=f"{total_m2 / 1e4:.4f} ha over the whole case (limit {shown})",
    )
    # a parcel's own figure may exceed the threshold of the case: that is no verdict on the parcel
    doubts = [each for each in judged if each.verdict in (Verdict.NOT_CHECKED, Verdict.PARTLY_COVERED)]
    worst = Verdict.worst(each.verdict for each in doubts) if doubts else Verdict.CLEAR
    if hit and rule.severity is not RuleSeverity.INFO:
        return _finding(rule, found, Verdict.CONFLICT, figures, total_m2, case_m2)
    if not doubts and total_m2 + _doubt_m2(found) > limit_m2 + AREA_NOISE_M2:
        return _finding(rule, found, Verdict.NOT_CHECKED, UNKNOWN, total_m2, case_m2)
    reason = next((each.reason for each in doubts if each.verdict is worst), figures)
    return _finding(rule, found, worst, reason, total_m2, case_m2)


def case_sum_finding(rule: Rule, found: Sequence[Found], case_m2: float) -> Finding | None:
    """A threshold per parcel that only the case as a whole exceeds: small pieces on many parcels."""
    areal = rule.predicate in (Predicate.OVERLAP_AREA_GT, Predicate.OUTSIDE_AREA_GT, Predicate.CLASS_AREA)
    if not areal or rule.severity is RuleSeverity.INFO or len(found) < 2 or any(each.hit for each in found):
        return None
    total_m2 = sum(each.area_m2 + each.dropped.area_m2 for each in found)
    limit_m2 = rule.threshold.area_m2 + AREA_NOISE_M2
    if total_m2 <= limit_m2:
        if total_m2 + _doubt_m2(found) <= limit_m2 or any(each.undecided for each in found):
            return None
        return _finding(rule, found, Verdict.NOT_CHECKED, UNKNOWN, total_m2, case_m2)
    reason = Text(
        zh=f"各地块均未超限，但全案合计{total_m2:.2f}平方米，超过{rule.threshold.shown}{rule.threshold.unit}",
        en=f"no parcel exceeds it, but the case as a whole: {total_m2:.2f} m² > {rule.threshold.shown} "
        f"{rule.threshold.unit}",
    )
    return _finding(rule, found, Verdict.CONFLICT, reason, total_m2, case_m2)


def _doubt_m2(found: Sequence[Found]) -> float:
    return sum(each.doubt_m2 for each in found)


def _finding(
    rule: Rule, found: Sequence[Found], verdict: Verdict, reason: Text, total_m2: float, case_m2: float
) -> Finding:
    shapes = [each.geometry for each in found if each.geometry is not None]
    return Finding(
        id=f"{rule.id}/*",
        rule=rule.id,
        rule_version="",
        title=rule.title,
        layer=rule.layers[0],
        parcel="",
        verdict=verdict,
        severity=rule.severity,
        area_m2=total_m2,
        area_planar_m2=sum(each.area_planar_m2 for each in found),
        area_printed=round_half_up(total_m2, 2),
        share=total_m2 / case_m2 if case_m2 else 0.0,
        count=sum(len(each.rows) for each in found),
        reason=reason,
        dropped=Dropped(
            count=sum(each.dropped.count for each in found), area_m2=sum(each.dropped.area_m2 for each in found)
        ),
        geometry=polygons(shapely.union_all(shapes)) if shapes else None,
    )
