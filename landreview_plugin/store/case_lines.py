# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases as a list shows them: plain values, unchecked, so that ten thousand are read at once."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class CaseLine(NamedTuple):
    """The columns of ``cases`` that a list needs; texts as they are stored."""

    id: str
    number: str
    project: str
    applicant: str
    business_type: str
    stage: str
    holder: str
    accepted: str | None
    """ISO date."""
    limit_workdays: int
    pauses: str
    """JSON."""
    verdict: str | None
    worst_severity: str | None
    passed: int | None
    transfer: str
    archived: int
    rev: int


def select(connection: sqlite3.Connection, archived: bool) -> list[CaseLine]:
    """All cases that are (not) archived, by number."""
    rows = connection.execute(
        f"SELECT {', '.join(CaseLine._fields)} FROM cases WHERE archived = ? ORDER BY number",  # noqa: S608  # nosec B608 - our own names
        (archived,),
    )
    return [CaseLine._make(row) for row in rows]


def with_parcel(connection: sqlite3.Connection, number: str) -> frozenset[str]:
    """Ids of the cases whose present hand-in has a parcel of that number."""
    rows = connection.execute("SELECT case_id FROM parcels WHERE current = 1 AND number = ?", (number,))
    return frozenset(row[0] for row in rows)
