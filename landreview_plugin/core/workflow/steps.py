# SPDX-License-Identifier: GPL-2.0-or-later
"""The one next step of a case: what it is, and what stands in its way."""

from __future__ import annotations

from enum import StrEnum

from ..model.base import Model, Text
from ..model.case_file import CaseFile, Transfer
from ..model.opinion import Judgement, Opinion
from ..model.problems import LandReviewError
from ..model.result import ReviewResult
from .offices import same_office
from .opinion import obstacles
from .stages import Clock, Stage, next_stage, stage, stages

REVIEWED_FROM = "county.technical_review"
_UPWARDS = {("county", "prefecture"), ("prefecture", "province")}
"""From one office to the next: not the next desk, but a hand-over."""
_ARCHIVE = "all.archive"


class Action(StrEnum):
    """What the button does."""

    ACCEPT = "accept"
    REVIEW = "review"
    CONCLUDE = "conclude"
    RESUME = "resume"
    CORRECT = "correct"
    """Ask for a correction: the opinion does not pass the case."""
    FORWARD = "forward"
    SUBMIT = "submit"
    """Hand over to the next office."""
    ARCHIVE = "archive"
    NONE = "none"


class Step(Model):
    """The next step. ``blocked`` says why it can't be taken yet; empty: it can."""

    action: Action
    label: Text
    target: str = ""
    """Stage that the case moves to."""
    blocked: tuple[Text, ...] = ()

    def refuse_blocked(self) -> None:
        """Raise E-CASE-STEP with everything that stands in its way."""
        if self.blocked:
            why = Text(zh="；".join(t.zh for t in self.blocked), en="; ".join(t.en for t in self.blocked))
            raise LandReviewError("E-CASE-STEP", detail=why)


_LABELS = {
    Action.REVIEW: Text(zh="运行审查", en="Run review"),
    Action.CONCLUDE: Text(zh="出具意见", en="Give an opinion"),
    Action.RESUME: Text(zh="补正收件，恢复计时", en="Correction is in: resume"),
    Action.CORRECT: Text(zh="一次性告知补正", en="Ask for a correction"),
    Action.ARCHIVE: Text(zh="归档", en="Archive"),
    Action.NONE: Text(zh="已办结", en="Done"),
}


def next_step(
    case: CaseFile,
    office: str,
    result: ReviewResult | None,
    judgements: tuple[Judgement, ...] = (),
    opinion: Opinion | None = None,
) -> Step:
    """What to do next at ``office``. ``result``: of the version that counts, or None.

    The order: who holds it; a stopped clock; a review of what was handed in; an opinion on that
    review; then the next desk.
    """
    if case.archived:
        return Step(action=Action.NONE, label=_LABELS[Action.NONE])
    step = _step(case, result, opinion)
    return step.model_copy(
        update={"blocked": (*_elsewhere(case, office), *_unfounded(step, result, judgements, opinion))}
    )


def _step(case: CaseFile, result: ReviewResult | None, opinion: Opinion | None) -> Step:
    here = stage(case.stage)
    if any(pause.until is None for pause in case.pauses):
        return Step(action=Action.RESUME, label=_LABELS[Action.RESUME])
    if here == stages()[0]:
        target = _after_start(here)
        return Step(action=Action.ACCEPT, label=_moving("受理", "Accept", target), target=target.key)
    if here.key == _ARCHIVE:
        return Step(action=Action.ARCHIVE, label=_LABELS[Action.ARCHIVE])
    if _is_at_or_after(here.key, REVIEWED_FROM):
        if result is None:
            return Step(action=Action.REVIEW, label=_LABELS[Action.REVIEW])
        if opinion is None or opinion.result_digest != result.digest:
            return Step(action=Action.CONCLUDE, label=_LABELS[Action.CONCLUDE])
        if not opinion.passes:
            return Step(action=Action.CORRECT, label=_LABELS[Action.CORRECT])
    return _to_next_desk(here)


def _to_next_desk(here: Stage) -> Step:
    target = next_stage(here.key)
    if target is None:
        return Step(action=Action.ARCHIVE, label=_LABELS[Action.ARCHIVE])
    if (here.scope, target.scope) in _UPWARDS:
        return Step(action=Action.SUBMIT, label=_moving("上报", "Submit", target), target=target.key)
    return Step(action=Action.FORWARD, label=_moving("转", "Next", target), target=target.key)


def _after_start(here: Stage) -> Stage:
    """Acceptance starts the clock and is no desk of its own."""
    target = next_stage(here.key)
    while target is not None and target.clock is Clock.START:
        target = next_stage(target.key)
    assert target is not None  # the way does not end with acceptance
    return target


def _is_at_or_after(key: str, first: str) -> bool:
    order = [each.key for each in stages()]
    return order.index(key) >= order.index(first)


def _moving(zh: str, en: str, target: Stage) -> Text:
    return Text(zh=f"{zh} ▸ {target.name.zh}", en=f"{en} ▸ {target.name.en}")


def _elsewhere(case: CaseFile, office: str) -> tuple[Text, ...]:
    if case.holder and office and not same_office(case.holder, office):
        return (Text(zh=f"案卷在{case.holder}办理", en=f"the case is with {case.holder}"),)
    if case.transfer in {Transfer.QUEUED, Transfer.SENDING}:
        return (Text(zh="正在移交", en="it is being handed over"),)
    if case.transfer is Transfer.FAILED:  # its stage is the other office's already
        return (Text(zh="移交未被接收：请重试或撤回", en="the hand-over was refused: try it again or withdraw it"),)
    return ()


def _unfounded(
    step: Step, result: ReviewResult | None, judgements: tuple[Judgement, ...], opinion: Opinion | None
) -> tuple[Text, ...]:
    """What forbids to pass a case on: a prohibition without a leader's ground, a check nobody has judged."""
    if step.action not in {Action.FORWARD, Action.SUBMIT} or result is None or opinion is None:
        return ()
    return obstacles(result, judgements)
