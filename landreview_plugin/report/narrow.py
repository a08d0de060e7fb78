# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables for upright paper: some of their columns."""

from __future__ import annotations

from collections.abc import Sequence

from .tables import Row, Table

LAYER_COLUMNS = (0, 1, 2, 3, 5)
"""Columns of the layer table that fit on upright paper; source, CRS and hash are in the XLSX."""
RULE_COLUMNS = (0, 2, 3, 4, 6)
"""Of the rule table: rule, state, test, sliver limit, law; subject and severity stand with the findings."""


def narrowed(table: Table, positions: Sequence[int]) -> Table:
    """The table with some of its columns."""
    rows = tuple(
        Row(
            tuple(row.cells[i] for i in positions),
            {positions.index(i): tone for i, tone in row.tones.items() if i in positions},
            row.total,
        )
        for row in table.rows
    )
    return Table(table.title, tuple(table.columns[i] for i in positions), rows, table.notes)
