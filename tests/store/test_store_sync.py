# SPDX-License-Identifier: GPL-2.0-or-later
"""The store's part of sync: older stores gain its tables, and keep all that they held."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store import schema, schema_sync
from landreview_plugin.store.workspace import Workspace


def test_a_geopackage_that_is_open_elsewhere_is_attached_whole(
    store: Workspace, desk: Desk, case: CaseFile, tmp_path: Path
) -> None:
    """What QGIS has just written may still stand in the write-ahead log; the file alone is an older state."""
    live = tmp_path / "图.gpkg"
    with closing(sqlite3.connect(live, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t (n INTEGER)")
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        writer.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(100)])
        bare = tmp_path / "bare.gpkg"
        bare.write_bytes(live.read_bytes())
        with closing(sqlite3.connect(bare)) as copied:
            assert copied.execute("SELECT count(*) FROM t").fetchone() == (0,), "else the test proves nothing"
        case = desk.attach(case, [live])
    kept = store.blobs.verified(store.attachments(case.id)[0].sha256, ".gpkg")
    with closing(sqlite3.connect(f"file:{kept}?mode=ro&immutable=1", uri=True)) as stored:
        assert stored.execute("SELECT count(*) FROM t").fetchone() == (100,)


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
