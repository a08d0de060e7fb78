# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels from one Gauss-Krüger zone to another, or between eastings with and without the zone prefix."""

from __future__ import annotations

import numpy as np
import shapely

from ..core.geodesy.zones import zone_of_crs
from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Level, Place, Problem
from .transform import plane_transform


def rezoned(reading: ParcelReading, target: Crs) -> ParcelReading:
    """The parcels of ``reading`` in ``target``, with I-CRS-PLANE that says so.

    With the same central meridian and datum only the false easting changes, so that no point is added
    and none moves by projection. Raises E-CRS-NONE without a source CRS, E-CRS-OLD and E-CRS-DATUM
    between datums, E-CRS-RANGE for points that the target plane can't hold.
    """
    source = reading.crs
    if source is None:
        raise LandReviewError("E-CRS-NONE", place=Place(file=reading.source))
    parcels = _shifted(reading.parcels, source, target)
    if parcels is None:
        parcels = _projected(reading.parcels, source, target)
    text = Text(zh=f"已由{source.label}换算到{target.label}", en=f"brought from {source.label} to {target.label}")
    said = Problem(code="I-CRS-PLANE", level=Level.INFO, place=Place(file=reading.source), repair=text)
    return reading.model_copy(update={"parcels": parcels, "crs": target, "problems": (*reading.problems, said)})


def _shifted(parcels: tuple[Parcel, ...], source: Crs, target: Crs) -> tuple[Parcel, ...] | None:
    one, other = zone_of_crs(source), zone_of_crs(target)
    if one is None or other is None or one.datum is not other.datum:
        return None
    if one.central_meridian_deg != other.central_meridian_deg:
        return None
    shift = np.array([other.false_easting_m - one.false_easting_m, 0.0])
    return tuple(_moved(parcel, shapely.transform(parcel.geometry, lambda xy: xy + shift)) for parcel in parcels)


def _projected(parcels: tuple[Parcel, ...], source: Crs, target: Crs) -> tuple[Parcel, ...]:
    transform = plane_transform(source, target)
    if transform is None:
        return parcels
    shapes = np.array([shapely.force_2d(parcel.geometry) for parcel in parcels], dtype=object)
    return tuple(_moved(parcel, shape) for parcel, shape in zip(parcels, transform.to_target(shapes), strict=True))


def _moved(parcel: Parcel, shape: shapely.Geometry) -> Parcel:
    same = shapely.get_num_coordinates(shape) == shapely.get_num_coordinates(parcel.geometry)
    kept = {} if same else {"labels": ()}
    return parcel.model_copy(update={"geometry": shape, **kept})
