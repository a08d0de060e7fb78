# SPDX-License-Identifier: GPL-2.0-or-later
"""One command, one transaction: lock, jurisdiction, idempotency, custody, package, log. All of it or nothing.

The advisory lock comes before any write: with the idempotency row first, a quarter of the events came out of order
per case in the feed (PROTOCOL; held by ``tests/datacenter``).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from dataclasses import dataclass, replace

import psycopg

from landreview_plugin.core.evidence.chain import appended_to
from landreview_plugin.core.evidence.hashes import text_sha256
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.event import Event
from landreview_plugin.core.texts import meaning
from landreview_plugin.sync.protocol import Command, Manifest, PartKind, Receipt, Stream

from ..problems import Refusal
from ..settings import Settings
from ..storage import case_rows, case_writes, judgement_rows
from ..storage.blob_store import BlobStore
from ..storage.case_rows import Begun, Found
from ..storage.database import Connection, Database, in_one_go, rows
from ..storage.together import together
from . import quarantine
from .custody import Standing, moved, new_standing
from .packages import Known, Package, inline_flaws, opened
from .people import Person

COLLECT_LOCK = 4309002
"""Shared by commands, exclusive for the collector of orphans: no file goes while a command counts on it."""
_CLOCK = dt.timedelta(minutes=5)
_CHINA = dt.timezone(dt.timedelta(hours=8))
_BIG = 256 * 1024
"""Packages above this are read in a thread, so that others are answered meanwhile."""
_START = """
SELECT pg_advisory_xact_lock(hashtextextended(%s, 0)), pg_advisory_xact_lock_shared(%s),
       set_config('app.jurisdiction', %s, true), clock_timestamp() AS at, nextval('centre.receipt_number') AS receipt
"""
_BODIES = "SELECT sha256, body FROM centre.bodies WHERE case_id = %s AND sha256 = ANY (%s)"


@dataclass(frozen=True, slots=True)
class _Start:
    """What the first round trip brings."""

    at: dt.datetime
    receipt: int
    begun: Begun

    @property
    def found(self) -> Found | None:
        """The case, where it is known."""
        return self.begun.found


@dataclass(frozen=True, slots=True)
class _Job:
    """Who asks what of which case."""

    person: Person
    case: str
    command: Command
    sha256: str
    """Of the command: the same key with another body is another command."""


@dataclass(frozen=True, slots=True)
class Commands:
    """Carries commands out."""

    database: Database
    blobs: BlobStore
    settings: Settings

    async def execute(self, person: Person, case: str, command: Command) -> Receipt:
        """The receipt; the same one when the command was carried out before. Raises :class:`Refusal`."""
        person.may(command.type.value)
        if command.at_client.tzinfo is None:
            raise Refusal(422, "E-CENTRE-REQUEST", "at_client")
        job = _Job(person, case, command, text_sha256(command.model_dump_json()))
        async with self.database.plain() as connection:
            try:
                async with in_one_go(connection):  # a receipt leaves here only for what is durable
                    return await self._in_transaction(connection, job)
            except quarantine.Suspect as suspect:
                async with connection.transaction():
                    refusal = await quarantine.put(connection, person, command, suspect)
                raise refusal from None
            except psycopg.errors.UniqueViolation as error:
                if "receipts" in str(error.diag.table_name):
                    raise Refusal(422, "E-CENTRE-KEY") from error  # used at the same moment for another case
                raise Refusal(404, "E-CENTRE-GONE") from error
            except psycopg.errors.InsufficientPrivilege as error:
                raise Refusal(404, "E-CENTRE-GONE") from error  # the id belongs to a case that isn't shown here

    async def _in_transaction(self, connection: Connection, job: _Job) -> Receipt:
        start = await _begin(connection, job)
        if start.begun.stored:
            *asked, answer = start.begun.stored
            if asked != [job.case, job.sha256]:
                raise Refusal(422, "E-CENTRE-KEY")
            return Receipt.model_validate_json(answer)
        before = start.found.standing if start.found else new_standing(job.command, job.person, start.at)
        try:
            after = moved(before, job.command, job.person, start.at)
        except Refusal as refusal:
            if refusal.status == 412:
                refusal.facts["changes"] = await case_rows.changes_since(connection, job.case, job.command.expected_rev)
            raise
        if after.holder != before.holder and not start.begun.target_known:
            raise Refusal(422, "E-CENTRE-OFFICE", after.holder)
        package = await self._package(connection, job, start)
        number = f"{self.settings.centre}-{start.at.astimezone(_CHINA):%Y%m%d}-{start.receipt:06d}"
        return await _write(connection, job, start, after, package, number)

    async def _package(self, connection: Connection, job: _Job, start: _Start) -> Package | None:
        """Everything that came, verified; None without a manifest. Raises Suspect for what doesn't verify."""
        manifest, inline = job.command.manifest, job.command.inline
        if manifest is None:
            if inline or start.found is None:
                raise Refusal(422, "E-CENTRE-REQUEST", "manifest")
            return None
        flaws = (*inline_flaws(manifest, inline), *_size_flaws(manifest, inline, start))
        missing = sorted({part.sha256 for part in manifest.parts} - inline.keys() - start.begun.sizes.keys())
        if missing and not flaws:
            raise Refusal(422, "E-CENTRE-MISSING", missing=tuple(missing))
        if flaws:
            raise quarantine.Suspect(flaws)
        hashes = [part.sha256 for part in manifest.parts if part.sha256 not in inline]
        stored = await rows(connection, _BODIES, (job.case, hashes)) if hashes else []
        bodies = {sha256: text.encode() for sha256, text in inline.items()}
        at_hand = {row["sha256"]: row["body"] for row in stored} | bodies

        def body(sha256: str) -> bytes:
            return at_hand[sha256] if sha256 in at_hand else self.blobs.path(sha256).read_bytes()

        known = start.found.known if start.found else Known()
        arguments = (manifest, job.case, body, known)
        texts = sum(part.size for part in manifest.parts if part.kind is not PartKind.ATTACHMENT)
        package = await asyncio.to_thread(opened, *arguments) if texts > _BIG else opened(*arguments)
        if not isinstance(package, Package):
            raise quarantine.Suspect(package)
        return replace(package, inline=bodies)


