# SPDX-License-Identifier: GPL-2.0-or-later
"""Working days, deadlines with stops, and the lights."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.workflow.calendar import merged, national_calendar, read_calendar
from landreview_plugin.core.workflow.clock import Clock, Light, Stop, received_on
from landreview_plugin.core.workflow.numbers import CaseNumber, parse_case_number

CALENDAR = national_calendar()
D = dt.date


@pytest.mark.parametrize(
    ("accepted", "limit", "due"),
    [
        (D(2026, 2, 10), 20, D(2026, 3, 16)),
        (D(2026, 9, 18), 20, D(2026, 10, 22)),
        (D(2026, 4, 29), 5, D(2026, 5, 9)),  # a Saturday that is a make-up working day
        (D(2026, 12, 24), 3, D(2026, 12, 29)),
    ],
)
def test_the_dated_examples(accepted: dt.date, limit: int, due: dt.date) -> None:
    assert Clock(CALENDAR, accepted, limit).due(accepted) == due


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(year: int) -> None:
    assert CALENDAR.between(D(year - 1, 12, 31), D(year, 12, 31)) == 248


def test_a_stop_moves_the_due_date_by_its_working_days() -> None:
    start = D(2026, 3, 2)
    free = Clock(CALENDAR, start, 20)
    stopped = Clock(CALENDAR, start, 20, (Stop(D(2026, 3, 6), D(2026, 3, 16)),))
    due = free.due(start)
    assert due is not None
    lost = CALENDAR.between(D(2026, 3, 6), D(2026, 3, 16))
    assert stopped.due(D(2026, 3, 16)) == CALENDAR.add(due, lost)


def test_the_clock_stands_during_a_correction() -> None:
    clock = Clock(CALENDAR, D(2026, 3, 2), 5, (Stop(D(2026, 3, 4)),))
    assert clock.light(D(2026, 3, 3)) is Light.GREEN
    assert clock.light(D(2026, 3, 20)) is Light.GREY
    assert clock.used(D(2026, 3, 20)) == 2
    assert clock.due(D(2026, 3, 20)) is None


def test_the_lights() -> None:
    clock = Clock(CALENDAR, D(2026, 3, 2), 3)  # due on Thursday the 5th
    lights = [clock.light(D(2026, 3, day)) for day in (2, 3, 4, 5, 6)]
    assert lights == [Light.GREEN, Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (dt.datetime(2026, 3, 3, 17, 30), D(2026, 3, 3)),
        (dt.datetime(2026, 3, 3, 17, 31), D(2026, 3, 4)),
        (dt.datetime(2026, 3, 7, 9, 0), D(2026, 3, 9)),
        (dt.datetime(2026, 2, 14, 9, 0), D(2026, 2, 14)),
    ],
)
def test_late_and_free_days_count_as_the_next_working_day(moment: dt.datetime, day: dt.date) -> None:
    assert received_on(moment, CALENDAR) == day


def test_years_that_nobody_published_are_named() -> None:
    assert CALENDAR.unknown_years(D(2026, 12, 1), D(2027, 2, 1)) == (2027,)


def test_an_office_imports_a_year() -> None:
    own = read_calendar("date,kind,name_en,name_zh\n2027-01-01,holiday,New Year,元旦\n")
    both = merged(CALENDAR, own)
    assert both.unknown_years(D(2026, 1, 1), D(2027, 12, 31)) == ()
    assert not both.is_workday(D(2027, 1, 1))
    with pytest.raises(LandReviewError):
        read_calendar("date,kind\nsoon,holiday\n")


days = st.dates(D(2025, 1, 1), D(2026, 10, 1))


@given(days, st.integers(0, 40))
def test_adding_and_counting_agree(day: dt.date, count: int) -> None:
    end = CALENDAR.add(day, count)
    assert CALENDAR.between(day, end) == count
    assert count == 0 or CALENDAR.is_workday(end)


@given(days, st.integers(1, 30), st.integers(0, 20), st.integers(0, 20))
def test_used_never_falls_and_a_stop_never_costs_days(day: dt.date, limit: int, after: int, length: int) -> None:
    stop = Stop(day + dt.timedelta(days=after), day + dt.timedelta(days=after + length))
    clock, free = Clock(CALENDAR, day, limit, (stop,)), Clock(CALENDAR, day, limit)
    used = [clock.used(day + dt.timedelta(days=i)) for i in range(60)]
    assert used == sorted(used)
    assert all(u <= free.used(day + dt.timedelta(days=i)) for i, u in enumerate(used))


def test_case_numbers_read_and_write() -> None:
    number = parse_case_number("430121-DDXZ-2026-0007")
    assert number == CaseNumber(county="430121", business_type="DDXZ", year=2026, serial=7)
    assert str(number) == "430121-DDXZ-2026-0007"
    assert number.parcel(3) == "430121-DDXZ-2026-0007-03"
    for wrong in ("430121-XXXX-2026-0007", "430121-DDXZ-26-7", ""):
        with pytest.raises(LandReviewError):
            parse_case_number(wrong)
