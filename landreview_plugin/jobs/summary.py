# SPDX-License-Identifier: GPL-2.0-or-later
"""The summary of a batch: a CSV for machines, a page for people. Same cases, same bytes."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..core.files import replace_file
from ..core.model.base import Language
from ..core.model.problems import LandReviewError, Place
from ..report.batch_page import batch_page

Entry = dict[str, Any]
NAME = "summary.csv"

COLUMNS = (
    "case",
    "status",
    "verdict",
    "worst_severity",
    "conflicts",
    "not_checked",
    "parcels",
    "area_m2",
    "farmland_m2",
    "conflict_m2",
    "business_type",
    "reference_date",
    "jurisdiction",
    "project",
    "file",
    "folder",
    "digest",
    "error",
    "message",
)


def write_summary(entries: Sequence[Entry], folder: Path, language: Language) -> tuple[Path, Path]:
    """Write ``summary.csv`` and ``summary.html``; returns where they are.

    One that another program holds open stays, and the new one is written beside it as ``summary-new``: a night's
    work must not end without a summary because somebody left Excel open. Raises E-ENV-WRITE.
    """
    text = _csv(entries)
    # with a byte-order mark: office programs on a Chinese Windows take it for GBK otherwise
    table = _put(folder / NAME, lambda beside: beside.write_text(text, encoding="utf-8-sig", newline=""))
    page = batch_page(entries, language)
    return table, _put(folder / "summary.html", lambda beside: beside.write_text(page, encoding="utf-8"))


def newest_summary(folder: Path) -> Path | None:
    """The table that the last batch wrote into ``folder``."""
    found = [path for path in (folder / NAME, _spare(folder / NAME)) if path.is_file()]
    return max(found, key=lambda path: path.stat().st_mtime_ns, default=None)


def _put(path: Path, write: Callable[[Path], object]) -> Path:
    spare = _spare(path)
    try:
        replace_file(path, write)
    except LandReviewError:
        replace_file(spare, write)
        return spare
    with contextlib.suppress(OSError):  # held open, too: it is the older one
        spare.unlink(missing_ok=True)
    return path


def _spare(path: Path) -> Path:
    return path.with_stem(f"{path.stem}-new")


def read_summary(path: Path) -> list[Entry]:
    """The rows of a ``summary.csv`` with their numbers; raises E-SRC-MISSING, E-ATT-FIELD."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LandReviewError("E-SRC-MISSING", detail=str(path)) from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise LandReviewError("E-ATT-FIELD", detail=", ".join(missing), place=Place(file=str(path), line=1))
    return [_entry(row, path.parent) for row in rows]


def _entry(row: dict[str, str], home: Path) -> Entry:
    entry: Entry = {name: _original(value) for name, value in row.items()}
    for name in ("conflicts", "not_checked", "parcels"):
        entry[name] = int(row[name] or 0)
    for name in ("area_m2", "farmland_m2"):
        entry[name] = float(row[name] or 0.0)
    pairs = (pair.partition("=") for pair in row["conflict_m2"].split())
    return entry | {"conflict_m2": {key: float(area) for key, _, area in pairs}, "home": home / entry["folder"]}


def _csv(entries: Sequence[Entry]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for entry in entries:
        layers = " ".join(f"{key}={area:.2f}" for key, area in sorted(entry.get("conflict_m2", {}).items()))
        row = entry | {"conflict_m2": layers}
        writer.writerow({name: _inert(row.get(name, "")) for name in COLUMNS})
    return out.getvalue()


def _inert(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _original(value: str) -> str:
    return value[1:] if value[:1] == "'" and value[1:2] in tuple("=+-@\t\r") else value
