# SPDX-License-Identifier: GPL-2.0-or-later
"""Case files as rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from ..core.model.case_file import CaseFile

COLUMNS = tuple(CaseFile.model_fields)
_JSON = ("pauses", "answers")
_BOOL = ("archived", "passed")
_NULLABLE = ("accepted", "verdict", "worst_severity", "passed")


def row_of(case: CaseFile) -> tuple[object, ...]:
    """The values of a case in the order of ``COLUMNS``."""
    plain = case.model_dump(mode="json")
    return tuple(json.dumps(plain[name], ensure_ascii=False) if name in _JSON else plain[name] for name in COLUMNS)


def case_of(row: Sequence[object]) -> CaseFile:
    """The case of a row, checked."""
    plain: dict[str, object] = dict(zip(COLUMNS, row, strict=True))
    for name in _JSON:
        plain[name] = json.loads(str(plain[name]))
    for name in _BOOL:
        plain[name] = None if plain[name] is None else bool(plain[name])
    return CaseFile.model_validate(plain)


def insert(connection: sqlite3.Connection, case: CaseFile) -> None:
    """Add a case."""
    marks = ", ".join("?" * len(COLUMNS))
    connection.execute(f"INSERT INTO cases ({', '.join(COLUMNS)}) VALUES ({marks})", row_of(case))  # noqa: S608  # nosec B608 - our own names


def update(connection: sqlite3.Connection, case: CaseFile, rev: int) -> bool:
    """Write ``case`` over its row if that still has revision ``rev``; False: somebody was faster."""
    changed = ", ".join(f"{name} = ?" for name in COLUMNS)
    cursor = connection.execute(
        f"UPDATE cases SET {changed} WHERE id = ? AND rev = ?",  # noqa: S608  # nosec B608 - our own names
        (*row_of(case), case.id, rev),
    )
    return cursor.rowcount == 1


def select(connection: sqlite3.Connection, where: str = "", arguments: Sequence[object] = ()) -> list[CaseFile]:
    """The cases of a condition (our own text; values go as arguments), by number."""
    condition = f"WHERE {where}" if where else ""
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM cases {condition} ORDER BY number",  # noqa: S608  # nosec B608 - our own names
        tuple(arguments),
    )
    return [case_of(row) for row in rows]


def find(connection: sqlite3.Connection, text: str, limit: int) -> list[CaseFile]:
    """Cases whose number, project or applicant contains ``text``, or with a parcel of that number; open ones first."""
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM cases"  # noqa: S608  # nosec B608 - our own names
        " WHERE number LIKE ?1 ESCAPE '\\' OR project LIKE ?1 ESCAPE '\\' OR applicant LIKE ?1 ESCAPE '\\'"
        " OR id IN (SELECT case_id FROM parcels WHERE current = 1 AND number = ?2)"
        " ORDER BY archived, number LIMIT ?3",
        (containing(text), text, limit),
    )
    return [case_of(row) for row in rows]


def newest_open(connection: sqlite3.Connection, limit: int) -> list[CaseFile]:
    """The open cases that came last, the newest first."""
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM cases WHERE archived = 0 ORDER BY fid DESC LIMIT ?",  # noqa: S608  # nosec B608 - our own names
        (limit,),
    )
    return [case_of(row) for row in rows]


def count_open(connection: sqlite3.Connection) -> int:
    """How many cases are not archived."""
    return int(connection.execute("SELECT count(*) FROM cases WHERE archived = 0").fetchone()[0])


def containing(text: str) -> str:
    """A LIKE pattern (escaped by a backslash) for what contains ``text`` as it stands."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
