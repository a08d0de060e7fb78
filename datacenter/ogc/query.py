# SPDX-License-Identifier: GPL-2.0-or-later
"""Parameters of an items request, checked: what is unknown or malformed is refused with 400, as the standard asks."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..problems import Refusal
from .crs import Answered, understood

DEFAULT_LIMIT, MAX_LIMIT = 100, 10_000
_KNOWN = ("bbox", "bbox-crs", "crs", "datetime", "limit", "after", "f")
_AFTER = re.compile(r"[0-9a-f-]{1,40}\.[0-9]{1,19}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9:.]{5,15}([Zz]|[+-][0-9]{2}:[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Box:
    """A box in the order of its system's axes turned to x, y."""

    west: float
    south: float
    east: float
    north: float
    epsg: int


@dataclass(frozen=True, slots=True)
class Asked:
    """An items request."""

    crs: Answered
    limit: int = DEFAULT_LIMIT
    box: Box | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    after: tuple[str, int] | None = None
    """Key of the last feature of the page before."""
    filters: tuple[tuple[str, str], ...] = ()


def asked(query: Mapping[str, str], fields: frozenset[str]) -> Asked:
    """The request that ``query`` makes of a collection with these fields."""
    unknown = [name for name in query if name not in _KNOWN and name not in fields]
    if unknown:
        raise _bad("unknown", ", ".join(unknown)[:100])
    since, until = _interval(query.get("datetime", ""))
    return Asked(
        crs=understood(query.get("crs", "")),
        limit=_limit(query.get("limit", "")),
        box=_box(query.get("bbox", ""), understood(query.get("bbox-crs", ""))),
        since=since,
        until=until,
        after=_key(query.get("after", "")),
        filters=tuple((name, value) for name, value in query.items() if name not in _KNOWN),
    )


def _limit(text: str) -> int:
    """Above the largest page the largest page is given (req. fc-limit-response-1)."""
    if not text:
        return DEFAULT_LIMIT
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise _bad("limit", text)
    return min(int(text), MAX_LIMIT)


def _box(text: str, system: Answered) -> Box | None:
    if not text:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise _bad("bbox", text) from None
    if len(numbers) == 6:  # heights are no matter here
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(math.isfinite(number) for number in numbers):
        raise _bad("bbox", text)
    a, b, c, d = numbers
    west, south, east, north = (b, a, d, c) if system.flipped else (a, b, c, d)
    if west > east or south > north:
        raise _bad("bbox", text)
    return Box(west, south, east, north, system.epsg)


def _interval(text: str) -> tuple[dt.date | None, dt.date | None]:
    """An instant, or two with ".." for an open end; days count."""
    if not text:
        return None, None
    ends = text.split("/")
    if len(ends) > 2 or not all(end in ("", "..") or _INSTANT.fullmatch(end) for end in ends) or ends == [""]:
        raise _bad("datetime", text)
    try:
        dates = [None if end in ("", "..") else dt.date.fromisoformat(end[:10]) for end in ends]
    except ValueError:
        raise _bad("datetime", text) from None
    since, until = dates[0], dates[-1]
    if (since is None and until is None) or (since and until and since > until):
        raise _bad("datetime", text)
    return since, until


def _key(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    if not _AFTER.fullmatch(text) or int(text.rpartition(".")[2]) >= 2**63:
        raise _bad("after", text)
    group, _, number = text.rpartition(".")
    return group, int(number)


def _bad(name: str, value: str) -> Refusal:
    return Refusal(400, "E-CENTRE-REQUEST", f"{name}: {value[:100]}")
