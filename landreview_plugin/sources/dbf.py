# SPDX-License-Identifier: GPL-2.0-or-later
"""The frame of a dBASE table: sizes, field names and texts as bytes. GDAL reads the values."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

_DESCRIPTOR: Final = 32
_DELETED: Final = b"*"
_MARKS: Final = (0x20, 0x2A, 0x00)
"""What stands before a record: a blank, an asterisk for a deleted one, nothing where a program leaves it out."""
_NAME: Final = 10
"""Bytes of a field's name: a Chinese one may break off inside a character."""


@dataclass(frozen=True, slots=True)
class DbfField:
    """A column: name as bytes, type letter, place in the record."""

    name: bytes
    kind: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Where everything lies in a table whose size agrees with its header."""

    count: int
    header: int
    record: int
    ldid: int
    fields: tuple[DbfField, ...]

    @property
    def names(self) -> list[bytes]:
        """The names of the fields, whole characters only."""
        return [whole_characters(field.name, _NAME) for field in self.fields]


@dataclass(frozen=True, slots=True)
class Dbf:
    """A table in memory."""

    data: bytes
    frame: Frame

    @property
    def count(self) -> int:
        """Records, those marked as deleted among them."""
        return self.frame.count

    @property
    def deleted(self) -> int:
        """Records marked as deleted: no program shows them."""
        begin, step = self.frame.header, self.frame.record
        return sum(self.data[i : i + 1] == _DELETED for i in range(begin, begin + self.count * step, step))

    def texts(self) -> tuple[list[bytes], int]:
        """Field names and all texts, and how many texts break off inside a character at the field's full width."""
        found, cut = self.frame.names, 0
        for value, width in self._values():
            whole = whole_characters(value, width)
            cut += whole != value
            found.append(whole)
        return list(dict.fromkeys(found)), cut

    def _values(self) -> Iterator[tuple[bytes, int]]:
        columns = [field for field in self.frame.fields if field.kind == "C"]
        for row in range(self.count):
            start = self.frame.header + row * self.frame.record
            for field in columns:
                value = self.data[start + field.start : start + field.start + field.width].rstrip(b" \0")
                if value and not value.isascii():
                    yield value, field.width


def read_dbf(path: Path) -> Dbf:
    """Read and measure a table. Raises E-SRC-CORRUPT with the record where it breaks off."""
    data = path.read_bytes()
    return Dbf(data, frame_of(data, path))


def frame_of(data: bytes | npt.NDArray[np.uint8], path: Path) -> Frame:
    """Measure a table whose bytes are in memory or mapped there. Raises E-SRC-CORRUPT as :func:`read_dbf`."""
    place = Place(file=path.name)
    if len(data) < 33:
        raise LandReviewError("E-SRC-CORRUPT", detail=f"{len(data)} bytes", place=place)
    count, header, record = struct.unpack("<IHH", bytes(data[4:12]))
    fields = _fields(bytes(data[_DESCRIPTOR:header]))
    if not fields or record < 1 + sum(field.width for field in fields):
        raise LandReviewError("E-SRC-CORRUPT", detail=Text(zh="字段表无效", en="invalid field table"), place=place)
    need = header + count * record
    if len(data) < need:
        whole = max(0, len(data) - header) // record
        detail = Text(
            zh=f"应有{count}条记录，第{whole + 1}条起缺失", en=f"{count} records stated, cut off in record {whole + 1}"
        )
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=Place(file=path.name, feature=str(whole + 1)))
    view = np.frombuffer(data, dtype=np.uint8) if isinstance(data, bytes) else data
    # what happens to be an asterisk in a damaged record would make it no record
    refuse_damaged(view[header:need:record], _MARKS, ".dbf", place)
    return Frame(count, header, record, int(data[29]), fields)


def refuse_damaged(
    values: npt.NDArray[np.integer[Any]], allowed: Sequence[int], part: str, place: Place, first: int = 0
) -> None:
    """Raise E-SRC-CORRUPT for the first record whose value is none that a record of ``part`` (.shp, .dbf) may have.

    ``values``: of the records from number ``first`` (counted from 0) on.
    """
    bad = np.flatnonzero(~np.isin(values, allowed))
    if len(bad):
        record = first + int(bad[0]) + 1
        detail = Text(zh=f"{part}第{record}条记录已损坏", en=f"record {record} of the {part} is damaged")
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=place.model_copy(update={"feature": str(record)}))


def refuse_other_count(frame: Frame, records: int, place: Place) -> None:
    """Raise E-SRC-CORRUPT when the table has not as many records as its shapefile."""
    if frame.count != records:
        detail = Text(
            zh=f".shp有{records}条记录，.dbf有{frame.count}条",
            en=f"{records} records in the .shp, {frame.count} in the .dbf",
        )
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=place)


def _fields(descriptors: bytes) -> tuple[DbfField, ...]:
    fields, start = [], 1
    for i in range(0, len(descriptors) - _DESCRIPTOR + 1, _DESCRIPTOR):
        one = descriptors[i : i + _DESCRIPTOR]
        if one[:1] == b"\r":
            break
        kind = chr(one[11])
        width = one[16] + (one[17] << 8 if kind == "C" else 0)
        fields.append(DbfField(one[:11].split(b"\0")[0], kind, start, width))
        start += width
    return tuple(fields)


def whole_characters(value: bytes, width: int) -> bytes:
    """A text that fills its field may end inside a character: three bytes less at most make it whole."""
    if len(value) < width:
        return value
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                value[: len(value) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return value[: len(value) - cut]
    return value
