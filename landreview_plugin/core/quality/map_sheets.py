# SPDX-License-Identifier: GPL-2.0-or-later
"""Map sheets by GB/T 13989-2012: which sheet of a scale a point is on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from ..arrays import as_pairs
from ..geodesy.gauss import inverse
from ..model.base import Text
from ..model.problems import Problem
from .context import Context

_ROW_DEG: Final = 4
_COLUMN_DEG: Final = 6
_MARGIN_DEG: Final = 1e-7
"""1 cm: a point on the edge of two sheets is on both."""
_DIVISIONS: Final = {"B": 2, "C": 4, "D": 12, "E": 24, "F": 48, "G": 96, "H": 192, "I": 576, "J": 1152, "K": 2304}
"""Rows (and columns) of sheets in one of 1:1 000 000, by the letter of the scale: B 1:500 000 … K 1:500."""
_FOUR_DIGITS: Final = frozenset("JK")
_SHEET: Final = re.compile(r"(?<![A-Z0-9])[A-V](?:0[1-9]|[1-5][0-9]|60)([B-I])\d{6}|[A-V]\d\d([JK])\d{8}(?![0-9])")
_NAMED: Final = 6


def wrong_sheets(context: Context) -> Iterator[Problem]:
    """QA-N08: the sheets that a parcel names do not hold all its points. Numbers of other systems are not judged."""
    plane = context.crs.gauss_kruger
    if plane is None:
        return
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        named = {match[0]: match[1] or match[2] for match in _SHEET.finditer(parcel.map_sheet.upper())}
        scales = set(named.values())
        if len(scales) != 1:
            continue
        xy = shapely.get_coordinates(shape)
        latitude, longitude = inverse(plane, xy[:, 0], xy[:, 1])
        degrees = np.column_stack([np.degrees(longitude) + plane.central_meridian_deg, np.degrees(latitude)])
        missed = sheets_missed(degrees, scales.pop(), frozenset(named))
        if missed:
            more = f" … ({len(missed)})" if len(missed) > _NAMED else ""
            sheets = "、".join(missed[:_NAMED]) + more
            reason = Text(zh=f"{parcel.map_sheet}，还应有{sheets}", en=f"{parcel.map_sheet}; it also lies on {sheets}")
            yield context.problem("QA-N08", "QA-N08", reason, parcel=parcel.number)


def sheets_missed(degrees: npt.NDArray[np.float64], scale: str, named: frozenset[str]) -> list[str]:
    """Sheets that (n, 2) longitudes and latitudes lie on and that are not named."""
    found: set[str] = set()
    for lon, lat in as_pairs(degrees):
        around = {
            sheet_of(lon + dx, lat + dy, scale)
            for dx in (-_MARGIN_DEG, _MARGIN_DEG)
            for dy in (-_MARGIN_DEG, _MARGIN_DEG)
        }
        if not around & named:
            found.add(sheet_of(lon, lat, scale))
    return sorted(found)


def sheet_of(lon: float, lat: float, scale: str) -> str:
    """Number of the sheet that a point (degrees, north of the equator) is on; ``scale`` is a letter B to K."""
    parts = _DIVISIONS[scale]
    row_in, column_in = Fraction(lat) % _ROW_DEG, Fraction(lon) % _COLUMN_DEG
    row = parts - int(row_in * parts / _ROW_DEG)
    column = int(column_in * parts / _COLUMN_DEG) + 1
    digits = 4 if scale in _FOUR_DIGITS else 3
    letter = chr(ord("A") + int(lat // _ROW_DEG))
    return f"{letter}{int(lon // _COLUMN_DEG) + 31:02d}{scale}{row:0{digits}d}{column:0{digits}d}"
