# SPDX-License-Identifier: GPL-2.0-or-later
"""One line of the section 地块坐标: a parcel, a point, or what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from ..model.base import Text
from .characters import decimals_of, half_width, is_count, is_number, split_fields, why_no_number
from .dialects import Dialect, ParcelField, PointField
from .remarks import is_remark_field, without_comment

MAX_LINE: Final = 4000
"""Longer lines are nobody's parcel or point."""
MAX_RING: Final = 10_000
"""Ring numbers stay below; a column of metres does not."""
MAX_LABEL: Final = 64
_NO_LABEL: Final = re.compile(r"[\[\]=@\x00-\x1f\x7f]|^(?://|--)")
"""Marks of sections, keys and parcels, and control characters: such a line is damaged. A point that is commented out
is not read as if it were none, and not left out either."""
_PLAIN_LABEL: Final = re.compile(r"[A-Za-z]*[0-9]+")
_SHAPES: Final = frozenset({"面", "点", "线"})
_METRES: Final = re.compile(r"[0-9]{5}")
"""In a damaged coordinate, too, stand five digits in a row."""
_GROUPED: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_BY_BLANKS: Final = (3, 4)
"""Fields that blanks may separate: with a fifth it could as well be a blank in a label, and all moved by one."""
_THOUSANDS: Final = re.compile(f"{_GROUPED},{_GROUPED}")


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point line that could be read; ``notices`` are codes of what was tolerated."""

    label: str
    ring: int
    northing: float
    easting: float
    decimals: int
    """The smaller number of decimals of the two coordinates."""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a line can't be read."""

    code: str
    column: int | None = None
    text: str = ""
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """A parcel line; ``flaw`` when it is one for all that is wrong with it."""

    fields: tuple[str, ...]
    full_width: bool = False
    flaw: Flaw | None = None


def read_parcel_line(line: str, dialect: Dialect) -> ParcelLine | None:
    """The fields of a parcel line, text fields verbatim; None when the line is no parcel line."""
    if len(line) > MAX_LINE:
        return None
    half = half_width(line)
    ended = half.rstrip(" \t,;")
    marked = ended.endswith("@") and ended[:-1].rstrip(" ")[-1:] in {",", ";", "\t"}
    if not marked:
        return _without_mark(line, dialect)
    fields, full_width = parcel_line_fields(line, dialect)
    while fields and not fields[-1]:
        fields.pop()
    fields.pop()
    return ParcelLine(tuple(fields), full_width or "＠" in line, _parcel_flaw(fields, dialect))


def _without_mark(line: str, dialect: Dialect) -> ParcelLine | None:
    fields, full_width = parcel_line_fields(line, dialect)
    texts = [field for field in fields[2:] if field and not is_number(half_width(field))]
    named = bool(_SHAPES.union(dialect.area_types).intersection(fields))
    if not is_count(half_width(fields[0])) or not (named or (len(fields) >= 6 and texts)):
        return None
    reason = Text(zh="行末没有@", en="no @ at the end")
    return ParcelLine(tuple(fields), full_width, Flaw("E-TXT-HDR", len(fields), reason=reason))


def parcel_line_fields(line: str, dialect: Dialect) -> tuple[list[str], bool]:
    """Fields, and whether full-width separators had to be taken as such (a name may hold one)."""
    verbatim = split_fields(line)
    if line.isascii() or type_fits(verbatim, dialect):
        return verbatim, _numbers_full_width(verbatim)
    converted = split_fields(half_width(line))
    if len(converted) == len(verbatim):
        return verbatim, _numbers_full_width(verbatim)
    return converted, True


def type_fits(fields: list[str], dialect: Dialect) -> bool:
    """True when the word for an area stands where the dialect has it."""
    position = dialect.positions[ParcelField.TYPE]
    return position < len(fields) and fields[position] in dialect.area_types


def _numbers_full_width(fields: list[str]) -> bool:
    return any(field != half_width(field) for field in fields[:2])


def _parcel_flaw(fields: list[str], dialect: Dialect) -> Flaw | None:
    if len(fields) < 4:
        reason = Text(zh=f"只有{len(fields)}个字段", en=f"{len(fields)} fields only")
        return Flaw("E-TXT-HDR", None, reason=reason)
    count = half_width(fields[dialect.positions[ParcelField.POINTS]])
    if not is_count(count):
        return Flaw("E-TXT-HDR", dialect.positions[ParcelField.POINTS] + 1, count)
    expected = dialect.positions[ParcelField.TYPE]
    shapes = [i for i, field in enumerate(fields) if field in _SHAPES]
    if shapes and expected not in shapes:
        reason = Text(
            zh=f"图形类型在第{shapes[0] + 1}列，应在第{expected + 1}列",
            en=f"the type is field {shapes[0] + 1}, not {expected + 1}",
        )
        return Flaw("E-TXT-HDR", shapes[0] + 1, fields[shapes[0]], reason)
    return None


