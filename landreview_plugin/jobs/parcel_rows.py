# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels as a table shows them: what was stated, what was computed, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..core.geodesy.area import AreaMethod, measure_for
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError
from ..core.model.result import ReviewResult, RuleSeverity, Verdict
from ..core.overlay.layer import as_array
from ..core.review import printed


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """One parcel of a case or of a hand-in."""

    parcel: Parcel
    area_m2: Decimal | None
    """By the pack's method, as printed; None: it can't be computed here."""
    verdict: Verdict | None = None
    """None: not reviewed."""
    severity: RuleSeverity | None = None


def parcel_rows(reading: ParcelReading, result: ReviewResult | None, method: AreaMethod | None) -> list[ParcelRow]:
    """The rows in the order of the hand-in. ``method``: of the pack in force; a review's own areas come first."""
    if result is not None:
        found = {each.number: each for each in result.parcels}
        worst = _severities(result)
        return [
            ParcelRow(parcel, found[parcel.number].area_m2, found[parcel.number].verdict, worst.get(parcel.number))
            if parcel.number in found
            else ParcelRow(parcel, None)
            for parcel in reading.parcels
        ]
    areas = _areas(reading, method)
    return [ParcelRow(parcel, area) for parcel, area in zip(reading.parcels, areas, strict=True)]


def _severities(result: ReviewResult) -> dict[str, RuleSeverity]:
    found: dict[str, list[RuleSeverity]] = {}
    for finding in result.findings:
        if finding.verdict is Verdict.CONFLICT:
            found.setdefault(finding.parcel, []).append(finding.severity)
    worst = {parcel: RuleSeverity.worst(severities) for parcel, severities in found.items()}
    return {parcel: severity for parcel, severity in worst.items() if severity is not None}


def _areas(reading: ParcelReading, method: AreaMethod | None) -> Sequence[Decimal | None]:
    nothing: list[Decimal | None] = [None] * len(reading.parcels)
    if method is None or reading.crs is None or not reading.parcels:
        return nothing
    try:
        measure = measure_for(method, reading.crs)
    except LandReviewError:  # an ellipsoidal area of a plane that is no Gauss-Krüger: the problems say so
        return nothing
    return [printed(area) for area in measure(as_array(reading.parcels))]
