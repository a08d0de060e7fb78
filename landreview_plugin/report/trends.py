# SPDX-License-Identifier: GPL-2.0-or-later
"""What many cases show together: land in conflict by layer, verdicts by county, farmland taken by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..core.model.base import Language, Text
from ..core.tables import index
from .charts import Bar, bars, columns

MOST_BARS = 16
HECTARE_M2 = 1e4
ORDER = ("conflict", "failed", "not_checked", "partly_covered", "clear")
BY_LAYER = Text(zh="按图层的冲突面积（公顷）", en="Land in conflict by layer (ha)")
BY_COUNTY = Text(zh="按县区的结论（案卷数）", en="Verdicts by county (cases)")
BY_MONTH = Text(zh="按月占用耕地（公顷）", en="Farmland taken by month (ha)")
NOWHERE = Text(zh="未知", en="unknown")
OTHERS = Text(zh="其余 {} 项", en="{} others")

Entry = Mapping[str, Any]


def charts_of(entries: Sequence[Entry], language: Language) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(title, SVG, verdicts of the legend) of every chart that has something to show."""
    rows = _by_layer(entries, language)
    if rows:
        yield BY_LAYER.get(language), bars(BY_LAYER.get(language), rows), ()
    counties = _by_county(entries, language)
    if counties:
        shown = tuple(key for key in ORDER if any(_verdict(entry) == key for entry in entries))
        yield BY_COUNTY.get(language), bars(BY_COUNTY.get(language), _shortened(counties, language)), shown
    months = [
        Bar(month, (("one", area),), f"{area:,.1f}") for month, area in sorted(farmland_by_month(entries).items())
    ]
    if months:
        yield BY_MONTH.get(language), columns(BY_MONTH.get(language), months[-12:]), ()


def conflict_by_layer(entries: Sequence[Entry]) -> dict[str, float]:
    """Layer key → hectares in conflict, largest first."""
    sums: Counter[str] = Counter()
    for entry in entries:
        sums.update(entry.get("conflict_m2", {}))
    return {key: area / HECTARE_M2 for key, area in sums.most_common()}


def farmland_by_month(entries: Sequence[Entry]) -> dict[str, float]:
    """``2026-09`` → hectares of farmland (0101, 0102, 0103) in the parcels of that month's reviewed cases."""
    sums: Counter[str] = Counter()
    for entry in entries:
        if entry.get("farmland_m2"):
            sums[str(entry["reference_date"])[:7]] += entry["farmland_m2"]
    return {month: area / HECTARE_M2 for month, area in sums.items()}


def total(entries: Sequence[Entry], name: str) -> float:
    """Sum of a number over all cases that have it."""
    return sum(float(entry.get(name) or 0.0) for entry in entries)


def county_name(code: str) -> str:
    """Code and name of a county; the code alone where nobody knows it."""
    row = index("jurisdictions", "code").get(code, {})
    return f"{code} {row.get('name_zh', '')}".strip()


def _verdict(entry: Entry) -> str:
    return str(entry.get("verdict") or "failed")


def _by_layer(entries: Sequence[Entry], language: Language) -> list[Bar]:
    names, column = index("layers", "key"), f"name_{language.value}"
    found = conflict_by_layer(entries)
    rows = [Bar(names[key][column], (("conflict", area),), f"{area:,.2f}") for key, area in found.items() if area]
    return _shortened(rows, language)


def _by_county(entries: Sequence[Entry], language: Language) -> list[Bar]:
    counts: dict[str, Counter[str]] = {}
    for entry in entries:
        counts.setdefault(str(entry.get("jurisdiction") or ""), Counter())[_verdict(entry)] += 1
    rows = [
        Bar(county_name(code) or NOWHERE.get(language), tuple((key, count[key]) for key in ORDER), f"{count.total():,}")
        for code, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, row.name))


def _shortened(rows: list[Bar], language: Language) -> list[Bar]:
    """The longest bars; the rest together in one that says how many they are."""
    if len(rows) <= MOST_BARS:
        return rows
    rest = rows[MOST_BARS - 1 :]
    sums: Counter[str] = Counter()
    for row in rest:
        sums.update(dict(row.parts))
    shown = f"{sum(sums.values()):,.4g}"
    return [*rows[: MOST_BARS - 1], Bar(OTHERS.get(language).format(len(rest)), tuple(sums.items()), shown)]
