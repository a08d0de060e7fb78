# SPDX-License-Identifier: GPL-2.0-or-later
"""From a finding to a trimmed boundary, and from an accepted one to the corrected hand-in of its case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..core.boundary.writer import write_as_read
from ..core.evidence.hashes import file_sha256
from ..core.geodesy.area import AreaMethod, measure_for
from ..core.geodesy.rounding import round_half_up
from ..core.geodesy.zones import zone_of_crs
from ..core.model.case_file import CaseFile
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.model.result import Finding, ReviewResult
from ..core.progress import Part, Progress
from ..core.trim.forbidden import forbidden_land, hard_conflicts, why_not
from ..core.trim.parcel import corrected
from ..core.trim.suggest import suggest
from ..core.trim.suggestion import Suggestion
from ..core.trim.useful import Limits
from ..sources.stored_result import with_geometries
from .desk import Desk


@dataclass(frozen=True, slots=True)
class TrimQuestion:
    """Which conflict to remove from which hand-in."""

    reading: ParcelReading
    result: ReviewResult
    shapes: Path
    """The result's GeoPackage."""
    finding: str
    every: bool = False
    """All prohibitions on the parcel, not this one only."""
    limits: Limits = Limits()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class TrimAnswer:
    """The parcel, what was taken off, and the ways to do it (see ``core.trim.suggest``)."""

    parcel: Parcel
    crs: Crs
    findings: tuple[Finding, ...]
    ways: tuple[Suggestion, ...]


def suggest_for(question: TrimQuestion, progress: Progress) -> TrimAnswer:
    """Areas by the result's method. Raises E-CASE-PARAM for a finding that trimming can't remove, E-SRC-CORRUPT."""
    placed = with_geometries(question.result, question.shapes)
    progress.step(0.3)
    finding = next((each for each in placed.findings if each.id == question.finding), None)
    if finding is None:
        raise LandReviewError("E-CASE-PARAM", detail=question.finding)
    if reason := why_not(finding):
        raise LandReviewError("E-CASE-PARAM", detail=reason, place=Place(parcel=finding.parcel))
    findings = hard_conflicts(placed, finding.parcel) if question.every else (finding,)
    parcel = next((each for each in question.reading.parcels if each.number == finding.parcel), None)
    if parcel is None or question.reading.crs is None:
        raise LandReviewError("E-CASE-PARAM", detail=finding.parcel)
    measure = measure_for(AreaMethod(placed.provenance.area_method), question.reading.crs)
    ways = suggest(
        parcel.geometry,
        forbidden_land(findings),
        measure=measure,
        limits=question.limits,
        progress=Part(progress, 0.3, 1.0),
    )
    progress.step(1.0)
    return TrimAnswer(parcel, question.reading.crs, findings, ways)


def accept_trim(
    desk: Desk, case: CaseFile, reading: ParcelReading, answer: TrimAnswer, way: Suggestion, folder: Path
) -> CaseFile:
    """A new version of the hand-in with the trimmed parcel, logged as an accepted suggestion.

    Where the plane is a zone of the tables a boundary TXT of all parcels is written into ``folder`` and kept
    with the case: what the office sends back to the surveyor.
    """
    assert way.after is not None  # only a way that has land is offered
    new = corrected(reading, {answer.parcel.number: way.after})
    file = None
    if zone_of_crs(new.crs) is not None:
        file = folder / f"{Path(reading.source).stem or case.number}-v{case.version + 1}.txt"
        file.write_bytes(write_as_read(new))
        new = new.model_copy(update={"source": file.name, "sha256": file_sha256(file)})
    about = {
        "suggestion": "trim",
        "parcel": answer.parcel.number,
        "findings": [each.id for each in answer.findings],
        "lost_m2": str(round_half_up(way.lost_m2, 2)),
    }
    return desk.correct(case, new, file, about)
