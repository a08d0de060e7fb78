# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of a case, read in the caller's transaction; ``case_writes`` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from landreview_plugin.core.model.event import Event
from landreview_plugin.sync.protocol import Change, Command, Stream

from ..services.custody import Standing
from ..services.packages import Known
from .database import Connection, Cursor, Row, one, rows

_STATE = """
SELECT c.id::text, c.number, c.code AS jurisdiction, c.holder, c.holder_since, c.epoch, c.rev, c.status, c.passes,
       c.corrections, c.package, c.head, c.event_count, p.manifest
FROM centre.cases c LEFT JOIN centre.packages p ON p.case_id = c.id AND p.sha256 = c.package
"""
_EVENT = """e.stream, e.case_id::text AS "case", e.no, e.kind, e.actor, e.office, e.at_client, e.body, e.prev, e.hash,
       e.at_server, e.rev, e.holder, e.epoch"""
PLAIN = ("case", "no", "kind", "actor", "office", "at_client", "body", "prev", "hash")


@dataclass(frozen=True, slots=True)
class Found:
    """A case as it stands, with the heads of its two logs."""

    standing: Standing
    number: str
    package: str
    known: Known
    centre: Event | None
    """The last entry of the centre's log; its hash and number are what counts."""


async def state(connection: Connection, case: str) -> dict[str, Any] | None:
    """What ``GET /v1/cases/{id}`` answers, manifest included."""
    found = await one(connection, _STATE + " WHERE c.id = %s", (case,))
    return _with_manifest(found) if found else None


async def states(connection: Connection, cases: Sequence[str]) -> list[dict[str, Any]]:
    """The same of many cases, each once and in the order asked for; without those that are not in sight."""
    query = _STATE + " WHERE c.id = ANY (%(cases)s::uuid[]) ORDER BY array_position(%(cases)s::uuid[], c.id)"
    return [_with_manifest(row) for row in await rows(connection, query, {"cases": list(cases)})]


def _with_manifest(row: Row) -> dict[str, Any]:
    text = row.pop("manifest")
    return row | {"manifest": json.loads(text) if text else None}


_STORED = "SELECT case_id::text, body_sha256, answer FROM centre.receipts WHERE principal = %s AND command = %s"
_FIND = """
SELECT c.*, e.hash AS last_hash, e.no AS last_no
FROM centre.cases c LEFT JOIN centre.events e ON e.case_id = c.id AND e.stream = 'centre' AND e.no = c.centre_count
WHERE c.id = %s
"""
_TARGET = "SELECT 1 FROM centre.offices WHERE code = coalesce(%s, (SELECT sender FROM centre.cases WHERE id = %s))"
_AVAILABLE = """
SELECT sha256, size FROM centre.holdings WHERE sha256 = ANY (%(hashes)s)
UNION SELECT sha256, size FROM centre.parts WHERE sha256 = ANY (%(hashes)s)
UNION SELECT sha256, octet_length(body) FROM centre.bodies WHERE case_id = %(case)s AND sha256 = ANY (%(hashes)s)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Statements under way in the caller's pipeline; :meth:`answer` waits for them.

    One statement for all of it would be planned anew each time, which costs more than it saves.
    """

    case: str
    stored: Cursor
    found: Cursor
    target: Cursor
    sizes: Cursor | None

    async def answer(self) -> Begun:
        """What came back."""
        stored, found = await self.stored.fetchone(), await self.found.fetchone()
        return Begun(
            stored=(stored["case_id"], stored["body_sha256"], stored["answer"]) if stored else None,
            found=_found(found, self.case) if found else None,
            target_known=await self.target.fetchone() is not None,
            sizes={row["sha256"]: row["size"] for row in await self.sizes.fetchall()} if self.sizes else {},
        )


async def ask_begun(connection: Connection, case: str, principal: str, command: Command) -> Asked:
    """Ask for what must be known before a command is carried out."""
    parts = command.manifest.parts if command.manifest else ()
    hashes = sorted({part.sha256 for part in parts} - command.inline.keys())
    return Asked(
        case=case,
        stored=await connection.execute(_STORED, (principal, command.id)),
        found=await connection.execute(_FIND, (case,)),
        target=await connection.execute(_TARGET, (command.to, case)),
        sizes=await connection.execute(_AVAILABLE, {"hashes": hashes, "case": case}) if hashes else None,
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """What must be known before a command is carried out."""

    stored: tuple[str, str, str] | None
    """Case, hash of the command and answer, where the same key came before."""
    found: Found | None
    target_known: bool
    """Whether the office that the case is to go to exists."""
    sizes: Mapping[str, int]
    """Of the named parts that this office may use, by hash."""


def _found(row: Row, case: str) -> Found:
    standing = Standing(
        code=row["code"],
        holder=row["holder"],
        holder_since=row["holder_since"],
        sender=row["sender"],
        epoch=row["epoch"],
        rev=row["rev"],
        status=row["status"],
        passes=row["passes"],
        corrections=tuple(row["corrections"]),
    )
    return Found(standing, row["number"], row["package"], Known(row["head"], row["event_count"]), _last(row, case))


def _last(row: Row, case: str) -> Event | None:
    if row["last_no"] is None:
        return None
    return Event(
        case=case,
        no=row["last_no"],
        kind="",
        actor="",
        office="",
        at_client=row["changed_at"],
        body="",
        prev="",
        hash=row["last_hash"],
    )


async def changes_since(connection: Connection, case: str, rev: int, most: int = 100) -> tuple[Change, ...]:
    """Events of a case that belong to later revisions."""
    query = f"SELECT {_EVENT} FROM centre.events e WHERE e.case_id = %s AND e.rev > %s ORDER BY e.rev, e.stream DESC, e.no LIMIT %s"  # noqa: S608, E501 - our own names
    return tuple(change(row) for row in await rows(connection, query, (case, rev, most)))


async def history(connection: Connection, case: str, stream: Stream, after: int, most: int) -> tuple[Change, ...]:
    """Events of one stream of a case after a number, in order."""
    query = f"SELECT {_EVENT} FROM centre.events e WHERE e.case_id = %s AND e.stream = %s AND e.no > %s ORDER BY e.no LIMIT %s"  # noqa: S608, E501 - our own names
    return tuple(change(row) for row in await rows(connection, query, (case, stream.value, after, most)))


FEED = f"""
SELECT f.xid::text, f.seq, {_EVENT}
FROM (SELECT * FROM centre.feed f
      WHERE (f.xid, f.seq) > (%s::text::xid8, %s) AND f.xid < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY f.xid, f.seq LIMIT %s) f
JOIN centre.events e ON e.case_id = f.case_id AND e.stream = f.stream AND e.no = f.no
ORDER BY f.xid::text::xid8, f.seq
"""  # noqa: S608 - our own names


def change(row: Row) -> Change:
    """An event as the feed sends it."""
    event = Event.model_validate({name: row[name] for name in PLAIN})
    return Change(
        stream=row["stream"],
        event=event,
        at_server=row["at_server"],
        rev=row["rev"],
        holder=row["holder"],
        epoch=row["epoch"],
    )
