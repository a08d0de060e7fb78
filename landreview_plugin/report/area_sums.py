# SPDX-License-Identifier: GPL-2.0-or-later
"""The area table added up in several ways. Printed parts are added, so that every column closes in every unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .area_tables import GROUPS, OWNERSHIPS, AreaLine
from .units import Areas, total_of
from .words import Words


class By(StrEnum):
    """What the rows are gathered by, and what stands below each."""

    CLASS = "class"
    """Group ▸ class."""
    PARCEL = "parcel"
    """Parcel ▸ class."""
    OWNER = "owner"
    """Ownership ▸ owner."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The columns of a row: state-owned, collective, of unknown ownership, and all of it."""

    state: Areas
    collective: Areas
    other: Areas
    total: Areas


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row with what it is the sum of."""

    name: str
    sums: Sums
    rows: tuple[SumRow, ...] = ()


_Name = Callable[[AreaLine], str]


def area_sums(lines: Sequence[AreaLine], by: By, words: Words) -> SumRow:
    """The total, its rows below it."""
    above, below = _names(by, words)
    ordered = sorted(lines, key=_rank) if by is not By.PARCEL else lines
    groups = tuple(_row(name, found, below) for name, found in _gathered(ordered, above).items())
    return SumRow(words("total"), _sums(lines), groups)


def _row(name: str, lines: Sequence[AreaLine], below: _Name) -> SumRow:
    parts = tuple(SumRow(each, _sums(found)) for each, found in _gathered(lines, below).items())
    return SumRow(name, _sums(lines), parts)


def _names(by: By, words: Words) -> tuple[_Name, _Name]:
    def of_class(line: AreaLine) -> str:
        row = line.row
        name = words.land_class(row) if row.class_ else words("class.unclassified")
        return words.join([row.class_, name], "list.space")

    def owner(line: AreaLine) -> str:
        return words.join([line.row.owner_code, line.row.owner_name], "list.space") or words("none")

    match by:
        case By.CLASS:
            return lambda line: words.known("group", line.row.group), of_class
        case By.PARCEL:
            return lambda line: line.row.parcel, of_class
        case By.OWNER:
            return lambda line: words.known("ownership", line.row.ownership), owner


def _gathered(lines: Sequence[AreaLine], name: _Name) -> dict[str, list[AreaLine]]:
    found: dict[str, list[AreaLine]] = {}
    for line in lines:
        found.setdefault(name(line), []).append(line)
    return found


def _sums(lines: Sequence[AreaLine]) -> Sums:
    state = total_of([line.area for line in lines if line.row.ownership == OWNERSHIPS[0]])
    collective = total_of([line.area for line in lines if line.row.ownership == OWNERSHIPS[1]])
    other = total_of([line.area for line in lines if line.row.ownership not in OWNERSHIPS[:2]])
    return Sums(state, collective, other, total_of([state, collective, other]))


def _rank(line: AreaLine) -> tuple[int, str, str]:
    group = line.row.group
    return GROUPS.index(group) if group in GROUPS else len(GROUPS), line.row.class_, line.row.owner_code
