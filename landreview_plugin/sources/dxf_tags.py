# SPDX-License-Identifier: GPL-2.0-or-later
"""The frame of a DXF file: pairs of group code and value, cut into the entities of its drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from .encoding import UTF8, Decision, decide

Tag = tuple[int, bytes]
_BINARY: Final = b"AutoCAD Binary DXF"
_DRAWING: Final = b"AC10"
_UNICODE_SINCE: Final = b"AC1021"
_TEXT_CODES: Final = frozenset({1, 3, 8})
_ESCAPE: Final = re.compile(r"\\U\+([0-9A-Fa-f]{4})|\\M\+1([0-9A-Fa-f]{4})")


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the drawing: its type and its tags in order."""

    kind: str
    tags: Sequence[Tag]

    def value(self, code: int) -> bytes:
        """The first value of a group code; empty when it has none."""
        return next((value for found, value in self.tags if found == code), b"")

    def number(self, code: int, default: float = 0.0) -> float:
        """The first value of a group code as a number."""
        value = self.value(code)
        return float(value) if value else default

    def flags(self, code: int) -> int:
        """The first value of a group code as bits."""
        return int(self.number(code))


@dataclass(frozen=True, slots=True)
class Drawing:
    """The entities of a drawing and how its texts are encoded."""

    entities: Iterator[Entity]
    """To be gone through once: a large drawing has millions."""
    decision: Decision

    def text(self, value: bytes) -> str:
        """A value as text, escapes of AutoCAD resolved."""
        return _ESCAPE.sub(_unescaped, value.decode(self.decision.encoding, errors="replace")).strip()


def read_drawing_file(data: bytes, place: Place, encoding: str) -> Drawing:
    """Cut a DXF into entities. Raises E-SRC-FORMAT (binary DXF, DWG) and E-SRC-CORRUPT with the line."""
    if data.startswith((_BINARY, _DRAWING)):
        detail = Text(zh="二进制图形：请在CAD中另存为ASCII DXF", en="a binary drawing: save it as ASCII DXF")
        raise LandReviewError("E-SRC-FORMAT", detail=detail, place=place)
    tags = _tags(data, place)
    header = _header(tags)
    values = [value for code, value in tags if code in _TEXT_CODES and not value.isascii()]
    stated = (
        UTF8
        if header.get(b"$ACADVER", b"") >= _UNICODE_SINCE
        else header.get(b"$DWGCODEPAGE", b"").decode("ascii", errors="replace")
    )
    return Drawing(_entities(tags), decide(values, given=encoding, cpg=stated))


def _tags(data: bytes, place: Place) -> list[Tag]:
    lines = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    while lines and not lines[-1].strip():
        lines.pop()
    try:
        tags = list(zip(map(int, lines[0::2]), map(bytes.strip, lines[1::2]), strict=False))
    except ValueError:
        raise _broken(next(i for i in range(0, len(lines), 2) if not _is_code(lines[i])) + 1, place) from None
    if len(lines) % 2 or not tags or tags[-1] != (0, b"EOF"):
        raise _broken(len(lines), place)
    return tags


def _is_code(line: bytes) -> bool:
    try:
        int(line)
    except ValueError:
        return False
    return True


def _broken(line: int, place: Place) -> LandReviewError:
    detail = Text(zh="不是DXF组码，或文件被截断", en="no DXF group code, or the file is cut off")
    return LandReviewError("E-SRC-CORRUPT", detail=detail, place=place.model_copy(update={"line": line}))


def _header(tags: Sequence[Tag]) -> dict[bytes, bytes]:
    """Variables of the header by name: each has its name in group 9 and its value behind it."""
    found = {}
    for (code, name), (_, value) in pairwise(tags):
        if code == 9:
            found[name] = value
        elif (code, name) == (0, b"ENDSEC"):
            break
    return found


def _entities(tags: Sequence[Tag]) -> Iterator[Entity]:
    """What stands in the section ENTITIES; blocks and tables are not the drawing itself."""
    inside, kind, start = False, b"", 0
    for i, (code, value) in enumerate(tags):
        if code != 0:
            continue
        if kind == b"SECTION":
            inside = (2, b"ENTITIES") in tags[start:i]
        elif kind == b"ENDSEC":
            inside = False
        elif inside:
            yield Entity(kind.decode("ascii", errors="replace").upper(), tags[start:i])
        kind, start = value, i + 1


def _unescaped(match: re.Match[str]) -> str:
    if match.group(1):
        return chr(int(match.group(1), 16))
    return bytes.fromhex(match.group(2)).decode("gb18030", errors="replace")
