# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels to SHP, DXF, KML, GPKG or GeoJSON for other programs: written beside, then renamed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel
from ..core.model.problems import LandReviewError, Place, Problem
from .export_drawing import write_drawing
from .export_geojson import write_geojson
from .export_geopackage import write_geopackage
from .export_kml import write_kml
from .export_shapefile import write_shapefile

Writer = Callable[[Sequence[Parcel], Crs, Path], tuple[Problem, ...]]
WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        ".shp": write_shapefile,
        ".dxf": write_drawing,
        ".kml": write_kml,
        ".gpkg": write_geopackage,
        ".geojson": write_geojson,
    }
)


def export_parcels(parcels: Sequence[Parcel], crs: Crs, path: Path) -> tuple[Problem, ...]:
    """Write ``parcels`` in the format of the suffix; gives what the format could not hold (W-…).

    Raises E-SRC-FORMAT for another suffix, E-SRC-EMPTY without a parcel, E-ENV-WRITE.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        known = " ".join(WRITERS)
        detail = Text(zh=f"{path.suffix}；可写出：{known}", en=f"{path.suffix}; writable: {known}")
        raise LandReviewError("E-SRC-FORMAT", detail=detail, place=Place(file=path.name))
    if not parcels:
        raise LandReviewError("E-SRC-EMPTY", place=Place(file=path.name))
    return writer(parcels, crs, path)
