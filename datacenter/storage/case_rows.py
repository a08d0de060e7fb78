# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of a case, read and written in the caller's transaction.

Arrays travel in binary (``%b``): as text, every element would be quoted by a regular expression.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from landreview_plugin.core.model.event import Event
from landreview_plugin.sync.protocol import Change, Receipt, Stream

from ..services.custody import Standing
from ..services.packages import Known, Package
from .database import Connection, Row, one, rows

_STATE = """
SELECT c.id::text, c.number, c.code AS jurisdiction, c.holder, c.holder_since, c.epoch, c.rev, c.status, c.passes,
       c.corrections, c.package, c.head, c.event_count, p.manifest
FROM centre.cases c LEFT JOIN centre.packages p ON p.case_id = c.id AND p.sha256 = c.package
"""
_EVENT = """e.stream, e.case_id::text AS "case", e.no, e.kind, e.actor, e.office, e.at_client, e.body, e.prev, e.hash,
       e.at_server, e.rev, e.holder, e.epoch"""
_PLAIN = ("case", "no", "kind", "actor", "office", "at_client", "body", "prev", "hash")


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


FIND = """
SELECT c.*, e.hash AS last_hash, e.no AS last_no
FROM centre.cases c LEFT JOIN centre.events e ON e.case_id = c.id AND e.stream = 'centre' AND e.no = c.centre_count
WHERE c.id = %s
"""


def found(row: Row | None, case: str) -> Found | None:
    """A row of :data:`FIND`."""
    if row is None:
        return None
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


_UPDATE = """
UPDATE centre.cases SET holder = %(holder)s, holder_since = %(holder_since)s, sender = %(sender)s, epoch = %(epoch)s,
    rev = %(rev)s, status = %(status)s, passes = %(passes)s, corrections = %(corrections)s,
    centre_head = %(centre_head)s, centre_count = %(centre_count)s, changed_at = %(at)s
WHERE id = %(id)s
"""
_UPSERT = """
INSERT INTO centre.cases (id, number, code, holder, holder_since, sender, epoch, rev, status, passes, corrections,
    package, head, event_count, cover, centre_head, centre_count, changed_at)
VALUES (%(id)s, %(number)s, %(code)s, %(holder)s, %(holder_since)s, %(sender)s, %(epoch)s, %(rev)s, %(status)s,
    %(passes)s, %(corrections)s, %(package)s, %(head)s, %(event_count)s, %(cover)s::jsonb, %(centre_head)s,
    %(centre_count)s, %(at)s)
ON CONFLICT (id) DO UPDATE SET (number, holder, holder_since, sender, epoch, rev, status, passes, corrections, package,
    head, event_count, cover, centre_head, centre_count, changed_at) = (excluded.number, excluded.holder,
    excluded.holder_since, excluded.sender, excluded.epoch, excluded.rev, excluded.status, excluded.passes,
    excluded.corrections, excluded.package, excluded.head, excluded.event_count, excluded.cover, excluded.centre_head,
    excluded.centre_count, excluded.changed_at)
"""

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
    event = Event.model_validate({name: row[name] for name in _PLAIN})
    return Change(
        stream=row["stream"],
        event=event,
        at_server=row["at_server"],
        rev=row["rev"],
        holder=row["holder"],
        epoch=row["epoch"],
    )


async def put_case(
    connection: Connection, case: str, after: Standing, package: Package | None, last: Event, at: dt.datetime
) -> None:
    """Where the case is now, with the head of the centre's log, and with its new package if one came."""
    facts: dict[str, Any] = asdict(after) | {"id": case, "at": at, "centre_head": last.hash, "centre_count": last.no}
    facts["corrections"] = list(after.corrections)
    if package is None:
        await connection.execute(_UPDATE, facts)
        return
    manifest = package.manifest
    facts |= {"number": manifest.number, "package": package.sha256, "head": manifest.head}
    facts |= {"event_count": manifest.event_count, "cover": package.cover.model_dump_json()}
    await connection.execute(_UPSERT, facts)


async def put_access(connection: Connection, case: str, after: Standing) -> None:
    """An office outside the case's own line keeps seeing what it held."""
    if not after.code.startswith(after.holder):
        await connection.execute(
            "INSERT INTO centre.case_access (office, case_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (after.holder, case),
        )


