# SPDX-License-Identifier: GPL-2.0-or-later
"""Compare one case at several dates, from files to JSON and a page. Needs no QGIS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..core.compare_dates import compare_dates
from ..core.files import write_text
from ..core.model.base import Language
from ..core.model.dates import DateComparison, NamedDate
from ..core.model.parcel import ParcelReading
from ..core.progress import Progress
from ..core.review import Reviewed
from ..report.date_page import date_page
from ..sources.catalogue import OpenLayer, open_file
from .review_job import ReviewJob

STEM = "dates"


def compare_at(
    job: ReviewJob,
    dates: Sequence[NamedDate],
    progress: Progress,
    *,
    reading: ParcelReading | None = None,
    open_layer: OpenLayer = open_file,
) -> DateComparison:
    """Review the job's case at each date; its own ``reference_date`` does not count."""

    def at(date: dt.date, share: Progress) -> Reviewed:
        return replace(job, reference_date=date).run(share, reading=reading, open_layer=open_layer)

    return compare_dates(dates, at, progress)


def write_comparison(comparison: DateComparison, folder: Path, language: Language) -> dict[str, Path]:
    """Write ``dates.json`` for machines and ``dates.html`` for people into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {"json": folder / f"{STEM}.json", "html": folder / f"{STEM}.html"}
    write_text(written["json"], comparison.model_dump_json(indent=2) + "\n")
    write_text(written["html"], date_page(comparison, language))
    return written
