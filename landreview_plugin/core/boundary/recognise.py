# SPDX-License-Identifier: GPL-2.0-or-later
"""Which dialect a file is written in: by its first parcel line and the first point under it."""

from __future__ import annotations

from collections.abc import Iterable

from .characters import half_width, is_number, split_fields
from .dialects import Dialect, PointField
from .lines import parcel_line_fields, type_fits


def recognise(parcel_line: str, point_line: str, dialects: Iterable[Dialect]) -> Dialect:
    """The dialect that fits best; among equals the one named first."""
    return max(dialects, key=lambda dialect: _fit(dialect, parcel_line, half_width(point_line)))


def _fit(dialect: Dialect, parcel_line: str, point_line: str) -> int:
    fields, point = parcel_line_fields(parcel_line, dialect)[0], split_fields(point_line)
    count = len(dialect.parcel) + len(dialect.extra) + 1
    return (
        16 * type_fits(fields, dialect)
        + 8 * (len(point) == len(dialect.point))
        + 4 * (dialect.separator in point_line)
        + 2 * (len(fields) == count)
        + 2 * _label_fits(dialect, point)
        + 2 * _prefix_fits(dialect, point)
    )


def _label_fits(dialect: Dialect, point: list[str]) -> bool:
    position = dialect.point.index(PointField.LABEL)
    letters = point[position].rstrip("0123456789") if position < len(point) else ""
    return letters == dialect.label_prefix


def _prefix_fits(dialect: Dialect, point: list[str]) -> bool:
    position = dialect.point.index(PointField.EASTING)
    easting = point[position] if position < len(point) else ""
    return is_number(easting) and (float(easting) >= 10_000_000) == dialect.prefixed
