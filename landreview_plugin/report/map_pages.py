# SPDX-License-Identifier: GPL-2.0-or-later
"""Which maps an opinion gets: the parcels as a whole, then one overlay map (套合图) a layer that is not clear."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..core.model.result import Finding, ReviewResult, Verdict
from .finding_tables import ordered
from .summary import conclusion, method_words
from .units import areas
from .words import Words

GRID_MM = 35.0
DETAIL_SCALE = 10_000
"""Beyond this scale pieces of some hundred square metres are dots: each parcel gets its own map."""
MOST_DETAILS = 12
"""Maps of single parcels for one layer; the note names how many more there are."""
MOST_MAPS = 20
"""Overlay maps of one opinion; the note of the last page names the layers beyond."""
SCALES = (200, 500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)
"""The scales of survey maps; a map takes the largest that its land fits into."""


@dataclass(frozen=True, slots=True)
class MapPage:
    """One map: its words, and what of the result GeoPackage it shows."""

    layer: str
    """Key of the reference layer; empty: all findings that are not clear."""
    title: str
    subtitle: str
    note: str
    parcel: str = ""
    """The one parcel whose findings it shows; empty: all."""

    @property
    def findings_filter(self) -> str:
        """Filter on the layer ``findings``; keys are words of ``layers.csv``."""
        return "verdict <> 'clear'" + _and("layer", self.layer) + _and("parcel", self.parcel)

    @property
    def reference_filter(self) -> str:
        """Filter on ``features`` and ``uncovered``; the overview shows neither surroundings nor features."""
        return f"layer = '{self.layer}'" if self.layer else "around_m = 0"


def _and(field: str, value: str) -> str:
    quoted = value.replace("'", "''")
    return f" AND {field} = '{quoted}'" if value else ""


def map_pages(result: ReviewResult, words: Words) -> tuple[MapPage, ...]:
    """The overview first, then the layers from the worst finding on."""
    keys = tuple(dict.fromkeys(each.layer for each in ordered(result.findings) if _on_the_map(each)))
    left_out = keys[MOST_MAPS:]
    pages = [_overview(result, words, left_out)]
    return (*pages, *(_overlay(result, key, words) for key in keys[:MOST_MAPS]))


def details(result: ReviewResult, page: MapPage, words: Words) -> tuple[MapPage, ...]:
    """A map for each parcel in place of one whose land lies too far apart to be seen; the page itself else."""
    found = [each for each in result.findings if each.layer == page.layer and _on_the_map(each)]
    parcels = tuple(dict.fromkeys(each.parcel for each in found if each.parcel))
    if not page.layer or len(parcels) < 2:
        return (page,)
    left_out = words("map.parcels_left_out", count=len(parcels) - MOST_DETAILS) if len(parcels) > MOST_DETAILS else ""
    pages = []
    for parcel in parcels[:MOST_DETAILS]:
        own = [each for each in found if each.parcel == parcel]
        title = words("map.detail", title=page.title, parcel=parcel)
        note = "\n".join(part for part in (_note(result, page.layer, own, words), left_out) if part)
        pages.append(MapPage(page.layer, title, page.subtitle, note, parcel))
    return tuple(pages)


def scale_for(width_m: float, height_m: float, frame_mm: tuple[float, float]) -> int:
    """The largest usual scale at which land of this size fits into a frame; beyond the smallest, a round one."""
    needed = max(width_m / frame_mm[0], height_m / frame_mm[1]) * 1000
    return next((scale for scale in SCALES if scale >= needed), -(-int(needed) // 500_000) * 500_000)


def grid_interval(scale: int) -> float:
    """Metres between grid lines: 1, 2 or 5 times a power of ten, at least GRID_MM apart on paper."""
    least_m = GRID_MM / 1000 * scale
    power = 10.0 ** math.floor(math.log10(least_m))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least_m)


def _on_the_map(finding: Finding) -> bool:
    """Whether there is land to show: not for checks that could not be made at all."""
    return finding.verdict in {Verdict.CONFLICT, Verdict.PARTLY_COVERED}


def _subtitle(result: ReviewResult, words: Words) -> str:
    facts = (result.case.number, result.case.project, result.case.applicant)
    return words.join(facts, "list.space")


def _overview(result: ReviewResult, words: Words, left_out: tuple[str, ...]) -> MapPage:
    notes = [conclusion(result, words).headline, _common(result, words)]
    if left_out:
        names = words.join((words.layer(key, result) for key in left_out), "list.comma")
        notes.append(words("map.left_out", layers=names))
    return MapPage("", words("map.overview"), _subtitle(result, words), "\n".join(notes))


def _overlay(result: ReviewResult, key: str, words: Words) -> MapPage:
    found = [each for each in result.findings if each.layer == key and _on_the_map(each)]
    title = words("map.overlay", layer=words.layer(key, result))
    return MapPage(key, title, _subtitle(result, words), _note(result, key, found, words))


def _note(result: ReviewResult, key: str, found: list[Finding], words: Words) -> str:
    """Data date, plane, method, and the first findings in figures."""
    use = next((each for each in result.provenance.layers if each.key == key), None)
    date = str(use.data_date) if use and use.data_date else words("none")
    lines = [words("map.data_date", date=date), _common(result, words)]
    for each in found[:5]:
        area = areas(each.area_printed)
        lines.append(words("map.finding", rule=each.rule, parcel=words.parcel(each.parcel), m2=area.m2, ha=area.ha))
    if len(found) > 5:
        lines.append(words("features.more", count=len(found)))
    return "\n".join(lines)


def _common(result: ReviewResult, words: Words) -> str:
    date = result.case.reference_date
    return words("map.common", crs=result.provenance.crs, method=method_words(result, words), date=date).replace(
        "|", "\n"
    )
