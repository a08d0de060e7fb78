# SPDX-License-Identifier: GPL-2.0-or-later
"""Code tables of ``resources/tables``: data that an office may look up, never code."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """All rows of ``resources/tables/<name>.csv``, each a dict by column name."""
    with (RESOURCES / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def index(name: str, column: str) -> dict[str, Row]:
    """The rows of a table by a column whose values are unique; a later row wins."""
    return {row[column]: row for row in table(name)}
