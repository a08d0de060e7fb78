# SPDX-License-Identifier: GPL-2.0-or-later
"""What a command writes of a case. ``together`` sends it; values that several writes share have one name.

Arrays travel in binary (``%b``): as text, every element would be quoted by a regular expression.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, LiteralString

from landreview_plugin.core.model.event import Event
from landreview_plugin.sync.protocol import Receipt, Stream

from ..services.custody import Standing
from ..services.packages import Package
from ..services.people import Person
from .case_rows import PLAIN
from .together import Write, columns

_UPDATE = """
UPDATE centre.cases SET holder = %(holder)s, holder_since = %(holder_since)s, sender = %(sender)s, epoch = %(epoch)s,
    rev = %(rev)s, status = %(status)s, passes = %(passes)s, corrections = %(corrections)b,
    centre_head = %(centre_head)s, centre_count = %(centre_count)s, changed_at = %(at)s
WHERE id = %(case)s
"""
_UPSERT = """
INSERT INTO centre.cases (id, number, code, holder, holder_since, sender, epoch, rev, status, passes, corrections,
    package, head, event_count, cover, centre_head, centre_count, changed_at)
VALUES (%(case)s, %(number)s, %(code)s, %(holder)s, %(holder_since)s, %(sender)s, %(epoch)s, %(rev)s, %(status)s,
    %(passes)s, %(corrections)b, %(package)s, %(head)s, %(event_count)s, %(cover)s::jsonb, %(centre_head)s,
    %(centre_count)s, %(at)s)
ON CONFLICT (id) DO UPDATE SET (number, holder, holder_since, sender, epoch, rev, status, passes, corrections, package,
    head, event_count, cover, centre_head, centre_count, changed_at) = (excluded.number, excluded.holder,
    excluded.holder_since, excluded.sender, excluded.epoch, excluded.rev, excluded.status, excluded.passes,
    excluded.corrections, excluded.package, excluded.head, excluded.event_count, excluded.cover, excluded.centre_head,
    excluded.centre_count, excluded.changed_at)
"""
_ACCESS = "INSERT INTO centre.case_access (office, case_id) VALUES (%(holder)s, %(case)s) ON CONFLICT DO NOTHING"
_EVENTS = """
INSERT INTO centre.events (case_id, code, stream, no, kind, actor, office, at_client, body, prev, hash, at_server, rev,
    holder, epoch)
SELECT %(case)s, %(code)s, e.*, %(at)s, %(rev)s, %(holder)s, %(epoch)s
FROM unnest(%(stream)b::text[], %(no)b::int[], %(kind)b::text[], %(actor)b::text[], %(office)b::text[],
    %(at_client)b::text[], %(body)b::text[], %(prev)b::text[], %(hash)b::text[]) e
"""
_FEED = """
INSERT INTO centre.feed (case_id, code, stream, no, at_server)
SELECT %(case)s, %(code)s, e.stream, e.no, %(at)s
FROM unnest(%(stream)b::text[], %(no)b::int[]) WITH ORDINALITY e (stream, no, place) ORDER BY e.place
"""
_PACKAGE = """
INSERT INTO centre.packages (case_id, code, sha256, manifest, actor, office, at_server)
VALUES (%(case)s, %(code)s, %(package)s, %(manifest)s, %(by)s, %(by_office)s, %(at)s) ON CONFLICT DO NOTHING
"""
_PARTS = """
INSERT INTO centre.parts (case_id, code, package, n, kind, name, media_type, size, sha256)
SELECT %(case)s, %(code)s, %(package)s, p.*
FROM unnest(%(part_n)b::int[], %(part_kind)b::text[], %(part_name)b::text[], %(part_media_type)b::text[],
    %(part_size)b::bigint[], %(part_sha256)b::text[]) p
