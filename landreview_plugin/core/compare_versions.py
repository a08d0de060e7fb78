# SPDX-License-Identifier: GPL-2.0-or-later
"""Two hand-ins of a case side by side, before and after a correction: land, points, facts, findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from .compare_parcels import Change, ParcelChange, compare_parcels
from .compare_points import PointChange, compare_points
from .model.crs import Crs
from .model.parcel import Parcel, ParcelReading
from .model.problems import LandReviewError
from .model.result import Finding, ReviewResult, RuleSeverity, Verdict

FACTS = ("name", "use", "land_class", "map_sheet", "stated_area_ha")
"""What a parcel says of itself beside its land, in this order."""


class FindingFate(StrEnum):
    """What became of a finding."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"
    """Another verdict, or another area."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of a parcel that reads otherwise now."""

    parcel: str
    fact: str
    """One of :data:`FACTS`."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A rule on a parcel that is judged otherwise now; None: not judged at all, or clear."""

    fate: FindingFate
    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """The later one, else the earlier one: what to name the row by."""
        found = self.after or self.before
        assert found is not None  # one of them is why there is a change
        return found


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """Everything that differs."""

    crs: Crs
    land: tuple[ParcelChange, ...]
    """Every parcel, unchanged ones included."""
    points: tuple[PointChange, ...]
    facts: tuple[FactChange, ...]
    findings: tuple[FindingChange, ...] | None = field(default=())
    """None: one of the two was not reviewed, so nothing can be said."""

    @property
    def lost_m2(self) -> float:
        """Land that left the case, planar."""
        return sum(_land_m2(row) for row in self.land if row.change in (Change.LOST, Change.REMOVED))

    @property
    def gained_m2(self) -> float:
        """Land that came into the case, planar."""
        return sum(_land_m2(row) for row in self.land if row.change in (Change.GAINED, Change.ADDED))


def compare_versions(
    before: ParcelReading,
    after: ParcelReading,
    before_result: ReviewResult | None = None,
    after_result: ReviewResult | None = None,
) -> VersionComparison:
    """Compare two readings in one plane (E-CRS-ZONE otherwise) and, where both were reviewed, their findings."""
    if before.crs is None or after.crs is None:
        raise LandReviewError("E-CRS-NONE")
    if before.crs != after.crs:
        raise LandReviewError("E-CRS-ZONE", detail=f"{before.crs.label} ≠ {after.crs.label}")
    old = {parcel.number: parcel for parcel in before.parcels}
    new = {parcel.number: parcel for parcel in after.parcels}
    land = compare_parcels(
        {number: each.geometry for number, each in old.items()}, {number: each.geometry for number, each in new.items()}
    )
    names = {row.parcel: row.before for row in land if row.before and row.change is not Change.REMOVED}
    both = [(old[names[number]], parcel) for number, parcel in new.items() if number in names]
    return VersionComparison(
        crs=after.crs,
        land=land,
        points=tuple(change for one, other in both for change in compare_points(one, other)),
        facts=tuple(change for one, other in both for change in _facts(one, other)),
        findings=None if before_result is None or after_result is None else _findings(before_result, after_result),
    )


def _land_m2(row: ParcelChange) -> float:
    return float(row.geometry.area)


def _facts(before: Parcel, after: Parcel) -> Iterator[FactChange]:
    for fact in FACTS:
        one, other = ("" if value is None else str(value) for value in (getattr(before, fact), getattr(after, fact)))
        if one != other:
            yield FactChange(after.number, fact, one, other)


def _findings(before: ReviewResult, after: ReviewResult) -> tuple[FindingChange, ...]:
    """Those that came first, then those that went, then the changed ones; the gravest first in each."""
    old, new = _open(before), _open(after)
    changes = []
    for name in {**new, **old}:
        one, other = old.get(name), new.get(name)
        if one is None or other is None:
            changes.append(FindingChange(FindingFate.WENT if other is None else FindingFate.CAME, one, other))
        elif _figures(one) != _figures(other):
            changes.append(FindingChange(FindingFate.CHANGED, one, other))
    return tuple(sorted(changes, key=_rank))


def _open(result: ReviewResult) -> dict[str, Finding]:
    """Findings by id that are not clear."""
    return {each.id: each for each in result.findings if each.verdict is not Verdict.CLEAR}


def _figures(finding: Finding) -> tuple[object, ...]:
    distance_m = None if finding.distance_m is None else round(finding.distance_m, 2)
    return finding.verdict, finding.severity, finding.area_printed, distance_m


def _rank(change: FindingChange) -> tuple[int, int, int, str]:
    finding = change.finding
    return (
        list(FindingFate).index(change.fate),
        list(Verdict).index(finding.verdict),
        list(RuleSeverity).index(finding.severity),
        finding.id,
    )
