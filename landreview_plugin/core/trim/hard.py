# SPDX-License-Identifier: GPL-2.0-or-later
"""Hard conflicts: the findings of a review that only a smaller parcel removes."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from ..model.base import Text
from ..model.result import Finding, ReviewResult, RuleSeverity, Verdict


def why_not(finding: Finding) -> Text | None:
    """Why a finding can't be trimmed away; None: it can."""
    if finding.verdict is not Verdict.CONFLICT or finding.severity is not RuleSeverity.PROHIBIT:
        return Text(zh="只有禁止类冲突才需调整边界", en="only a prohibition is removed by another boundary")
    if not finding.parcel:
        return Text(
            zh="该结论针对整个案卷，不针对单个地块", en="the finding is about the case as a whole, not a parcel"
        )
    if finding.distance_m is not None:
        return Text(zh="距离类规则不能靠裁剪确定边界", en="a rule on distance names no land to take off")
    if finding.geometry is None or finding.geometry.is_empty:
        return Text(zh="该结论没有可裁剪的范围", en="the finding has no land to take off")
    return None


def hard_conflicts(result: ReviewResult, parcel: str) -> tuple[Finding, ...]:
    """The findings of a parcel that trimming can remove, largest first."""
    found = [each for each in result.findings if each.parcel == parcel and why_not(each) is None]
    return tuple(sorted(found, key=lambda each: -each.area_m2))


def forbidden_land(findings: Iterable[Finding]) -> BaseGeometry:
    """The land of several findings as one."""
    return shapely.union_all([each.geometry for each in findings if each.geometry is not None])
