# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether coordinates and coordinate system of a file fit each other; they are never made to fit unsaid.

Geographic WGS 84 (KML, GeoJSON, a phone) is for preview. Given a plane by hand, it is brought there as
degrees of the plane's own datum, and the notice stays.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from ..core.geodesy.zones import PREFIX_M
from ..core.model.base import Text
from ..core.model.crs import Crs, Datum, GaussKruger
from ..core.model.parcel import Parcel
from ..core.model.problems import LandReviewError
from .collector import Collector
from .crs import crs_of, spatial_reference
from .transform import plane_transform

Floats = npt.NDArray[np.float64]
DEGREES: Final = 181.0
POLE: Final = 90.0
"""A latitude beyond it is a longitude: the axes are exchanged."""
NORTHING_M: Final = (0.0, 10_010_000.0)
HALF_WIDTH_M: Final = 350_000.0
"""How far from the central meridian a parcel may lie: the widest 6-degree zone and a good margin."""
_WGS84_LIKE: Final = (Datum.WGS84, Datum.CGCS2000)


def place_parcels(stated: Crs | None, collector: Collector) -> Crs | None:
    """Decide the CRS of what was read and check the coordinates against it; may replace the collector's parcels."""
    crs = _decided(stated, collector)
    if crs is None:
        return None
    coordinates = _coordinates(collector.parcels)
    if crs.geographic:
        return _geographic(crs, coordinates, collector)
    if not crs.metres:
        collector.add("E-CRS-UNIT", text=crs.label)
    elif len(coordinates) and (np.abs(coordinates) < DEGREES).all():
        collector.add("E-TXT-DEG", text=_pair(coordinates[0]), reason=Text.same(crs.label))
    elif crs.gauss_kruger is not None and len(coordinates):
        _check_plane(crs, crs.gauss_kruger, coordinates, collector)
    return crs


def _decided(stated: Crs | None, collector: Collector) -> Crs | None:
    given = collector.options.crs
    if stated is None and given is None:
        collector.add("E-CRS-NONE", reason=_prefix_hint(_coordinates(collector.parcels)))
    if stated is None or given is None or _same(stated, given):
        return given if stated is None else stated
    if stated.geographic and not given.geographic:
        return stated
    if stated.datum is not given.datum and not (stated.geographic and stated.datum in _WGS84_LIKE):
        code = "E-CRS-DATUM"
    else:
        code = "E-CRS-ZONE" if stated.gauss_kruger and given.gauss_kruger else "E-CRS-RANGE"
    collector.add(code, reason=Text.same(f"{stated.label} ≠ {given.label}"))
    return stated


def _same(one: Crs, other: Crs) -> bool:
    if one.code and other.code:
        return one.code == other.code
    return bool(spatial_reference(one).IsSame(spatial_reference(other)))


def _geographic(crs: Crs, coordinates: Floats, collector: Collector) -> Crs:
    given = collector.options.crs
    if len(coordinates) and (np.abs(coordinates) > (DEGREES, POLE)).any():
        in_metres = bool((np.abs(coordinates) > DEGREES).any())
        if in_metres and crs.datum is Datum.WGS84 and given is not None and not given.geographic:
            return _as_given(given, coordinates, collector)  # GeoJSON in metres whose format can't say so
        reason = Text(zh=f"{crs.label}应为度", en=f"{crs.label} needs degrees")
        if not in_metres:
            reason = Text(zh="纬度超过90度，经纬度可能颠倒", en="latitudes beyond 90°: the axes may be exchanged")
        collector.add("E-CRS-RANGE", text=_pair(coordinates[0]), reason=reason)
    elif given is not None and not given.geographic:
        return _to_plane(crs, given, collector)
    if crs.datum is Datum.WGS84:
        collector.add("W-CRS-WGS84", text=crs.label)
    else:
        collector.add("E-TXT-DEG", reason=Text.same(crs.label))
    return crs


def _as_given(given: Crs, coordinates: Floats, collector: Collector) -> Crs:
    if given.gauss_kruger is not None:
        _check_plane(given, given.gauss_kruger, coordinates, collector)
    return given


