# SPDX-License-Identifier: GPL-2.0-or-later
"""Which coordinate system a file is in: by header, by eastings, by hand; they confirm or contradict each other.

The zone is never guessed from the declared county. Exchanged axes are the one plausible repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ..geodesy.zones import PREFIX_M, Zone, crs_of_zone, find_zone, width_of_zone, zone_of_crs
from ..model.base import Text
from ..model.crs import Crs, Datum
from .header import Header
from .log import ProblemLog

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

DEGREES: Final = 181.0
NORTHING_M: Final = (1_900_000.0, 6_200_000.0)
"""Mainland China; farther south a northing could be taken for an easting."""
MAX_NORTHING_M: Final = 10_010_000.0
BASE_EASTING_M: Final = (150_000.0, 850_000.0)


@dataclass(frozen=True, slots=True)
class Points:
    """All boundary points of a file: X and Y as written, with their lines."""

    northing: Floats
    easting: Floats
    line: npt.NDArray[np.int64]

    def exchanged(self) -> Points:
        """The same points with X and Y exchanged."""
        return Points(self.easting, self.northing, self.line)


@dataclass(frozen=True, slots=True)
class Reference:
    """What was decided."""

    crs: Crs | None
    exchanged: bool = False
    zone: int | None = None
    prefixed: bool | None = None


def decide(points: Points, header: Header, by_hand: Crs | None, accepted: frozenset[str], log: ProblemLog) -> Reference:
    """Decide axes, zone and system of a file; every contradiction is an E-CRS code with both sides."""
    if _in_degrees(points, log):
        return Reference(None)
    foreign = by_hand is not None and zone_of_crs(by_hand) is None
    if foreign:
        return _foreign(by_hand, header, log)
    exchanged = _axes(points, accepted, log)
    points = points.exchanged() if exchanged else points
    _check_range(points, log)
    return _by_zone(points, header, by_hand, exchanged, log)


def _in_degrees(points: Points, log: ProblemLog) -> bool:
    degrees = (np.abs(points.northing) < DEGREES) & (np.abs(points.easting) < DEGREES)
    if not degrees.any():
        return False
    first = int(np.flatnonzero(degrees)[0])
    count = int(degrees.sum())
    log.add(
        "E-TXT-DEG",
        line=int(points.line[first]),
        text=f"{points.northing[first]:g}, {points.easting[first]:g}",
        reason=Text(zh=f"{count}个点", en=f"{count} points"),
    )
    return True


def _foreign(by_hand: Crs | None, header: Header, log: ProblemLog) -> Reference:
    """A system from elsewhere (profile ``plain``) is taken as given, unless the header names another datum."""
    if by_hand is not None and header.datum is not None and by_hand.datum is not header.datum:
        reason = _both(header.datum.value, by_hand.label)
        log.add("E-CRS-DATUM", line=header.datum_line, text=header.datum.value, reason=reason)
    if by_hand is not None and (by_hand.geographic or not by_hand.metres):
        log.add(
            "E-CRS-RANGE",
            text=by_hand.label,
            reason=Text(zh="需要以米为单位的平面坐标系", en="a plane in metres is needed"),
        )
    return Reference(by_hand)


def _easting_fits(values: Floats) -> Flags:
    base = values % PREFIX_M
    zone = values // PREFIX_M
    known = (zone == 0) | ((zone >= 13) & (zone <= 23)) | ((zone >= 25) & (zone <= 45))
    return np.asarray(known & (base >= BASE_EASTING_M[0]) & (base <= BASE_EASTING_M[1]))


def _axes(points: Points, accepted: frozenset[str], log: ProblemLog) -> bool:
    """True when X and Y are exchanged throughout; a mixture is E-CRS-RANGE."""
    north, east = points.northing, points.easting
    straight = _easting_fits(east) & (north >= NORTHING_M[0]) & (north <= NORTHING_M[1])
    exchanged = _easting_fits(north) & (east >= NORTHING_M[0]) & (east <= NORTHING_M[1])
    if not exchanged.any():
        return False
    first = int(np.flatnonzero(exchanged)[0])
    text = f"{north[first]:.3f}, {east[first]:.3f}"
    if straight.any():
        reason = Text(
            zh=f"{int(exchanged.sum())}个点的X、Y与其他点相反",
            en=f"X and Y of {int(exchanged.sum())} points run against the others",
        )
        log.add("E-CRS-RANGE", line=int(points.line[first]), text=text, reason=reason)
        return False
    repair = Text(zh="已按X、Y互换读取", en="read with X and Y exchanged")
    needs_yes = "W-TXT-SWAP" not in accepted
    log.add("W-TXT-SWAP", line=int(points.line[first]), text=text, repair=repair, needs_yes=needs_yes)
    return True


def _check_range(points: Points, log: ProblemLog) -> None:
    """Points that no Gauss-Krüger plane has; the first is shown, all are counted."""
    base = points.easting % PREFIX_M
    wrong = (points.northing < 0) | (points.northing > MAX_NORTHING_M) | (points.easting < 0)
    wrong |= (base < BASE_EASTING_M[0]) | (base > BASE_EASTING_M[1])
    if not wrong.any() or log.count("E-CRS-RANGE"):
        return
    first = int(np.flatnonzero(wrong)[0])
    log.add(
        "E-CRS-RANGE",
        line=int(points.line[first]),
        text=f"{points.northing[first]:.3f}, {points.easting[first]:.3f}",
        reason=Text(
            zh=f"{int(wrong.sum())}个点超出高斯-克吕格平面的范围",
            en=f"{int(wrong.sum())} points are off the Gauss-Krüger plane",
        ),
    )


def _by_zone(points: Points, header: Header, by_hand: Crs | None, exchanged: bool, log: ProblemLog) -> Reference:
    prefix, prefixed = _prefix(points, log)
    given = zone_of_crs(by_hand)
    zone = _zone(prefix, header, given, points, log)
    datum = _datum(header, given, log)
    width = width_of_zone(zone) if zone is not None else None
    if zone is None or width is None or datum is None:
        return Reference(None, exchanged, zone, prefixed)
    if given is not None and given.prefixed is not prefixed and not log.count("E-CRS-ZONE"):
        _refuse_kind(given, points, log)
    found = find_zone(datum, width, zone, prefixed)
    return Reference(crs_of_zone(found) if found else None, exchanged, zone, prefixed)


def _refuse_kind(given: Zone, points: Points, log: ProblemLog) -> None:
    """The system given by hand has the zone number in front of its eastings and the file has not, or the reverse."""
    sibling = find_zone(given.datum, given.width_deg, given.zone, not given.prefixed)
    fitting = f"EPSG:{sibling.epsg}" if sibling else "?"
    reason = Text(
        zh=f"EPSG:{given.epsg}的横坐标{'含' if given.prefixed else '不含'}带号，与文件不符；应为{fitting}",
        en=f"eastings of EPSG:{given.epsg} {'carry' if given.prefixed else 'lack'} the zone; the file fits {fitting}",
    )
    log.add("E-CRS-ZONE", line=int(points.line[0]), text=f"{points.easting[0]:.3f}", reason=reason)


def _prefix(points: Points, log: ProblemLog) -> tuple[int | None, bool]:
    """The zone in front of the eastings (None: none or several), and whether there is one at all."""
    if not len(points.easting):
        return None, False
    numbers, counts = np.unique(np.floor(points.easting / PREFIX_M), return_counts=True)
    usual = int(numbers[np.argmax(counts)])
    if len(numbers) > 1:
        odd = int(np.flatnonzero(np.floor(points.easting / PREFIX_M) != usual)[0])
        other = int(points.easting[odd] // PREFIX_M)
        log.add(
            "E-CRS-ZONE",
            line=int(points.line[odd]),
            text=f"{points.easting[odd]:.3f}",
            reason=_both(usual or "-", other or "-"),
        )
    elif usual and width_of_zone(usual) is None:
        reason = Text(zh=f"横坐标带号{usual}不存在", en=f"there is no zone {usual}")
        log.add("E-CRS-ZONE", line=int(points.line[0]), text=f"{points.easting[0]:.3f}", reason=reason)
    return (usual if usual and width_of_zone(usual) else None), usual != 0


def _zone(prefix: int | None, header: Header, given: Zone | None, points: Points, log: ProblemLog) -> int | None:
    """The zone number that all sources agree on; the eastings' own when they don't, for showing."""
    zone = _first(prefix, header.zone, given.zone if given else None)
    if zone is None:
        if not log.count("E-CRS-ZONE"):
            reason = Text(zh="文件头和横坐标都没有带号", en="neither header nor eastings have a zone")
            log.add("E-CRS-ZONE", line=header.zone_line or header.line, reason=reason)
        return None
    line = header.zone_line or (int(points.line[0]) if len(points.line) else None)
    if header.zone is not None and header.zone != zone:
        log.add("E-CRS-ZONE", line=line, text=str(header.zone), reason=_both(header.zone, zone))
    elif given is not None and given.zone != zone:
        log.add("E-CRS-ZONE", line=line, text=str(zone), reason=_both(zone, given.zone))
    _check_width(zone, header, line, log)
    return zone


def _check_width(zone: int, header: Header, line: int | None, log: ProblemLog) -> None:
    width = width_of_zone(zone)
    if log.count("E-CRS-ZONE"):
        return
    if width is None or (header.width_deg is not None and header.width_deg != width):
        said, found = header.width_deg or "?", width or "?"
        reason = Text(
            zh=f"第{zone}带为{found}度带，文件头为{said}度",
            en=f"zone {zone} is a {found}-degree zone, the header says {said}",
        )
        log.add("E-CRS-ZONE", line=line, text=str(zone), reason=reason)


def _datum(header: Header, given: Zone | None, log: ProblemLog) -> Datum | None:
    if header.datum is None:
        return given.datum if given else None
    if given is not None and given.datum is not header.datum and not log.count("E-CRS-DATUM"):
        log.add(
            "E-CRS-DATUM",
            line=header.datum_line,
            text=header.datum.value,
            reason=_both(header.datum.value, given.datum.value),
        )
    return None if header.datum is Datum.WGS84 else header.datum


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


def _both(one: object, other: object) -> Text:
    return Text.same(f"{one} ≠ {other}")


def gather(arrays: Sequence[Floats], lines: Sequence[npt.NDArray[np.int64]]) -> Points:
    """Points of all parcels: (n, 2) arrays of northing, easting, and their lines."""
    if not arrays:
        return Points(np.zeros(0), np.zeros(0), np.zeros(0, np.int64))
    xy = np.concatenate(arrays)
    return Points(xy[:, 0], xy[:, 1], np.concatenate(lines))
