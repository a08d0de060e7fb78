# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the parcels lie. The county confirms or contradicts; it never decides the zone."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.area import AreaMethod
from ..geodesy.gauss import inverse
from ..model.base import Text
from ..model.crs import Datum
from ..model.problems import Level, Problem
from ..model.profile import Extent
from ..overlay.engine import overlay
from ..tables import index
from .context import Context

Floats = npt.NDArray[np.float64]
METRES_PER_DEGREE = 111_320.0


def datum(context: Context) -> Iterator[Problem]:
    """QA-C01: a datum that the office does not accept."""
    accepted = context.profile.accepted_datums
    if accepted and context.crs.datum not in accepted:
        old = context.crs.datum in (Datum.XIAN1980, Datum.BEIJING1954, Datum.NEW_BEIJING)
        reason = Text.same(context.crs.label)
        yield context.problem("QA-C01", "E-CRS-OLD" if old else "E-CRS-DATUM", reason)


def lonlat_of(context: Context, shape: shapely.Geometry) -> Floats | None:
    """(m, 2) degrees of the points of a parcel; None where the plane is no Gauss-Krüger plane."""
    plane = context.crs.gauss_kruger
    if plane is None:
        return None
    xy = shapely.get_coordinates(shape)
    latitude, longitude = inverse(plane, xy[:, 0], xy[:, 1])
    lonlat: Floats = np.stack([np.degrees(longitude) + plane.central_meridian_deg, np.degrees(latitude)], axis=1)
    return lonlat


def zones(context: Context) -> Iterator[Problem]:
    """QA-C04: points beyond ±1.5° of the central meridian."""
    plane = context.crs.gauss_kruger
    if plane is None:
        return
    limit = float(context.threshold("QA-C04"))
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        lonlat = lonlat_of(context, shape)
        if lonlat is None:
            continue
        away = float(np.abs(lonlat[:, 0] - plane.central_meridian_deg).max())
        if away > limit:
            reason = Text(
                zh=f"距中央子午线{plane.central_meridian_deg:g}°达{away:.3f}°",
                en=f"{away:.3f}° from the central meridian {plane.central_meridian_deg:g}°",
            )
            yield context.problem("QA-C04", "QA-C04", reason, parcel=parcel.number)


def province(context: Context) -> Iterator[Problem]:
    """QA-J01: a parcel outside the extent of the profile."""
    if context.profile.extent is None:
        return
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        lonlat = lonlat_of(context, shape)
        away = 0.0 if lonlat is None else away_m(lonlat, context.profile.extent)
        if away > 0:
            reason = Text(zh=f"相距约{away / 1000:.0f}千米", en=f"about {away / 1000:.0f} km away")
            yield context.problem("QA-J01", "E-JUR-OUT", reason, parcel=parcel.number)


def county(context: Context) -> Iterator[Problem]:
    """QA-J02: land outside the declared county, by the office's layer or by rough extents."""
    if context.around.counties is not None:
        yield from _outside_counties(context)
        return
    name, extent = declared_extent(context)
    if extent is None:
        return
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        lonlat = lonlat_of(context, shape)
        away = 0.0 if lonlat is None else away_m(lonlat, extent)
        if away > 0:
            reason = Text(
                zh=f"超出{name}概略范围约{away / 1000:.1f}千米", en=f"about {away / 1000:.1f} km outside {name}"
            )
            yield context.problem("QA-J02", "W-JUR-COUNTY", reason, parcel=parcel.number)


def _outside_counties(context: Context) -> Iterator[Problem]:
    assert context.around.counties is not None
    measure = context.measures[AreaMethod.PLANAR]
    found = overlay(context.shapes, context.around.counties, measure=measure)
    limit_m2 = float(context.threshold("QA-J02"))
    for i, parcel in enumerate(context.parcels):
        if (outside_m2 := float(found.uncovered_m2[i])) > limit_m2:
            share = outside_m2 / float(found.parcel_area_m2[i]) * 100
            reason = Text(
                zh=f"{outside_m2:.2f}平方米（{share:.2f}%）在县界之外",
                en=f"{outside_m2:.2f} m² ({share:.2f} %) outside",
            )
            yield context.problem("QA-J02", "W-JUR-COUNTY", reason, parcel=parcel.number)


def declared_extent(context: Context) -> tuple[str, Extent | None]:
    """Name and rough extent of the declared unit: the office's own, else of ``county_extents.csv``."""
    code = context.case.jurisdiction if context.case else context.profile.jurisdiction
    own = next((unit for unit in context.profile.units if unit.code == code), None)
    if own is not None:
        return own.name_zh, own.extent
    row = index("county_extents", "code").get(code) if context.profile.extent else None
    if row is None:
        return code, None
    edges = {name: float(row[name]) for name in ("min_lon", "min_lat", "max_lon", "max_lat")}
    return row["name_zh"], Extent(**edges)


def away_m(lonlat: Floats, extent: Extent) -> float:
    """How far the farthest point lies outside, in metres; 0 inside."""
    lon, lat = lonlat.T
    east = np.maximum(np.maximum(extent.min_lon - lon, lon - extent.max_lon), 0.0)
    north = np.maximum(np.maximum(extent.min_lat - lat, lat - extent.max_lat), 0.0)
    shrink = math.cos(math.radians((extent.min_lat + extent.max_lat) / 2))
    return float((np.hypot(east * shrink, north) * METRES_PER_DEGREE).max())


def code(context: Context) -> Iterator[Problem]:
    """QA-J03: a declared unit that ``jurisdictions.csv`` does not have; an old code names its present one.

    A warning: the code is the office's own (catalogue, profile), no number rests on it, and the
    surveyor can't correct it.
    """
    declared = context.case.jurisdiction if context.case else context.profile.jurisdiction
    own = {unit.code for unit in context.profile.units}
    if not declared or declared in own or declared in index("jurisdictions", "code"):
        return
    alias = index("jurisdiction_aliases", "old_code").get(declared)
    if alias is None:
        reason = Text.same(declared)
    else:
        present = alias["code"]
        reason = Text(zh=f"{declared}是旧代码，现为{present}", en=f"{declared} is an old code, now {present}")
    yield context.problem("QA-J03", "QA-J03", reason).model_copy(update={"level": Level.WARNING})
