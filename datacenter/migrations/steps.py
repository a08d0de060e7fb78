# SPDX-License-Identifier: GPL-2.0-or-later
"""A migration is a file of SQL: what a database administrator reads before it runs. Forwards only."""

from __future__ import annotations

from pathlib import Path

from alembic import op

_FOLDER = Path(__file__).parent / "sql"


def run_file(name: str) -> None:
    """Run one file in the migration's transaction."""
    op.get_bind().exec_driver_sql(_escaped((_FOLDER / name).read_text(encoding="utf-8")))


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
