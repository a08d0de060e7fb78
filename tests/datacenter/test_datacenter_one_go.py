# SPDX-License-Identifier: GPL-2.0-or-later
"""A transaction in a pipeline is all or nothing, however it ends, and leaves a connection that can be used again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest
from psycopg.pq import TransactionStatus

from datacenter.cluster import PrivateCluster
from datacenter.storage.database import Connection, Database, in_one_go, one

Work = Callable[[Connection], Awaitable[None]]
INSERT = "INSERT INTO pg_temp.kept VALUES (%s)"


class CallersError(Exception):
    """Something goes wrong between two statements."""


async def well(connection: Connection) -> None:
    await connection.execute(INSERT, (1,))
    await connection.execute(INSERT, (2,))


async def fails_unseen(connection: Connection) -> None:
    await connection.execute(INSERT, (1,))
    await connection.execute(INSERT, (-1,))  # nobody reads its answer


async def fails_seen(connection: Connection) -> None:
    await connection.execute(INSERT, (1,))
    await (await connection.execute(INSERT + " RETURNING 1", (-1,))).fetchone()


async def fails_in_the_commit(connection: Connection) -> None:
    await connection.execute(INSERT, (1,))
    await connection.execute(INSERT, (1,))  # one of a kind: looked at in the commit


async def breaks_off(connection: Connection) -> None:
    await connection.execute(INSERT, (1,))
    raise CallersError


async def is_cancelled(connection: Connection) -> None:
    await connection.execute(INSERT, (1,))
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().call_later(0.05, task.cancel)
    await (await connection.execute("SELECT pg_sleep(5)")).fetchone()


def kept_after(cluster: PrivateCluster, work: Work, ends: type[BaseException] | None) -> int:
    """How many rows are there after ``work`` ended like this; looked up on the same connection."""

    async def go() -> int:
        async with Database(cluster.url("landreview", "postgres"), 1) as database, database.plain() as connection:
            await connection.execute(
                "CREATE TEMP TABLE kept (n int CHECK (n > 0), UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)"
            )
            task = asyncio.create_task(_in_one_go(connection, work))
            if ends is None:
                await task
            else:
                with pytest.raises(ends):
                    await task
            assert connection.info.transaction_status is TransactionStatus.IDLE
            found = await one(connection, "SELECT count(*) AS n FROM pg_temp.kept")
            assert found is not None
            return int(found["n"])

    return asyncio.run(go())


async def _in_one_go(connection: Connection, work: Work) -> None:
    async with in_one_go(connection):
        await work(connection)


def test_what_went_well_is_kept(cluster: PrivateCluster) -> None:
    assert kept_after(cluster, well, None) == 2


@pytest.mark.parametrize(
    ("work", "ends"),
    [
        (fails_unseen, psycopg.errors.CheckViolation),
        (fails_seen, psycopg.errors.CheckViolation),
        (fails_in_the_commit, psycopg.errors.UniqueViolation),
        (breaks_off, CallersError),
        (is_cancelled, asyncio.CancelledError),
    ],
)
def test_what_ends_otherwise_leaves_nothing(cluster: PrivateCluster, work: Work, ends: type[BaseException]) -> None:
    assert kept_after(cluster, work, ends) == 0
