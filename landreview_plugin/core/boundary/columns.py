# SPDX-License-Identifier: GPL-2.0-or-later
"""Points as columns and parcels as they stand in the file, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .dialects import Dialect, ParcelField


@dataclass(slots=True)
class PointColumns:
    """Point lines of one parcel: five columns of one length."""

    line: list[int] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    ring: list[int] = field(default_factory=list)
    northing: list[float] = field(default_factory=list)
    easting: list[float] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.line)


@dataclass(slots=True)
class RawParcel:
    """A parcel line and the point lines under it."""

    line: int
    text: str
    fields: tuple[str, ...]
    """Without the end mark."""
    points: PointColumns = field(default_factory=PointColumns)
    rejected: int = 0
    """Lines under the parcel that could not be read as points."""

    def value(self, name: ParcelField, dialect: Dialect) -> str:
        """A field by its meaning; empty when the dialect or the line has none."""
        position = dialect.positions.get(name, len(self.fields))
        return self.fields[position] if position < len(self.fields) else ""

    def further(self, dialect: Dialect) -> tuple[str, ...]:
        """The fields behind those that the dialect names."""
        return self.fields[len(dialect.parcel) :]

    def number(self, dialect: Dialect) -> str:
        """地块编号."""
        return self.value(ParcelField.NUMBER, dialect)
