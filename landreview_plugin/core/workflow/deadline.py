# SPDX-License-Identifier: GPL-2.0-or-later
"""How a case stands against its deadline today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from ..model.case_file import Pause
from .calendar import Calendar
from .clock import Clock, Light, Stop


@dataclass(frozen=True, slots=True)
class Deadline:
    """Working days left (negative: overdue), the light, and the due date (None while the clock stands)."""

    left: int
    light: Light
    due: dt.date | None
    unknown_years: tuple[int, ...] = ()
    """Years on the way whose holidays the calendar does not know: the due date is a guess there."""


@lru_cache(maxsize=4096)
def deadline(
    accepted: dt.date, limit_workdays: int, pauses: tuple[Pause, ...], today: dt.date, calendar: Calendar
) -> Deadline:
    """The deadline of a case that was accepted on ``accepted`` (行政许可法 第四十二条).

    Remembered: of ten thousand cases many were accepted on the same day.
    """
    stops = tuple(Stop(stopped=pause.since, resumed=pause.until) for pause in pauses)
    clock = Clock(calendar, accepted, limit_workdays, stops)
    due = clock.due(today)
    unknown = calendar.unknown_years(accepted, max(today, due or today))
    return Deadline(clock.left(today), clock.light(today), due, unknown)
