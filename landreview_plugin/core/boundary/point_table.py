# SPDX-License-Identifier: GPL-2.0-or-later
"""The boundary-point table (界址点成果表): numbers, coordinates and side lengths as printed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ..arrays import as_pairs
from ..geodesy.rounding import round_half_up
from ..model.base import Model
from ..model.parcel import Parcel
from .numbering import NumberedRing, numbered_rings

COORDINATE_DECIMALS: Final = 3
SIDE_DECIMALS: Final = 2
HEADINGS: Final = ("地块号", "圈号", "点号", "X", "Y", "边长")


class PointRow(Model):
    """One boundary point; all numbers as they are printed."""

    parcel: str
    ring: int
    label: str
    northing: str
    """X of the survey, metres."""
    easting: str
    """Y of the survey, metres."""
    side_length_m: str
    """边长 to the next point of the ring; from the last one to the first."""


def boundary_point_table(
    parcels: Sequence[Parcel],
    *,
    renumber: bool = False,
    decimals: int = COORDINATE_DECIMALS,
    side_decimals: int = SIDE_DECIMALS,
) -> tuple[PointRow, ...]:
    """The rows of all parcels in the order of the points (see :func:`numbered_rings`).

    Side lengths are computed from the printed coordinates in decimal arithmetic, rounded half up,
    so that anyone can check them with the table in hand.
    """
    return tuple(
        row
        for parcel in parcels
        for ring in numbered_rings(parcel, renumber=renumber)
        for row in _rows(parcel.number, ring, decimals, side_decimals)
    )


def point_table_text(rows: Sequence[PointRow]) -> str:
    """The table as CSV with the Chinese headings of the form; ``importparcels`` reads it back."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows((row.parcel, row.ring, row.label, row.northing, row.easting, row.side_length_m) for row in rows)
    return text.getvalue()


def _rows(parcel: str, ring: NumberedRing, decimals: int, side_decimals: int) -> list[PointRow]:
    points = [
        (round_half_up(northing, decimals), round_half_up(easting, decimals)) for easting, northing in as_pairs(ring.xy)
    ]
    following = [*points[1:], points[0]]
    return [
        PointRow(
            parcel=parcel,
            ring=ring.number,
            label=label,
            northing=str(here[0]),
            easting=str(here[1]),
            side_length_m=str(_distance(here, there, side_decimals)),
        )
        for label, here, there in zip(ring.labels, points, following, strict=True)
    ]


def _distance(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal], decimals: int) -> Decimal:
    squared = (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
    return round_half_up(squared.sqrt(), decimals)
