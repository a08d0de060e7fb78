# SPDX-License-Identifier: GPL-2.0-or-later
"""DXF of the oldest kind that every CAD program reads (R12, GBK): closed polylines, numbers as text inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import shapely

from ..core.files import replace_file
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel
from ..core.model.problems import Problem

OUTLINES: Final = "DKJX"
NUMBERS: Final = "DKBH"
DECIMALS: Final = 4
_TEXT_SHARE: Final = 0.05
"""Height of a number, of the square root of the area."""

Tag = tuple[int, object]


def write_drawing(parcels: Sequence[Parcel], _crs: Crs, path: Path) -> tuple[Problem, ...]:
    """Write every ring as a closed polyline on ``DKJX`` and every number on ``DKBH``; a drawing holds no CRS."""
    content = b"".join(f"{code}\r\n".encode() + _encoded(str(value)) + b"\r\n" for code, value in _tags(parcels))
    replace_file(path, lambda beside: beside.write_bytes(content))
    return ()


def _tags(parcels: Sequence[Parcel]) -> Iterator[Tag]:
    yield from ((0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1009"))
    yield from ((9, "$DWGCODEPAGE"), (3, "ANSI_936"), (0, "ENDSEC"), (0, "SECTION"), (2, "ENTITIES"))
    for parcel in parcels:
        for part in shapely.get_parts(parcel.geometry):
            for ring in shapely.get_rings(part):
                yield from _polyline(shapely.get_coordinates(ring)[:-1].tolist())
            yield from _number(parcel.number, part)
    yield from ((0, "ENDSEC"), (0, "EOF"))


def _encoded(text: str) -> bytes:
    """GBK; what it lacks as AutoCAD's own escape."""
    try:
        return text.encode("gbk")
    except UnicodeEncodeError:
        escaped = (c if _in_gbk(c) else f"\\U+{ord(c):04X}" if ord(c) < 0x10000 else "?" for c in text)
        return "".join(escaped).encode("gbk")


def _in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _polyline(points: Sequence[Sequence[float]]) -> Iterator[Tag]:
    yield from ((0, "POLYLINE"), (8, OUTLINES), (66, 1), *_at(0.0, 0.0), (70, 1))
    for x, y in points:
        yield from ((0, "VERTEX"), (8, OUTLINES), *_at(x, y))
    yield from ((0, "SEQEND"), (8, OUTLINES))


def _number(number: str, part: shapely.Polygon) -> Iterator[Tag]:
    spot = shapely.point_on_surface(part)
    height = max(0.1, float(part.area) ** 0.5 * _TEXT_SHARE)
    yield from ((0, "TEXT"), (8, NUMBERS), *_at(spot.x, spot.y), (40, f"{height:.2f}"), (1, " ".join(number.split())))


def _at(x: float, y: float) -> tuple[Tag, ...]:
    return (10, f"{x:.{DECIMALS}f}"), (20, f"{y:.{DECIMALS}f}"), (30, "0.0")
