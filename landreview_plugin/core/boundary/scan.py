# SPDX-License-Identifier: GPL-2.0-or-later
"""Through a boundary-point TXT from top to bottom: header keys, parcels, point columns, bad lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..model.base import Text
from ..model.problems import LandReviewError, Place
from ..progress import Progress
from .blocks import take_block
from .characters import half_width
from .columns import RawParcel
from .dialects import Dialect, key_roles
from .lines import MAX_LINE, Flaw, looks_like_data, read_parcel_line, read_point_line
from .log import ProblemLog
from .recognise import recognise
from .remarks import is_remark

ATTRIBUTES: Final = "属性描述"
COORDINATES: Final = "地块坐标"
_STEP_LINES: Final = 2000
_BRACKETS: Final = str.maketrans("【】〔〕", "[][]")


@dataclass(slots=True)
class HeaderSection:
    """One section 属性描述: keys as written, with their lines."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Scan:
    """Everything that stands in a file."""

    dialect: Dialect
    headers: list[HeaderSection] = field(default_factory=list)
    extra_sections: list[str] = field(default_factory=list)
    """Lines of sections that say nothing about geometry, verbatim."""
    parcels: list[RawParcel] = field(default_factory=list)
    orphans: int = 0
    """Data lines that belong to no parcel."""
    coordinate_sections: int = 0


class Scanner:
    """Reads one text. ``fast`` off takes the careful path everywhere: the result is the same."""

    def __init__(
        self,
        text: str,
        dialects: Sequence[Dialect],
        log: ProblemLog,
        progress: Progress,
        *,
        max_points: int,
        fast: bool = True,
    ) -> None:
        self._text, self._dialects, self._log, self._progress = text, dialects, log, progress
        self._max_points, self._fast = max_points, fast
        self._scan = Scan(dialects[0])
        self._section = ""
        self._recognised = False
        self._points = 0

    def run(self) -> Scan:
        """Scan the text; raises E-SRC-LIMIT for more points than allowed, CancelledError when cancelled."""
        position, line, reported = 0, 1, 0
        while position < len(self._text):
            after, lines = self._step(position, line)
            position, line = after, line + lines
            if line - reported >= _STEP_LINES:
                reported = line
                self._progress.step(position / len(self._text))
            self._check_limit()
        return self._scan

    def _step(self, position: int, line: int) -> tuple[int, int]:
        """Take a block or one line; gives the position behind it and the number of lines."""
        if self._fast and self._section == COORDINATES and self._scan.parcels:
            parcel = self._scan.parcels[-1]
            before = len(parcel.points)
            after = take_block(self._text, position, line, self._scan.dialect, parcel.points)
            if after > position:
                count = len(parcel.points) - before
                self._points += count
                return after, count
        end = self._text.index("\n", position)
        self._line(self._text[position:end], line, end + 1)
        return end + 1, 1

    def _line(self, text: str, line: int, after: int) -> None:
        stripped = text.strip()
        if not stripped:
            return
        head = half_width(stripped[:64]).translate(_BRACKETS)
        if len(stripped) <= 64 and head.startswith("[") and head.endswith("]"):
            self._open_section(head, stripped, line)
        elif self._section == COORDINATES:
            self._coordinate_line(text, line, after)
        elif self._section == ATTRIBUTES:
            self._header_line(stripped, line)
        else:
            self._foreign_line(stripped, line)

    def _open_section(self, head: str, text: str, line: int) -> None:
        self._section = "".join(head[1:-1].split())
        if text[0] != "[" or text[-1] != "]":
            self._log.notice("W-TXT-FULLWIDTH", line=line, text=text)
        if self._section == ATTRIBUTES:
            self._scan.headers.append(HeaderSection(line))
        elif self._section == COORDINATES:
            self._scan.coordinate_sections += 1
        else:
            self._scan.extra_sections.append(text)

    def _header_line(self, text: str, line: int) -> None:
        position = half_width(text).find("=")
        if position < 0:
            position = self._colon(text, line)
        if position < 0 or looks_like_data(text[:position]):
            self._foreign_line(text, line)
            return
        key, value = half_width(text[:position]).strip(), text[position + 1 :].strip()
        if key != text[:position].strip() or text[position] == "＝":
            self._log.notice("W-TXT-FULLWIDTH", line=line, text=text)
        header = self._scan.headers[-1]
        header.values.setdefault(key, value)
        header.lines.setdefault(key, line)
        if header.values[key] != value:
            self._log.add("E-TXT-MULTI", line=line, text=text, reason=Text(zh=f"键重复：{key}", en=f"key twice: {key}"))

    def _colon(self, text: str, line: int) -> int:
        """Where a colon stands for the =, behind a key that some dialect knows; else -1."""
        position = half_width(text).find(":")
        key = half_width(text[: max(position, 0)]).strip()
        if not any(key in key_roles(dialect) for dialect in self._dialects):
            return -1
        self._log.notice("W-TXT-COLON", line=line, text=text)
        return position

    def _foreign_line(self, text: str, line: int) -> None:
        """A line outside of header and coordinates: kept, unless it is data that would be lost."""
        if looks_like_data(text.partition("=")[0]):
            self._orphan(text, line)
        else:
            self._scan.extra_sections.append(text)

    def _coordinate_line(self, text: str, line: int, after: int) -> None:
        if len(text) <= MAX_LINE and is_remark(text):
            self._log.notice("W-TXT-REMARK", line=line, text=text.strip())
            return
        if not self._recognised:
            self._recognised = True
            self._scan.dialect = recognise(text[:MAX_LINE], self._next_line(after), self._dialects)
        parcel = read_parcel_line(text, self._scan.dialect)
        if parcel is None:
            self._point_line(text, line)
            return
        if parcel.full_width:
            self._log.notice("W-TXT-FULLWIDTH", line=line, text=text)
        if parcel.flaw is not None:
            self._refuse(parcel.flaw, text, line)
        self._scan.parcels.append(RawParcel(line, text.strip(), parcel.fields))

    def _next_line(self, position: int) -> str:
        """The first line from there on that is no remark."""
        while position < len(self._text):
            end = self._text.index("\n", position)
            following = self._text[position:end][:MAX_LINE]
            if not is_remark(following):
                return following
            position = end + 1
        return ""

    def _point_line(self, text: str, line: int) -> None:
        if not self._scan.parcels:
            self._orphan(text, line)
            return
        self._points += 1
        parcel = self._scan.parcels[-1]
        point = read_point_line(text, self._scan.dialect)
        if isinstance(point, Flaw):
            parcel.rejected += 1
            self._refuse(point, text, line)
            return
        for code in point.notices:
            self._log.notice(code, line=line, text=text)
        parcel.points.line.append(line)
        parcel.points.label.append(point.label)
        parcel.points.ring.append(point.ring)
        parcel.points.northing.append(point.northing)
        parcel.points.easting.append(point.easting)

    def _orphan(self, text: str, line: int) -> None:
        self._scan.orphans += 1
        self._points += 1
        self._log.add("E-TXT-ORPHAN", line=line, text=text)

    def _refuse(self, flaw: Flaw, text: str, line: int) -> None:
        self._log.add(flaw.code, line=line, column=flaw.column, text=flaw.text or text, reason=flaw.reason)

    def _check_limit(self) -> None:
        if self._points > self._max_points:
            limit = Text(zh=f"界址点超过{self._max_points}个", en=f"more than {self._max_points} boundary points")
            raise LandReviewError("E-SRC-LIMIT", detail=limit, place=Place(file=self._log.file))
