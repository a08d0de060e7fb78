# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks between the parcels of a case."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ..evidence.hashes import geometry_sha256
from ..model.base import Text
from ..model.problems import Problem
from .context import Context


def overlaps(context: Context) -> Iterator[Problem]:
    """QA-T01: two parcels of the case share more than 0.01 m²."""
    limit_m2 = float(context.threshold("QA-T01"))
    valid = np.flatnonzero(shapely.is_valid(context.shapes))
    shapes = context.shapes[valid]
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    upper = left < right
    left, right = left[upper], right[upper]
    common = shapely.intersection(shapes[left], shapes[right])
    for one, other, shape in zip(valid[left], valid[right], common, strict=True):
        if shape.area > limit_m2:
            first, second = context.parcels[one].number, context.parcels[other].number
            reason = Text(
                zh=f"地块{first}与{second}重叠{shape.area:.2f}平方米",
                en=f"parcels {first} and {second} overlap by {shape.area:.2f} m²",
            )
            yield context.problem("QA-T01", "E-GEO-OVERLAP", reason, parcel=first, geometry=shape)


def identical(context: Context) -> Iterator[Problem]:
    """QA-T04: the same land twice."""
    seen: dict[str, str] = {}
    for parcel in context.parcels:
        digest = geometry_sha256(parcel.geometry)
        if digest in seen:
            reason = Text(zh=f"与地块{seen[digest]}相同", en=f"the same land as parcel {seen[digest]}")
            yield context.problem("QA-T04", "QA-T04", reason, parcel=parcel.number, geometry=parcel.geometry)
        seen.setdefault(digest, parcel.number)


def missing_vertices(context: Context) -> Iterator[Problem]:
    """QA-T07: a vertex of one parcel nearer than 0.05 m to an edge of another that has no vertex there."""
    limit = float(context.threshold("QA-T07"))
    valid = np.flatnonzero(shapely.is_valid(context.shapes))
    shapes = context.shapes[valid]
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=limit)
    for one, other in zip(left, right, strict=True):
        if one == other:
            continue
        points = shapely.points(np.unique(shapely.get_coordinates(shapes[one]), axis=0))
        near = points[shapely.distance(points, shapely.boundary(shapes[other])) < limit]
        corners = shapely.multipoints(shapely.get_coordinates(shapes[other]))
        alone = near[shapely.distance(near, corners) >= limit]
        if len(alone):
            first, second = context.parcels[valid[one]].number, context.parcels[valid[other]].number
            reason = Text(
                zh=f"地块{first}的{len(alone)}个点在地块{second}的边上，{second}没有对应的点",
                en=f"{len(alone)} point(s) of parcel {first} lie on an edge of {second} that has no point there",
            )
            spot = (float(alone[0].x), float(alone[0].y))
            shape = shapely.multipoints(alone)
            yield context.problem("QA-T07", "QA-T07", reason, parcel=first, xy=spot, geometry=shape)


def gaps(context: Context) -> Iterator[Problem]:
    """QA-T02: a gap narrower than 1 m and longer than 1 m between two parcels that do not touch there."""
    width = float(context.threshold("QA-T02"))
    valid = np.flatnonzero(shapely.is_valid(context.shapes))
    shapes = context.shapes[valid]
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=width)
    upper = left < right
    for one, other in zip(left[upper], right[upper], strict=True):
        pair = shapely.union(shapes[one], shapes[other])
        closed = shapely.buffer(shapely.buffer(pair, width / 2, join_style="mitre"), -width / 2, join_style="mitre")
        gap = shapely.difference(closed, pair)
        parts = [p for p in shapely.get_parts(gap) if p.geom_type == "Polygon" and p.length / 2 > 1.0 and p.area > 1e-4]
        between = [
            p for p in parts if shapely.distance(p, shapes[one]) < 1e-6 and shapely.distance(p, shapes[other]) < 1e-6
        ]
        if between:
            first, second = context.parcels[valid[one]].number, context.parcels[valid[other]].number
            area = sum(p.area for p in between)
            reason = Text(
                zh=f"地块{first}与{second}之间有缝隙，共{area:.2f}平方米",
                en=f"a gap of {area:.2f} m² between parcels {first} and {second}",
            )
            shape = shapely.multipolygons(between)
            yield context.problem("QA-T02", "QA-T02", reason, parcel=first, geometry=shape)