def _to_plane(crs: Crs, given: Crs, collector: Collector) -> Crs:
    """Degrees to the plane given by hand; WGS 84 counts as the plane's own datum where that is CGCS2000."""
    degrees = crs
    if crs.datum is Datum.WGS84 and given.datum is Datum.CGCS2000:
        degrees = crs_of(spatial_reference(given).CloneGeogCS()) or crs
    try:
        transform = plane_transform(degrees, given)
        if transform is not None and collector.parcels:
            shapes = transform.to_target(np.array([parcel.geometry for parcel in collector.parcels], dtype=object))
            collector.parcels = [
                parcel.model_copy(update={"geometry": shape})
                for parcel, shape in zip(collector.parcels, shapes, strict=True)
            ]
    except LandReviewError as error:
        collector.add(error.code, reason=error.detail or Text.same(f"{crs.label} → {given.label}"))
        return crs
    repair = Text(zh=f"已由{crs.label}换算到{given.label}", en=f"brought from {crs.label} to {given.label}")
    collector.add("W-CRS-WGS84" if crs.datum is Datum.WGS84 else "I-CRS-PLANE", text=crs.label, repair=repair)
    return given


def _check_plane(crs: Crs, plane: GaussKruger, coordinates: Floats, collector: Collector) -> None:
    """E-CRS-ZONE, W-TXT-SWAP or E-CRS-RANGE when the coordinates are not of this Gauss-Krüger plane."""
    wrong = ~_fits(coordinates, plane)
    if not wrong.any():
        return
    first = coordinates[int(np.flatnonzero(wrong)[0])]
    if _fits(coordinates[:, ::-1], plane).all():
        _exchange(first, collector)
        return
    prefix, own = int(first[0] // PREFIX_M), int(plane.false_easting_m // PREFIX_M)
    if prefix != own and _fits(first[None, :] + [(own - prefix) * PREFIX_M, 0.0], plane).all():
        reason = Text(
            zh=f"{crs.label}的带号前缀为{own or '无'}，横坐标前缀为{prefix or '无'}",
            en=f"{crs.label} has the prefix {own or 'none'}, the eastings have {prefix or 'none'}",
        )
        collector.add("E-CRS-ZONE", text=_pair(first), reason=reason)
        return
    count = int(wrong.sum())
    reason = Text(zh=f"{count}个点不在{crs.label}的范围内", en=f"{count} points are off {crs.label}")
    collector.add("E-CRS-RANGE", text=_pair(first), reason=reason)


def _exchange(first: Floats, collector: Collector) -> None:
    repair = Text(zh="已按X、Y互换读取", en="read with X and Y exchanged")
    collector.add("W-TXT-SWAP", text=_pair(first), repair=repair, needs_yes=True)
    collector.parcels = [
        parcel.model_copy(update={"geometry": shapely.transform(parcel.geometry, lambda xy: xy[:, ::-1])})
        for parcel in collector.parcels
    ]


def _fits(coordinates: Floats, plane: GaussKruger) -> npt.NDArray[np.bool_]:
    east = np.abs(coordinates[:, 0] - plane.false_easting_m) <= HALF_WIDTH_M
    return np.asarray(east & (coordinates[:, 1] >= NORTHING_M[0]) & (coordinates[:, 1] <= NORTHING_M[1]))


def _prefix_hint(coordinates: Floats) -> Text | None:
    """The zone in front of the eastings helps a user to choose; it never decides, since it names no datum."""
    zones = np.unique(coordinates[:, 0] // PREFIX_M) if len(coordinates) else np.zeros(0)
    if len(zones) != 1 or not (13 <= zones[0] <= 45):
        return None
    zone = int(zones[0])
    return Text(zh=f"横坐标带号前缀为{zone}", en=f"the eastings have the zone prefix {zone}")


def _coordinates(parcels: list[Parcel]) -> Floats:
    return np.asarray(shapely.get_coordinates([parcel.geometry for parcel in parcels]))


def _pair(point: Floats) -> str:
    return f"{point[0]:.3f} {point[1]:.3f}"
