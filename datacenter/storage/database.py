# SPDX-License-Identifier: GPL-2.0-or-later
"""Connections and transactions. The jurisdiction is set for one transaction and never for a session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import AsyncConnection, AsyncCursor
from psycopg.conninfo import make_conninfo
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

Connection = AsyncConnection[DictRow]
Cursor = AsyncCursor[DictRow]
Row = dict[str, Any]
Params = Sequence[object] | Mapping[str, object]

_OPTIONS = "-c search_path=centre,public -c idle_in_transaction_session_timeout=10s -c statement_timeout=60s"

_RECONNECT_S = 5.0
"""The pool waits twice as long after each try in vain, up to this; who asks next begins anew. By its own default a
database that was away for five minutes would be away for up to five more."""


class Database:
    """A pool of connections as the service's role."""

    def __init__(self, url: str, size: int) -> None:
        self._pool = AsyncConnectionPool(
            make_conninfo(url, options=_OPTIONS, application_name="landreview"),
            connection_class=AsyncConnection[DictRow],
            kwargs={"autocommit": True, "row_factory": dict_row},
            min_size=min(2, size),
            max_size=size,
            max_waiting=1000,
            timeout=10,
            reconnect_timeout=_RECONNECT_S,
            open=False,
        )
        self._checking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Database:
        # connects in the background: the service starts while the database is away, and says so in /ready
        await self._pool.__aenter__()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._pool.close(timeout=5)

    @asynccontextmanager
    async def plain(self) -> AsyncIterator[Connection]:
        """A connection without a jurisdiction: sees no row of any office, calls the keeper's functions."""
        async with self._taken() as connection:
            yield connection

    @asynccontextmanager
    async def office(self, code: str) -> AsyncIterator[Connection]:
        """A transaction that sees what ``code`` may see."""
        async with self._taken() as connection, in_one_go(connection):
            await connection.execute("SELECT set_config('app.jurisdiction', %s, true)", (code,))
            yield connection

    @asynccontextmanager
    async def _taken(self) -> AsyncIterator[Connection]:
        """A connection of the pool. One that broke tells of a database that went away: the others are looked at then,
        or each of them would fail a request of its own.
        """
        async with self._pool.connection() as connection:
            try:
                yield connection
            except psycopg.OperationalError:
                if connection.broken and (self._checking is None or self._checking.done()):
                    self._checking = asyncio.create_task(self._pool.check())
                raise

    def figures(self) -> dict[str, int]:
        """Figures of the pool for the metrics."""
        return dict(self._pool.get_stats())


@asynccontextmanager
async def in_one_go(connection: Connection) -> AsyncIterator[None]:
    """A transaction in a pipeline: BEGIN travels with the first statements, COMMIT with the last ones.

    It ends when the commit is answered. (``connection.transaction()`` in a pipeline waits for its BEGIN.)
    """
    try:
        async with connection.pipeline():
            await connection.execute("BEGIN")
            yield
            await connection.execute("COMMIT")
    except BaseException:
        await connection.rollback()
        raise


async def rows(connection: Connection, query: LiteralString, values: Params = ()) -> list[Row]:
    """All rows of a query."""
    return await (await connection.execute(query, values)).fetchall()


async def one(connection: Connection, query: LiteralString, values: Params = ()) -> Row | None:
    """The first row, or None."""
    return await (await connection.execute(query, values)).fetchone()
