# SPDX-License-Identifier: GPL-2.0-or-later
"""The province's own check: the same ``core.review`` over a stored package and the centre's layers."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from landreview_plugin.core.evidence.identity import new_id
from landreview_plugin.core.model.base import Text
from landreview_plugin.sync.protocol import Command, CommandType, PartKind
from landreview_plugin.sync.review_protocol import CentreReview, CentreReviews, ReviewOrder

from ..problems import Refusal
from ..settings import Settings
from ..storage import review_rows
from ..storage.blob_store import BlobStore
from ..storage.database import Connection, Database, Row
from .child import answered, too_long
from .commands import COLLECT_LOCK, Commands
from .layers import Layers
from .packages import MAX_TEXT_BYTES
from .people import Person
from .review_child import Done, LayerFile, Order, Refused

REVIEW_S = 300.0
AT_ONCE = 2
"""Reviews a process works on; others wait, but not for ever."""
WAIT_S = 30.0
_KINDS = [PartKind.CASE.value, PartKind.PARCELS.value, PartKind.REGISTER.value]


@dataclass(frozen=True, slots=True)
class _Job:
    """A case as it stood when it was taken, with what was asked."""

    person: Person
    case: str
    row: Row
    at: dt.date
    pack: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """Makes, keeps and shows reviews."""

    database: Database
    blobs: BlobStore
    layers: Layers
    commands: Commands
    settings: Settings
    _free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def make(self, person: Person, case: str, asked: ReviewOrder) -> CentreReview:
        """Review a case, keep the result, and say so in the centre's log.

        Raises 404 for a case out of sight, 422 with the code of what can't be reviewed, 503 while others are at it.
        """
        person.may("review")
        async with self.database.office(person.office) as connection:
            row = await review_rows.case(connection, case)
            if row is None:
                raise Refusal(404, "E-CENTRE-GONE")
            parts = await review_rows.parts(connection, case, row["package"], _KINDS)
            job = _Job(person, case, row, asked.reference_date or row["reference_date"], asked.pack)
            versions = await review_rows.layers(connection, row["code"], job.at)
        async with self._turn():
            with tempfile.TemporaryDirectory(dir=self.blobs.workplace(), prefix="review-") as name:
                folder = Path(name)
                await asyncio.to_thread(self._lay_out, folder, parts)
                files = [await self._layer(person, folder, version) for version in versions]
                done = await self._done(job, folder, tuple(files))
                kept = await self._kept(job, folder / "result.json", done, versions)
        await self._told(job, kept)
        return kept

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            await asyncio.wait_for(self._free.acquire(), WAIT_S)
        except TimeoutError:
            raise Refusal(503, "E-CENTRE-BUSY", retry_s=10) from None
        try:
            yield
        finally:
            self._free.release()

    def _lay_out(self, folder: Path, parts: list[Row]) -> None:
        """The parts as files. Raises 422 for one that is larger than a review reads."""
        for part in parts:
            if part["size"] > MAX_TEXT_BYTES:
                raise Refusal(422, "E-CENTRE-SIZE", part["kind"])
            body = part["body"] if part["body"] is not None else self.blobs.path(part["sha256"]).read_bytes()
            (folder / f"{part['kind']}.json").write_bytes(body)

    async def _layer(self, person: Person, folder: Path, version: Row) -> LayerFile:
        """A version as this person's office gets it, under a name that readers know."""
        row = await self.layers.version(person, version["layer"], version["code"], version["version"])
        source = folder / f"{row['layer']}.{row['code']}.gpkg"
        os.link(self.blobs.path(row["file_sha256"]), source)
        return LayerFile(
            key=row["layer"],
            code=row["code"],
            data_date=row["data_date"],
            unit_field=row["unit_field"],
            source=source,
        )

    async def _done(self, job: _Job, folder: Path, layers: tuple[LayerFile, ...]) -> Done:
        order = Order(
            folder=folder,
            county=job.row["code"],
            reference_date=job.at,
            profile=self.settings.profile,
            pack=job.pack,
            layers=layers,
        )
        try:
            answer = await answered("datacenter.services.review_child", order.model_dump_json().encode(), REVIEW_S)
        except TimeoutError:
            raise Refusal(422, "E-CENTRE-SIZE", too_long(REVIEW_S)) from None
        if answer is None:
            raise Refusal(422, "E-CENTRE-SIZE", Text(zh="超出内存上限", en="more memory than allowed"))
        try:
            return Done.model_validate_json(answer)
        except ValidationError:
            refused = Refused.model_validate_json(answer)
            raise Refusal(422, refused.code, refused.detail) from None

    async def _kept(self, job: _Job, path: Path, done: Done, versions: list[Row]) -> CentreReview:
        """Move the result into the store and name it; the collector is kept out meanwhile."""
        facts: dict[str, Any] = {
            "id": new_id(),
            "case": job.case,
            "code": job.row["code"],
            "package": job.row["package"],
            "reference_date": job.at,
            "pack": done.pack,
            "pack_version": done.pack_version,
            "verdict": done.verdict,
            "digest": done.digest,
            "layers": _layers(done, versions),
            "actor": job.person.name,
            "office": job.person.office,
        }
        async with self.database.office(job.person.office) as connection:
            await connection.execute("SELECT pg_advisory_xact_lock_shared(%s)", (COLLECT_LOCK,))
            facts["file_sha256"], facts["file_size"] = await asyncio.to_thread(self.blobs.adopt, path)
            facts["at_server"] = await review_rows.put(connection, facts)
        return CentreReview.model_validate(facts)

    async def _told(self, job: _Job, kept: CentreReview) -> None:
        """An annotation: it moves nothing, so the holder's next command is not refused because of it."""
        text = (
            f"中心复核 {kept.id}：{kept.verdict}，基准日{kept.reference_date}，"
            f"规则包{kept.pack} {kept.pack_version}，摘要{kept.digest}"
        )
        command = Command(
            id=new_id(),
            type=CommandType.ANNOTATE,
            expected_rev=job.row["rev"],
            expected_epoch=job.row["epoch"],
            at_client=dt.datetime.now(dt.UTC),
            text=text,
        )
        await self.commands.execute(job.person, job.case, command)

    async def of_case(self, person: Person, case: str) -> CentreReviews:
        """All of a case. Raises 404 for a case out of sight."""
        person.may("read")
        async with self.database.office(person.office) as connection:
            if await review_rows.case(connection, case) is None:
                raise Refusal(404, "E-CENTRE-GONE")
            found = await review_rows.shown(connection, case)
        return CentreReviews(reviews=tuple(CentreReview.model_validate(row) for row in found))

    async def file(self, connection: Connection, case: str, review: str) -> tuple[Path, str]:
        """Where ``result.json`` of a review lies, and its hash. Raises 404."""
        row = await review_rows.found(connection, case, review)
        if row is None or self.blobs.size(row["file_sha256"]) is None:
            raise Refusal(404, "E-CENTRE-GONE")
        return self.blobs.path(row["file_sha256"]), row["file_sha256"]


def _layers(done: Done, versions: list[Row]) -> list[dict[str, Any]]:
    """The layers that the rules asked for, with the version that each one was."""
    by_file = {f"{row['layer']}.{row['code']}.gpkg": row for row in versions}
    told = []
    for use in done.layers:
        row = by_file.get(use.source.partition("|")[0])
        date = use.data_date.isoformat() if use.data_date else None
        facts = {"jurisdiction": row["code"], "version": row["version"]} if row else {}
        told.append({"key": use.key, "state": use.state, "data_date": date, **facts})
    return told