async def put_events(
    connection: Connection, entries: Sequence[tuple[Stream, Event]], after: Standing, at: dt.datetime
) -> None:
    """Entries of the two logs, and their places in the feed in the same order."""
    plain = [event.model_dump(mode="json") for _, event in entries]
    columns = [[row[name] for row in plain] for name in _PLAIN[1:]]
    case, streams = plain[0]["case"], [stream.value for stream, _ in entries]
    await connection.execute(
        """
        INSERT INTO centre.events (case_id, code, stream, no, kind, actor, office, at_client, body, prev, hash,
            at_server, rev, holder, epoch)
        SELECT %s, %s, e.*, %s, %s, %s, %s
        FROM unnest(%b::text[], %b::int[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[],
            %b::text[]) e
        """,
        (case, after.code, at, after.rev, after.holder, after.epoch, streams, *columns),
    )
    await connection.execute(
        "INSERT INTO centre.feed (case_id, code, stream, no, at_server)"
        " SELECT %s, %s, e.stream, e.no, %s"
        " FROM unnest(%b::text[], %b::int[]) WITH ORDINALITY e (stream, no, place) ORDER BY e.place",
        (case, after.code, at, streams, columns[0]),
    )


async def put_package(
    connection: Connection, package: Package, after: Standing, who: tuple[str, str, dt.datetime]
) -> None:
    """The manifest, its parts and the bodies that came with the command."""
    case, parts = package.manifest.case, package.manifest.parts
    await connection.execute(
        "INSERT INTO centre.packages (case_id, code, sha256, manifest, actor, office, at_server)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (case, after.code, package.sha256, package.manifest_text, *who),
    )
    columns = [[getattr(part, name) for part in parts] for name in ("kind", "name", "media_type", "size", "sha256")]
    await connection.execute(
        """
        INSERT INTO centre.parts (case_id, code, package, n, kind, name, media_type, size, sha256)
        SELECT %s, %s, %s, p.* FROM unnest(%b::int[], %b::text[], %b::text[], %b::text[], %b::bigint[], %b::text[]) p
        ON CONFLICT DO NOTHING
        """,
        (case, after.code, package.sha256, list(range(len(parts))), *columns),
    )
    if package.inline:
        await connection.execute(
            "INSERT INTO centre.bodies (case_id, code, sha256, body)"
            " SELECT %s, %s, b.* FROM unnest(%b::text[], %b::bytea[]) b ON CONFLICT DO NOTHING",
            (case, after.code, list(package.inline), list(package.inline.values())),
        )


async def put_parcels(connection: Connection, package: Package, after: Standing, *, replaces: bool) -> None:
    """The land of the package that counts from now on."""
    case, lands = package.manifest.case, package.lands
    if replaces:
        await connection.execute("DELETE FROM centre.parcels WHERE case_id = %s", (case,))
    await connection.execute(
        """
        INSERT INTO centre.parcels (case_id, code, epsg, n, number, facts, geom)
        SELECT %s, %s, %s, p.n, p.number, p.facts::jsonb, ST_GeomFromWKB(p.wkb, 4490)
        FROM unnest(%b::int[], %b::text[], %b::text[], %b::bytea[]) p (n, number, facts, wkb)
        """,
        (
            case,
            after.code,
            package.epsg,
            list(range(len(lands))),
            [land.number for land in lands],
            [json.dumps(land.facts) for land in lands],
            [land.wkb for land in lands],
        ),
    )


async def put_receipt(connection: Connection, receipt: Receipt, who: tuple[str, str, str, str]) -> None:
    """The answer that the same command gets again. ``who``: person, office, the case's county, the command's hash."""
    principal, office, code, body_sha256 = who
    await connection.execute(
        "INSERT INTO centre.receipts (number, principal, command, office, case_id, code, body_sha256, answer,"
        " at_server) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            receipt.number,
            principal,
            receipt.command,
            office,
            receipt.case,
            code,
            body_sha256,
            receipt.model_dump_json(),
            receipt.at_server,
        ),
    )