ON CONFLICT DO NOTHING
"""
_BODIES = """
INSERT INTO centre.bodies (case_id, code, sha256, body)
SELECT %(case)s, %(code)s, b.* FROM unnest(%(inline_sha256)b::text[], %(inline_body)b::bytea[]) b
ON CONFLICT DO NOTHING
"""
_PARCELS = """
INSERT INTO centre.parcels (case_id, code, epsg, n, number, facts, geom)
SELECT %(case)s, %(code)s, %(epsg)s, p.n, p.number, p.facts::jsonb, ST_GeomFromWKB(p.wkb, 4490)
FROM unnest(%(parcel_n)b::int[], %(parcel_number)b::text[], %(parcel_facts)b::text[], %(parcel_wkb)b::bytea[])
    p (n, number, facts, wkb)
"""
_RECEIPT = """
INSERT INTO centre.receipts (number, principal, command, office, case_id, code, body_sha256, answer, at_server)
VALUES (%(receipt)s, %(principal)s, %(command)s, %(by_office)s, %(case)s, %(code)s, %(command_sha256)s, %(answer)s,
    %(at)s)
"""
_CLEAR: tuple[LiteralString, ...] = (
    "DELETE FROM centre.parcels WHERE case_id = %(case)s",
    "DELETE FROM centre.findings WHERE case_id = %(case)s",
    "DELETE FROM centre.areas WHERE case_id = %(case)s",
    "DELETE FROM centre.opinions WHERE case_id = %(case)s",
)


def clearing() -> list[Write]:
    """What the package before said goes, in a statement of its own before the new rows come."""
    return [Write(query) for query in _CLEAR]


def shared(case: str, after: Standing, person: Person, at: dt.datetime) -> dict[str, Any]:
    """The values that several writes name: the case, who asked when, and where the case is after the command."""
    who = {"by": person.name, "by_office": person.office, "principal": person.id}
    return asdict(after) | who | {"corrections": list(after.corrections), "case": case, "at": at}


def standing(after: Standing, package: Package | None, last: Event) -> Iterator[Write]:
    """Where the case is now, with the head of the centre's log, and with its new package if one came."""
    if not after.code.startswith(after.holder):
        yield Write(_ACCESS)  # an office outside the case's own line keeps seeing what it held
    head = {"centre_head": last.hash, "centre_count": last.no}
    if package is None:
        yield Write(_UPDATE, head)
        return
    manifest = package.manifest
    facts = {"number": manifest.number, "package": package.sha256, "head": manifest.head}
    yield Write(_UPSERT, head | facts | {"event_count": manifest.event_count, "cover": package.cover.model_dump_json()})


def events(entries: Sequence[tuple[Stream, Event]]) -> Iterator[Write]:
    """Entries of the two logs, and their places in the feed in the same order."""
    columns: dict[str, list[Any]] = {name: [getattr(event, name) for _, event in entries] for name in PLAIN[1:]}
    columns["at_client"] = [event.model_dump(mode="json", include={"at_client"})["at_client"] for _, event in entries]
    yield Write(_EVENTS, columns | {"stream": [stream.value for stream, _ in entries]})
    yield Write(_FEED)


def package(came: Package) -> Iterator[Write]:
    """The manifest, its parts, the bodies that came with the command and the land: what counts from now on."""
    yield Write(_PACKAGE, {"manifest": came.manifest_text})
    yield Write(_PARTS, columns("part", came.manifest.parts, ("kind", "name", "media_type", "size", "sha256")))
    if came.inline:
        yield Write(_BODIES, {"inline_sha256": list(came.inline), "inline_body": list(came.inline.values())})
    facts = {"epsg": came.epsg, "parcel_facts": [json.dumps(land.facts) for land in came.lands]}
    yield Write(_PARCELS, facts | columns("parcel", came.lands, ("number", "wkb")))


def receipt(given: Receipt, command_sha256: str) -> Iterator[Write]:
    """The answer that the same command gets again."""
    facts = {"receipt": given.number, "command": given.command, "answer": given.model_dump_json()}
    yield Write(_RECEIPT, facts | {"command_sha256": command_sha256})
