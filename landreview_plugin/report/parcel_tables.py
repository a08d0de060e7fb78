# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels with their verdicts, and the statement of areas: stated, planar, ellipsoidal."""

from __future__ import annotations

from decimal import Decimal

from ..core.model.result import Finding, ParcelSummary, ReviewResult, RuleSeverity, Verdict
from .summary import method_words
from .tables import Cell, Column, Kind, Row, Table
from .tones import tone_of
from .units import columns_of, share, total_of
from .words import Words


def parcel_table(result: ReviewResult, words: Words) -> Table:
    """One row a parcel: what it is, its area in three units, its verdict."""
    parts = columns_of([parcel.area_m2 for parcel in result.parcels])
    worst = worst_severities(result.findings)
    rows = []
    for parcel, area in zip(result.parcels, parts, strict=True):
        severity = worst.get(parcel.number)
        cells = (parcel.number, parcel.name, parcel.use, area.m2, area.ha, area.mu, _verdict(parcel, severity, words))
        rows.append(Row(cells, {6: tone_of(parcel.verdict, severity)}))
    total = total_of(parts)
    rows.append(Row((words("total"), "", "", total.m2, total.ha, total.mu, ""), total=True))
    columns = (
        Column(words("column.parcel"), width=9),
        Column(words("column.name"), width=22),
        Column(words("column.use"), width=18),
        Column(words("column.area_m2"), Kind.M2, 17),
        Column(words("column.area_ha"), Kind.HA, 14),
        Column(words("column.area_mu"), Kind.MU, 13),
        Column(words("column.verdict"), width=19),
    )
    note = words("note.areas", method=method_words(result, words))
    return Table(words("section.parcels"), columns, tuple(rows), (note,))


def worst_severities(findings: tuple[Finding, ...]) -> dict[str, RuleSeverity]:
    """The worst severity that each parcel is in conflict with; findings of the whole case count for ""."""
    found: dict[str, list[RuleSeverity]] = {}
    for finding in findings:
        if finding.verdict is Verdict.CONFLICT:
            found.setdefault(finding.parcel, []).append(finding.severity)
    return {parcel: worst for parcel, each in found.items() if (worst := RuleSeverity.worst(each))}


def _verdict(parcel: ParcelSummary, severity: RuleSeverity | None, words: Words) -> str:
    said = words(f"verdict.{parcel.verdict.value}")
    if parcel.verdict is not Verdict.CONFLICT or severity is None:
        return said
    return words("verdict.with_severity", verdict=said, severity=words(f"severity.{severity.value}"))


def statement_table(result: ReviewResult, words: Words) -> Table:
    """Stated against computed area, and planar against ellipsoidal, with differences and percent."""
    computed = columns_of([parcel.area_m2 for parcel in result.parcels])
    hectares = [area.ha for area in computed]
    rows = [_statement_row(parcel, ha) for parcel, ha in zip(result.parcels, hectares, strict=True)]
    rows.append(_statement_total(result, hectares, words))
    columns = (
        Column(words("column.parcel"), width=9),
        Column(words("column.stated_ha"), Kind.HA, 14),
        Column(words("column.computed_ha"), Kind.HA, 14),
        Column(words("column.difference_ha"), Kind.HA, 16),
        Column(words("column.difference_share"), Kind.SHARE, 11),
        Column(words("column.planar_m2"), Kind.M2, 15),
        Column(words("column.ellipsoidal_m2"), Kind.M2, 15),
        Column(words("column.planar_less_ellipsoidal_m2"), Kind.M2, 17),
    )
    missing = any(parcel.area_ellipsoidal_m2 is None for parcel in result.parcels)
    notes = (words("note.no_ellipsoidal"),) if missing else ()
    return Table(words("section.statement"), columns, tuple(rows), notes)


def _statement_row(parcel: ParcelSummary, computed_ha: Decimal) -> Row:
    return Row(
        (
            parcel.number,
            *_stated(parcel.stated_area_ha, computed_ha),
            *_both(parcel.area_planar_m2, parcel.area_ellipsoidal_m2),
        )
    )


def _statement_total(result: ReviewResult, hectares: list[Decimal], words: Words) -> Row:
    """Sums; a column in which one parcel has no value has no sum."""
    stated = _sum([parcel.stated_area_ha for parcel in result.parcels])
    planar = sum((parcel.area_planar_m2 for parcel in result.parcels), Decimal(0))
    ellipsoidal = _sum([parcel.area_ellipsoidal_m2 for parcel in result.parcels])
    cells = (words("total"), *_stated(stated, sum(hectares, Decimal(0))), *_both(planar, ellipsoidal))
    return Row(cells, total=True)


def _stated(stated_ha: Decimal | None, computed_ha: Decimal) -> tuple[Cell, ...]:
    if stated_ha is None:
        return None, computed_ha, None, None
    difference = stated_ha - computed_ha
    return stated_ha, computed_ha, difference, share(difference / computed_ha) if computed_ha else None


def _both(planar: Decimal, ellipsoidal: Decimal | None) -> tuple[Cell, ...]:
    return planar, ellipsoidal, None if ellipsoidal is None else planar - ellipsoidal


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if values and len(known) == len(values) else None
