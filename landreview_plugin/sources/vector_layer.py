# SPDX-License-Identifier: GPL-2.0-or-later
"""The features of one polygon layer of any GDAL driver."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from osgeo import gdal, ogr

from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError, Place
from .attributes import mapping_of
from .collector import Collector
from .crs import crs_of
from .encoding import raw_bytes, readable
from .gdal_errors import failures, joined
from .rings import Reshape, polygon_of

POLYGONS: Final = {ogr.wkbPolygon, ogr.wkbMultiPolygon, ogr.wkbCurvePolygon, ogr.wkbMultiSurface}
_PINS: Final = {ogr.wkbPoint, ogr.wkbMultiPoint}
_ANY: Final = {ogr.wkbUnknown, ogr.wkbGeometryCollection}


def read_with(
    driver: str,
    path: Path | str,
    wanted: str,
    collector: Collector,
    *,
    options: Sequence[str] = (),
    reshape: Reshape | None = None,
    pins: bool = False,
) -> Crs | None:
    """Read the one polygon layer of ``path`` with one named driver, so that no other kind of file comes in.

    ``pins``: points beside the polygons only mark a place; they are left out and counted.
    Returns the CRS that the file states. Raises E-SRC-CORRUPT, E-SRC-MISSING, E-SRC-LAYER, E-SRC-EMPTY.
    """
    with failures(collector.place) as errors:
        dataset = gdal.OpenEx(
            str(path), gdal.OF_VECTOR | gdal.OF_READONLY, allowed_drivers=[driver], open_options=list(options)
        )
        if dataset is None:
            raise LandReviewError("E-SRC-CORRUPT", detail=joined(errors) or None, place=collector.place)
        layer = choose_layer(dataset, wanted, collector.place)
        collector.place = collector.place.model_copy(update={"layer": readable(layer.GetName())})
        crs = crs_of(layer.GetSpatialRef())
        _read_features(layer, collector, reshape, pins and _has_polygons(layer))
        if errors:
            collector.add("E-SRC-CORRUPT", reason=Text.same(joined(errors)))
    return crs


def choose_layer(dataset: gdal.Dataset, wanted: str, place: Place) -> ogr.Layer:
    """The layer asked for, or the only one that holds polygons."""
    layers = [dataset.GetLayerByIndex(i) for i in range(dataset.GetLayerCount())]
    if wanted:
        found = dataset.GetLayerByName(wanted)
        if found is None:
            names = ", ".join(layer.GetName() for layer in layers)
            detail = Text(zh=f"没有图层{wanted}，现有：{names}", en=f"no layer {wanted}; there are: {names}")
            raise LandReviewError("E-SRC-MISSING", detail=detail, place=place)
        return found
    fitting = [layer for layer in layers if _has_polygons(layer)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise LandReviewError("E-SRC-LAYER", detail=", ".join(layer.GetName() for layer in fitting), place=place)
    return _without_polygons(layers, place)


def _without_polygons(layers: Sequence[ogr.Layer], place: Place) -> ogr.Layer:
    """A single layer without a polygon is read all the same, so that what is wrong is said feature by feature."""
    filled = [layer for layer in layers if layer.GetFeatureCount() != 0]
    if len(filled) == 1 and filled[0].GetGeomType() != ogr.wkbNone:
        return filled[0]
    names = ", ".join(layer.GetName() for layer in layers)
    detail = Text(zh=f"没有面图层：{names}", en=f"no polygon layer among: {names}")
    raise LandReviewError("E-SRC-EMPTY", detail=detail, place=place)


def _has_polygons(layer: ogr.Layer) -> bool:
    kind = ogr.GT_Flatten(layer.GetGeomType())
    if kind not in _ANY:
        return kind in POLYGONS
    found = any(_is_polygon(feature.GetGeometryRef()) for feature in layer)
    layer.ResetReading()
    return found


def _is_polygon(shape: ogr.Geometry | None) -> bool:
    return shape is not None and ogr.GT_Flatten(shape.GetGeometryType()) in POLYGONS


def _is_pin(shape: ogr.Geometry | None) -> bool:
    return shape is not None and ogr.GT_Flatten(shape.GetGeometryType()) in _PINS


def _read_features(layer: ogr.Layer, collector: Collector, reshape: Reshape | None, pins: bool) -> None:
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
    mapping = mapping_of([readable(name) for name in fields], collector.options.field_mapping)
    positions = {role: [readable(name) for name in fields].index(name) for role, name in mapping.items()}
    collector.notes |= {f"field.{role}": name for role, name in mapping.items()}
    collector.notes["fields"] = "\n".join(map(readable, fields))
    counted, read, left_out = collector.features_stated, 0, 0
    stated = layer.GetFeatureCount() if counted is None else counted
    for feature in layer:
        read += 1
        if pins and _is_pin(feature.GetGeometryRef()):
            left_out += 1
            continue
        values = {role: _text(feature, position, collector) for role, position in positions.items()}
        at = collector.place.model_copy(update={"feature": str(feature.GetFID()), "parcel": values.get("number", "")})
        geometry = polygon_of(feature.GetGeometryRef(), at, collector, reshape)
        if geometry is not None:
            collector.take_parcel(at, values, mapping, geometry)
    if left_out:
        collector.add("I-SRC-SKIP", text=f"POINT {left_out}")
    if stated >= 0 and read != stated:
        reason = Text(zh=f"应有{stated}个要素，读到{read}个", en=f"{stated} features stated, {read} read")
        collector.add("E-SRC-CORRUPT", reason=reason)


def _text(feature: ogr.Feature, position: int, collector: Collector) -> str:
    if not feature.IsFieldSetAndNotNull(position):
        return ""
    value = feature.GetFieldAsString(position)
    raw = raw_bytes(value)
    if raw is not None:
        at = collector.place.model_copy(update={"feature": str(feature.GetFID())})
        collector.add("W-SRC-ENC", at, text=raw.hex(" "))
    return readable(value).strip()
