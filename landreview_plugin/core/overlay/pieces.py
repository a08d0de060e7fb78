# SPDX-License-Identifier: GPL-2.0-or-later
"""What the engine returns: pieces of parcels in reference features, as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ..model.base import Text
from .layer import Geometries

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Repair:
    """A reference polygon that was invalid: what mending it changed, or that it can't be mended."""

    fid: int
    reason: str
    area_before_m2: float
    area_after_m2: float
    repaired: bool


@dataclass(frozen=True, slots=True)
class Overlay:
    """Parcels × features of one layer: n parcels, k pieces (or near features).

    A piece has an area > 0; with a search distance also features nearer than it, with area 0.
    Pieces are ordered by parcel, then feature id, so that the result does not depend on the
    reader or the number of threads.
    """

    parcel: Ints
    """(k,) index of the parcel."""
    fid: Ints
    """(k,) id of the reference feature."""
    area_m2: Floats
    """(k,) by the area method asked for."""
    planar_area_m2: Floats
    """(k,) on the parcel's plane."""
    distance_m: Floats
    """(k,) shortest plane distance parcel - feature, 0 when they touch or overlap."""
    attributes: Mapping[str, Sequence[object]]
    """k values for each field of the source that was asked for."""
    geometry: Geometries | None
    """(k,) the pieces on the parcels' plane; None when only areas were asked for."""
    parcel_area_m2: Floats
    """(n,)"""
    parcel_planar_area_m2: Floats
    """(n,)"""
    uncovered_m2: Floats
    """(n,) parcel − union of all its pieces, by the area method."""
    doubled_m2: Floats
    """(n,) Σ pieces − area of their union: land that several reference features claim."""
    repairs: tuple[Repair, ...] = ()
    unchecked: Mapping[int, Text] = field(default_factory=dict)
    """Parcels near a feature that can't be mended: the layer is not checked for them."""
    touched_count: int = 0
    """Features whose box touches a parcel: what the engine had to look at."""
