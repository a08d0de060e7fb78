# SPDX-License-Identifier: GPL-2.0-or-later
"""Back up and restore: one folder with a dump, the files, and digests that a restore must meet."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from landreview_plugin.core.evidence.hashes import file_sha256
from landreview_plugin.core.files import replace_file, write_text
from landreview_plugin.core.model.problems import LandReviewError

from ..cluster import client_programs
from ..storage.upgrade import alchemy_url, mark, own
from .commands import COLLECT_LOCK

_DUMP, _FACTS, _FILES = "database-{}.dump", "backup.json", "files"
_WHOLE = "[0-9a-f]*"
"""Files by their hash, and not what a copy that was broken off left beside them."""
_UNLIKE = ("feed", "life")
"""The feed is numbered anew by a restore: it is the order of reading, not what happened."""
_PLAIN = """SELECT set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true),
       set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '3', true)"""
"""Rows are compared as text: the text must not depend on who asks."""


def back_up(admin_url: str, blobs: Path, folder: Path) -> dict[str, str]:
    """Write database and files into ``folder`` (files that are there stay); gives the digests by table.

    The service goes on meanwhile. Files are copied after the dump and none is collected until the end, so every file
    that the dump names is there. The facts name the dump and come last: broken off, the backup before still holds.
    """
    (folder / _FILES).mkdir(parents=True, exist_ok=True)
    with psycopg.connect(admin_url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # idle while dump and files are written
        connection.execute("SELECT pg_advisory_lock_shared(%s)", (COLLECT_LOCK,))
        snapshot = _first(connection, "SELECT pg_export_snapshot()")
        part = folder / "database.part"
        try:
            _run(admin_url, "pg_dump", "-Fc", f"--snapshot={snapshot}", "-f", str(part))
            found = digests(connection)
            for path in sorted((blobs / "whole").glob(f"*/{_WHOLE}")):
                _copy(path, folder / _FILES / path.name)
            dump = part.replace(folder / _DUMP.format(file_sha256(part)))
        finally:
            part.unlink(missing_ok=True)
    write_text(folder / _FACTS, json.dumps({"digests": found, "dump": dump.name}, indent=1))
    for old in set(folder.glob(_DUMP.format("*"))) - {dump}:
        old.unlink()
    return found


def restore(admin_url: str, blobs: Path, folder: Path) -> dict[str, str]:
    """Read a backup into an empty database and a folder of files; gives the digests.

    Raises E-CENTRE-DAMAGED when the backup is damaged, or when what was restored is not what was backed up.
    """
    facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
    if "dump" not in facts:
        raise LandReviewError("E-CENTRE-DAMAGED", detail=str(folder / _FACTS))
    dump = folder / str(facts["dump"])
    if dump.name != _DUMP.format(file_sha256(dump)):
        raise LandReviewError("E-CENTRE-DAMAGED", detail=str(dump))
    for path in sorted((folder / _FILES).glob(_WHOLE)):
        if file_sha256(path) != path.name:
            raise LandReviewError("E-CENTRE-DAMAGED", detail=str(path))
        _copy(path, blobs / "whole" / path.name[:2] / path.name)
    engine = create_engine(alchemy_url(admin_url), poolclass=NullPool)
    with engine.connect() as connection:
        mark(connection)
        _run(admin_url, "pg_restore", "--no-owner", "--single-transaction", str(dump))
        own(connection)
    engine.dispose()
    with psycopg.connect(admin_url) as connection:
        found = digests(connection)
        if found != facts["digests"]:
            unlike = sorted(name for name in found if found[name] != facts["digests"].get(name))
            raise LandReviewError("E-CENTRE-DAMAGED", detail=", ".join(unlike))
        connection.execute("SELECT centre.adopt(true)")
    return found


def digests(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, str]:
    """Count and SHA-256 of the sorted rows of every table, by name."""
    connection.execute(_PLAIN)
    tables = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename), tablename FROM pg_tables"
        " WHERE schemaname IN ('centre', 'keeper') ORDER BY 1"
    ).fetchall()
    return {str(name): _digest(connection, str(name)) for name, bare in tables if bare not in _UNLIKE}


def _digest(connection: psycopg.Connection[tuple[object, ...]], table: str) -> str:
    rows = "coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')"
    digest = f"encode(sha256(convert_to({rows}, 'UTF8')), 'hex')"
    return _first(connection, f"SELECT count(*) || ' ' || {digest} FROM {table} t")  # noqa: S608 - our own names


def _first(connection: psycopg.Connection[tuple[object, ...]], query: str) -> str:
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else ""


def _copy(source: Path, target: Path) -> None:
    """A file under its hash is whole and on disk: it is never copied again."""
    if not target.exists():
        replace_file(target, lambda beside: shutil.copyfile(source, beside))


def _run(url: str, program: str, *arguments: str) -> None:
    where = conninfo_to_dict(url)
    password = str(where.pop("password", "") or "")  # not an argument: everybody on the machine reads those
    environment = {**os.environ, "PGPASSWORD": password} if password else None
    done = subprocess.run(  # noqa: S603 - our own programs
        [str(client_programs() / program), *arguments, "-d", make_conninfo("", **where)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise LandReviewError("E-CENTRE-COMMAND", detail=f"{program}: {done.stderr.strip()[-500:]}")
