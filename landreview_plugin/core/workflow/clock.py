# SPDX-License-Identifier: GPL-2.0-or-later
"""The clock of a case: working days used, days left, and the light."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .calendar import Calendar

CLOSING_TIME = dt.time(17, 30)
"""What arrives later counts as received on the next working day (office setting)."""
YELLOW_DAYS = 1


class Light(StrEnum):
    """How urgent a case is."""

    GREEN = "green"
    YELLOW = "yellow"
    """One working day left (1日预警)."""
    RED = "red"
    """The due date has passed."""
    GREY = "grey"
    """The clock stands: correction, hearing, expert review, fee."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the clock stands; ``resumed`` is the day of the complete correction, day 0 again."""

    stopped: dt.date
    resumed: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Accepted on ``accepted`` (day 0), due after ``limit_workdays``, stopped at times."""

    calendar: Calendar
    accepted: dt.date
    limit_workdays: int
    stops: tuple[Stop, ...] = ()

    def used(self, today: dt.date) -> int:
        """Working days that have run until the end of ``today``."""
        return sum(self.calendar.between(start, min(end, today)) for start, end in self._runs(today))

    def stands(self, today: dt.date) -> bool:
        """Whether the clock stands at the end of ``today``."""
        return any(s.stopped <= today and (s.resumed is None or today < s.resumed) for s in self.stops)

    def left(self, today: dt.date) -> int:
        """Working days left; negative once the due date has passed."""
        return self.limit_workdays - self.used(today)

    def due(self, today: dt.date) -> dt.date | None:
        """The due date as things stand today; None while the clock stands."""
        if self.stands(today):
            return None
        start = max((s.resumed for s in self.stops if s.resumed and s.resumed <= today), default=self.accepted)
        return self.calendar.add(start, max(self.limit_workdays - self.used(start), 0))

    def light(self, today: dt.date) -> Light:
        """The light at the end of ``today``."""
        if self.stands(today):
            return Light.GREY
        left = self.left(today)
        if left < 0:
            return Light.RED
        return Light.YELLOW if left <= YELLOW_DAYS else Light.GREEN

    def _runs(self, today: dt.date) -> Sequence[tuple[dt.date, dt.date]]:
        """The times in which the clock ran, as (day 0, last day)."""
        runs, start = [], self.accepted
        for stop in sorted(self.stops, key=lambda each: each.stopped):
            runs.append((start, stop.stopped))
            if stop.resumed is None:
                return runs
            start = stop.resumed
        return [*runs, (start, today)]


def received_on(moment: dt.datetime, calendar: Calendar, closing: dt.time = CLOSING_TIME) -> dt.date:
    """The day that counts as the day of receipt: the next working day after closing time or on a free day."""
    day = moment.date()
    return day if calendar.is_workday(day) and moment.time() <= closing else calendar.next_workday(day)
