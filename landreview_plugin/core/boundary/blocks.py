# SPDX-License-Identifier: GPL-2.0-or-later
"""The fast path: runs of regular point lines are taken as blocks, with the same result as line by line.

A line is regular when it has a plain label, the separator of the dialect without blanks, and
coordinates of 2 to 8 decimals. Everything else takes the careful path of ``lines``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from .columns import PointColumns
from .dialects import Dialect, PointField

BLOCK_LINES: Final = 20_000
_COORDINATE: Final = r"[0-9]{1,10}\.[0-9]{2,8}"
_PATTERNS: Final = {
    PointField.LABEL: r"[A-Za-z]{0,8}[0-9]{1,9}",
    PointField.RING: r"[0-9]{1,4}",
    PointField.NORTHING: _COORDINATE,
    PointField.EASTING: _COORDINATE,
}


@cache
def _regular(point: tuple[PointField, ...], separator: str) -> re.Pattern[str]:
    line = separator.join(_PATTERNS[field] for field in point)
    # no possessive quantifier: before 3.11.5 Python's re goes astray with them (python/cpython#106052)
    return re.compile(rf"(?:{line}\n){{1,{BLOCK_LINES}}}")


def take_block(text: str, position: int, line: int, dialect: Dialect, points: PointColumns) -> int:
    """Append the regular lines that start at ``position`` (line number ``line``) to ``points``.

    Gives the position behind them, ``position`` itself when the line there is not regular.
    """
    if PointField.RING not in dialect.point:
        return position  # each such line is a warning, so it takes the careful path
    match = _regular(dialect.point, dialect.separator).match(text, position)
    if match is None:
        return position
    flat = match.group().replace("\n", dialect.separator).split(dialect.separator)
    columns = {field: flat[i : len(flat) - 1 : 4] for i, field in enumerate(dialect.point)}
    count = len(columns[PointField.LABEL])
    points.line.extend(range(line, line + count))
    points.label.extend(columns[PointField.LABEL])
    points.ring.extend(map(int, columns[PointField.RING]))
    points.northing.extend(map(float, columns[PointField.NORTHING]))
    points.easting.extend(map(float, columns[PointField.EASTING]))
    return match.end()
