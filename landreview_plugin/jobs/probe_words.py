# SPDX-License-Identifier: GPL-2.0-or-later
"""What a test of a binding speaks of, and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from ..core.model.base import Text


class Sign(IntEnum):
    """How a review fares with a binding; the greater, the worse."""

    OK = 0
    WARN = 1
    """It can be used, but the verdict can't be clear, or somebody should look."""
    FAIL = 2
    """A review says "not checked"."""


class Aspect(StrEnum):
    """What was looked at."""

    FOUND = "found"
    CRS = "crs"
    GEOMETRY = "geometry"
    FIELDS = "fields"
    FILTER = "filter"
    DATE = "date"
    COVERAGE = "coverage"
    COUNT = "count"


ASPECTS = {
    Aspect.FOUND: Text(zh="数据", en="Source"),
    Aspect.CRS: Text(zh="坐标系", en="CRS"),
    Aspect.GEOMETRY: Text(zh="几何", en="Geometry"),
    Aspect.FIELDS: Text(zh="字段", en="Fields"),
    Aspect.FILTER: Text(zh="筛选", en="Filter"),
    Aspect.DATE: Text(zh="日期", en="Date"),
    Aspect.COVERAGE: Text(zh="覆盖范围", en="Coverage"),
    Aspect.COUNT: Text(zh="要素数", en="Features"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a test."""

    aspect: Aspect
    sign: Sign
    sentence: Text


def ok(aspect: Aspect, sentence: Text) -> Said:
    """As it should be."""
    return Said(aspect, Sign.OK, sentence)


def warn(aspect: Aspect, sentence: Text) -> Said:
    """Usable, but somebody should look."""
    return Said(aspect, Sign.WARN, sentence)


def fail(aspect: Aspect, sentence: Text) -> Said:
    """A review can't use it."""
    return Said(aspect, Sign.FAIL, sentence)
