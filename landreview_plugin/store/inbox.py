# SPDX-License-Identifier: GPL-2.0-or-later
"""What comes in by the feed: the centre's log of each case, who holds it, and the packages still to be fetched.

A page of the feed and the cursor behind it are one transaction: after a kill it is read again or is all here.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..core.model.base import Model
from ..core.model.case_file import CaseFile, Transfer
from ..core.model.event import Event
from ..core.workflow.offices import same_office
from . import case_rows, custody_rows, outbox
from .connection import spoken, transaction
from .custody_rows import Custody
from .entries import now
from .jobs import Reason

_EVENT = ("case_id", "no", "kind", "actor", "office", "at_client", "body", "prev", "hash")


class CentreEvent(Model):
    """One entry of the centre's log of a case."""

    event: Event
    at_server: dt.datetime


class News(Model):
    """What a page of the feed says of one case."""

    events: tuple[CentreEvent, ...]
    custody: Custody
    package: str = ""
    """The package that counts after these events; empty: none of them brought one."""


class Arrival(Model):
    """A package to be fetched."""

    case_id: str
    package: str
    reason: Reason = Reason()
    attempts: int = 0
    next_at: dt.datetime


class Inbox:
    """The incoming side of one store."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def cursor(self, server: str) -> str:
        """Where reading the feed goes on; empty: from the start."""
        with spoken(self._path):
            row = self._connection.execute("SELECT cursor FROM feeds WHERE server = ?", (server,)).fetchone()
        return row[0] if row else ""

    def centre_log(self, case_id: str) -> tuple[CentreEvent, ...]:
        """The centre's log of a case, as far as it is known here."""
        with spoken(self._path):
            rows = self._connection.execute(
                f"SELECT at_server, {', '.join(_EVENT)} FROM centre_events WHERE case_id = ? ORDER BY no",  # noqa: S608  # nosec B608 - our own names
                (case_id,),
            ).fetchall()
        return tuple(CentreEvent(at_server=row[0], event=_event(row[1:])) for row in rows)

    def last_no(self, case_id: str) -> int:
        """Number of the last known entry of the centre's log."""
        with spoken(self._path):
            return _last(self._connection, case_id)[0]

    def arrivals(self, at: dt.datetime | None = None) -> list[Arrival]:
        """Packages to be fetched; with ``at`` only those whose time has come."""
        with spoken(self._path):
            rows = self._connection.execute(
                "SELECT case_id, package, reason, attempts, next_at FROM arrivals ORDER BY attempts, rowid"
            ).fetchall()
        found = [
            Arrival(case_id=row[0], package=row[1], reason=json.loads(row[2]), attempts=row[3], next_at=row[4])
            for row in rows
        ]
        return [arrival for arrival in found if at is None or arrival.next_at <= at]

    def put_arrival(self, arrival: Arrival) -> None:
        """Keep how fetching a package stands."""
        with transaction(self._connection, self._path) as connection:
            _put_arrival(connection, arrival)

    def take(self, server: str, cursor: str, news: Iterable[News], office: str, *, anew: bool = False) -> None:
        """Enter a page of the feed and its cursor. ``anew``: the centre begins another life, and its log counts."""
        with transaction(self._connection, self._path) as connection:
            for item in news:
                _take(connection, item, office, anew)
            connection.execute(
                "INSERT OR REPLACE INTO feeds (server, cursor, read_at) VALUES (?, ?, ?)",
                (server, cursor, now().isoformat()),
            )

    def confirm(self, known: Mapping[str, int]) -> None:
        """A restored centre was read from the start: what it no longer knows is set aside, and told to it again.

        ``known``: number of the last entry of its log by case. A hand-over that it forgot was received all the same:
        its command is sent once more, under the same id.
        """
        with transaction(self._connection, self._path) as connection:
            cases = connection.execute("SELECT DISTINCT case_id FROM centre_events").fetchall()
            for (case_id,) in cases:
                _set_aside(connection, case_id, known.get(case_id, 0) + 1)
            outbox.forgotten(connection)


def arrived(connection: sqlite3.Connection, case_id: str, package: str) -> None:
    """A package was entered: it needs not be fetched any more, unless a newer one is announced."""
    connection.execute("DELETE FROM arrivals WHERE case_id = ? AND package = ?", (case_id, package))


