# SPDX-License-Identifier: GPL-2.0-or-later
"""Approved cases: which they are, and what their results say of farmland."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from ..core.model.result import ReviewResult
from ..report.json_result import read_json
from .batch_task import FARMLAND
from .list_rows import date_of, list_rows, spoiled
from .summary import Entry


@dataclass(frozen=True, slots=True)
class Approval:
    """One row of the list of approvals: ``case_number, approved_on`` and, if there is one, ``document``."""

    case: str
    approved_on: dt.date
    document: str
    home: Path = Path()
    """Folder of the case's result."""

    def result(self) -> ReviewResult:
        """The sealed result; raises E-SRC-MISSING, E-SRC-CORRUPT."""
        return read_json(self.home / "result.json")


def read_approvals(path: Path) -> tuple[Approval, ...]:
    """The list of approvals (csv or xlsx); one bad row refuses it whole: a balance with a gap would be wrong.

    Raises E-SRC-MISSING, E-ATT-FIELD, E-CASE-TYPE (a date), E-ATT-DUPNO, each with the line.
    """
    found: dict[str, Approval] = {}
    for row in list_rows(path, ("case_number", "approved_on")):
        place = Place(file=path.name, line=row.line)
        case, given = row.cells.get("case_number", ""), row.cells.get("approved_on", "")
        if case in found:
            raise LandReviewError("E-ATT-DUPNO", detail=case, place=place)
        if rounded := spoiled(case):
            raise LandReviewError("E-CASE-TYPE", detail=rounded, place=place)
        date = date_of(given)
        if date is None:
            raise LandReviewError("E-CASE-TYPE", detail=f"approved_on: {given}", place=place)
        found[case] = Approval(case, date, row.cells.get("document", ""))
    return tuple(found.values())


def with_results(approvals: Iterable[Approval], entries: Sequence[Entry]) -> tuple[Approval, ...]:
    """The approvals with their result folders; raises E-SRC-MISSING naming those that have no result."""
    homes = {str(entry["case"]): Path(entry["home"]) for entry in entries if entry["status"] == "done"}
    approvals = tuple(approvals)
    without = [each.case for each in approvals if not (homes.get(each.case, Path()) / "result.json").is_file()]
    if without:
        names = ", ".join(without[:20])
        raise LandReviewError("E-SRC-MISSING", detail=Text(zh=f"没有审查结果：{names}", en=f"no result: {names}"))
    return tuple(Approval(each.case, each.approved_on, each.document, homes[each.case]) for each in approvals)


def farmland_taken(approvals: Iterable[Approval]) -> dict[str, float]:
    """Class → m² of farmland in the approved parcels, as their sealed results measured it."""
    taken = dict.fromkeys(FARMLAND, 0.0)
    for approval in approvals:
        for row in approval.result().areas:
            if row.class_[:4] in taken:
                taken[row.class_[:4]] += float(row.area_m2)
    return taken


def balance(taken: Mapping[str, float], supplied: Mapping[str, float]) -> list[tuple[str, float, float, float]]:
    """(class, taken, supplied, difference) in m², and a last row ``total``; negative: more taken than supplied."""
    rows = [
        (
            name,
            round(taken[name], 2),
            round(supplied.get(name, 0.0), 2),
            round(supplied.get(name, 0.0) - taken[name], 2),
        )
        for name in FARMLAND
    ]
    sums = [round(sum(column), 2) for column in zip(*(row[1:] for row in rows), strict=True)]
    return [*rows, ("total", sums[0], sums[1], sums[2])]