def read_point_line(line: str, dialect: Dialect) -> PointLine | Flaw:
    """A point line, or why it is none. Order of columns by the dialect; a height or remark behind is ignored."""
    if len(line) > MAX_LINE:
        return Flaw("E-TXT-COLS", text=line[:40], reason=Text(zh="行过长", en="the line is too long"))
    half = half_width(line)
    plain = without_comment(half)
    fields = split_fields(plain)
    blanks = len(fields) == 1 and len(plain.split()) in _BY_BLANKS
    if blanks:
        fields = plain.split()
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    remark = len(fields) > _BY_BLANKS[-1] and is_remark_field(fields[-1])
    if remark:
        fields.pop()
    order = _order(fields, dialect)
    if isinstance(order, Flaw):
        return order
    label = fields[order[PointField.LABEL]]
    if not label or len(label) > MAX_LABEL or _NO_LABEL.search(label):
        return Flaw("E-TXT-COLS", order[PointField.LABEL] + 1, label, Text(zh="没有可用的点号", en="no point label"))
    flaw = _value_flaw(fields, order)
    if flaw is not None:
        return flaw
    point = _point(fields, order, half != line)
    further = (("W-TXT-BLANKS", blanks), ("W-TXT-REMARK", remark or plain != half))
    return replace(point, notices=(*point.notices, *(code for code, met in further if met)))


def _order(fields: list[str], dialect: Dialect) -> dict[PointField, int] | Flaw:
    """Where each column stands in this line."""
    columns = list(dialect.point)
    without_ring = [column for column in columns if column is not PointField.RING]
    count = len(fields)
    if count == 3:
        if is_count(fields[1]) and int(fields[1]) < MAX_RING:
            return Flaw("E-TXT-COLS", 4, reason=Text(zh="缺少横坐标", en="the easting is missing"))
        return {column: i for i, column in enumerate(without_ring)}
    if PointField.RING not in columns:
        columns.insert(1, PointField.RING)
    if count in (4, 5):
        if _ring_is_last(fields, columns):
            return Flaw(
                "E-TXT-COLS", 4, fields[-1], Text(zh="圈号应为第2列", en="the ring number belongs into column 2")
            )
        return {column: i for i, column in enumerate(columns)}
    if _THOUSANDS.fullmatch(",".join(fields[2:])):
        return Flaw("E-TXT-NUM", 3, ",".join(fields[2:]), Text(zh="含千分位", en="thousands separators"))
    return Flaw("E-TXT-COLS", None, reason=Text(zh=f"有{count}列", en=f"{count} columns"))


def _ring_is_last(fields: list[str], columns: list[PointField]) -> bool:
    ring = fields[columns.index(PointField.RING)]
    return is_number(ring) and "." in ring and is_count(fields[-1]) and int(fields[-1]) < MAX_RING


def _value_flaw(fields: list[str], order: dict[PointField, int]) -> Flaw | None:
    ring = order.get(PointField.RING)
    if ring is not None and not (is_count(fields[ring]) and int(fields[ring]) < MAX_RING):
        return Flaw("E-TXT-NUM", ring + 1, fields[ring], Text(zh="圈号不是整数", en="the ring is no whole number"))
    numbers = [order[PointField.NORTHING], order[PointField.EASTING]]
    if len(fields) > len(order):
        numbers.append(len(order))
    wrong = next((i for i in sorted(numbers) if not is_number(fields[i])), None)
    return None if wrong is None else Flaw("E-TXT-NUM", wrong + 1, fields[wrong], why_no_number(fields[wrong]))


def _point(fields: list[str], order: dict[PointField, int], full_width: bool) -> PointLine:
    label = fields[order[PointField.LABEL]]
    northing, easting = fields[order[PointField.NORTHING]], fields[order[PointField.EASTING]]
    ring = order.get(PointField.RING)
    decimals = min(decimals_of(northing), decimals_of(easting))
    tolerated = (
        ("W-TXT-FULLWIDTH", full_width),
        ("W-TXT-NORING", ring is None),
        ("W-TXT-PREC", decimals < 2),
        ("I-TXT-LABEL", not _PLAIN_LABEL.fullmatch(label)),
        ("I-TXT-Z", len(fields) > len(order)),
    )
    return PointLine(
        label=label,
        ring=1 if ring is None else int(fields[ring]),
        northing=float(northing),
        easting=float(easting),
        decimals=decimals,
        notices=tuple(code for code, met in tolerated if met),
    )


def looks_like_data(line: str) -> bool:
    """True for a line that carries coordinates or a parcel, wherever it stands."""
    half = half_width(line[:MAX_LINE])
    if half.rstrip(" \t,;").endswith("@"):
        return True
    fields = split_fields(half)
    return 3 <= len(fields) <= 6 and sum(_METRES.search(field) is not None for field in fields[1:]) >= 2
