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
