# SPDX-License-Identifier: GPL-2.0-or-later
"""A table as every report format prints it: columns with a kind, rows with a tone, totals that are exact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .tones import PLAIN, Tone

Cell = str | int | Decimal | dt.date | None
"""None is printed as a dash: there is no such value."""


class Kind(StrEnum):
    """What a column holds; it decides alignment and decimals."""

    TEXT = "text"
    COUNT = "count"
    M2 = "m2"
    HA = "ha"
    MU = "mu"
    SHARE = "share"
    METRES = "metres"
    COORDINATE = "coordinate"
    DATE = "date"

    @property
    def places(self) -> int:
        """Decimals in print (of a share: of its percentage)."""
        return {Kind.M2: 2, Kind.HA: 4, Kind.MU: 4, Kind.SHARE: 2, Kind.METRES: 2, Kind.COORDINATE: 3}.get(self, 0)

    @property
    def numeric(self) -> bool:
        """Whether cells are numbers, to be set flush right."""
        return self not in {Kind.TEXT, Kind.DATE}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it holds, and its width in half-width characters."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; ``tones`` colours single cells by their position."""

    cells: tuple[Cell, ...]
    tones: dict[int, Tone] = field(default_factory=dict)
    total: bool = False

    def tone(self, position: int) -> Tone:
        """The colours of one cell."""
        return self.tones.get(position, PLAIN)


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table with notes below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
