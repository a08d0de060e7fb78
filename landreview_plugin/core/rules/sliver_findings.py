# SPDX-License-Identifier: GPL-2.0-or-later
"""Dropped slivers that are more than noise: the outlines of submitter and office do not fit (REFERENCE 5.3)."""

from __future__ import annotations

from ..geodesy.rounding import round_half_up
from ..model.base import Text
from ..model.profile import Tolerances
from ..model.result import Finding, RuleSeverity, Verdict

TITLE = Text(zh="略去的碎片合计超过限值", en="Dropped slivers above the limit")


def sliver_finding(finding: Finding, parcel_m2: float, tolerances: Tolerances) -> Finding | None:
    """A finding of its own where a rule is not hit, yet dropped more than 10 m² or 0.1 % of the parcel (settings)."""
    dropped = finding.dropped
    limit_m2 = min(float(tolerances.dropped_sum_m2), float(tolerances.dropped_share) * parcel_m2)
    if (
        finding.verdict is Verdict.CONFLICT
        or finding.severity is RuleSeverity.INFO
        or dropped.area_m2 <= limit_m2 + 1e-6
    ):
        return None
    return finding.model_copy(
        update={
            "id": f"{finding.id}/slivers",
            "title": TITLE,
            "verdict": Verdict.CONFLICT,
            "severity": RuleSeverity.NEEDS_EXPLANATION,
            "area_m2": dropped.area_m2,
            "area_planar_m2": dropped.area_m2,
            "area_printed": round_half_up(dropped.area_m2, 2),
            "share": dropped.area_m2 / parcel_m2 if parcel_m2 else 0.0,
            "count": dropped.count,
            "reason": Text(
                zh=f"略去碎片{dropped.count}个，共{dropped.area_m2:.2f}平方米（限{limit_m2:.2f}平方米），送审边界与底图可能不一致",
                en=f"{dropped.count} sliver(s), {dropped.area_m2:.2f} m² in all (limit {limit_m2:.2f} m²): "
                "the boundary handed in may not fit the office's base",
            ),
            "features": (),
            "geometry": None,
        }
    )
