# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether another open case wants the same land."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import shapely

from ..model.base import Text
from ..model.problems import Level, Problem
from .context import Context
from .surroundings import OpenCase


def overlaps(context: Context) -> Iterator[Problem]:
    """QA-T03: more than 0.01 m² in common with another open case; one that can't be compared is said."""
    parcels = np.flatnonzero(shapely.is_valid(context.shapes))
    tree = shapely.STRtree(context.shapes[parcels])
    for case in context.around.cases:
        if case.reason is not None:
            reason = Text(
                zh=f"未能与案件{case.number}比较：{case.reason.zh}",
                en=f"not compared with case {case.number}: {case.reason.en}",
            )
            problem = context.problem("QA-T03", "QA-T03", reason)
            yield problem.model_copy(update={"level": Level.WARNING})
        yield from _with(context, case, parcels, tree)


def _with(context: Context, case: OpenCase, parcels: npt.NDArray[np.int64], tree: shapely.STRtree) -> Iterator[Problem]:
    limit_m2 = float(context.threshold("QA-T03"))
    # what is invalid was refused when the case was taken in; its even-odd area would be a guess
    theirs = case.shapes[shapely.is_valid(case.shapes)] if len(case.shapes) else case.shapes
    common: dict[int, list[shapely.Geometry]] = {}
    for i, j in zip(*tree.query(theirs, predicate="intersects"), strict=True):
        common.setdefault(int(parcels[j]), []).append(shapely.intersection(theirs[i], context.shapes[parcels[j]]))
    for row, pieces in sorted(common.items()):
        shared = shapely.union_all(pieces)
        if shared.area > limit_m2:
            reason = Text(
                zh=f"与案件{case.number}重叠{shared.area:.2f}平方米",
                en=f"overlaps case {case.number} by {shared.area:.2f} m²",
            )
            number = context.parcels[row].number
            yield context.problem("QA-T03", "QA-T03", reason, parcel=number, geometry=shared)
