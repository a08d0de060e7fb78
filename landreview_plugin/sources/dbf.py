# SPDX-License-Identifier: GPL-2.0-or-later
"""The frame of a dBASE table: sizes, field names and texts as bytes. GDAL reads the values."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

_DESCRIPTOR: Final = 32
_DELETED: Final = b"*"


@dataclass(frozen=True, slots=True)
class DbfField:
    """A column: name as bytes, type letter, place in the record."""

    name: bytes
    kind: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Dbf:
    """A table whose size agrees with its header."""

    data: bytes
    count: int
    header: int
    record: int
    ldid: int
    fields: tuple[DbfField, ...]

    @property
    def deleted(self) -> int:
        """Records marked as deleted: no program shows them."""
        ends = range(self.header, self.header + self.count * self.record, self.record)
        return sum(self.data[i : i + 1] == _DELETED for i in ends)

    def texts(self) -> tuple[list[bytes], int]:
        """Field names and all texts, and how many texts break off inside a character at the field's full width."""
        found, cut = [field.name for field in self.fields], 0
        for value, width in self._values():
            whole = _without_half_character(value) if len(value) == width else value
            cut += whole != value
            found.append(whole)
        return list(dict.fromkeys(found)), cut

    def _values(self) -> Iterator[tuple[bytes, int]]:
        columns = [field for field in self.fields if field.kind == "C"]
        for row in range(self.count):
            start = self.header + row * self.record
            for field in columns:
                value = self.data[start + field.start : start + field.start + field.width].rstrip(b" \0")
                if value and not value.isascii():
                    yield value, field.width


def read_dbf(path: Path) -> Dbf:
    """Read and measure a table. Raises E-SRC-CORRUPT with the record where it breaks off."""
    data, place = path.read_bytes(), Place(file=path.name)
    if len(data) < 33:
        raise LandReviewError("E-SRC-CORRUPT", detail=f"{len(data)} bytes", place=place)
    count, header, record = struct.unpack("<IHH", data[4:12])
    fields = _fields(data[_DESCRIPTOR:header])
    if not fields or record < 1 + sum(field.width for field in fields):
        raise LandReviewError("E-SRC-CORRUPT", detail=Text(zh="字段表无效", en="invalid field table"), place=place)
    need = header + count * record
    if len(data) < need:
        whole = max(0, len(data) - header) // record
        detail = Text(
            zh=f"应有{count}条记录，第{whole + 1}条起缺失", en=f"{count} records stated, cut off in record {whole + 1}"
        )
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=Place(file=path.name, feature=str(whole + 1)))
    return Dbf(data, count, header, record, data[29], fields)


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


def _without_half_character(value: bytes) -> bytes:
    """A text that fills its field may end inside a character: three bytes less at most make it whole."""
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                value[: len(value) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return value[: len(value) - cut]
    return value
