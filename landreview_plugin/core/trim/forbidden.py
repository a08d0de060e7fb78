# SPDX-License-Identifier: GPL-2.0-or-later
"""Which land of parcels is forbidden: by the findings of a review, or by layers that may not be touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..evidence.hashes import geometry_sha256
from ..geodesy.area import planar_areas
from ..model.base import Text
from ..model.parcel import Parcel
from ..model.problems import LandReviewError, Place
from ..model.result import Finding, ReviewResult, RuleSeverity, Verdict
from ..overlay.engine import overlay
from ..overlay.layer import Geometries, ReferenceLayer
from ..overlay.pieces import Overlay
from ..progress import Part, Progress, Silent
from ..rules.hits import polygons


def why_not(finding: Finding) -> Text | None:
    """Why a finding can't be trimmed away; None: it can."""
    if finding.verdict is not Verdict.CONFLICT or finding.severity is not RuleSeverity.PROHIBIT:
        return Text(zh="只有禁止类冲突才需调整边界", en="only a prohibition is removed by another boundary")
    if not finding.parcel:
        return Text(
            zh="该结论针对整个案卷，不针对单个地块", en="the finding is about the case as a whole, not a parcel"
        )
    if finding.distance_m is not None:
        return Text(zh="距离类规则不能靠裁剪确定边界", en="a rule on distance names no land to take off")
    if not finding.area_m2:
        return Text(zh="该结论没有可裁剪的范围", en="the finding has no land to take off")
    return None


def hard_conflicts(result: ReviewResult, parcel: str) -> tuple[Finding, ...]:
    """The findings of a parcel that trimming can remove, largest first."""
    found = [each for each in result.findings if each.parcel == parcel and why_not(each) is None]
    return tuple(sorted(found, key=lambda each: -each.area_m2))


def forbidden_land(findings: Iterable[Finding]) -> BaseGeometry:
    """The land of several findings as one multipolygon."""
    return polygons(shapely.union_all([polygons(each.geometry) for each in findings if each.geometry is not None]))


def forbidden_by_result(parcels: Sequence[Parcel], result: ReviewResult) -> Geometries:
    """(n,) land of hard conflicts by parcel. Raises E-CASE-PARAM where the result is of other outlines."""
    known: Mapping[str, str] = {each.number: each.geometry_sha256 for each in result.parcels}
    land = np.empty(len(parcels), dtype=object)
    for i, parcel in enumerate(parcels):
        if known.get(parcel.number) != geometry_sha256(parcel.geometry):
            detail = Text(
                zh="审查结果不含该地块或其边界已改变，请重新审查",
                en="the result does not have the parcel with this outline: review it again",
            )
            raise LandReviewError("E-CASE-PARAM", detail=detail, place=Place(parcel=parcel.number))
        land[i] = forbidden_land(hard_conflicts(result, parcel.number))
    return land


def forbidden_by_layers(
    parcels: Geometries,
    touching: Sequence[ReferenceLayer],
    within: ReferenceLayer | None,
    progress: Progress | None = None,
) -> tuple[Geometries, tuple[Overlay, ...]]:
    """(n,) land on any of ``touching`` or outside ``within``, and the overlays, whose notices must be said.

    Raises as ``core.overlay.engine.overlay``.
    """
    layers = [*touching, *([within] if within else [])]
    whole, count = progress or Silent(), max(len(layers), 1)
    found = tuple(
        overlay(
            parcels, layer, measure=planar_areas, keep_geometry=True, progress=Part(whole, n / count, (n + 1) / count)
        )
        for n, layer in enumerate(layers)
    )
    land = np.empty(len(parcels), dtype=object)
    for i, parcel in enumerate(parcels):
        pieces = [_land(each, i) for each in found]
        outside = [shapely.difference(parcel, pieces.pop())] if within else []
        land[i] = polygons(shapely.union_all([*pieces, *outside]))
    return land, found


def _land(found: Overlay, parcel: int) -> BaseGeometry:
    assert found.geometry is not None  # keep_geometry asked for it
    return shapely.union_all(found.geometry[(found.parcel == parcel) & (found.planar_area_m2 > 0)])
