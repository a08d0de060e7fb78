# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a case may be passed on: a prohibition only with a leader's written ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..model.base import Text
from ..model.opinion import Judgement, Mark, Opinion, Role
from ..model.problems import LandReviewError
from ..model.result import Finding, ReviewResult, RuleSeverity, Verdict

_UNSEEN = Text(zh="未能完整核查，须由审查人员说明", en="not checked in full: a reviewer must judge it")
_PROHIBITED = Text(zh="禁止项，须领导书面说明理由", en="needs a leader's written ground")
_NO_GROUND = Text(zh="尚未说明", en="no ground given yet")
_NO_APPROVAL = Text(zh="须附批准文件", en="the approval must be attached")


class Obstacle(NamedTuple):
    """A finding that keeps the case from being passed on, and what it still needs."""

    finding: Finding
    why: Text

    @property
    def sentence(self) -> Text:
        """Rule, parcel and what is missing."""
        name = f"{self.finding.rule} {self.finding.parcel}".strip()
        return Text(zh=f"{name}：{self.why.zh}", en=f"{name}: {self.why.en}")


def obstacles(result: ReviewResult, judgements: tuple[Judgement, ...]) -> tuple[Text, ...]:
    """Why the case can't be passed on yet, one sentence a finding; empty: it can. See :func:`obstacles_of`."""
    return tuple(obstacle.sentence for obstacle in obstacles_of(result, judgements))


def obstacles_of(result: ReviewResult, judgements: tuple[Judgement, ...]) -> Iterator[Obstacle]:
    """The findings that stand in the way, in the order of the result.

    prohibit: only a leader's overruling, with a ground. needs_approval: justified, with the approval
    attached. needs_explanation: justified or mistaken, with a ground. Not checked or partly covered:
    a reviewer must have judged it, too: nothing is waved through unseen.
    """
    judged = {judgement.finding: judgement for judgement in judgements if judgement.result_digest == result.digest}
    for finding in result.findings:
        if finding.verdict is not Verdict.CLEAR and (why := _missing(finding, judged.get(finding.id))) is not None:
            yield Obstacle(finding, why)


class ObstacleGroup(NamedTuple):
    """Findings of one rule that still need the same."""

    findings: tuple[Finding, ...]
    why: Text


def obstacle_groups(result: ReviewResult, judgements: tuple[Judgement, ...]) -> tuple[ObstacleGroup, ...]:
    """The obstacles by rule and what is missing, the gravest first."""
    groups: dict[tuple[str, str], list[Obstacle]] = {}
    for obstacle in obstacles_of(result, judgements):
        groups.setdefault((obstacle.finding.rule, obstacle.why.en), []).append(obstacle)
    gathered = [ObstacleGroup(tuple(each.finding for each in found), found[0].why) for found in groups.values()]
    return tuple(sorted(gathered, key=_gravity))


def _gravity(group: ObstacleGroup) -> tuple[int, int]:
    first = group.findings[0]
    conflict = first.verdict is Verdict.CONFLICT
    return list(Verdict).index(first.verdict), list(RuleSeverity).index(first.severity) if conflict else 0


def _missing(finding: Finding, judgement: Judgement | None) -> Text | None:
    if finding.verdict is not Verdict.CONFLICT:
        return _UNSEEN if judgement is None else None
    if finding.severity is RuleSeverity.PROHIBIT:
        return None if judgement is not None and _overrules(judgement) else _PROHIBITED
    if judgement is None:
        return _NO_GROUND
    if finding.severity is RuleSeverity.NEEDS_APPROVAL and judgement.mark is Mark.JUSTIFIED:
        return None if judgement.attachments else _NO_APPROVAL
    return None


def _overrules(judgement: Judgement) -> bool:
    return judgement.role is Role.LEADER and judgement.mark in {Mark.OVERRULED, Mark.MISTAKEN}


_LEADERS_ONLY = Text(zh="须由负责人办理", en="only the head of the office may do this")
_OVERRULE_ONLY = Text(zh="禁止项只能由负责人书面放行", en="a prohibition is passed on only when the head overrules it")
_NO_PROHIBITION = Text(zh="只有禁止项需要负责人放行", en="only a prohibition needs to be overruled")
_NOTHING_TO_JUDGE = Text(zh="结论为无冲突，无须判断", en="it is clear: there is nothing to judge")


def mark_refused(finding: Finding, mark: Mark, role: Role) -> Text | None:
    """Why a person in ``role`` can't give a finding this mark; None: they can."""
    if finding.verdict is Verdict.CLEAR:
        return _NOTHING_TO_JUDGE
    prohibited = finding.verdict is Verdict.CONFLICT and finding.severity is RuleSeverity.PROHIBIT
    if mark is Mark.JUSTIFIED:
        return _OVERRULE_ONLY if prohibited else None
    if mark is Mark.OVERRULED:
        return _NO_PROHIBITION if not prohibited else _LEADERS_ONLY if role is not Role.LEADER else None
    return None


def refuse_unfounded(result: ReviewResult, opinion: Opinion) -> None:
    """Raise E-CASE-PARAM, naming every obstacle, when an opinion passes on what may not be passed on."""
    if opinion.result_digest != result.digest:
        raise LandReviewError(
            "E-CASE-PARAM", detail=Text(zh="意见针对的是另一份结果", en="the opinion is about another result")
        )
    found = obstacles(result, opinion.judgements) if opinion.passes else ()
    if found:
        raise LandReviewError(
            "E-CASE-PARAM", detail=Text(zh="；".join(t.zh for t in found), en="; ".join(t.en for t in found))
        )
