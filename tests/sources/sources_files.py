# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-ins made for the tests: small, real files written by GDAL or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from osgeo import gdal, ogr, osr

from landreview_plugin.core.model.problems import LandReviewError, Problem
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.parcels import ImportOptions, read_parcels

X, Y = 38400000.0, 3110000.0
"""South-west corner of everything, in zone 38 with prefix."""
ZONE_38 = parse_crs("EPSG:4526")
BY_HAND = ImportOptions(crs=ZONE_38)


def ring(*points: tuple[float, float]) -> str:
    """A WKT ring of points relative to the corner, as they stand."""
    return "(" + ",".join(f"{X + x} {Y + y}" for x, y in points) + ")"


def square(x: float = 0, y: float = 0, side: float = 100, *, clockwise: bool = True) -> str:
    """A closed WKT ring."""
    points = [(x, y), (x, y + side), (x + side, y + side), (x + side, y), (x, y)]
    return ring(*(points if clockwise else reversed(points)))


def write_layer(
    path: Path,
    shapes: Sequence[str | None],
    *,
    driver: str = "GPKG",
    names: Sequence[str] | None = None,
    epsg: int | None = 4526,
    kind: int = ogr.wkbUnknown,
    options: Sequence[str] = (),
    field: str = "DKMC",
) -> Path:
    """A layer of features with a number and a name; WKT None is a feature without geometry."""
    srs = None
    if epsg is not None:
        srs = osr.SpatialReference()
        srs.ImportFromEPSG(epsg)
        # x before y: newer drivers of GDAL otherwise take degrees in the order of the authority
        srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("parcels", srs, kind, list(options))
    for name in ("DKBH", field):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for i, wkt in enumerate(shapes):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, f"DK-{i + 1}")
        feature.SetField(1, names[i] if names else f"地块{i + 1}")
        if wkt is not None:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    layer = dataset = None
    return path


def found(source: Path | str, options: ImportOptions | None = None) -> list[Problem]:
    """All problems of a file that can be read."""
    return list(read_parcels(str(source), options).problems)


def codes(source: Path | str, options: ImportOptions | None = None) -> list[str]:
    """Codes of all problems, raised or listed."""
    try:
        return [problem.code for problem in found(source, options)]
    except LandReviewError as error:
        return [error.code]
