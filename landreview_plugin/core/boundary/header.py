# SPDX-License-Identifier: GPL-2.0-or-later
"""What the header says: datum, width, zone, projection, unit, date."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..model.base import Text
from ..model.crs import Datum
from .dialects import Dialect, Role, key_roles
from .log import ProblemLog
from .scan import HeaderSection

_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_ZONE: Final = re.compile(r"第?(\d{1,2})(?:\.0+)?(?:度?带|号)?")
_WIDTH: Final = re.compile(r"([36三六])(?:\.0+)?(?:度|°)?(?:分?带)?")
_IN_WORDS: Final = {"三": 3, "六": 6}
_MERIDIAN: Final = re.compile(r"(?:东经)?(\d{2,3})(?:\.0+)?(?:度|°)?(?:[EeＥ])?")
_GEOMETRIC: Final = (Role.DATUM, Role.WIDTH, Role.PROJECTION, Role.UNIT, Role.ZONE, Role.MERIDIAN)


@dataclass(frozen=True, slots=True)
class Header:
    """The header by meaning. None: not said, or not understood (then a problem says so)."""

    line: int | None = None
    datum: Datum | None = None
    datum_line: int | None = None
    width_deg: int | None = None
    zone: int | None = None
    zone_line: int | None = None
    producer: str = ""
    date: str = ""
    precision: str = ""


def read_header(
    sections: Sequence[HeaderSection], dialect: Dialect, today: dt.date, by_hand: bool, log: ProblemLog
) -> Header:
    """Interpret the header sections of a file; contradicting ones are E-TXT-MULTI.

    ``by_hand``: the user gave the coordinate system, so that missing keys are no problem.
    """
    if not sections:
        return Header()
    section = sections[0]
    keys = _keys(section, dialect)
    _compare(sections, dialect, log)
    usual = {entry.role: entry.key for entry in dialect.header}
    reader = _HeaderReader(section, usual | keys, by_hand, log)
    reader.check_projection_and_unit()
    reader.check_date(today)
    width = reader.width()
    return Header(
        line=section.line,
        datum=reader.datum(),
        datum_line=reader.line(Role.DATUM),
        width_deg=width,
        zone=reader.zone(width),
        zone_line=reader.line(Role.ZONE) or reader.line(Role.MERIDIAN),
        producer=reader.value(Role.PRODUCER),
        date=reader.value(Role.DATE),
        precision=reader.value(Role.PRECISION),
    )


def datums_in(text: str) -> set[Datum]:
    """The datums that a text may mean: ``2000`` or CGCS, 80 or 西安, 54 or 北京, 84."""
    plain = unicodedata.normalize("NFKC", text).upper().replace(" ", "")
    old = Datum.NEW_BEIJING if "新" in plain else Datum.BEIJING1954
    found = {Datum.CGCS2000} if "2000" in plain or "CGCS" in plain else set()
    rest = plain.replace("2000", "")
    found |= {Datum.XIAN1980} if "80" in rest or "西安" in rest else set()
    found |= {old} if "54" in rest or "北京" in rest else set()
    return found | ({Datum.WGS84} if "84" in rest else set())


def parse_date(text: str) -> dt.date | None:
    """A date as ``2026-03-02``, ``2026/3/2`` or ``2026年3月2日``; None when it is none."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _keys(section: HeaderSection, dialect: Dialect) -> dict[Role, str]:
    """The key that a section uses for each role."""
    roles = key_roles(dialect)
    found: dict[Role, str] = {}
    for key in section.values:
        role = roles.get(unicodedata.normalize("NFKC", key).strip())
        if role is not None:
            found.setdefault(role, key)
    return found


def _compare(sections: Sequence[HeaderSection], dialect: Dialect, log: ProblemLog) -> None:
    """Concatenated files are read only when their headers say the same about the coordinates."""
    first = sections[0]
    said = _geometric(first, dialect)
    for other in sections[1:]:
        differing = {role for role, value in _geometric(other, dialect).items() if said.get(role, "") != value}
        differing |= said.keys() - _geometric(other, dialect).keys()
        if differing:
            names = ", ".join(sorted(_keys(other, dialect).get(role, role.value) for role in differing))
            reason = Text(
                zh=f"与第{first.line}行的文件头不同：{names}",
                en=f"differs from the header in line {first.line}: {names}",
            )
            log.add("E-TXT-MULTI", line=other.line, text=names, reason=reason)


def _geometric(section: HeaderSection, dialect: Dialect) -> dict[Role, str]:
    keys = _keys(section, dialect)
    return {
        role: unicodedata.normalize("NFKC", section.values[keys[role]]).replace(" ", "")
        for role in _GEOMETRIC
        if role in keys
    }


