# SPDX-License-Identifier: GPL-2.0-or-later
"""Doubting a review: a second engine for its areas, shifted boundaries for its verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import shapely

from .bound_layer import LayerBinder
from .gather import ONCE, Gathering, gather_all
from .geodesy.area import AreaMethod, Measure
from .model.base import Text
from .model.case import Case
from .model.parcel import Parcel, ParcelReading
from .model.profile import OfficeProfile
from .model.result import Finding, RuleSeverity, Verdict
from .overlay.layer import as_array
from .overlay.sweep import TOLERANCES_M
from .progress import Part, Progress
from .rules.evaluate import evaluate
from .rules.pack import RulePack


def disagreements(parcels: tuple[Parcel, ...], gathered: Mapping[str, Gathering], version: str) -> Iterator[Finding]:
    """A finding of its own wherever the second engine gives another area."""
    for key, each in gathered.items():
        for doubt in each.discrepancies:
            number = parcels[doubt.parcel].number
            yield Finding(
                id=f"VERIFY/{key}/{number}/{doubt.fid}",
                rule="VERIFY",
                rule_version=version,
                title=Text(zh="两种算法面积不一致", en="Two engines disagree on an area"),
                layer=key,
                parcel=number,
                verdict=Verdict.NOT_CHECKED,
                severity=RuleSeverity.NEEDS_EXPLANATION,
                area_m2=abs(doubt.engine_m2 - doubt.second_m2),
                reason=Text(
                    zh=f"要素{doubt.fid}：{doubt.engine_m2:.4f}与{doubt.second_m2:.4f}平方米",
                    en=f"feature {doubt.fid}: {doubt.engine_m2:.4f} and {doubt.second_m2:.4f} m²",
                ),
            )


def swept(
    case: Case,
    reading: ParcelReading,
    pack: RulePack,
    profile: OfficeProfile,
    layers: LayerBinder,
    measures: Mapping[AreaMethod, Measure],
    findings: tuple[Finding, ...],
    progress: Progress,
) -> tuple[Finding, ...]:
    """The findings, each with the smallest shift of the boundary that changes its verdict."""
    edges: dict[str, float] = {}
    shifts = [sign * tolerance for tolerance in TOLERANCES_M if tolerance for sign in (1.0, -1.0)]
    for i, shift_m in enumerate(shifts):
        share = Part(progress, i / len(shifts), (i + 1) / len(shifts))
        moved = shifted(reading.parcels, shift_m)
        again = gather_all(case, pack, layers, as_array(moved), measures, share, ONCE)
        facts = {key: each.facts for key, each in again.items()}
        measure = measures[pack.area_method]
        judged = evaluate(pack, case, moved, facts, measure=measure, tolerances=profile.tolerances)
        verdicts = {finding.id: finding.verdict for finding in judged}
        for finding in findings:
            if finding.rule != "VERIFY" and verdicts.get(finding.id, Verdict.CLEAR) is not finding.verdict:
                edges.setdefault(finding.id, abs(shift_m))
    return tuple(finding.model_copy(update={"knife_edge_m": edges.get(finding.id)}) for finding in findings)


def shifted(parcels: tuple[Parcel, ...], shift_m: float) -> tuple[Parcel, ...]:
    """The parcels with their outlines moved outwards (+) or inwards (−); one that vanishes is left out."""
    moved = shapely.buffer(as_array(parcels), shift_m, join_style="mitre")
    return tuple(
        parcel.model_copy(update={"geometry": shape})
        for parcel, shape in zip(parcels, moved, strict=True)
        if not shape.is_empty
    )