def _take(connection: sqlite3.Connection, news: News, office: str, anew: bool) -> None:
    custody = news.custody
    before = custody_rows.get(connection, custody.case_id)
    if anew:
        _set_aside_other_life(connection, news)
    for event in news.events:
        _insert(connection, event)
    cases = case_rows.select(connection, "id = ?", (custody.case_id,))
    have = before.package if before and cases else ""
    wanted = news.package if news.package != have else ""
    if not cases and not wanted:
        wanted = custody.package or "?"
    if wanted:
        _put_arrival(connection, Arrival(case_id=custody.case_id, package=wanted, next_at=now()))
    if before is None or custody.newer_than(before):
        custody_rows.put(connection, _joined(before, custody.model_copy(update={"package": have})))
        if cases:
            _show(connection, cases[0], custody, office, pending=bool(wanted))


def _joined(before: Custody | None, custody: Custody) -> Custody:
    """A page of the feed may begin in the middle of a hold: since when, and what was decided, was said earlier."""
    if before is None or before.epoch != custody.epoch:
        return custody
    passes = before.passes if custody.passes is None else custody.passes
    return custody.model_copy(update={"since": before.since, "passes": passes})


def _show(connection: sqlite3.Connection, case: CaseFile, custody: Custody, office: str, *, pending: bool) -> None:
    """The cover follows custody; but a case becomes ours only together with what the other office made of it."""
    ours = same_office(custody.holder, office)
    if ours and pending:
        return
    transfer = case.transfer
    if custody.holder != case.holder:
        transfer = Transfer.RETURNED if ours and custody.status == "returned" else transfer
        if ours and custody.status != "returned":
            transfer = Transfer.NONE
    if ours and custody.status == "returned":
        outbox.returned(connection, case.id, custody.corrections)
    shown = case.model_copy(update={"holder": custody.holder, "transfer": transfer})
    if shown != case:
        case_rows.update(connection, shown.model_copy(update={"rev": case.rev + 1}), case.rev)


def _insert(connection: sqlite3.Connection, entry: CentreEvent) -> None:
    last, hash_of_last = _last(connection, entry.event.case)
    if entry.event.no != last + 1 or entry.event.prev != hash_of_last:
        return  # known already; gaps were filled before, and what does not follow is not of this log
    plain = entry.event.model_dump(mode="json")
    connection.execute(
        f"INSERT INTO centre_events (at_server, {', '.join(_EVENT)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # nosec B608 - our own names
        (entry.at_server.isoformat(), plain["case"], *(plain[name] for name in _EVENT[1:])),
    )


def _set_aside_other_life(connection: sqlite3.Connection, news: News) -> None:
    """Entries that a restored centre has otherwise."""
    for entry in news.events:
        row = connection.execute(
            "SELECT hash FROM centre_events WHERE case_id = ? AND no = ?", (entry.event.case, entry.event.no)
        ).fetchone()
        if row is not None and row[0] != entry.event.hash:
            _set_aside(connection, entry.event.case, entry.event.no)


def _set_aside(connection: sqlite3.Connection, case_id: str, first: int) -> None:
    """Keep entries from ``first`` on for people, out of the log's way."""
    lost = connection.execute(
        f"SELECT {', '.join(_EVENT)} FROM centre_events WHERE case_id = ? AND no >= ? ORDER BY no",  # noqa: S608  # nosec B608 - our own names
        (case_id, first),
    ).fetchall()
    if lost:
        body = json.dumps([_event(values).model_dump(mode="json") for values in lost], ensure_ascii=False)
        connection.execute(
            "INSERT INTO set_aside (case_id, at, body) VALUES (?, ?, ?)", (case_id, now().isoformat(), body)
        )
        connection.execute("DELETE FROM centre_events WHERE case_id = ? AND no >= ?", (case_id, first))


def _last(connection: sqlite3.Connection, case_id: str) -> tuple[int, str]:
    row = connection.execute(
        "SELECT no, hash FROM centre_events WHERE case_id = ? ORDER BY no DESC LIMIT 1", (case_id,)
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def _put_arrival(connection: sqlite3.Connection, arrival: Arrival) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO arrivals (case_id, package, reason, attempts, next_at) VALUES (?, ?, ?, ?, ?)",
        (
            arrival.case_id,
            arrival.package,
            arrival.reason.model_dump_json(),
            arrival.attempts,
            arrival.next_at.isoformat(),
        ),
    )


def _event(values: Sequence[object]) -> Event:
    plain = dict(zip(_EVENT, values, strict=True))
    plain["case"] = plain.pop("case_id")
    return Event.model_validate(plain)