async def _begin(connection: Connection, job: _Job) -> _Start:
    """Lock, then everything that must be known, in the caller's pipeline: the second statement sees what is locked."""
    started = await connection.execute(_START, (job.case, COLLECT_LOCK, job.person.office))
    asked = await case_rows.ask_begun(connection, job.case, job.person.id, job.command)
    start = await started.fetchone()
    assert start is not None
    return _Start(start["at"], start["receipt"], await asked.answer())


async def _write(
    connection: Connection, job: _Job, start: _Start, after: Standing, package: Package | None, number: str
) -> Receipt:
    """Everything that a command changes, in the caller's pipeline."""
    entry = _entry(job, start, after, package, number)
    receipt = _receipt(job, start, after, package, entry)
    entries = [(Stream.CENTRE, entry)]
    writes = [*case_writes.standing(after, package, entry), *case_writes.receipt(receipt, job.sha256)]
    if package:
        known = start.found.known.event_count if start.found else 0
        entries = [(Stream.OFFICE, event) for event in package.events[known:]] + entries
        writes += [*case_writes.package(package), *judgement_rows.writes(package)]
    if package and start.found:
        await together(connection, case_writes.clearing(), case=job.case)
    shared = case_writes.shared(job.case, after, job.person, start.at)
    await together(connection, [*writes, *case_writes.events(entries)], **shared)
    return receipt


def _size_flaws(manifest: Manifest, inline: dict[str, str], start: _Start) -> list[Text]:
    """Parts that are not as large as the list says, and a case that changes its county."""
    flaws = [
        Text(zh=f"{part.name}的大小不符", en=f"{part.name} has another size")
        for part in manifest.parts
        if part.sha256 not in inline and start.begun.sizes.get(part.sha256, part.size) != part.size
    ]
    if start.found and manifest.jurisdiction != (code := start.found.standing.code):
        flaws.append(Text(zh=f"案卷属于{code}", en=f"the case belongs to {code}"))
    return flaws


def _entry(job: _Job, start: _Start, after: Standing, package: Package | None, number: str) -> Event:
    """The entry of the centre's own log that a command makes."""
    command = job.command
    body = {
        "command": command.id,
        "receipt": number,
        "to": after.holder,
        "rev": after.rev,
        "epoch": after.epoch,
        "package": package.sha256 if package else "",
        "text": command.text,
        "corrections": list(command.corrections),
        "passes": command.passes,
    }
    return appended_to(
        start.found.centre if start.found else None,
        case=job.case,
        kind=command.type.value,
        actor=job.person.name,
        office=job.person.office,
        body=body,
        at_client=command.at_client,
    )


def _receipt(job: _Job, start: _Start, after: Standing, package: Package | None, entry: Event) -> Receipt:
    known = start.found.known if start.found else Known()
    return Receipt(
        number=json.loads(entry.body)["receipt"],
        command=job.command.id,
        case=job.case,
        type=job.command.type,
        rev=after.rev,
        epoch=after.epoch,
        holder=after.holder,
        package=package.sha256 if package else (start.found.package if start.found else ""),
        head=package.manifest.head if package else known.head,
        event_count=package.manifest.event_count if package else known.event_count,
        centre_no=entry.no,
        at_server=start.at,
        warnings=(meaning("W-CENTRE-CLOCK"),) if abs(start.at - job.command.at_client) > _CLOCK else (),
    )
