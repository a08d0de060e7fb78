# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of cases: each with its deadline, found by words, filtered, sorted, counted by light."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ..core.model.case_file import Pause
from ..core.model.result import RuleSeverity, Verdict
from ..core.workflow.calendar import Calendar
from ..core.workflow.clock import Light
from ..core.workflow.deadline import Deadline, deadline
from ..core.workflow.offices import same_office
from ..core.workflow.stages import stages
from ..store.case_lines import CaseLine


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list."""

    line: CaseLine
    deadline: Deadline | None
    """None: not accepted yet, or archived."""
    sought: str
    """What the search looks into, in small letters."""

    @property
    def light(self) -> Light | None:
        """The light; None before acceptance and after archiving."""
        return self.deadline.light if self.deadline else None

    @property
    def verdict(self) -> Verdict | None:
        """None: not reviewed yet."""
        return Verdict(self.line.verdict) if self.line.verdict else None

    @property
    def severity(self) -> RuleSeverity | None:
        """The worst of its conflicts."""
        return RuleSeverity(self.line.worst_severity) if self.line.worst_severity else None


class Whose(StrEnum):
    """Whose turn it is."""

    MINE = "mine"
    WAITING = "waiting"
    """For somebody else: a correction, a hand-over, another office."""
    ALL = "all"


class Order(StrEnum):
    """What the list is sorted by."""

    NUMBER = "number"
    DAYS = "days"
    """The most urgent first; what has no deadline last."""
    VERDICT = "verdict"
    """The worst first; what was not reviewed last."""
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Query:
    """What the list shows. Empty: no filter."""

    text: str = ""
    whose: Whose = Whose.ALL
    business_type: str = ""
    verdict: str = ""
    """A value of Verdict, or ``none``: not reviewed yet."""
    light: str = ""
    order: Order = Order.NUMBER

    @property
    def words(self) -> tuple[str, ...]:
        """What is looked for, each somewhere."""
        return tuple(self.text.lower().split())


def case_rows(lines: Iterable[CaseLine], today: dt.date, calendar: Calendar) -> list[CaseRow]:
    """The rows of a list."""
    return [CaseRow(line, _deadline(line, today, calendar), _sought(line)) for line in lines]


def _deadline(line: CaseLine, today: dt.date, calendar: Calendar) -> Deadline | None:
    if line.accepted is None or line.archived:
        return None
    return deadline(_date(line.accepted), line.limit_workdays, _pauses(line.pauses), today, calendar)


def _sought(line: CaseLine) -> str:
    return f"{line.number}\n{line.project}\n{line.applicant}".lower()


@cache
def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _pauses(text: str) -> tuple[Pause, ...]:
    return () if text == "[]" else tuple(Pause.model_validate(each) for each in json.loads(text))


def matching(
    rows: Iterable[CaseRow], query: Query, office: str, with_parcel: frozenset[str] = frozenset()
) -> list[CaseRow]:
    """The rows that a query asks for, in its order. ``with_parcel``: cases that have the parcel looked for."""
    words = query.words
    found = [
        row
        for row in rows
        if (all(word in row.sought for word in words) or row.line.id in with_parcel)
        and (not query.business_type or row.line.business_type == query.business_type)
        and (not query.verdict or (row.line.verdict or "none") == query.verdict)
        and (not query.light or row.light == query.light)
        and (query.whose is Whose.ALL or _waits(row, office) == (query.whose is Whose.WAITING))
    ]
    key = _KEYS[query.order]
    return found if key is None else sorted(found, key=key)


def _waits(row: CaseRow, office: str) -> bool:
    line = row.line
    elsewhere = bool(line.holder and office and not same_office(line.holder, office))
    return elsewhere or line.transfer in {"queued", "sending"} or row.light is Light.GREY


def lights(rows: Iterable[CaseRow]) -> Mapping[Light, int]:
    """How many cases have which light."""
    return Counter(row.light for row in rows if row.light is not None)


def _days(row: CaseRow) -> tuple[bool, bool, int]:
    given = row.deadline
    return (given is None, given is not None and given.light is Light.GREY, given.left if given else 0)


def _verdict(row: CaseRow) -> tuple[int, int]:
    verdicts, severities = list(Verdict), list(RuleSeverity)
    grade = verdicts.index(row.verdict) if row.verdict else len(verdicts)
    return grade, severities.index(row.severity) if row.severity else len(severities)


def _stage(row: CaseRow) -> int:
    return _stage_order().get(row.line.stage, -1)


@cache
def _stage_order() -> dict[str, int]:
    return {stage.key: i for i, stage in enumerate(stages())}


_KEYS: Mapping[Order, Callable[[CaseRow], object] | None] = {
    Order.NUMBER: None,
    Order.DAYS: _days,
    Order.VERDICT: _verdict,
    Order.STAGE: _stage,
}
