# SPDX-License-Identifier: GPL-2.0-or-later
"""The result as a GeoPackage that opens styled in QGIS: the styles are stored in the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

import shapely
from osgeo import ogr, osr

from ..core.evidence.recorder import RecordedFeature
from ..core.files import replace_file
from ..core.model.crs import Crs
from ..core.model.result import ReviewResult
from ..core.tables import RESOURCES
from .crs import spatial_reference
from .gdal_errors import collected, opened, written
from .result_layers import (
    AREAS,
    FEATURES,
    FINDINGS,
    JUDGEMENTS,
    OPINIONS,
    PARCELS,
    PROVENANCE,
    UNCOVERED,
    FieldSpec,
    FieldType,
    LayerSpec,
)
from .result_rows import (
    Rows,
    Value,
    area_rows,
    feature_rows,
    finding_rows,
    judgement_rows,
    opinion_rows,
    parcel_rows,
    provenance_rows,
    uncovered_rows,
)

STYLES = RESOURCES / "styles"
GEOMETRY_COLUMN = "geom"
_TYPES = {
    FieldType.TEXT: ogr.OFTString,
    FieldType.NUMBER: ogr.OFTReal,
    FieldType.COUNT: ogr.OFTInteger64,
    FieldType.DATE: ogr.OFTDate,
}
PARTS = (("", ogr.wkbMultiPolygon, 2), ("_line", ogr.wkbMultiLineString, 1), ("_point", ogr.wkbMultiPoint, 0))
"""Suffix of the layer, its type and dimension: a QGIS layer has one kind of geometry."""
_COLLECTIONS = {2: shapely.multipolygons, 1: shapely.multilinestrings, 0: shapely.multipoints}
_STYLE_FIELDS = (
    "f_table_catalog",
    "f_table_schema",
    "f_table_name",
    "f_geometry_column",
    "styleName",
    "styleQML",
    "styleSLD",
    "useAsDefault",
    "description",
    "owner",
    "ui",
    "update_time",
)


def write_result_gpkg(
    result: ReviewResult,
    path: Path,
    crs: Crs,
    *,
    pack_text: str = "",
    touched: Mapping[str, tuple[RecordedFeature, ...]] | None = None,
) -> None:
    """Write the result GeoPackage, whole or not at all.

    Layers: ``parcels``, ``findings`` (rows without a geometry included), ``uncovered`` and, where
    ``touched`` is given, ``features``; lines and points of a layer stand in ``<layer>_line`` and
    ``<layer>_point``. Tables: ``areas``, ``provenance`` (with the pack's text), ``layer_styles``
    and, where people said something, ``judgements`` and ``opinions``.
    Raises LandReviewError E-ENV-WRITE when the file can't be written, E-CRS-NONE for an unknown CRS.
    """
    srs = spatial_reference(crs)
    replace_file(path, lambda beside: _write(result, beside, srs, pack_text, touched or {}))


def _write(
    result: ReviewResult,
    path: Path,
    srs: osr.SpatialReference,
    pack_text: str,
    touched: Mapping[str, tuple[RecordedFeature, ...]],
) -> None:
    with written(), collected() as messages, _Package(path, srs, messages) as package:
        package.layer(PARCELS, parcel_rows(result))
        package.layer(FINDINGS, finding_rows(result))
        package.layer(UNCOVERED, uncovered_rows(result))
        if touched:
            package.layer(FEATURES, feature_rows(touched))
        package.table(AREAS, area_rows(result))
        if result.people:
            package.table(JUDGEMENTS, judgement_rows(result))
            package.table(OPINIONS, opinion_rows(result))
        package.table(PROVENANCE, provenance_rows(result, pack_text))
        package.styles()


class _Package:
    """A GeoPackage in the making. Every refusal of GDAL becomes an OSError, none is passed over."""

    def __init__(self, path: Path, srs: osr.SpatialReference, messages: list[str]) -> None:
        self._srs, self._messages, self._path = srs, messages, path
        self._styled: list[tuple[str, str, str]] = []

    def __enter__(self) -> Self:
        self._source = ogr.GetDriverByName("GPKG").CreateDataSource(str(self._path))
        if self._source is None:
            raise self._refused()
        self._must(self._source.StartTransaction())
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._must(self._source.CommitTransaction())
        finally:
            # GDAL writes and closes when the last reference goes; Windows can't rename an open file
            self._source = None
        if kind is None and not _readable(self._path):
            raise self._refused()

    def layer(self, spec: LayerSpec, rows: Rows) -> None:
        """A layer of polygons with all rows; further layers for lines and points where there are any."""
        found = list(rows)
        for suffix, geometry_type, dimension in PARTS:
            parts = [(of_dimension(geometry, dimension), values) for geometry, values in found]
            if dimension == 2:
                self._rows(self._create(spec, suffix, geometry_type), spec, parts)
            elif any(geometry is not None for geometry, _ in parts):
                present = [(geometry, values) for geometry, values in parts if geometry is not None]
                self._rows(self._create(spec, suffix, geometry_type), spec, present)

    def table(self, spec: LayerSpec, rows: Rows) -> None:
        """A table without geometry."""
        self._rows(self._create(spec, "", ogr.wkbNone), spec, rows)

    def styles(self) -> None:
        """Table ``layer_styles``, from which QGIS takes the default style of each layer."""
        layer = self._source.CreateLayer("layer_styles", None, ogr.wkbNone, ["FID=id"])
        if layer is None:
            raise self._refused()
        for name in _STYLE_FIELDS:
            field = ogr.FieldDefn(name, ogr.OFTString)
            if name == "useAsDefault":
                field = ogr.FieldDefn(name, ogr.OFTInteger)
                field.SetSubType(ogr.OFSTBoolean)
            elif name == "update_time":
                field = ogr.FieldDefn(name, ogr.OFTDateTime)
            self._must(layer.CreateField(field))
        for table, geometry_column, style in self._styled:
            feature = ogr.Feature(layer.GetLayerDefn())
            qml = (STYLES / f"{style}.qml").read_text(encoding="utf-8")
            row = ("", "", table, geometry_column, f"landreview_{table}", qml, "", 1, "LandReview", "", "")
            for i, value in enumerate(row):
                feature.SetField(i, value)
            now = dt.datetime.now(dt.UTC)
            feature.SetField(len(row), now.year, now.month, now.day, now.hour, now.minute, float(now.second), 100)
            self._must(layer.CreateFeature(feature))

    def _create(self, spec: LayerSpec, suffix: str, geometry_type: int) -> ogr.Layer:
        spatial = geometry_type != ogr.wkbNone
        options = [f"IDENTIFIER={spec.title}{suffix}", f"DESCRIPTION={spec.description}"]
        options += [f"GEOMETRY_NAME={GEOMETRY_COLUMN}"] if spatial else []
        name = spec.name + suffix
        layer = self._source.CreateLayer(name, self._srs if spatial else None, geometry_type, options)
        if layer is None:
            raise self._refused()
        for field in spec.fields:
            self._must(layer.CreateField(_definition(field)))
        if (STYLES / f"{name}.qml").exists():
            self._styled.append((name, GEOMETRY_COLUMN if spatial else "", name))
        return layer

    def _rows(
        self, layer: ogr.Layer, spec: LayerSpec, rows: Iterable[tuple[shapely.Geometry | None, Sequence[Value]]]
    ) -> None:
        for geometry, values in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            for i, (field, value) in enumerate(zip(spec.fields, values, strict=True)):
                _set(feature, i, field, value)
            if geometry is not None:
                feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(shapely.to_wkb(geometry)))
            self._must(layer.CreateFeature(feature))

    def _must(self, code: int) -> None:
        if code != ogr.OGRERR_NONE:
            raise self._refused()

    def _refused(self) -> OSError:
        return OSError(0, self._messages[-1] if self._messages else "GDAL refused to write")


def _definition(field: FieldSpec) -> ogr.FieldDefn:
    definition = ogr.FieldDefn(field.name, _TYPES[field.type])
    definition.SetAlternativeName(field.alias)
    return definition


def _set(feature: ogr.Feature, position: int, field: FieldSpec, value: Value) -> None:
    if value is None:
        feature.SetFieldNull(position)
    elif isinstance(value, dt.date):
        feature.SetField(position, value.year, value.month, value.day, 0, 0, 0.0, 0)
    elif field.type is FieldType.COUNT:
        feature.SetFieldInteger64(position, int(value))
    else:
        feature.SetField(position, value)


def of_dimension(geometry: shapely.Geometry | None, dimension: int) -> shapely.Geometry | None:
    """The parts of a geometry of one dimension as a multi-geometry without heights; None without any."""
    if geometry is None:
        return None
    flat = shapely.get_parts(shapely.get_parts(shapely.force_2d(geometry)))
    parts = [part for part in flat if not part.is_empty and shapely.get_dimensions(part) == dimension]
    return _COLLECTIONS[dimension](parts) if parts else None


def _readable(path: Path) -> bool:
    """GDAL reports a full disk at closing time only by what is missing afterwards."""
    source, _ = opened(str(path), "GPKG")
    if source is None:
        return False
    names = {source.GetLayer(i).GetName() for i in range(source.GetLayerCount())}
    return {PARCELS.name, FINDINGS.name, PROVENANCE.name, "layer_styles"} <= names
