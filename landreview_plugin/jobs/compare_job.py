# SPDX-License-Identifier: GPL-2.0-or-later
"""Two versions of a case compared: their hand-ins brought to one plane, their last reviews read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.compare_versions import VersionComparison, compare_versions
from ..core.model.parcel import ParcelReading
from ..core.progress import Progress
from ..report.json_result import read_json
from ..sources.rezone import rezoned
from ..store.entries import ResultEntry


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its hand-in and the ``result.json`` of its last review, if there was one."""

    version: int
    reading: ParcelReading
    result: Path | None


def compare_sides(before: Side, after: Side, progress: Progress) -> VersionComparison:
    """Off the main thread. Raises E-SRC-CORRUPT for a result that can't be read, E-CRS-… between datums."""
    old = before.reading
    if old.crs is not None and after.reading.crs is not None and old.crs != after.reading.crs:
        old = rezoned(old, after.reading.crs)
    progress.step(0.2)
    results = [None if side.result is None else read_json(side.result) for side in (before, after)]
    progress.step(0.6)
    return compare_versions(old, after.reading, *results)


def last_review(results: Sequence[ResultEntry], version: int) -> ResultEntry | None:
    """The newest review of a version."""
    return next((each for each in reversed(results) if each.version == version), None)
