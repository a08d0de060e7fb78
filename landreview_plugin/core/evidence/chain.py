# SPDX-License-Identifier: GPL-2.0-or-later
"""The log of a case: append-only, each entry sealed with the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from ..model.base import Model, Text
from ..model.event import Event
from .canonical import canonical
from .hashes import text_sha256


class Break(Model):
    """The first entry that is not as it was written."""

    no: int
    reason: Text


def appended(
    log: Sequence[Event],
    *,
    case: str,
    kind: str,
    actor: str,
    office: str,
    body: Mapping[str, object],
    at_client: dt.datetime,
) -> tuple[Event, ...]:
    """The log with one more entry. ``at_client`` carries its time zone."""
    last = log[-1] if log else None
    event = appended_to(last, case=case, kind=kind, actor=actor, office=office, body=body, at_client=at_client)
    return (*log, event)


def appended_to(
    last: Event | None,
    *,
    case: str,
    kind: str,
    actor: str,
    office: str,
    body: Mapping[str, object],
    at_client: dt.datetime,
) -> Event:
    """The entry that follows ``last``, or the first one of a log."""
    draft = Event(
        case=case,
        no=last.no + 1 if last else 1,
        kind=kind,
        actor=actor,
        office=office,
        at_client=at_client,
        body=canonical(body),
        prev=last.hash if last else "",
        hash="",
    )
    return draft.model_copy(update={"hash": event_hash(draft)})


def event_hash(event: Event) -> str:
    """SHA-256 over everything but the hash itself, as canonical JSON."""
    facts = event.model_dump(mode="json", exclude={"hash"})
    return text_sha256(canonical(facts))


def verify(log: Iterable[Event]) -> Break | None:
    """The first entry that was touched, left out or moved; None when the chain holds.

    A log cut off at its end still holds: its length must be known from elsewhere (a receipt).
    """
    prev, case = "", None
    for number, event in enumerate(log, start=1):
        if event.no != number:
            return _break(number, f"编号为{event.no}", f"its number is {event.no}")
        if case is not None and event.case != case:
            return _break(number, "属于另一案卷", "it belongs to another case")
        if event.prev != prev:
            return _break(number, "与前一条不衔接", "it does not follow the entry before")
        if event_hash(event) != event.hash:
            return _break(number, "内容被改动", "its content was changed")
        prev, case = event.hash, event.case
    return None


def _break(number: int, zh: str, en: str) -> Break:
    return Break(no=number, reason=Text(zh=f"第{number}条：{zh}", en=f"entry {number}: {en}"))
