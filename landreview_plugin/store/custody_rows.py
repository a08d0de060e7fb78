# SPDX-License-Identifier: GPL-2.0-or-later
"""Who holds a case, since when, and which package counts: as the centre, or a stick, last said."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

from ..core.model.base import Model


class Custody(Model):
    """One office's hold on a case. ``rev`` and ``epoch`` are the centre's, 0 before it knows the case."""

    case_id: str
    holder: str
    since: dt.datetime
    epoch: int = 0
    rev: int = 0
    status: str = ""
    """The last custody command: submitted, forwarded, returned, decided, archived."""
    passes: bool | None = None
    corrections: tuple[str, ...] = ()
    package: str = ""
    """Hash of the manifest that counts."""
    head: str = ""
    event_count: int = 0

    def newer_than(self, other: Custody) -> bool:
        """Whether this one was said later: the epoch counts, then the revision; never a clock."""
        return (self.epoch, self.rev) > (other.epoch, other.rev)


COLUMNS = tuple(Custody.model_fields)
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM custody"  # noqa: S608  # nosec B608 - our own names


def put(connection: sqlite3.Connection, custody: Custody) -> None:
    """Write who holds a case."""
    plain = custody.model_dump(mode="json")
    plain["corrections"] = json.dumps(plain["corrections"], ensure_ascii=False)
    marks = ", ".join("?" * len(COLUMNS))
    connection.execute(
        f"INSERT OR REPLACE INTO custody ({', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608  # nosec B608 - our own names
        [plain[name] for name in COLUMNS],
    )


def get(connection: sqlite3.Connection, case_id: str) -> Custody | None:
    """Who holds a case; None for one that never left this office."""
    row = connection.execute(f"{_SELECT} WHERE case_id = ?", (case_id,)).fetchone()
    return _custody(row) if row else None


def every(connection: sqlite3.Connection) -> list[Custody]:
    """All that is known, in no order."""
    return [_custody(row) for row in connection.execute(_SELECT)]


def _custody(row: tuple[object, ...]) -> Custody:
    plain = dict(zip(COLUMNS, row, strict=True))
    plain["corrections"] = json.loads(str(plain["corrections"]))
    plain["passes"] = None if plain["passes"] is None else bool(plain["passes"])
    return Custody.model_validate(plain)
