# SPDX-License-Identifier: GPL-2.0-or-later
"""Differences that custody couldn't prevent, field by field, until a person has chosen; and what was set aside."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from ..core.model.base import Model
from . import event_rows
from .connection import spoken, transaction
from .entries import now


class Choice(StrEnum):
    """What a person chose for one field."""

    NONE = ""
    HERE = "here"
    THERE = "there"


class Difference(Model):
    """One field with two values, as text; a geometry is WKT."""

    case_id: str
    field: str
    """``cover/project``, ``answers/q``, ``parcels/DK01/geometry``, ``parcels/DK01/name`` …"""
    here: str
    there: str
    found_at: dt.datetime
    choice: Choice = Choice.NONE


class Differences:
    """The differences of one store."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def open_of(self, case_id: str) -> list[Difference]:
        """Those that nobody has chosen for."""
        return [each for each in self.of_case(case_id) if each.choice is Choice.NONE]

    def cases(self) -> frozenset[str]:
        """Ids of the cases that a person must choose for."""
        with spoken(self._path):
            rows = self._connection.execute("SELECT DISTINCT case_id FROM differences WHERE choice = ''")
            return frozenset(row[0] for row in rows)

    def of_case(self, case_id: str) -> list[Difference]:
        """All of a case that are not settled, in the order that they were found."""
        with spoken(self._path):
            rows = self._connection.execute(
                "SELECT case_id, field, here, there, found_at, choice FROM differences WHERE case_id = ? ORDER BY fid",
                (case_id,),
            ).fetchall()
        return [Difference.model_validate(dict(zip(Difference.model_fields, row, strict=True))) for row in rows]

    def keep(self, case_id: str, found: Sequence[Difference]) -> list[Difference]:
        """Keep what differs; a choice stays as long as both values are what they were."""
        chosen = {(each.field, each.here, each.there): each.choice for each in self.of_case(case_id)}
        kept = [
            each.model_copy(update={"choice": chosen.get((each.field, each.here, each.there), Choice.NONE)})
            for each in found
        ]
        with transaction(self._connection, self._path) as connection:
            forget(connection, case_id)
            connection.executemany(
                "INSERT INTO differences (case_id, field, here, there, found_at, choice) VALUES (?, ?, ?, ?, ?, ?)",
                [(e.case_id, e.field, e.here, e.there, e.found_at.isoformat(), e.choice.value) for e in kept],
            )
        return kept

    def choose(self, case_id: str, choices: Mapping[str, Choice]) -> None:
        """Note a person's choices, by field. They take effect with the next round, when both versions are at hand."""
        with transaction(self._connection, self._path) as connection:
            connection.executemany(
                "UPDATE differences SET choice = ? WHERE case_id = ? AND field = ?",
                [(choice.value, case_id, field) for field, choice in choices.items()],
            )
            connection.execute("UPDATE arrivals SET next_at = ? WHERE case_id = ?", (now().isoformat(), case_id))

    def set_aside(self, case_id: str) -> list[object]:
        """What a settlement took out of the way, the oldest first."""
        with spoken(self._path):
            rows = self._connection.execute("SELECT body FROM set_aside WHERE case_id = ? ORDER BY fid", (case_id,))
            return [json.loads(row[0]) for row in rows]


def forget(connection: sqlite3.Connection, case_id: str) -> None:
    """A case's differences are settled."""
    connection.execute("DELETE FROM differences WHERE case_id = ?", (case_id,))


def give_way(connection: sqlite3.Connection, case_id: str, shared: int, versions_from: int, body: object) -> None:
    """Set this office's version of a case aside from entry ``shared`` + 1 on, whole, so that the other's can follow.

    The log stays append-only for everything else: its guard is lifted inside this transaction only.
    """
    connection.execute(
        "INSERT INTO set_aside (case_id, at, body) VALUES (?, ?, ?)",
        (case_id, now().isoformat(), json.dumps(body, ensure_ascii=False)),
    )
    guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'events_remain'").fetchone()[0]
    connection.execute("DROP TRIGGER events_remain")
    connection.execute("DELETE FROM events WHERE case_id = ? AND no > ?", (case_id, shared))
    connection.execute(guard)
    for table in ("parcels", "hand_ins"):
        connection.execute(
            f"DELETE FROM {table} WHERE case_id = ? AND version >= ?",  # noqa: S608  # nosec B608 - our own names
            (case_id, versions_from),
        )


def shared_entries(connection: sqlite3.Connection, case_id: str, hashes: Sequence[str]) -> int:
    """How many first entries of the log here are those of another log."""
    log = event_rows.log_of(connection, case_id)
    count = 0
    for event, other in zip(log, hashes, strict=False):
        if event.hash != other:
            break
        count += 1
    return count
