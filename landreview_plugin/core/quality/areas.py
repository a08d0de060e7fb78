# SPDX-License-Identifier: GPL-2.0-or-later
"""Stated against computed areas."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..geodesy.area import AreaMethod
from ..model.base import Text
from ..model.problems import Problem
from .context import Context

SHARE = Decimal("0.0005")
M2_PER_HA = Decimal(10_000)
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
