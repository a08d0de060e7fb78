# SPDX-License-Identifier: GPL-2.0-or-later
"""The log of a case: whatever is touched is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.evidence.chain import appended, verify
from landreview_plugin.core.model.event import Event

AT = dt.datetime(2026, 9, 1, 16, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def log(length: int) -> tuple[Event, ...]:
    events: tuple[Event, ...] = ()
    for i in range(length):
        events = appended(
            events, case="C", kind="noted", actor="甲", office="430998", body={"text": f"第{i}步"}, at_client=AT
        )
    return events


def test_an_untouched_log_holds() -> None:
    assert verify(log(5)) is None
    assert verify(()) is None


CHANGES: list[dict[str, Any]] = [
    {"body": '{"text":"x"}'},
    {"actor": "乙"},
    {"at_client": AT + dt.timedelta(seconds=1)},
    {"kind": "forwarded"},
    {"hash": "0" * 64},
    {"prev": "0" * 64},
    {"no": 9},
    {"case": "D"},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
@given(at=st.integers(0, 4))
def test_a_touched_entry_is_named(change: dict[str, Any], at: int) -> None:
    events = list(log(5))
    events[at] = events[at].model_copy(update=change)
    found = verify(events)
    assert found is not None
    assert found.no == at + 1 or (change.keys() == {"case"} and at == 0)


@given(at=st.integers(0, 3))
def test_an_entry_left_out_or_moved_is_noticed(at: int) -> None:
    events = list(log(5))
    assert verify(events[:at] + events[at + 1 :]) is not None
    events[at], events[at + 1] = events[at + 1], events[at]
    assert verify(events) is not None


def test_one_changed_byte_of_the_body_is_noticed() -> None:
    events = list(log(3))
    body = events[1].body
    for i in range(len(body)):
        touched = body[:i] + chr(ord(body[i]) ^ 1) + body[i + 1 :]
        found = verify([events[0], events[1].model_copy(update={"body": touched}), events[2]])
        assert found is not None and found.no == 2
