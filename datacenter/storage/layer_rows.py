# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of reference layers. Each call reads and writes what the transaction's office may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg.types.json import Jsonb

from landreview_plugin.sync.layer_protocol import LayerManifest

from .database import Connection, Row, one, rows

FeatureRow = tuple[int, str, dict[str, Any], bytes]
"""(number, unit, attributes, EWKB in degrees)"""
_COLUMNS = (
    "layer", "code", "version", "data_date", "feature_count", "epsg", "fields", "unit_field", "result_hash",
    "file_sha256", "file_size", "base_version", "base_hash", "delta_sha256", "delta_size", "hops", "notes",
    "uploaded_sha256", "actor", "office",
)  # fmt: skip
_INSERT = (
    "INSERT INTO centre.layers (layer, code, version, data_date, feature_count, epsg, fields, unit_field, result_hash,"
    " file_sha256, file_size, base_version, base_hash, delta_sha256, delta_size, hops, notes, uploaded_sha256, actor,"
    " office) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)

_FEATURES = """
INSERT INTO centre.features (layer, code, version, n, unit, attributes, geom)
SELECT %s, %s, %s, f.n, f.unit, f.attributes, ST_GeomFromEWKB(f.wkb)
FROM unnest(%s::bigint[], %s::text[], %s::jsonb[], %s::bytea[]) AS f (n, unit, attributes, wkb)
"""


async def newest(connection: Connection, layer: str, code: str) -> Row | None:
    """The version in force."""
    return await one(connection, "SELECT * FROM centre.newest WHERE (layer, code) = (%s, %s)", (layer, code))


async def version(connection: Connection, layer: str, code: str, number: int) -> Row | None:
    """Any version."""
    query = "SELECT * FROM centre.layers WHERE (layer, code, version) = (%s, %s, %s)"
    return await one(connection, query, (layer, code, number))


async def versions(connection: Connection, layer: str, code: str) -> list[Row]:
    """All versions, the newest first."""
    query = "SELECT * FROM centre.layers WHERE (layer, code) = (%s, %s) ORDER BY version DESC LIMIT 500"
    return await rows(connection, query, (layer, code))


async def all_newest(connection: Connection) -> list[Row]:
    """The layers in sight, each in its version in force."""
    return await rows(connection, "SELECT * FROM centre.newest ORDER BY layer, code LIMIT 10000")


async def newest_of(connection: Connection, layer: str) -> list[Row]:
    """The same of one layer: a row for each jurisdiction in sight."""
    return await rows(connection, "SELECT * FROM centre.newest WHERE layer = %s ORDER BY code LIMIT 10000", (layer,))


async def put(connection: Connection, row: Row) -> None:
    """Publish a version: from here on it is the one in force."""
    values = [Jsonb(row[name]) if name in ("fields", "notes") else row[name] for name in _COLUMNS]
    await connection.execute(_INSERT, values)


async def put_features(
    connection: Connection, layer: str, code: str, number: int, features: Sequence[FeatureRow]
) -> None:
    """Add features of a version. (COPY is not to be had under row-level security.)"""
    columns = list(zip(*features, strict=True)) or [(), (), (), ()]
    numbers, units, attributes, shapes = (list(column) for column in columns)
    await connection.execute(_FEATURES, (layer, code, number, numbers, units, [Jsonb(a) for a in attributes], shapes))


async def drop_features(connection: Connection, layer: str, code: str, keep: int, most: int) -> int:
    """Delete features of other versions than ``keep``, at most so many; how many they were."""
    query = (
        "DELETE FROM centre.features WHERE ctid = ANY (ARRAY(SELECT ctid FROM centre.features"
        " WHERE (layer, code) = (%s, %s) AND version <> %s LIMIT %s))"
    )
    return (await connection.execute(query, (layer, code, keep, most))).rowcount


async def cut(connection: Connection, row: Row, office: str) -> Row | None:
    """The cut of a version for an office below it, when it was made before."""
    query = "SELECT * FROM centre.layer_cuts WHERE (layer, code, version, office) = (%s, %s, %s, %s)"
    return await one(connection, query, (row["layer"], row["code"], row["version"], office))


async def put_cut(connection: Connection, row: Row, office: str, made: Row) -> None:
    """Remember a cut; the same made twice at once is one."""
    await connection.execute(
        "INSERT INTO centre.layer_cuts VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (row["layer"], row["code"], row["version"], office, made["feature_count"], made["result_hash"],
         made["file_sha256"], made["file_size"]),
    )  # fmt: skip


def manifest(row: Row) -> LayerManifest:
    """A version as it travels."""
    return LayerManifest.model_validate(row | {"jurisdiction": row["code"]})
