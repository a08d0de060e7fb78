# SPDX-License-Identifier: GPL-2.0-or-later
"""Working days: weekdays without public holidays, plus make-up days (行政许可法 第八十二条)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from functools import cache

from ..model.base import Text
from ..model.problems import LandReviewError
from ..tables import Row, table

SATURDAY = 5
_KINDS = {"holiday", "makeup_workday"}
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Public holidays and make-up working days, by date."""

    holidays: frozenset[dt.date]
    makeups: frozenset[dt.date]

    @property
    def years(self) -> frozenset[int]:
        """The years that the calendar knows; in others it would be guessing."""
        return frozenset(day.year for day in self.holidays | self.makeups)

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on ``day``."""
        if day in self.makeups:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def next_workday(self, day: dt.date) -> dt.date:
        """The first working day after ``day``."""
        day += _DAY
        while not self.is_workday(day):
            day += _DAY
        return day

    def add(self, day: dt.date, count: int) -> dt.date:
        """The ``count``-th working day after ``day``, which itself is day 0."""
        for _ in range(count):
            day = self.next_workday(day)
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
        return sum(self.is_workday(start + i * _DAY) for i in range(1, (end - start).days + 1))

    def unknown_years(self, start: dt.date, end: dt.date) -> tuple[int, ...]:
        """Years from ``start`` to ``end`` whose holidays the calendar does not know: say so."""
        return tuple(year for year in range(start.year, end.year + 1) if year not in self.years)


@cache
def national_calendar() -> Calendar:
    """The calendar of ``calendar_cn.csv``."""
    return _calendar(table("calendar_cn"))


def read_calendar(text: str) -> Calendar:
    """An office's own calendar, in the columns of ``calendar_cn.csv``. Raises E-CASE-TYPE with the line."""
    return _calendar(tuple(csv.DictReader(io.StringIO(text))))


def merged(base: Calendar, more: Calendar) -> Calendar:
    """``base`` with the years of ``more`` in place of its own."""

    def kept(days: frozenset[dt.date]) -> frozenset[dt.date]:
        return frozenset(day for day in days if day.year not in more.years)

    return Calendar(kept(base.holidays) | more.holidays, kept(base.makeups) | more.makeups)


def _calendar(rows: tuple[Row, ...]) -> Calendar:
    days: dict[str, set[dt.date]] = {kind: set() for kind in _KINDS}
    for line, row in enumerate(rows, start=2):
        try:
            days[row["kind"]].add(dt.date.fromisoformat(row["date"]))
        except (KeyError, ValueError) as error:
            detail = Text(zh=f"日历第{line}行有误：{dict(row)}", en=f"calendar, line {line}: {dict(row)}")
            raise LandReviewError("E-CASE-TYPE", detail=detail) from error
    return Calendar(frozenset(days["holiday"]), frozenset(days["makeup_workday"]))
