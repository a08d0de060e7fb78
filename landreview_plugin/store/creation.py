# SPDX-License-Identifier: GPL-2.0-or-later
"""A new store, and older ones brought up to date: the one before is kept as a backup."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from ..core.evidence.identity import new_id
from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from . import schema, schema_sync
from .connection import transaction

Migration = Callable[[sqlite3.Connection], None]


def _to_2(connection: sqlite3.Connection) -> None:
    for statement in statements(schema_sync.TABLES):
        connection.execute(statement)


MIGRATIONS: Mapping[int, Migration] = {1: _to_2}
"""By the version that it starts from. Released versions are never changed, only added to."""


def create(connection: sqlite3.Connection, path: Path) -> None:
    """Make all tables in one transaction: a crash leaves an empty file, which is made again."""
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.GEOPACKAGE_VERSION}")
    with transaction(connection, path):
        for script in (schema.GEOPACKAGE, schema.TABLES, schema_sync.TABLES):
            for statement in statements(script):
                connection.execute(statement)
        connection.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)", schema.REFERENCE_SYSTEMS
        )
        _register(connection)
        connection.executemany(
            "INSERT INTO landreview_store VALUES (?, ?)", (("version", str(schema.VERSION)), ("store", new_id()))
        )


def statements(script: str) -> list[str]:
    """The statements of a script; a trigger's inner semicolons don't end one."""
    found, current = [], ""
    for part in script.split(";"):
        current += part + ";"
        if sqlite3.complete_statement(current):
            if current.strip(" \n;"):
                found.append(current.strip())
            current = ""
    return found


def _register(connection: sqlite3.Connection) -> None:
    content = "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, ?, ?, ?)"
    connection.executemany(content, [(t, "attributes", name, 0) for t, name in schema.ATTRIBUTE_TABLES.items()])
    table, name = schema.FEATURE_TABLE
    connection.execute(content, (table, "features", name, 4490))
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', 4490, 0, 0)", (table,))


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The store's version; 0 for an empty file. Raises E-STORE-CORRUPT for any other database."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    if "landreview_store" not in tables:
        detail = Text(zh="不是案卷库", en="it is no case store")
        raise LandReviewError("E-STORE-CORRUPT", detail=detail, place=Place(file=str(path)))
    row = connection.execute("SELECT value FROM landreview_store WHERE key = 'version'").fetchone()
    return int(row[0])


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    backup: Callable[[Path], None],
    *,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    newest: int = schema.VERSION,
) -> None:
    """Bring an older store to ``newest``, all steps in one transaction, after a backup beside it.

    Raises E-STORE-NEWER for a store of a newer program, which stays as it is.
    """
    version = version_of(connection, path)
    if version > newest:
        detail = Text(zh=f"库的版本为{version}，本程序支持到{newest}", en=f"version {version}, known up to {newest}")
        raise LandReviewError("E-STORE-NEWER", detail=detail, place=Place(file=str(path)))
    if version == newest:
        return
    backup(path.with_name(f"{path.stem}.v{version}.{dt.datetime.now():%Y%m%d-%H%M%S}{path.suffix}"))
    with transaction(connection, path):
        for step in range(version, newest):
            migrations[step](connection)
        connection.execute("UPDATE landreview_store SET value = ? WHERE key = 'version'", (str(newest),))
