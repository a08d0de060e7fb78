# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels from polygon layers that GDAL reads: SHP, GeoPackage, FileGDB, GeoJSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from osgeo import gdal, ogr

from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..core.model.crs import Crs, Datum
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Level, Place, Problem
from ..core.quality.crossings import faults_of
from .attributes import mapping_of, stated_hectares
from .crs import crs_of
from .gdal_errors import collected
from .shapefile import check_whole, text_encoding

if TYPE_CHECKING:
    from .parcels import ImportOptions

CURVE_TOLERANCE_M = 0.001


def read_vector(path: Path, *, layer: str, options: ImportOptions) -> ParcelReading:
    """All features of one polygon layer as parcels."""
    place = Place(file=path.name)
    said: list[Problem] = []
    open_options = []
    if path.suffix.lower() == ".shp":
        check_whole(path)
        encoding, said = text_encoding(path, options.encoding)
        open_options = [f"ENCODING={encoding}"]
    with collected() as errors:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_READONLY, open_options=open_options)
        if dataset is None:
            raise LandReviewError("E-SRC-CORRUPT", detail="; ".join(dict.fromkeys(errors)), place=place)
        source = _choose(dataset, layer, place)
        place = place.model_copy(update={"layer": source.GetName()})
        reading = _read(source, place, options)
    if errors:
        detail = "; ".join(dict.fromkeys(errors))
        problem = Problem(code="E-SRC-CORRUPT", level=Level.ERROR, place=place, reason=Text.same(detail))
        reading = reading.model_copy(update={"problems": (problem, *reading.problems)})
    digest = file_sha256(path) if path.is_file() else ""
    return reading.model_copy(update={"source": path.name, "sha256": digest, "problems": (*said, *reading.problems)})


def _choose(dataset: gdal.Dataset, wanted: str, place: Place) -> ogr.Layer:
    layers = [dataset.GetLayerByIndex(i) for i in range(dataset.GetLayerCount())]
    if wanted:
        found = dataset.GetLayerByName(wanted)
        if found is None:
            raise LandReviewError("E-SRC-MISSING", detail=wanted, place=place)
        return found
    polygons = [layer for layer in layers if ogr.GT_Flatten(layer.GetGeomType()) in _POLYGON_TYPES]
    if len(polygons) == 1:
        return polygons[0]
    names = ", ".join(layer.GetName() for layer in polygons or layers)
    raise LandReviewError("E-SRC-LAYER" if polygons else "E-SRC-EMPTY", detail=names, place=place)


_POLYGON_TYPES = {
    ogr.wkbPolygon,
    ogr.wkbMultiPolygon,
    ogr.wkbCurvePolygon,
    ogr.wkbMultiSurface,
    ogr.wkbUnknown,
}


def _read(source: ogr.Layer, place: Place, options: ImportOptions) -> ParcelReading:
    definition = source.GetLayerDefn()
    fields = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
    mapping = mapping_of(fields, options.field_mapping)
    problems: list[Problem] = []
    parcels: list[Parcel] = []
    points = 0
    count = source.GetFeatureCount()
    if count > options.max_features:
        raise LandReviewError("E-SRC-LIMIT", detail=f"{count} > {options.max_features}", place=place)
    for feature in source:
        at = place.model_copy(update={"feature": str(feature.GetFID())})
        values = {role: _text(feature, field) for role, field in mapping.items()}
        at = at.model_copy(update={"parcel": values.get("number", "")})
        found, geometry = _geometry(feature, at)
        problems += found
        if geometry is None:
            continue
        points += int(shapely.get_num_coordinates(geometry))
        if points > options.max_points:
            raise LandReviewError("E-SRC-LIMIT", detail=f"> {options.max_points}", place=place)
        parcels.append(_parcel(values, mapping, str(feature.GetFID()), geometry))
    crs, said = _crs(source, place, options)
    problems += [*said, *_doubled(parcels, place)]
    if not parcels and not problems:
        problems.append(Problem(code="E-SRC-EMPTY", level=Level.ERROR, place=place))
    notes = {f"field.{role}": field for role, field in mapping.items()}
    return ParcelReading(
        source=place.file, crs=crs, parcels=tuple(parcels), problems=tuple(problems), points_in=points, notes=notes
    )


