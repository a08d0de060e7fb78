# SPDX-License-Identifier: GPL-2.0-or-later
"""Stated against computed areas."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..geodesy.area import AreaMethod
from ..geodesy.rounding import round_half_up
from ..model.base import Text
from ..model.problems import Problem
from .context import Context

SHARE = Decimal("0.0005")
M2_PER_HA = Decimal(10_000)
HA_PLACES = 4
NAMES = {AreaMethod.PLANAR: Text(zh="平面", en="planar"), AreaMethod.ELLIPSOIDAL: Text(zh="椭球", en="ellipsoidal")}


def _areas(context: Context) -> dict[AreaMethod, list[Decimal]]:
    return {
        method: [Decimal(repr(float(area))) for area in measure(context.shapes)]
        for method, measure in context.measures.items()
    }


def stated(context: Context) -> Iterator[Problem]:
    """QA-A01: |stated − computed| ≤ max(1 m², 0.0001 ha, 0.05 %) for the planar or the ellipsoidal area."""
    areas = _areas(context)
    for i, parcel in enumerate(context.parcels):
        if parcel.stated_area_ha is None or not areas:
            continue
        stated_m2 = parcel.stated_area_ha * M2_PER_HA
        misses = {
            method: abs(stated_m2 - values[i]) - max(context.threshold("QA-A01"), values[i] * SHARE)
            for method, values in areas.items()
        }
        if all(miss > 0 for miss in misses.values()):
            zh = "，".join(f"{NAMES[method].zh}{values[i]:.2f}" for method, values in areas.items())
            en = ", ".join(f"{NAMES[method].en} {values[i]:.2f}" for method, values in areas.items())
            reason = Text(zh=f"申报{stated_m2:.2f}，{zh}（平方米）", en=f"stated {stated_m2:.2f}, {en} (m²)")
            yield context.problem("QA-A01", "E-AREA-DIFF", reason, parcel=parcel.number)


def total(context: Context) -> Iterator[Problem]:
    """QA-A02: the stated parcel areas do not sum up to the stated area of the case (0.0001 ha).

    Where a parcel states no area its computed one stands in, rounded as it would be printed.
    """
    stated_ha = context.stated_total_ha
    planar = _areas(context).get(AreaMethod.PLANAR)
    if stated_ha is None or planar is None:
        return
    parts = [
        round_half_up(area / M2_PER_HA, HA_PLACES) if parcel.stated_area_ha is None else parcel.stated_area_ha
        for parcel, area in zip(context.parcels, planar, strict=True)
    ]
    sum_ha = sum(parts, Decimal(0))
    if abs(sum_ha - stated_ha) > context.threshold("QA-A02"):
        reason = Text(
            zh=f"总面积{stated_ha}，各地块合计{sum_ha}公顷", en=f"total {stated_ha}, sum of the parcels {sum_ha} ha"
        )
        yield context.problem("QA-A02", "QA-A02", reason)


def both_methods(context: Context) -> Iterator[Problem]:
    """QA-A03: planar and ellipsoidal area differ by more than 0.02 %."""
    areas = _areas(context)
    if len(areas) < 2:
        return
    limit = context.threshold("QA-A03") / 100
    for i, parcel in enumerate(context.parcels):
        planar, ellipsoidal = areas[AreaMethod.PLANAR][i], areas[AreaMethod.ELLIPSOIDAL][i]
        if ellipsoidal and abs(planar - ellipsoidal) / ellipsoidal > limit:
            reason = Text(
                zh=f"平面{planar:.2f}，椭球{ellipsoidal:.2f}平方米",
                en=f"planar {planar:.2f}, ellipsoidal {ellipsoidal:.2f} m²",
            )
            yield context.problem("QA-A03", "QA-A03", reason, parcel=parcel.number)
