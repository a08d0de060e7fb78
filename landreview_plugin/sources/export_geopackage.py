# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoPackage of parcels: one layer, full texts, the plane as handed in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import shapely
from osgeo import gdal, ogr

from ..core.files import replace_file
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel
from ..core.model.problems import LandReviewError, Place, Problem
from .crs import spatial_reference
from .gdal_errors import failures, joined

LAYER: Final = "DK"
_TEXTS: Final = (("DKBH", "number"), ("DKMC", "name"), ("TDYT", "use"), ("DLBM", "land_class"), ("TFH", "map_sheet"))
_AREA: Final = "SQMJ"


def write_geopackage(parcels: Sequence[Parcel], crs: Crs, path: Path) -> tuple[Problem, ...]:
    """Write a new GeoPackage with the layer ``DK``; one that was there is replaced as a whole."""
    with tempfile.TemporaryDirectory(prefix="landreview-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "parcels.gpkg"
        _write(parcels, crs, made, Place(file=path.name))
        replace_file(path, partial(shutil.copyfile, made))
    return ()


def _write(parcels: Sequence[Parcel], crs: Crs, path: Path, place: Place) -> None:
    with failures(place) as errors:
        dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
        layer = dataset.CreateLayer(LAYER, spatial_reference(crs), ogr.wkbMultiPolygon)
        for name, _ in _TEXTS:
            layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
        layer.CreateField(ogr.FieldDefn(_AREA, ogr.OFTReal))
        layer.StartTransaction()
        for parcel in parcels:
            layer.CreateFeature(_feature(layer, parcel))
        layer.CommitTransaction()
        layer = dataset = None  # closes the file
        if errors:
            raise LandReviewError("E-ENV-WRITE", detail=joined(errors), place=place)


def _feature(layer: ogr.Layer, parcel: Parcel) -> ogr.Feature:
    feature = ogr.Feature(layer.GetLayerDefn())
    for name, attribute in _TEXTS:
        feature.SetField(name, getattr(parcel, attribute))
    if parcel.stated_area_ha is not None:
        feature.SetField(_AREA, float(parcel.stated_area_ha))
    parts = shapely.get_parts(shapely.force_2d(parcel.geometry))
    feature.SetGeometry(ogr.CreateGeometryFromWkb(shapely.to_wkb(shapely.multipolygons(parts))))
    return feature
