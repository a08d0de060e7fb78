# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers: an office's file becomes the next version, with a delta, its features readable as maps."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.tables import index
from landreview_plugin.sync.layer_protocol import LayerManifest, LayerUpload

from ..problems import Refusal
from ..storage import layer_rows
from ..storage.blob_store import BlobStore
from ..storage.database import Connection, Database, Row, one
from .audit import Entry, record
from .child import answered, too_long
from .files import Files
from .layer_features import batches, write_cut
from .layer_intake import Order, Refused, Taken
from .people import Person

MAX_HOPS = 10
"""After so many deltas a version is sent whole: a client that was away long takes one file, not a chain."""
INTAKE_S = 900
_DROP_AT_ONCE = 20_000
_TRY_LOCK = "SELECT pg_try_advisory_lock(hashtextextended(%s, 2)) AS mine"
_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(%s, 2))"


@dataclass(frozen=True, slots=True)
class LayerFile:
    """A file to send."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Layers:
    """The reference layers of all offices."""

    database: Database
    blobs: BlobStore
    files: Files

    async def publish(self, person: Person, layer: str, code: str, given: LayerUpload) -> LayerManifest:
        """The next version of a layer. The same file again, or one with the same rows and date: the version in force.

        Raises 403 for another office's layer, 404 for a file that was not sent, 409 while another upload of the layer
        is under way, 422 with the reason for a file that is no version.
        """
        person.may("layers")
        if layer not in index("layers", "key"):
            raise Refusal(422, "E-CENTRE-LAYER", Text(zh=f"没有图层键{layer}", en=f"there is no layer key {layer}"))
        if not code.startswith(person.office):
            raise Refusal(403, "E-CENTRE-RIGHTS", Text(zh=f"图层属于{code}", en=f"the layer belongs to {code}"))
        async with self.database.office(person.office) as connection:
            source = await self.files.find(connection, given.file_sha256)
            last = await layer_rows.newest(connection, layer, code)
            await self._refuse_unknown_office(connection, code)
        if last and (last["uploaded_sha256"], last["data_date"]) == (given.file_sha256, given.data_date):
            return layer_rows.manifest(last)
        if source.path is None:
            raise Refusal(422, "E-CENTRE-LAYER")
        async with self._alone(layer, code):
            return await self._next(person, (layer, code), given, source.path, last)

    async def _next(
        self, person: Person, of: tuple[str, str], given: LayerUpload, source: Path, last: Row | None
    ) -> LayerManifest:
        layer, code = of
        with tempfile.TemporaryDirectory(dir=self.blobs.workplace(), prefix="layer-") as folder:
            order = Order(
                source=source,
                wanted=given.source_layer,
                key=layer,
                code=code,
                previous=self.blobs.path(last["file_sha256"]) if last else None,
                target=Path(folder) / "version.gpkg",
                delta=Path(folder) / "delta",
            )
            taken = await _in_child(order)
            if last and (last["result_hash"], last["data_date"]) == (taken.result_hash, given.data_date):
                return layer_rows.manifest(last)
            row = await asyncio.to_thread(self._kept, order, taken, last)
        row |= {
            "layer": layer, "code": code, "version": last["version"] + 1 if last else 1, "data_date": given.data_date,
            "uploaded_sha256": given.file_sha256, "actor": person.name, "office": person.office,
        }  # fmt: skip
        await self._load(person, row)
        async with self.database.office(person.office) as connection:
            await layer_rows.put(connection, row)
            about = f"{layer} {code} {row['version']}"
            await record(connection, Entry(person.name, person.office, "layer", about))
        await self._tidy(person, row)
        return layer_rows.manifest(row)

    def _kept(self, order: Order, taken: Taken, last: Row | None) -> Row:
        """Move file and delta into the store; what the version's row says of them."""
        hops = last["hops"] + 1 if last and taken.base_hash else 0
        row: Row = taken.model_dump(mode="json") | {"hops": hops, "base_version": None, "base_hash": ""}
        row |= {"delta_sha256": "", "delta_size": 0}
        if last and taken.base_hash and hops <= MAX_HOPS:
            row["base_version"], row["base_hash"] = last["version"], taken.base_hash
            row["delta_sha256"], row["delta_size"] = self.blobs.adopt(order.delta)
        else:
            row["hops"] = 0
        row["file_sha256"], row["file_size"] = self.blobs.adopt(order.target)
        return row

    async def _load(self, person: Person, row: Row) -> None:
        """Put the features where nobody reads them yet. What an upload that broke off left there goes first."""
        await self._drop(person, row, keep=row["version"] - 1)
        with contextlib.closing(batches(self.blobs.path(row["file_sha256"]), row)) as portions:
            while (portion := await asyncio.to_thread(next, portions, None)) is not None:
                async with self.database.office(person.office) as connection:
                    await layer_rows.put_features(connection, row["layer"], row["code"], row["version"], portion)

    async def _tidy(self, person: Person, row: Row) -> None:
        await self._drop(person, row, keep=row["version"])

    async def _drop(self, person: Person, row: Row, keep: int) -> None:
        gone = _DROP_AT_ONCE
        while gone == _DROP_AT_ONCE:
            async with self.database.office(person.office) as connection:
                gone = await layer_rows.drop_features(connection, row["layer"], row["code"], keep, _DROP_AT_ONCE)

    @contextlib.asynccontextmanager
    async def _alone(self, layer: str, code: str) -> AsyncIterator[None]:
        """One upload of a layer at a time. The lock is a session's, not a transaction's: that would hold the feed."""
        async with self.database.plain() as connection:
            held = await one(connection, _TRY_LOCK, (f"{layer}.{code}",))
            if not held or not held["mine"]:
                raise Refusal(409, "E-CENTRE-BUSY", retry_s=10)
            try:
                yield
            finally:
                await connection.execute(_UNLOCK, (f"{layer}.{code}",))

    async def _refuse_unknown_office(self, connection: Connection, code: str) -> None:
        if await one(connection, "SELECT 1 FROM centre.offices WHERE code = %s", (code,)) is None:
            raise Refusal(422, "E-CENTRE-OFFICE", code)

    async def version(self, person: Person, layer: str, code: str, number: int | None) -> Row:
        """A version as this office gets it: its own cut where the layer belongs to an office above. Raises 404."""
        person.may("read")
        async with self.database.office(person.office) as connection:
            if number is None:
                row = await layer_rows.newest(connection, layer, code)
            else:
                row = await layer_rows.version(connection, layer, code, number)
            if row is None:
                raise Refusal(404, "E-CENTRE-GONE")
            if row["code"].startswith(person.office):
                return row
            made = await layer_rows.cut(connection, row, person.office)
        return _as_cut(row, made or await self._cut(person, row))

    async def _cut(self, person: Person, row: Row) -> Row:
        with tempfile.TemporaryDirectory(dir=self.blobs.workplace(), prefix="cut-") as folder:
            target = Path(folder) / "cut.gpkg"
            source = self.blobs.path(row["file_sha256"])
            made = await asyncio.to_thread(write_cut, source, row, person.office, target)
            made["file_sha256"], made["file_size"] = await asyncio.to_thread(self.blobs.adopt, target)
        async with self.database.office(person.office) as connection:
            await layer_rows.put_cut(connection, row, person.office, made)
        return made

    def file(self, row: Row, *, delta: bool) -> LayerFile:
        """The file of a version, or its delta. Raises 404 where it has none."""
        sha256 = row["delta_sha256"] if delta else row["file_sha256"]
        if not sha256 or self.blobs.size(sha256) is None:
            raise Refusal(404, "E-CENTRE-GONE")
        return LayerFile(self.blobs.path(sha256), sha256)


def _as_cut(row: Row, made: Row) -> Row:
    """A cut has no delta: what changed in it is not what changed in the whole."""
    names = ("feature_count", "result_hash", "file_sha256", "file_size")
    whole = {"base_version": None, "base_hash": "", "delta_sha256": "", "delta_size": 0}
    return row | {name: made[name] for name in names} | whole


async def _in_child(order: Order) -> Taken:
    try:
        answer = await answered("datacenter.services.layer_intake", order.model_dump_json().encode(), INTAKE_S)
    except TimeoutError:
        raise Refusal(422, "E-CENTRE-LAYER", too_long(INTAKE_S)) from None
    if answer is None:
        raise Refusal(422, "E-SRC-CORRUPT")
    try:
        return Taken.model_validate_json(answer)
    except ValidationError:
        refused = Refused.model_validate_json(answer)
        raise Refusal(422, refused.code, refused.detail) from None
