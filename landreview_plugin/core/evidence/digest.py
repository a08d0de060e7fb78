# SPDX-License-Identifier: GPL-2.0-or-later
"""The digest of a result: inputs, pack and values rounded to 0.01 m². Versions stand beside it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ..model.result import AreaRow, Finding, LayerUse, ReviewResult, Uncovered
from .canonical import canonical
from .hashes import text_sha256

_CENT = Decimal("0.01")


def sealed(result: ReviewResult) -> ReviewResult:
    """The result with its digest."""
    return result.model_copy(update={"digest": result_digest(result)})


def result_digest(result: ReviewResult) -> str:
    """SHA-256 over what was reviewed, by which rules, and what came out.

    Paths, times, engine versions and feature ids are not in it: the same land, the same layers'
    content and the same pack give the same digest anywhere.
    """
    provenance = result.provenance
    facts = {
        "case": result.case.model_dump(mode="json"),
        "parcels": provenance.parcels_sha256,
        "crs": provenance.crs,
        "pack": provenance.pack_sha256,
        "area_method": provenance.area_method,
        "tolerances": dict(provenance.tolerances),
        "layers": sorted((_layer(use) for use in provenance.layers), key=lambda row: str(row[0])),
        "verdict": result.verdict.value,
        "findings": sorted((_finding(finding) for finding in result.findings), key=str),
        "areas": sorted((_area(row) for row in result.areas), key=str),
        "uncovered": sorted((_uncovered(row) for row in result.uncovered), key=str),
    }
    return text_sha256(canonical(facts))


def _layer(use: LayerUse) -> list[str]:
    return [use.key, use.state, str(use.data_date), use.content_sha256]


def _finding(finding: Finding) -> list[object]:
    return [
        finding.rule,
        finding.rule_version,
        finding.parcel,
        finding.verdict.value,
        finding.severity.value,
        _cents(finding.area_m2),
        finding.count,
        None if finding.distance_m is None else _cents(finding.distance_m),
        finding.dropped.count,
        _cents(finding.dropped.area_m2),
    ]


def _area(row: AreaRow) -> list[str]:
    facts = (row.class_, row.ownership, row.owner_code, row.slope, row.grade)
    return [row.parcel, row.layer, *facts, _cents(row.area_m2)]


def _uncovered(row: Uncovered) -> list[str]:
    own = [row.parcel, row.layer, _cents(row.area_m2)]
    return [*own, _cents(row.around_m)] if row.around_m else own


def _cents(value: float | Decimal) -> str:
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return str(exact.quantize(_CENT, ROUND_HALF_UP) + 0)
