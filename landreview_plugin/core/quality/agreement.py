# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the files of one hand-in show the same land: coordinates in TXT, shapefile and drawing."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from ..model.base import Text
from ..model.problems import Level, Problem
from ..overlay.layer import Geometries
from .context import Context
from .surroundings import OtherFile


def files(context: Context) -> Iterator[Problem]:
    """QA-X03: land that only one of two files has, more than 0.1 m² of it; a file that can't be compared is said."""
    for other in context.around.files:
        if other.reason is not None:
            yield _not_compared(context, other)
        elif not other.drawing:
            yield from _by_area(context, other)


def drawings(context: Context) -> Iterator[Problem]:
    """QA-X04: the outline of a drawing lies more than 0.1 m beside that of the coordinates."""
    for other in context.around.files:
        if other.drawing and other.reason is None:
            yield from _by_outline(context, other)


def _not_compared(context: Context, other: OtherFile) -> Problem:
    assert other.reason is not None
    reason = Text(
        zh=f"未能与{other.name}比较：{other.reason.zh}", en=f"not compared with {other.name}: {other.reason.en}"
    )
    problem = context.problem("QA-X03", "QA-X03", reason)
    return problem.model_copy(update={"level": Level.WARNING})


def _by_area(context: Context, other: OtherFile) -> Iterator[Problem]:
    ours, theirs = _land(context.shapes), _land(other.shapes)
    more, less = shapely.difference(ours, theirs), shapely.difference(theirs, ours)
    if more.area + less.area <= float(context.threshold("QA-X03")):
        return
    counts = len(context.shapes), len(other.shapes)
    reason = Text(
        zh=f"与{other.name}不一致：多出{more.area:.2f}平方米，缺少{less.area:.2f}平方米（地块数{counts[0]}、{counts[1]}）",
        en=f"differs from {other.name}: {more.area:.2f} m² more, {less.area:.2f} m² less "
        f"({counts[0]} and {counts[1]} parcels)",
    )
    yield context.problem("QA-X03", "QA-X03", reason, geometry=shapely.union(more, less))


def _by_outline(context: Context, other: OtherFile) -> Iterator[Problem]:
    ours, theirs = shapely.boundary(_land(context.shapes)), shapely.boundary(_land(other.shapes))
    apart_m = shapely.hausdorff_distance(ours, theirs)
    limit_m = float(context.threshold("QA-X04"))
    if apart_m <= limit_m:
        return
    reason = Text(
        zh=f"与图件{other.name}的界线最大相差{apart_m:.2f}米",
        en=f"the outline of the drawing {other.name} lies up to {apart_m:.2f} m away",
    )
    stray = shapely.difference(ours, shapely.buffer(theirs, limit_m))
    yield context.problem("QA-X04", "QA-X04", reason, geometry=ours if stray.is_empty else stray)


def _land(shapes: Geometries) -> shapely.Geometry:
    """All that is covered; what is invalid has a problem of its own."""
    return shapely.union_all(shapes[shapely.is_valid(shapes)])
