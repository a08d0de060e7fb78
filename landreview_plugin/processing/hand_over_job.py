# SPDX-License-Identifier: GPL-2.0-or-later
"""Which cases may be handed over to the office above, and queueing them. Panel and algorithm call it; no QGIS."""

from __future__ import annotations

from collections.abc import Collection

from ..core.model.base import Model, Text
from ..core.model.case_file import CaseFile
from ..core.model.problems import LandReviewError
from ..core.model.result import ReviewResult
from ..core.workflow.steps import Action, Step
from ..jobs.desk import Desk
from ..report.json_result import read_json
from ..store.jobs import Job
from ..store.workspace import Workspace
from ..sync.orders import order_of
from ..sync.outgoing import Order, hand_over
from ..sync.protocol import CommandType

MOVES = (CommandType.SUBMIT, CommandType.FORWARD)
"""Orders that need an office to go to."""


class NotQueued(Model):
    """A case that can't be handed over, and why."""

    number: str
    reason: Text


def submit_ready(desk: Desk, numbers: Collection[str] = (), to: str = "") -> tuple[list[Job], list[NotQueued]]:
    """Queue cases for the office above (or ``to``): those named, or all whose next step it is.

    A case that is named and can't go is told with its reason; it holds no other. Raises E-STORE-GONE for a number that
    the store does not know.
    """
    jobs: list[Job] = []
    refused: list[NotQueued] = []
    for case in _chosen(desk.store, numbers):
        try:
            step = desk.next_step(case, counting_result(desk.store, case))
            if not numbers and (step.action is not Action.SUBMIT or step.blocked):
                continue
            jobs.append(_queued(desk, case, step, to))
        except LandReviewError as error:  # this case's reason; the next one may be ready
            refused.append(NotQueued(number=case.number, reason=error.detail or Text.same(error.code)))
    return jobs, refused


def counting_result(store: Workspace, case: CaseFile) -> ReviewResult | None:
    """The review that counts of a case; None without one."""
    found = [entry for entry in store.results(case.id) if entry.digest == case.result_digest]
    return read_json(store.blobs.get(found[-1].json_sha256, ".json")) if found and case.result_digest else None


def _queued(desk: Desk, case: CaseFile, step: Step, to: str) -> Job:
    if step.action is not Action.SUBMIT:
        text = Text(zh=f"下一步是“{step.label.zh}”", en=f"its next step is “{step.label.en}”")
        raise LandReviewError("E-CASE-STEP", detail=text)
    order = order_of(case, step, desk.store.custody(case.id), desk.actor.office)
    assert order is not None  # a submission is one
    return queue_step(desk, case, step, order.model_copy(update={"to": to}) if to else order)


def queue_step(desk: Desk, case: CaseFile, step: Step, order: Order) -> Job:
    """Queue a case's next step as an order between offices. Raises E-CASE-STEP with what stands in its way."""
    step.refuse_blocked()
    if order.kind in MOVES and not order.to:
        raise LandReviewError("E-CASE-PARAM", detail=Text(zh="没有上级单位", en="there is no office above"))
    return hand_over(desk.store, case, order, desk.actor)


def _chosen(store: Workspace, numbers: Collection[str]) -> list[CaseFile]:
    cases = store.cases()
    known = {case.number for case in cases}
    for number in numbers:
        if number not in known:
            raise LandReviewError("E-STORE-GONE", detail=number)
    return [case for case in cases if not numbers or case.number in numbers]
