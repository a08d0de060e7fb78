# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists about cases: pages, receipts, packages. Each reads what the transaction's office may see."""

from __future__ import annotations

import json
from typing import Any

from .database import Connection, one, rows

_FIRST = "00000000-0000-0000-0000-000000000000"
_PAGE = """
WITH seen AS (
    (SELECT c.id FROM centre.cases c
     WHERE c.code ~>=~ %(office)s AND c.code ~<~ (%(office)s || '~') AND c.id > %(after)s
       AND (%(holder)s = '' OR c.holder = %(holder)s) AND (%(status)s = '' OR c.status = %(status)s)
     ORDER BY c.id LIMIT %(limit)s)
    UNION
    SELECT a.case_id FROM centre.case_access a WHERE a.office = %(office)s AND a.case_id > %(after)s
)
SELECT c.id::text, c.number, c.code AS jurisdiction, c.holder, c.holder_since, c.epoch, c.rev, c.status, c.passes,
       c.corrections, c.package, c.head, c.event_count, p.manifest
FROM seen JOIN centre.cases c USING (id) LEFT JOIN centre.packages p ON p.case_id = c.id AND p.sha256 = c.package
WHERE (%(holder)s = '' OR c.holder = %(holder)s) AND (%(status)s = '' OR c.status = %(status)s)
ORDER BY c.id LIMIT %(limit)s
"""
"""The range of codes stands here beside the policy, so that a county's list reads its own index entries only."""


async def page(
    connection: Connection, office: str, after: str | None, limit: int, holder: str, status: str
) -> list[dict[str, Any]]:
    """Cases in the order of their ids, which is the order in which they were taken in."""
    values = {"after": after or _FIRST, "limit": limit, "holder": holder, "status": status, "office": office}
    found = await (await connection.execute(_PAGE, values)).fetchall()
    return [row | {"manifest": json.loads(row["manifest"]) if row["manifest"] else None} for row in found]


async def receipts(connection: Connection, case: str) -> list[str]:
    """Receipts of a case as they were sent."""
    query = "SELECT answer FROM centre.receipts WHERE case_id = %s ORDER BY at_server, number"
    return [row["answer"] for row in await rows(connection, query, (case,))]


async def packages(connection: Connection, case: str) -> tuple[str, ...]:
    """Hashes of a case's packages in the order of their arrival."""
    query = "SELECT sha256 FROM centre.packages WHERE case_id = %s ORDER BY at_server"
    return tuple(row["sha256"] for row in await rows(connection, query, (case,)))


async def manifest(connection: Connection, case: str, sha256: str) -> str | None:
    """A package's manifest as canonical JSON."""
    query = "SELECT manifest FROM centre.packages WHERE case_id = %s AND sha256 = %s"
    found = await one(connection, query, (case, sha256))
    return found["manifest"] if found else None
