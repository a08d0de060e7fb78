# SPDX-License-Identifier: GPL-2.0-or-later
"""The event log as rows: entries are added, never changed."""

from __future__ import annotations

import sqlite3

from ..core.model.event import Event

COLUMNS = ("case_id", "no", "kind", "actor", "office", "at_client", "body", "prev", "hash")
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM events WHERE case_id = ?"  # noqa: S608  # nosec B608 - our own names


def log_of(connection: sqlite3.Connection, case_id: str) -> tuple[Event, ...]:
    """All entries of a case, the first first."""
    return tuple(_event(row) for row in connection.execute(f"{_SELECT} ORDER BY no", (case_id,)))


def last_of(connection: sqlite3.Connection, case_id: str) -> Event | None:
    """The newest entry of a case."""
    row = connection.execute(f"{_SELECT} ORDER BY no DESC LIMIT 1", (case_id,)).fetchone()
    return _event(row) if row else None


def insert(connection: sqlite3.Connection, event: Event) -> None:
    """Add an entry."""
    plain = event.model_dump(mode="json")
    values = [plain["case"], *(plain[name] for name in COLUMNS[1:])]
    marks = ", ".join("?" * len(COLUMNS))
    connection.execute(f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({marks})", values)  # noqa: S608  # nosec B608 - our own names


def _event(row: tuple[object, ...]) -> Event:
    plain = dict(zip(COLUMNS, row, strict=True))
    plain["case"] = plain.pop("case_id")
    return Event.model_validate(plain)
