# SPDX-License-Identifier: GPL-2.0-or-later
"""Hashes by content: what was reviewed, whatever file, order or start vertex it came in."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import shapely

from ..model.parcel import Parcel
from .canonical import canonical
from .recorder import RecordedFeature

COORDINATE_DECIMALS = 4
"""Coordinates count to 0.1 mm, the last digit of a boundary-point TXT."""
_CHUNK = 1 << 20
_MULTI = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}
"""A single geometry and a multi geometry of one part are the same land."""


def geometry_sha256(geometry: shapely.Geometry) -> str:
    """Hash of the land: independent of start vertex, direction, and order of parts and rings."""
    flat = shapely.force_2d(geometry)
    if flat.geom_type in _MULTI:
        flat = _MULTI[flat.geom_type]([flat])
    # adding 0.0 turns -0.0, which has other bytes, into 0.0
    rounded = shapely.transform(flat, lambda xy: np.round(xy, COORDINATE_DECIMALS) + 0.0)
    wkb = shapely.to_wkb(shapely.normalize(rounded), byte_order=1)
    return hashlib.sha256(wkb).hexdigest()


def parcels_sha256(parcels: Sequence[Parcel]) -> str:
    """Hash over number, facts and land of all parcels, whatever their order."""
    rows = [
        [
            parcel.number,
            parcel.name,
            parcel.use,
            parcel.land_class,
            str(parcel.stated_area_ha),
            geometry_sha256(parcel.geometry),
        ]
        for parcel in parcels
    ]
    return text_sha256(canonical(sorted(rows)))


def features_sha256(features: Iterable[RecordedFeature]) -> str:
    """Hash over geometry and attributes of reference features; feature ids don't count, nor does order."""
    rows = sorted(
        canonical([geometry_sha256(feature.geometry), {k: _plain(v) for k, v in feature.attributes.items()}])
        for feature in features
    )
    return text_sha256("\n".join(rows))


def file_sha256(path: Path) -> str:
    """Hash of a file's bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def text_sha256(text: str) -> str:
    """Hash of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object) -> object:
    """What canonical JSON holds; an empty number field may come as NaN, and as null from another reader."""
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