class _HeaderReader:
    """Interprets the values of one section; each method reports its own problems."""

    def __init__(self, section: HeaderSection, keys: dict[Role, str], by_hand: bool, log: ProblemLog) -> None:
        """``keys``: as the section writes them; as the dialect does where it leaves one out."""
        self._section, self._keys, self._by_hand, self._log = section, keys, by_hand, log

    def value(self, role: Role) -> str:
        """The value for a role, empty when the key is missing."""
        return self._section.values.get(self._keys.get(role, ""), "")

    def line(self, role: Role) -> int | None:
        """The line of a role's key."""
        return self._section.lines.get(self._keys.get(role, ""))

    def datum(self) -> Datum | None:
        """The datum; missing, ambiguous or WGS 84 is E-CRS-DATUM, an old one E-CRS-OLD."""
        text = self.value(Role.DATUM)
        found = datums_in(text)
        datum = found.pop() if len(found) == 1 else None
        if datum is None and self._by_hand and not text:
            return None
        if datum is None or datum is Datum.WGS84:
            self._refuse("E-CRS-DATUM", Role.DATUM)
        elif datum is not Datum.CGCS2000:
            self._refuse("E-CRS-OLD", Role.DATUM)
        return datum

    def width(self) -> int | None:
        """3 or 6; anything else is E-CRS-WIDTH."""
        text = self.value(Role.WIDTH)
        match = _WIDTH.fullmatch(_compact(text))
        if match:
            return _IN_WORDS.get(match.group(1)) or int(match.group(1))
        if text or not self._by_hand:
            self._refuse("E-CRS-WIDTH", Role.WIDTH)
        return None

    def zone(self, width_deg: int | None) -> int | None:
        """带号, or the zone of 中央子午线; None when neither is said. What can't be read is E-CRS-ZONE."""
        text = self.value(Role.ZONE)
        match = _ZONE.fullmatch(_compact(text))
        if text and not match:
            self._refuse("E-CRS-ZONE", Role.ZONE)
        said = int(match.group(1)) if match else None
        by_meridian = self._zone_of_meridian(width_deg)
        if said is not None and by_meridian is not None and said != by_meridian:
            reason = Text(
                zh=f"带号{said}，中央子午线为第{by_meridian}带",
                en=f"zone {said}, but the meridian is that of zone {by_meridian}",
            )
            self._refuse("E-CRS-ZONE", Role.MERIDIAN, reason)
        return said if said is not None else by_meridian

    def _zone_of_meridian(self, width_deg: int | None) -> int | None:
        match = _MERIDIAN.fullmatch(_compact(self.value(Role.MERIDIAN)))
        if not match or width_deg is None:
            return None
        doubled = int(match.group(1)) + (3 if width_deg == 6 else 0)
        return doubled // width_deg if doubled % width_deg == 0 else None

    def check_projection_and_unit(self) -> None:
        """Anything but Gauss-Krüger is E-CRS-PROJ, anything but metres E-CRS-UNIT; nothing said is W-TXT-KEY."""
        projection = _compact(self.value(Role.PROJECTION)).lower()
        if projection and not ("高斯" in projection or "gauss" in projection or projection == "gk"):
            self._refuse("E-CRS-PROJ", Role.PROJECTION)
        unit = _compact(self.value(Role.UNIT)).lower()
        if unit and unit not in {"米", "m", "公尺", "meter", "metre", "meters", "metres"}:
            self._refuse("E-CRS-UNIT", Role.UNIT)
        if self._by_hand:
            return
        for missing, key in ((not projection, "投影类型"), (not unit, "计量单位")):
            if missing:
                self._log.add("W-TXT-KEY", line=self._section.line, text=key)

    def check_date(self, today: dt.date) -> None:
        """An unreadable or future date is W-TXT-DATE; the text is kept."""
        text = self.value(Role.DATE)
        date = parse_date(text)
        if text and (date is None or date > today):
            self._refuse("W-TXT-DATE", Role.DATE)

    def _refuse(self, code: str, role: Role, reason: Text | None = None) -> None:
        key = self._keys.get(role, role.value)
        if key not in self._section.values:
            reason = reason or Text(zh=f"缺少“{key}”一行", en=f"no line {key}=")
            self._log.add(code, line=self._section.line, reason=reason)
            return
        self._log.add(code, line=self._section.lines[key], text=f"{key}={self._section.values[key]}", reason=reason)


def _compact(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")
