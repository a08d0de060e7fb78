# SPDX-License-Identifier: GPL-2.0-or-later
"""The figures of this process, or of all of them where ``PROMETHEUS_MULTIPROC_DIR`` names a folder."""

from __future__ import annotations

import os

import psycopg
from prometheus_client import CollectorRegistry, generate_latest, multiprocess
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from psycopg_pool import PoolTimeout

from ..metrics import FEED_LAG, POOL, REGISTRY
from .centre import Centre

__all__ = ["CONTENT_TYPE", "exposition"]
_AWAY = float("nan")


async def exposition(centre: Centre) -> bytes:
    """The figures as text."""
    try:
        FEED_LAG.set(await centre.feed.lag_seconds())
    except (psycopg.Error, PoolTimeout):
        FEED_LAG.set(_AWAY)
    for kind, value in centre.database.figures().items():
        POOL.labels(kind).set(value)
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
