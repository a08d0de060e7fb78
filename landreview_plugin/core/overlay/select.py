# SPDX-License-Identifier: GPL-2.0-or-later
"""Some of the pieces, with what they leave uncovered and claim twice computed anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ..geodesy.area import Measure
from .cover import Pieces, cover
from .layer import Geometries
from .pieces import Overlay

Mask = npt.NDArray[np.bool_]


def subset(overlay: Overlay, mask: Mask, measure: Measure, parcels: Geometries) -> Overlay:
    """The rows of ``overlay`` where ``mask`` (k,) is true, as if only their features existed.

    Repairs, unchecked parcels and the touched count stay those of the layer. Raises ValueError
    when the overlay was made without geometry.
    """
    if overlay.geometry is None:
        raise ValueError("a subset needs an overlay made with keep_geometry")
    chosen = np.flatnonzero(mask)
    part = replace(
        overlay,
        parcel=overlay.parcel[chosen],
        fid=overlay.fid[chosen],
        area_m2=overlay.area_m2[chosen],
        planar_area_m2=overlay.planar_area_m2[chosen],
        distance_m=overlay.distance_m[chosen],
        attributes={name: [values[i] for i in chosen] for name, values in overlay.attributes.items()},
        geometry=overlay.geometry[chosen],
    )
    uncovered, doubled = cover(parcels, pieces_of(part), overlay.parcel_area_m2, measure)
    return replace(part, uncovered_m2=uncovered, doubled_m2=doubled)


def pieces_of(overlay: Overlay) -> Pieces:
    """The rows that are land (area > 0), with their geometry."""
    if overlay.geometry is None:
        raise ValueError("this needs an overlay made with keep_geometry")
    land = overlay.planar_area_m2 > 0
    return Pieces(overlay.parcel[land], overlay.geometry[land], overlay.area_m2[land], overlay.planar_area_m2[land])
