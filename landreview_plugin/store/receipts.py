# SPDX-License-Identifier: GPL-2.0-or-later
"""Receipts that this office gave for sticks: the same command gets the same receipt again."""

from __future__ import annotations

import sqlite3


def given(connection: sqlite3.Connection, command: str) -> tuple[str, str] | None:
    """(hash of the command, answer as JSON) of a command that was answered before."""
    row = connection.execute("SELECT sha256, answer FROM given_receipts WHERE command = ?", (command,)).fetchone()
    return (row[0], row[1]) if row else None


def give(connection: sqlite3.Connection, command: str, sha256: str, answer: str) -> None:
    """Keep an answer, inside the transaction that it speaks of."""
    connection.execute(
        "INSERT INTO given_receipts (command, sha256, answer) VALUES (?, ?, ?)", (command, sha256, answer)
    )


def next_number(connection: sqlite3.Connection) -> int:
    """A running number for the next receipt."""
    return int(connection.execute("SELECT coalesce(max(fid), 0) + 1 FROM given_receipts").fetchone()[0])
