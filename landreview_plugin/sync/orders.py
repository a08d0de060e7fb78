# SPDX-License-Identifier: GPL-2.0-or-later
"""Which hand-over a case's next step is, and where it may be sent back to. The same for panel and command line."""

from __future__ import annotations

from ..core.model.case_file import CaseFile
from ..core.workflow.offices import office_above, office_code, same_office
from ..core.workflow.steps import Action, Step
from ..store.custody_rows import Custody
from .outgoing import Order
from .protocol import CommandType

_DECISION = "all.decision"
_BACK_TO = {2: "province.review", 4: "prefecture.review", 6: "county.technical_review"}
"""Where a case that comes back goes on, by the length of the office's code."""


def order_of(case: CaseFile, step: Step, custody: Custody | None, office: str) -> Order | None:
    """The next step as an order between offices; None: it concerns this office alone.

    A case that another office has sent is forwarded, decided and archived at the centre, too.
    """
    match step.action:
        case Action.SUBMIT:
            own = custody is None or same_office(case.jurisdiction, office)
            kind = CommandType.SUBMIT if own else CommandType.FORWARD
            return Order(kind=kind, to=office_above(office), stage=step.target)
        case Action.FORWARD if custody is not None and step.target == _DECISION:
            return Order(kind=CommandType.DECIDE, stage=step.target, passes=case.passed)
        case Action.ARCHIVE if custody is not None and custody.status == "decided":
            return Order(kind=CommandType.ARCHIVE)
        case _:
            return None


def may_return(case: CaseFile, custody: Custody | None, office: str) -> tuple[str, ...]:
    """The offices that a case may be returned to, that of the applicant first; none for a case of one's own."""
    if custody is None or not same_office(case.holder, office):
        return ()
    found, at = [], str(office_code(case.jurisdiction))
    while at and not same_office(at, office):
        found.append(at)
        at = office_above(at)
    return tuple(found) if at else ()


def return_order(to: str, corrections: tuple[str, ...], text: str = "") -> Order:
    """Back to an office, with what it is to correct (一次性告知)."""
    stage = _BACK_TO.get(len(str(office_code(to))), "")
    return Order(kind=CommandType.RETURN, to=to, stage=stage, corrections=corrections, text=text)
