# SPDX-License-Identifier: GPL-2.0-or-later
"""Collect files that nothing needs: never a young one, never one that an open command counts on.

Commands and uploads hold the collector's lock shared, the collector takes it alone. A file is moved out of sight before
its rows go, and deleted after the commit: a kill in between leaves it to be moved back or deleted at the next run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from ..storage.database import Connection, rows
from .centre import Centre
from .commands import COLLECT_LOCK

_BATCH = 100
_AT_REST = dt.timedelta(hours=1)
"""An upload that is being hashed, which is done outside of the lock, had its last piece within this time."""
_LOCKED = "SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock(%s)"
"""With a limit: while the collector waits, commands that come after it wait, too."""


async def collect(centre: Centre) -> int:
    """Delete what is not needed; gives the number of files."""
    await recover(centre)
    before = dt.datetime.now(dt.UTC) - dt.timedelta(hours=centre.settings.orphan_hours)
    async with centre.database.plain() as connection, connection.transaction():
        await connection.execute(_LOCKED, (COLLECT_LOCK,))  # else a piece that is arriving loses its file
        count = centre.blobs.drop_uploads(min(before, dt.datetime.now(dt.UTC) - _AT_REST).timestamp())
    for hashes in _batches(centre.blobs.whole(before.timestamp())):  # left by a kill before the row was written
        count += await _drop(centre, "SELECT sha256 FROM centre.unknown(%s)", (hashes,))
    while dropped := await _drop(centre, "SELECT sha256 FROM centre.orphans(%s, %s)", (before, _BATCH)):
        count += dropped
    return count


async def recover(centre: Centre) -> None:
    """Finish what a killed collector began: back what has its rows, away what has none."""
    for hashes in _batches(centre.blobs.away()):
        async with centre.database.plain() as connection, connection.transaction():
            gone = await _locked(connection, "SELECT sha256 FROM centre.unknown(%s)", (hashes,))
            for sha256 in hashes:
                (centre.blobs.delete_away if sha256 in gone else centre.blobs.move_back)(sha256)


async def _drop(centre: Centre, query: str, values: tuple[object, ...]) -> int:
    async with centre.database.plain() as connection, connection.transaction():
        hashes = await _locked(connection, query, values)
        for sha256 in hashes:
            centre.blobs.move_away(sha256)
        await connection.execute("SELECT centre.forget(%s)", (list(hashes),))
    for sha256 in hashes:
        centre.blobs.delete_away(sha256)
    return len(hashes)


async def _locked(connection: Connection, query: str, values: tuple[object, ...]) -> set[str]:
    await connection.execute(_LOCKED, (COLLECT_LOCK,))
    return {row["sha256"] for row in await rows(connection, query, values)}


def _batches(hashes: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(hashes)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
