# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection to the workspace file: crash-safe settings, one kind of transaction, errors in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..core.model.problems import LandReviewError, Place

BUSY_MS = 5_000
"""How long one window waits for another."""


def connect(path: Path, *, wal: bool) -> sqlite3.Connection:
    """Open ``path``. WAL lets two windows read while one writes; without it (network) one waits for the other.

    ``synchronous = FULL``: what was said to be stored survives a power cut.
    """
    with spoken(path):
        connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            connection.execute("PRAGMA foreign_keys = ON")
            if not _is_readonly(connection):
                connection.execute(f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
    return connection


_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
_STEP = ("SAVEPOINT step", "RELEASE step", "ROLLBACK TO step")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """All or nothing. ``IMMEDIATE``: who can't write learns it before it has worked, not at the end.

    Within another one it is a step of that: undone alone when it fails, on disk with the whole.
    """
    begin, commit, rollback = _STEP if connection.in_transaction else _WHOLE
    with spoken(path):
        connection.execute(begin)
        try:
            yield connection
            connection.execute(commit)
        except BaseException:
            if connection.in_transaction:  # SQLite itself takes all of it back when the disk is full
                connection.execute(rollback)
            raise


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, with the store's path."""
    try:
        yield
    except sqlite3.Error as error:
        raise LandReviewError(_code(error), detail=str(error), place=Place(file=str(path))) from error
    except OSError as error:
        code = "E-STORE-FULL" if error.errno == 28 else "E-ENV-WRITE"
        raise LandReviewError(code, detail=str(error), place=Place(file=str(path))) from error


_CODES = {
    sqlite3.SQLITE_FULL: "E-STORE-FULL",
    sqlite3.SQLITE_READONLY: "E-STORE-READONLY",
    sqlite3.SQLITE_CANTOPEN: "E-STORE-READONLY",
    sqlite3.SQLITE_PERM: "E-STORE-READONLY",
    sqlite3.SQLITE_BUSY: "E-STORE-BUSY",
    sqlite3.SQLITE_LOCKED: "E-STORE-BUSY",
    sqlite3.SQLITE_CORRUPT: "E-STORE-CORRUPT",
    sqlite3.SQLITE_NOTADB: "E-STORE-CORRUPT",
    sqlite3.SQLITE_IOERR: "E-STORE-FULL",
}
_PRIMARY = 0xFF
OF_THE_STORE = frozenset({*_CODES.values(), "E-ENV-WRITE"})
"""No fault of one case or job: nothing can be written down at all."""


def _code(error: sqlite3.Error) -> str:
    number = getattr(error, "sqlite_errorcode", 0)
    return _CODES.get(number & _PRIMARY, "E-STORE-CORRUPT")


def _is_readonly(connection: sqlite3.Connection) -> bool:
    """Whether the file refuses writing: found out by asking for a write lock, which changes nothing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_READONLY:
            return True
        raise
    connection.execute("ROLLBACK")
    return False
