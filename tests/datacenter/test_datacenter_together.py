# SPDX-License-Identifier: GPL-2.0-or-later
"""Several writes as one statement: all or nothing, and a name means one value."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

import psycopg
import pytest

from datacenter.cluster import PrivateCluster
from datacenter.storage.database import Database
from datacenter.storage.together import Write, columns, together

OFFICE = "INSERT INTO pg_temp.offices VALUES (%(office)s)"
CASES = "INSERT INTO pg_temp.cases SELECT %(office)s, c.* FROM unnest(%(case_n)b::int[], %(case_name)b::text[]) c"
COUNTED = "INSERT INTO pg_temp.counted SELECT count(*) FROM pg_temp.cases"


class Case:
    def __init__(self, name: str) -> None:
        self.name = name


def written(cluster: PrivateCluster, writes: Sequence[Write]) -> dict[str, list[tuple[object, ...]]]:
    """The tables after the writes of office 43; without any row when they failed."""

    async def go() -> dict[str, list[tuple[object, ...]]]:
        async with Database(cluster.url("landreview", "postgres"), 1) as database, database.plain() as connection:
            await connection.execute("CREATE TEMP TABLE offices (code text)")
            await connection.execute("CREATE TEMP TABLE cases (office text, n int, name text CHECK (name <> ''))")
            await connection.execute("CREATE TEMP TABLE counted (count int)")
            with contextlib.suppress(psycopg.errors.CheckViolation):
                await together(connection, writes, office="43")
            found = {}
            for table in ("offices", "cases", "counted"):
                rows = await (await connection.execute(f"SELECT * FROM pg_temp.{table}")).fetchall()  # noqa: S608
                found[table] = [tuple(row.values()) for row in rows]
            return found

    return asyncio.run(go())


def cases(*names: str) -> Write:
    return Write(CASES, columns("case", [Case(name) for name in names], ["name"]))


def test_all_are_carried_out_and_share_values(cluster: PrivateCluster) -> None:
    found = written(cluster, [Write(OFFICE), cases("a", "乙")])
    assert found["offices"] == [("43",)]
    assert found["cases"] == [("43", 0, "a"), ("43", 1, "乙")]


def test_none_sees_the_rows_of_another(cluster: PrivateCluster) -> None:
    assert written(cluster, [cases("a"), Write(COUNTED)])["counted"] == [(0,)]


def test_one_that_fails_takes_all_with_it(cluster: PrivateCluster) -> None:
    found = written(cluster, [Write(OFFICE), cases("a", "")])
    assert found == {"offices": [], "cases": [], "counted": []}


def test_one_write_alone_is_a_plain_statement(cluster: PrivateCluster) -> None:
    assert written(cluster, [Write(OFFICE)])["offices"] == [("43",)]


def test_one_name_for_two_values_is_refused(cluster: PrivateCluster) -> None:
    with pytest.raises(ValueError, match="case_n, case_name"):
        written(cluster, [cases("a"), cases("b")])