def _parcel(values: dict[str, str], mapping: dict[str, str], fid: str, geometry: shapely.Geometry) -> Parcel:
    return Parcel(
        number=values.get("number") or fid,
        name=values.get("name", ""),
        use=values.get("use", ""),
        land_class=values.get("land_class", ""),
        map_sheet=values.get("map_sheet", ""),
        stated_area_ha=stated_hectares(mapping.get("stated_area", ""), values.get("stated_area", "")),
        geometry=geometry,
    )


def _text(feature: ogr.Feature, field: str) -> str:
    return feature.GetFieldAsString(field).strip() if feature.IsFieldSetAndNotNull(field) else ""


def _geometry(feature: ogr.Feature, place: Place) -> tuple[list[Problem], shapely.Geometry | None]:
    """The polygon of a feature, flat and straight; every fault is a problem that names it."""
    shape = feature.GetGeometryRef()
    if shape is None:
        return [Problem(code="E-GEO-NULL", level=Level.ERROR, place=place)], None
    if shape.IsEmpty():
        return [Problem(code="E-GEO-EMPTY", level=Level.ERROR, place=place)], None
    problems: list[Problem] = []
    if shape.HasCurveGeometry():
        length = 2 * np.degrees(np.arccos(1 - CURVE_TOLERANCE_M / 1000.0))
        shape = shape.GetLinearGeometry(length)
        repair = Text(zh="弧线已按弦差0.001米加密", en="arcs became chords within 0.001 m")
        problems.append(Problem(code="W-GEO-CURVE", level=Level.WARNING, place=place, repair=repair))
    try:
        geometry = shapely.force_2d(shapely.from_wkb(bytes(shape.ExportToIsoWkb())))
    except shapely.errors.GEOSException as error:
        return [Problem(code="E-GEO-FEW", level=Level.ERROR, place=place, reason=Text.same(str(error)))], None
    if geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return [*problems, Problem(code="E-GEO-TYPE", level=Level.ERROR, place=place, text=geometry.geom_type)], None
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return [*problems, Problem(code="E-GEO-NAN", level=Level.ERROR, place=place)], None
    return [*problems, *_faults(geometry, place)], geometry


def _faults(geometry: shapely.Geometry, place: Place) -> list[Problem]:
    problems = []
    for fault in faults_of(geometry):
        x, y = shapely.get_coordinates(fault.spot)[0]
        at = place.model_copy(update={"xy": (float(x), float(y))})
        problems.append(Problem(code=fault.code, level=Level.ERROR, place=at, geometry=fault.spot))
    return problems


def _crs(source: ogr.Layer, place: Place, options: ImportOptions) -> tuple[Crs | None, list[Problem]]:
    crs = crs_of(source.GetSpatialRef()) or options.crs
    if crs is None:
        return None, [Problem(code="E-CRS-NONE", level=Level.ERROR, place=place)]
    if crs.datum is Datum.WGS84 and crs.geographic and options.crs is None:
        return crs, [Problem(code="W-CRS-WGS84", level=Level.WARNING, place=place)]
    if crs.geographic:
        return crs, [Problem(code="E-TXT-DEG", level=Level.ERROR, place=place, reason=Text.same(crs.label))]
    return crs, []


def _doubled(parcels: list[Parcel], place: Place) -> list[Problem]:
    seen: dict[str, int] = {}
    for parcel in parcels:
        seen[parcel.number] = seen.get(parcel.number, 0) + 1
    return [
        Problem(
            code="E-ATT-DUPNO",
            level=Level.ERROR,
            place=place.model_copy(update={"parcel": number}),
            reason=Text(zh=f"出现{count}次", en=f"{count} times"),
        )
        for number, count in seen.items()
        if count > 1
    ]
