# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of cases without a window: deadlines, search, filters and orders over plain rows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.model.result import RuleSeverity, Verdict
from landreview_plugin.core.workflow.calendar import national_calendar
from landreview_plugin.core.workflow.clock import Light
from landreview_plugin.core.workflow.deadline import deadline
from landreview_plugin.core.workflow.stages import stages
from landreview_plugin.jobs.case_list import CaseRow, Order, Query, Whose, case_rows, lights, matching
from landreview_plugin.store.case_lines import CaseLine

TODAY = dt.date(2026, 9, 16)
OFFICE = "430998"
PAUSED = '[{"since": "2026-09-14", "until": null, "reason": "correction"}]'


def line(number: int = 1, **fields: object) -> CaseLine:
    plain = CaseLine(
        id=f"id-{number}",
        number=f"430998-CZPC-2026-{number:04}",
        project="",
        applicant="",
        business_type="CZPC",
        stage="county.technical_review",
        holder=OFFICE,
        accepted="2026-09-01",
        limit_workdays=20,
        pauses="[]",
        verdict=None,
        worst_severity=None,
        passed=None,
        transfer="",
        archived=0,
        rev=1,
    )
    return plain._replace(**fields)


def row(number: int = 1, **fields: object) -> CaseRow:
    return case_rows([line(number, **fields)], TODAY, national_calendar())[0]


@pytest.mark.parametrize(
    ("fields", "light", "left"),
    [
        ({}, Light.GREEN, 9),
        ({"limit_workdays": 12}, Light.YELLOW, 1),
        ({"limit_workdays": 10}, Light.RED, -1),
        ({"pauses": PAUSED}, Light.GREY, 11),
    ],
)
def test_a_row_knows_its_light_and_its_days(fields: dict[str, object], light: Light, left: int) -> None:
    """From 1 to 16 September 2026 eleven working days have run; the clock of the last stopped on the 14th."""
    found = row(**fields)
    assert (found.light, found.deadline.left) == (light, left)


@pytest.mark.parametrize("fields", [{"accepted": None}, {"archived": 1}])
def test_before_acceptance_and_in_the_archive_no_clock_runs(fields: dict[str, object]) -> None:
    assert row(**fields).deadline is None
    assert row(**fields).light is None


def test_a_year_that_the_calendar_does_not_know_is_said() -> None:
    found = deadline(dt.date(2031, 1, 6), 20, (), dt.date(2031, 1, 7), national_calendar())
    assert found.unknown_years == (2031,)


def test_words_are_looked_for_apart_and_in_any_case() -> None:
    rows = [row(1, project="石塘 Road"), row(2, applicant="石塘镇"), row(3, project="road")]
    assert [r.line.id for r in matching(rows, Query("ROAD 石塘"), OFFICE)] == ["id-1"]
    assert [r.line.id for r in matching(rows, Query("2026-0003"), OFFICE)] == ["id-3"]


def test_a_case_with_the_parcel_looked_for_is_found_though_its_cover_says_nothing() -> None:
    rows = [row(1), row(2)]
    assert [r.line.id for r in matching(rows, Query("DK07"), OFFICE, frozenset({"id-2"}))] == ["id-2"]


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({}, False),
        ({"holder": "430100"}, True),
        ({"holder": ""}, False),
        ({"transfer": "queued"}, True),
        ({"transfer": "received"}, False),
        ({"pauses": PAUSED}, True),
    ],
)
def test_a_case_is_mine_or_waits_for_somebody_else(fields: dict[str, object], waits: bool) -> None:
    rows = [row(**fields)]
    assert bool(matching(rows, Query(whose=Whose.WAITING), OFFICE)) is waits
    assert bool(matching(rows, Query(whose=Whose.MINE), OFFICE)) is not waits


def test_order_by_days_urgent_first_then_stopped_then_without_a_clock() -> None:
    rows = [row(1, accepted=None), row(2, pauses=PAUSED), row(3), row(4, limit_workdays=5), row(5, limit_workdays=12)]
    found = matching(rows, Query(order=Order.DAYS), OFFICE)
    assert [r.line.id for r in found] == ["id-4", "id-5", "id-3", "id-2", "id-1"]


def test_order_by_verdict_worst_first_not_checked_before_clear_unreviewed_last() -> None:
    rows = [
        row(1),
        row(2, verdict=Verdict.CLEAR.value),
        row(3, verdict=Verdict.NOT_CHECKED.value),
        row(4, verdict=Verdict.CONFLICT.value, worst_severity=RuleSeverity.INFO.value),
        row(5, verdict=Verdict.CONFLICT.value, worst_severity=RuleSeverity.PROHIBIT.value),
    ]
    found = matching(rows, Query(order=Order.VERDICT), OFFICE)
    assert [r.line.id for r in found] == ["id-5", "id-4", "id-3", "id-2", "id-1"]


def test_order_by_stage_follows_the_way() -> None:
    keys = [stage.key for stage in stages()]
    rows = [row(i, stage=key) for i, key in enumerate(reversed(keys))]
    assert [r.line.stage for r in matching(rows, Query(order=Order.STAGE), OFFICE)] == keys


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["CZPC", "DDXZ"]),
            st.sampled_from([None, *(verdict.value for verdict in Verdict)]),
            st.sampled_from([None, "2026-01-05", "2026-09-01"]),
            st.sampled_from([OFFICE, "430100"]),
        ),
        max_size=30,
    ),
    st.sampled_from(list(Order)),
)
def test_every_case_stands_in_exactly_one_part_of_each_filter(
    cases: list[tuple[str, str | None, str | None, str]], order: Order
) -> None:
    rows = [
        row(i, business_type=kind, verdict=verdict, accepted=accepted, holder=holder)
        for i, (kind, verdict, accepted, holder) in enumerate(cases)
    ]
    every = sorted(r.line.id for r in rows)

    def parts(name: str, values: list[object]) -> list[str]:
        found = [matching(rows, Query(**{name: value}, order=order), OFFICE) for value in values]
        return sorted(r.line.id for part in found for r in part)

    assert sorted(r.line.id for r in matching(rows, Query(order=order), OFFICE)) == every
    assert parts("business_type", ["CZPC", "DDXZ"]) == every
    assert parts("verdict", ["none", *(verdict.value for verdict in Verdict)]) == every
    assert parts("whose", [Whose.MINE, Whose.WAITING]) == every
    assert sum(lights(rows).values()) == sum(r.line.accepted is not None for r in rows)
