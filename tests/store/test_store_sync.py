# SPDX-License-Identifier: GPL-2.0-or-later
"""The store's part of sync: older stores gain its tables, and keep all that they held."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.store import schema, schema_sync
from landreview_plugin.store.workspace import Workspace


def test_a_store_of_version_1_is_brought_to_today_with_a_backup(path: Path, store: Workspace, case: CaseFile) -> None:
    store.close()
    with sqlite3.connect(path) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if f"CREATE TABLE {table} (" in schema_sync.TABLES:
                connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE landreview_store SET value = '1' WHERE key = 'version'")
    connection.close()
    with Workspace(path) as migrated:
        assert migrated.cases() == [case]
        assert migrated.custody(case.id) is None
    kept = list(path.parent.glob("landreview.v1.*.gpkg"))
    assert len(kept) == 1
    assert schema.VERSION > 1
