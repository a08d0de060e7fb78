# SPDX-License-Identifier: GPL-2.0-or-later
"""Files by hash: what is lacking, pieces of uploads, and who may read. Never "there" before verified and synced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from landreview_plugin.sync.protocol import MAX_BLOB_BYTES, MAX_PIECE_BYTES, BlobsMissing, BlobState

from ..problems import Refusal
from ..storage.blob_store import BlobStore
from ..storage.database import Connection, Database, one, rows
from .commands import COLLECT_LOCK
from .people import Person

_USABLE = """
SELECT sha256 FROM centre.holdings WHERE sha256 = ANY (%(hashes)s)
UNION SELECT sha256 FROM centre.parts WHERE sha256 = ANY (%(hashes)s)
"""
_HELD = "SELECT 1 FROM centre.holdings WHERE (sha256, office) = (%s, %s)"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of bytes of a file. ``total`` is the size of the whole."""

    start: int
    total: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be read: on disk, or a small one from the database."""

    path: Path | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Files:
    """The files of all offices, kept once."""

    database: Database
    blobs: BlobStore

    async def missing(self, person: Person, hashes: Sequence[str]) -> BlobsMissing:
        """Files that this office must still send. What only others have sent counts as lacking: no office learns
        from the answer what another one has.
        """
        async with self.database.office(person.office) as connection:
            usable = {row["sha256"] for row in await rows(connection, _USABLE, {"hashes": list(hashes)})}
        lacking = [sha256 for sha256 in dict.fromkeys(hashes) if sha256 not in usable]
        return BlobsMissing(
            missing=tuple(BlobState(sha256=h, offset=self.blobs.offset(h, person.office)) for h in lacking)
        )

    async def put(self, person: Person, sha256: str, piece: Piece) -> BlobState | None:
        """Take a piece; None when the file is whole, verified and on disk. 409 tells where the next piece starts."""
        if piece.total > MAX_BLOB_BYTES or len(piece.data) > MAX_PIECE_BYTES:
            raise Refusal(413, "E-CENTRE-SIZE", f"{MAX_PIECE_BYTES} / {MAX_BLOB_BYTES}")
        if piece.start + len(piece.data) > piece.total:
            raise Refusal(422, "E-CENTRE-REQUEST", "Content-Range")
        offset = await self._append(person, sha256, piece)
        if offset is None or offset < piece.total:
            return None if offset is None else BlobState(sha256=sha256, offset=offset)
        await self._finish(person, sha256, piece.total)
        return None

    async def _append(self, person: Person, sha256: str, piece: Piece) -> int | None:
        """The new offset; None when the file is there already (the answer to its last piece was lost)."""
        async with self._locked(person, sha256) as connection:
            if await one(connection, _HELD, (sha256, person.office)):
                return None
            offset = self.blobs.offset(sha256, person.office)
            if piece.start > offset:
                raise Refusal(409, "E-CENTRE-OFFSET", offset=offset)
            if piece.start + len(piece.data) > offset or piece.total == 0:  # else a piece that is there already
                offset = await asyncio.to_thread(self.blobs.append, sha256, person.office, piece.start, piece.data)
            return offset

    async def _finish(self, person: Person, sha256: str, size: int) -> None:
        """Hash outside of a transaction: two gigabytes take longer than one may stay open. Pieces only ever make an
        upload longer, so one of the same size is the one that was hashed.
        """
        right = await asyncio.to_thread(self.blobs.verify, sha256, person.office)
        async with self._locked(person, sha256) as connection:
            if await one(connection, _HELD, (sha256, person.office)):
                return
            if (offset := self.blobs.offset(sha256, person.office)) < size:
                raise Refusal(409, "E-CENTRE-OFFSET", offset=offset)  # collected meanwhile
            if not right or offset != size:
                self.blobs.drop(sha256, person.office)
                raise Refusal(422, "E-CENTRE-DIGEST", offset=0)
            await asyncio.to_thread(self.blobs.promote, sha256, person.office)
            await connection.execute(
                "INSERT INTO centre.holdings (sha256, office, size) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                (sha256, person.office, size),
            )

    @asynccontextmanager
    async def _locked(self, person: Person, sha256: str) -> AsyncIterator[Connection]:
        """A transaction in which nobody else touches this upload and no file is collected."""
        async with self.database.office(person.office) as connection:
            await connection.execute(
                "SELECT pg_advisory_xact_lock_shared(%s), pg_advisory_xact_lock(hashtextextended(%s, 1))",
                (COLLECT_LOCK, f"{sha256}.{person.office}"),
            )
            yield connection

    async def find(self, connection: Connection, sha256: str) -> Found:
        """A file that belongs to a case in sight, or that an office in sight has sent. Raises 404."""
        body = await one(connection, "SELECT body FROM centre.bodies WHERE sha256 = %s LIMIT 1", (sha256,))
        if body:
            return Found(None, body["body"])
        if not await rows(connection, _USABLE, {"hashes": [sha256]}) or self.blobs.size(sha256) is None:
            raise Refusal(404, "E-CENTRE-GONE")
        return Found(self.blobs.path(sha256), b"")
