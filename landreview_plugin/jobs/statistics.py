# SPDX-License-Identifier: GPL-2.0-or-later
"""Reviewed cases counted by month, county, business type and layer in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.files import write_text
from ..core.model.base import Language
from ..core.model.problems import LandReviewError
from ..report.batch_page import batch_page
from .summary import NAME, Entry, newest_summary, read_summary


@dataclass(frozen=True, slots=True)
class Gathered:
    """The newest state of every case below a folder."""

    entries: tuple[Entry, ...]
    files: int
    """How many summaries were read."""
    replaced: int
    """Rows that a later summary of the same case made out of date."""


def gather_summaries(folder: Path) -> Gathered:
    """The summaries of all batches below ``folder``; a case in several counts once, as in the newest file.

    Raises E-SRC-MISSING when there is none.
    """
    homes = sorted({path.parent for path in folder.rglob("summary*.csv")})
    tables = filter(None, map(newest_summary, homes))
    paths = sorted(tables, key=lambda path: (path.stat().st_mtime_ns, str(path)))
    if not paths:
        raise LandReviewError("E-SRC-MISSING", detail=f"{folder}: {NAME}")
    rows = [entry for path in paths for entry in read_summary(path)]
    newest = {(entry["jurisdiction"], entry["case"]): entry for entry in rows}
    return Gathered(tuple(newest.values()), len(paths), len(rows) - len(newest))


COLUMNS = (
    "month",
    "county",
    "business_type",
    "layer",
    "cases",
    "conflict_cases",
    "not_clear_cases",
    "area_ha",
    "farmland_ha",
)


def monthly(entries: Iterable[Entry]) -> list[tuple[Any, ...]]:
    """Rows of :data:`COLUMNS`.

    ``layer`` empty: all cases of the group, with their area and farmland; else the cases in conflict
    with that layer, ``area_ha`` being the land in conflict.
    """
    groups: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in entries:
        key = (entry["reference_date"][:7], entry["jurisdiction"], entry["business_type"])
        groups.setdefault(key, []).append(entry)
    rows: list[tuple[Any, ...]] = []
    for key, found in sorted(groups.items()):
        rows.append((*key, "", *_sums(found)))
        for layer in sorted({layer for entry in found for layer in entry["conflict_m2"]}):
            hit = [entry for entry in found if layer in entry["conflict_m2"]]
            area_ha = sum(entry["conflict_m2"][layer] for entry in hit) / 1e4
            rows.append((*key, layer, len(hit), len(hit), len(hit), round(area_ha, 6), 0.0))
    return rows


def _sums(found: Sequence[Entry]) -> tuple[int, int, int, float, float]:
    verdicts = [entry["verdict"] for entry in found]
    area, farmland = (sum(entry[name] for entry in found) / 1e4 for name in ("area_m2", "farmland_m2"))
    not_clear = sum(verdict != "clear" for verdict in verdicts)
    return len(found), verdicts.count("conflict"), not_clear, round(area, 6), round(farmland, 6)


def write_page(entries: Sequence[Entry], path: Path, language: Language) -> None:
    """The page of charts and cases over all of them; links lead to each case's own folder."""
    shown = [
        entry | {"folder": entry["home"].resolve().as_posix(), "files": _files(entry["home"])} for entry in entries
    ]
    write_text(path, batch_page(shown, language))


def _files(home: Path) -> list[str]:
    return [name for name in ("result.gpkg", "result.json", "result.xlsx", "result.docx") if (home / name).is_file()]
