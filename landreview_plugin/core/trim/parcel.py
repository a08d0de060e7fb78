# SPDX-License-Identifier: GPL-2.0-or-later
"""A suggestion as the parcel of a corrected hand-in: the surveyor's point numbers stay, new points get new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from ..arrays import as_pairs
from ..geodesy.area import planar_areas
from ..geodesy.rounding import Unit, convert
from ..model.parcel import Parcel, ParcelReading
from .inward import Point

AREA_DECIMALS = 4
"""Of a stated area in hectares."""
_LABEL = re.compile(r"(\D*)(\d+)")
Labels = tuple[tuple[str, ...], ...]


def trimmed_parcel(parcel: Parcel, land: BaseGeometry) -> Parcel:
    """``parcel`` on its new land; a stated area becomes the planar area of that."""
    rings = [[_ordered(ring, parcel) for ring in part] for part in _rings_of(land)]
    shapes = [shapely.Polygon(rings_of_part[0], rings_of_part[1:]) for rings_of_part in rings]
    geometry = shapes[0] if len(shapes) == 1 else shapely.MultiPolygon(shapes)
    stated = convert(float(planar_areas(geometry)), Unit.HA, AREA_DECIMALS)
    return parcel.model_copy(
        update={
            "geometry": geometry,
            "labels": _labels(parcel, [ring for part in rings for ring in part]),
            "stated_area_ha": None if parcel.stated_area_ha is None else stated,
        }
    )


def corrected(reading: ParcelReading, land: Mapping[str, BaseGeometry]) -> ParcelReading:
    """The hand-in with the parcels of ``land`` (by number) trimmed; what was said of their outlines is void."""
    return reading.model_copy(
        update={
            "sha256": "",  # no file has this content
            "parcels": tuple(
                trimmed_parcel(parcel, land[parcel.number]) if parcel.number in land else parcel
                for parcel in reading.parcels
            ),
            "problems": tuple(problem for problem in reading.problems if problem.place.parcel not in land),
        }
    )


def _rings_of(land: BaseGeometry) -> Iterator[list[list[Point]]]:
    """Open rings of each part: outer ring, then holes."""
    for part in shapely.get_parts(land):
        yield [as_pairs(shapely.get_coordinates(ring)[:-1]) for ring in (part.exterior, *part.interiors)]


def _ordered(ring: list[Point], parcel: Parcel) -> list[Point]:
    """The ring in the direction of the ring it comes from, beginning with the first point of that which is left."""
    for old in (ring for part in _rings_of(parcel.geometry) for ring in part):
        place = {point: n for n, point in enumerate(old)}
        shared = [point for point in ring if point in place]
        if not shared:
            continue
        if shapely.is_ccw(shapely.LinearRing(ring)) != shapely.is_ccw(shapely.LinearRing(old)):
            ring = ring[::-1]
        first = ring.index(min(shared, key=lambda point: place[point]))
        return ring[first:] + ring[:first]
    return ring


def _labels(parcel: Parcel, rings: list[list[Point]]) -> Labels:
    """Each old point's number; new ones count on from the highest. None when the parcel has none that fit."""
    old = [ring for part in _rings_of(parcel.geometry) for ring in part]
    if [len(labels) for labels in parcel.labels] != [len(ring) for ring in old]:
        return ()
    known = {
        point: label
        for ring, labels in zip(old, parcel.labels, strict=True)
        for point, label in zip(ring, labels, strict=True)
    }
    found = [match for label in known.values() if (match := _LABEL.fullmatch(label))]
    prefix = found[0][1] if found else "J"
    last = max((int(match[2]) for match in found), default=0)
    named: list[tuple[str, ...]] = []
    for ring in rings:
        labels = []
        for point in ring:
            last += point not in known
            labels.append(known.get(point, f"{prefix}{last}"))
        named.append(tuple(labels))
    return tuple(named)
