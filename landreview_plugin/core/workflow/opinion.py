# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a case may be passed on: a prohibition only with a leader's written ground."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.base import Text
from ..model.opinion import Judgement, Mark, Opinion, Role
from ..model.problems import LandReviewError
from ..model.result import Finding, ReviewResult, RuleSeverity, Verdict


def obstacles(result: ReviewResult, judgements: tuple[Judgement, ...]) -> tuple[Text, ...]:
    """Why the case can't be passed on yet, one sentence a finding; empty: it can.

    prohibit: only a leader's overruling, with a ground. needs_approval: justified, with the approval
    attached. needs_explanation: justified or mistaken, with a ground. Not checked or partly covered:
    a reviewer must have judged it, too: nothing is waved through unseen.
    """
    by_finding = {judgement.finding: judgement for judgement in judgements if judgement.result_digest == result.digest}
    return tuple(_missing(result, by_finding))


def _missing(result: ReviewResult, judged: dict[str, Judgement]) -> Iterator[Text]:
    for finding in result.findings:
        if finding.verdict is Verdict.CLEAR:
            continue
        why = _obstacle(finding, judged.get(finding.id))
        if why is not None:
            name = f"{finding.rule} {finding.parcel}".strip()
            yield Text(zh=f"{name}：{why.zh}", en=f"{name}: {why.en}")


def _obstacle(finding: Finding, judgement: Judgement | None) -> Text | None:
    if finding.verdict is not Verdict.CONFLICT:
        if judgement is None:
            return Text(zh="未能完整核查，须由审查人员说明", en="not checked in full: a reviewer must judge it")
        return None
    if finding.severity is RuleSeverity.PROHIBIT:
        by_leader = judgement is not None and judgement.mark is Mark.OVERRULED and judgement.role is Role.LEADER
        mistaken = judgement is not None and judgement.mark is Mark.MISTAKEN and judgement.role is Role.LEADER
        return (
            None
            if by_leader or mistaken
            else Text(zh="禁止项，须领导书面说明理由", en="needs a leader's written ground")
        )
    if judgement is None:
        return Text(zh="尚未说明", en="no ground given yet")
    if finding.severity is RuleSeverity.NEEDS_APPROVAL and judgement.mark is Mark.JUSTIFIED:
        return None if judgement.attachments else Text(zh="须附批准文件", en="the approval must be attached")
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
