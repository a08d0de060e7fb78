# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the service can do its work, and what keeps it from it."""

from __future__ import annotations

import asyncio
import shutil

import psycopg
from psycopg_pool import PoolTimeout

from ..storage.database import one
from ..storage.upgrade import head
from .centre import Centre

_LEAST_FREE = 1 << 30
_SECONDS = 2.0


async def findings(centre: Centre) -> dict[str, str]:
    """A word for each thing that must hold; ``ok`` when it does."""
    free = shutil.disk_usage(centre.settings.blobs).free
    found = {"disk": "ok" if free > _LEAST_FREE else f"{free >> 20} MB free"}
    try:
        return found | await asyncio.wait_for(_database(centre), _SECONDS)
    except (psycopg.Error, PoolTimeout, TimeoutError):
        return found | {"database": "away"}


async def _database(centre: Centre) -> dict[str, str]:
    async with centre.database.plain() as connection:
        release = await one(connection, "SELECT * FROM centre.release")
        assert release is not None
    lag = await centre.feed.lag_seconds()
    held = lag >= centre.settings.feed_alarm_seconds
    return {
        "database": "ok",
        "release": "ok" if release["revision"] == head() else f"{release['revision']}, wanted {head()}",
        "spatial index": "ok" if release["leakproof"] else "geometry_overlaps is not marked LEAKPROOF: run migrate",
        "feed": f"held back for {lag:.0f} s by {await centre.feed.holder()}" if held else "ok",
    }
