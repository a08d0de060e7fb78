# SPDX-License-Identifier: GPL-2.0-or-later
"""The boundary-point table (界址点成果表) of the parcels: numbers, coordinates, side lengths."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import shapely

from ..core.boundary.point_table import PointRow, boundary_point_table
from ..core.model.parcel import Parcel
from ..core.model.result import ReviewResult
from .tables import Column, Kind, Row, Table
from .words import Words


def point_table(result: ReviewResult, words: Words, most: int) -> Table | None:
    """At most ``most`` points, whole parcels only; how many are left out is said.

    None where the result has no outlines (one that was read from JSON).
    """
    parcels = tuple(_parcels(result))
    if not parcels:
        return None
    kept, points = 0, 0
    for parcel in parcels:
        points += _count(parcel)
        if points > most:
            break
        kept += 1
    rows = tuple(_row(row) for row in boundary_point_table(parcels[:kept]))
    notes = [words("note.points", crs=result.provenance.crs)]
    if kept < len(parcels):
        left_out = sum(map(_count, parcels[kept:]))
        notes.append(words("note.points_left_out", parcels=len(parcels) - kept, points=left_out))
    columns = (
        Column(words("column.parcel"), width=12),
        Column(words("column.ring"), Kind.COUNT, 8),
        Column(words("column.point"), width=12),
        Column(words("column.northing"), Kind.COORDINATE, 18),
        Column(words("column.easting"), Kind.COORDINATE, 18),
        Column(words("column.side_m"), Kind.METRES, 14),
    )
    return Table(words("section.points"), columns, rows, tuple(notes))


def _parcels(result: ReviewResult) -> Iterator[Parcel]:
    for parcel in result.parcels:
        if parcel.geometry is not None:
            yield Parcel(number=parcel.number, labels=parcel.labels, geometry=shapely.force_2d(parcel.geometry))


def _count(parcel: Parcel) -> int:
    rings = sum(1 + len(part.interiors) for part in shapely.get_parts(parcel.geometry))
    return int(shapely.get_num_coordinates(parcel.geometry)) - rings


def _row(point: PointRow) -> Row:
    numbers = (Decimal(point.northing), Decimal(point.easting), Decimal(point.side_length_m))
    return Row((point.parcel, point.ring, point.label, *numbers))
