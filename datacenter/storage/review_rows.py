# SPDX-License-Identifier: GPL-2.0-or-later
"""Reviews by the centre, and what one is made from: parts of the package that counts, versions of layers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from psycopg.types.json import Jsonb

from .database import Connection, Row, one, rows

MOST = 200
_CASE = """
SELECT code, package, rev, epoch, coalesce((cover->>'reference_date')::date, now()::date) AS reference_date
FROM centre.cases WHERE id = %s
"""
_PARTS = """
SELECT p.kind, p.sha256, p.size, b.body
FROM centre.parts p LEFT JOIN centre.bodies b ON b.case_id = p.case_id AND b.sha256 = p.sha256
WHERE p.case_id = %s AND p.package = %s AND p.kind = ANY (%s)
"""
_LAYERS = """
SELECT DISTINCT ON (layer, code) layer, code, version, data_date, unit_field, file_sha256
FROM centre.layers
WHERE code IN (left(%(county)s, 2), left(%(county)s, 4), left(%(county)s, 6), %(county)s)
ORDER BY layer, code, data_date <= %(at)s DESC,
         CASE WHEN data_date <= %(at)s THEN data_date - %(at)s ELSE %(at)s - data_date END DESC, version DESC
"""
"""Of each office above the land the newest version that is not later than the date; without one the next later."""
_INSERT = """
INSERT INTO centre.reviews (id, case_id, code, package, reference_date, pack, pack_version, verdict, digest, layers,
    file_sha256, file_size, actor, office)
VALUES (%(id)s, %(case)s, %(code)s, %(package)s, %(reference_date)s, %(pack)s, %(pack_version)s, %(verdict)s,
    %(digest)s, %(layers)s, %(file_sha256)s, %(file_size)s, %(actor)s, %(office)s)
RETURNING at_server
"""
_SHOWN = """
SELECT id::text, case_id::text AS "case", package, reference_date, pack, pack_version, verdict, digest, layers,
       file_sha256, file_size, actor, office, at_server
FROM centre.reviews WHERE case_id = %s
"""


async def case(connection: Connection, case_id: str) -> Row | None:
    """County, package, revision and reference date of a case in sight."""
    return await one(connection, _CASE, (case_id,))


async def parts(connection: Connection, case_id: str, package: str, kinds: list[str]) -> list[Row]:
    """Parts of a package, those that travelled with the command with their bytes."""
    return await rows(connection, _PARTS, (case_id, package, kinds))


async def layers(connection: Connection, county: str, at: dt.date) -> list[Row]:
    """Versions of layers in sight that may count for land of a county at a date."""
    return await rows(connection, _LAYERS, {"county": county, "at": at})


async def put(connection: Connection, facts: dict[str, Any]) -> dt.datetime:
    """Keep a review; when that was."""
    row = await one(connection, _INSERT, facts | {"layers": Jsonb(facts["layers"])})
    assert row is not None
    at: dt.datetime = row["at_server"]
    return at


async def shown(connection: Connection, case_id: str) -> list[Row]:
    """Reviews of a case, the newest first."""
    return await rows(connection, f"{_SHOWN} ORDER BY at_server DESC, id DESC LIMIT {MOST}", (case_id,))


async def found(connection: Connection, case_id: str, review: str) -> Row | None:
    """One of them."""
    return await one(connection, f"{_SHOWN} AND id = %s", (case_id, review))
