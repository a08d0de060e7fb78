# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers from files and databases, delivered in the plane of the parcels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import shapely
from osgeo import gdal, ogr

from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError, Level, Place, Problem
from ..core.overlay.layer import Boxes, Geometries, ReferenceBatch
from .crs import crs_of
from .encoding import readable
from .gdal_errors import opened
from .reference_gpkg import find_table
from .reference_ogr import OgrRows
from .reference_shapefile import ShapefileRows, options_of, shapefile_of
from .reference_wkb import RowBatch, WkbReader, no_geometry
from .service import ServiceRows
from .service_reach import is_remote, is_service, open_options, patient
from .transform import PlaneTransform, plane_transform


class Rows(Protocol):
    """A road to the features: GeoPackage by SQLite, anything else by OGR."""

    @property
    def without_geometry(self) -> int:
        """Features that have no geometry, as far as the road can tell."""

    def rows(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[RowBatch]:
        """The features around boxes in the layer's own CRS, each once."""


_DIMENSIONS = {
    ogr.wkbPoint: 0,
    ogr.wkbMultiPoint: 0,
    ogr.wkbLineString: 1,
    ogr.wkbMultiLineString: 1,
    ogr.wkbPolygon: 2,
    ogr.wkbMultiPolygon: 2,
}

_DRIVERS = {".parquet": "Parquet", ".geoparquet": "Parquet", ".arrow": "Arrow", ".feather": "Arrow"}
"""Drivers that some builds of GDAL lack: without one a good file looks damaged."""


class OpenedReference:
    """A reference layer (see :class:`core.overlay.layer.ReferenceLayer`)."""

    def __init__(
        self,
        dataset: gdal.Dataset,
        layer: ogr.Layer,
        crs: Crs,
        target: Crs,
        name: str,
        road: Rows,
        doubt: Text | None = None,
    ) -> None:
        """``doubt``: what is uncertain about the encoding of names and values."""
        self._dataset, self._layer = dataset, layer  # the layer dies with its data set
        self._crs, self._name, self._road, self._doubt = crs, name, road, doubt
        self._transform: PlaneTransform | None = plane_transform(crs, target)
        self._wkb = WkbReader(Place(layer=name))
        definition = layer.GetLayerDefn()
        self._fields = tuple(readable(definition.GetFieldDefn(i).GetName()) for i in range(definition.GetFieldCount()))

    @property
    def name(self) -> str:
        """File and layer."""
        return self._name

    @property
    def crs(self) -> Crs:
        """The layer's own CRS."""
        return self._crs

    @property
    def field_names(self) -> tuple[str, ...]:
        """The attribute fields, in the order of the source."""
        return self._fields

    @property
    def feature_count(self) -> int:
        """Number of features; -1 when only a full read could tell."""
        return self._road.feature_count if isinstance(self._road, ServiceRows) else int(self._layer.GetFeatureCount(0))

    @property
    def dimension(self) -> int | None:
        """0 points, 1 lines, 2 areas; None: mixed, or the source does not say."""
        kind = ogr.GT_Flatten(ogr.GT_GetLinear(self._layer.GetGeomType()))
        return _DIMENSIONS.get(kind)

    def extent(self) -> tuple[float, float, float, float] | None:
        """Box of all features in the plane of the parcels; None: the layer is empty."""
        if self._layer.GetFeatureCount(0) == 0:
            return None
        x0, x1, y0, y1 = self._layer.GetExtent()
        return (x0, y0, x1, y1) if self._transform is None else self._transform.box_to_target((x0, y0, x1, y1))

    def batches(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[ReferenceBatch]:
        """All features whose true bounds touch a box, each once, in bounded batches."""
        self._refuse_unknown(fields)
        boxes = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
        own = boxes if self._transform is None else self._transform.boxes_to_source(boxes)
        tree = shapely.STRtree(shapely.box(*boxes.T))
        for batch in self._road.rows(own, fields):
            geometries = self._decoded(batch)
            hits = _touching(tree, geometries)
            if len(hits):
                rows = [batch.rows[i] for i in hits.tolist()]
                columns = {name: [row[2 + n] for row in rows] for n, name in enumerate(fields)}
                yield ReferenceBatch(batch.fids[hits], geometries[hits], columns, batch.share)

    def notes(self) -> tuple[Problem, ...]:
        """Curves stroked, heights ignored, features without geometry, a doubtful encoding."""
        said, lost = list(self._wkb.notes()), self._road.without_geometry
        if lost:
            said.append(no_geometry(self._wkb.place, str(lost)))
        if self._doubt is not None:
            said.append(Problem(code="W-SRC-ENC", level=Level.WARNING, place=self._wkb.place, reason=self._doubt))
        return tuple(said)

    def _refuse_unknown(self, fields: Sequence[str]) -> None:
        """SQLite would read an unknown name in quotes as a text, and every feature would have it."""
        unknown = [name for name in fields if name not in self._fields]
        if unknown:
            names = ", ".join(unknown)
            detail = Text(zh=f"图层没有字段：{names}", en=f"the layer has no field {names}")
            raise LandReviewError("E-ATT-FIELD", detail=detail, place=Place(layer=self._name))

    def _decoded(self, batch: RowBatch) -> Geometries:
        geometries = self._wkb.decode(batch.fids, batch.wkb)
        return geometries if self._transform is None else self._transform.to_target(geometries)


def open_reference(source: str, *, base: Path, target: Crs) -> OpenedReference:
    """Open ``file.gpkg|layername=X`` (relative to ``base``), any OGR source, or ``PG:…``.

    Raises E-SRC-MISSING, E-SRC-CORRUPT, E-SRC-SERVICE, E-SRC-LAYER (several layers and none named), E-CRS-NONE, and
    E-CRS-DATUM or E-CRS-OLD when the layer's datum is not that of ``target``.
    """
    location, wanted = _split(source)
    path = _local(location, base)
    place = Place(file=path.name if path else location, layer=wanted)
    shapefile = shapefile_of(path, wanted) if path else None
    options, doubt = options_of(shapefile) if shapefile else (open_options(location), None)
    dataset = _open(str(path) if path else location, place, options)
    layer = _choose(dataset, wanted, place)
    place = place.model_copy(update={"layer": layer.GetName()})
    crs = crs_of(layer.GetSpatialRef())
    if crs is None:
        raise LandReviewError("E-CRS-NONE", place=place)
    try:
        road = _road(dataset, layer, path or location, place)
        return OpenedReference(dataset, layer, crs, target, _name(place), road, doubt)
    except LandReviewError as error:
        error.place = place
        raise


def _road(dataset: gdal.Dataset, layer: ogr.Layer, source: Path | str, place: Place) -> Rows:
    """The fastest road that misses nothing; ``source``: a file, or the address of a database or service."""
    driver = dataset.GetDriver().ShortName
    if is_service(driver, source):
        return ServiceRows(dataset, layer, dataset.GetDescription(), place)
    path = source if isinstance(source, Path) else None
    if driver == "ESRI Shapefile":
        shapefile = shapefile_of(path, layer.GetName()) if path else None
        return ShapefileRows(layer, shapefile) if shapefile else OgrRows(layer, trust_index=False, place=place)
    if path is None or driver != "GPKG":
        return OgrRows(layer, place=place)
    return find_table(path, layer.GetName()) or OgrRows(layer, trust_index=False, place=place)


def _split(source: str) -> tuple[str, str]:
    """Location and layer name of QGIS's ``location|layername=X``."""
    location, *options = source.split("|")
    named = [option.partition("=")[2] for option in options if option.lower().startswith("layername=")]
    return location, named[-1] if named else ""


def is_file(location: str) -> bool:
    """Whether a location is a path, and not a database, a service or one of GDAL's virtual files."""
    return not location.startswith("/vsi") and (":" not in location[2:] or Path(location).is_absolute())


def _local(location: str, base: Path) -> Path | None:
    """The path of a file; None for databases and services."""
    if not is_file(location):
        return None
    path = Path(location)
    path = path if path.is_absolute() else base / path
    if not path.exists():
        raise LandReviewError("E-SRC-MISSING", detail=location, place=Place(file=path.name))
    return path


def _open(location: str, place: Place, options: list[str]) -> gdal.Dataset:
    with patient():
        dataset, said = opened(location, options=options)
    if dataset is None:
        driver = _DRIVERS.get(Path(location).suffix.lower())
        if driver and gdal.GetDriverByName(driver) is None:
            raise LandReviewError("E-SRC-FORMAT", detail=_no_driver(driver), place=place)
        raise LandReviewError("E-SRC-SERVICE" if is_remote(location) else "E-SRC-CORRUPT", detail=said, place=place)
    return dataset


def _no_driver(driver: str) -> Text:
    return Text(
        zh=f"本机的GDAL {gdal.__version__}没有{driver}驱动；请另存为GeoPackage",
        en=f"GDAL {gdal.__version__} here has no driver for {driver}: save it as GeoPackage",
    )


def _choose(dataset: gdal.Dataset, wanted: str, place: Place) -> ogr.Layer:
    layers = [dataset.GetLayerByIndex(i) for i in range(dataset.GetLayerCount())]
    names = ", ".join(layer.GetName() for layer in layers)
    if wanted:
        found = dataset.GetLayerByName(wanted)
        if found is None:
            detail = Text(zh=f"没有图层{wanted}，现有：{names}", en=f"no layer {wanted}; there are: {names}")
            raise LandReviewError("E-SRC-MISSING", detail=detail, place=place)
        return found
    if len(layers) != 1:
        raise LandReviewError("E-SRC-LAYER" if layers else "E-SRC-EMPTY", detail=names, place=place)
    return layers[0]


def _touching(tree: shapely.STRtree, geometries: Geometries) -> npt.NDArray[np.int64]:
    """Rows whose true bounds touch a box; rows without a finite box stay, for the engine to judge."""
    hits = np.unique(tree.query(geometries)[0])
    finite = np.isfinite(shapely.bounds(geometries)).all(axis=1)
    if finite.all():
        return np.asarray(hits)
    lost = np.flatnonzero(~finite & ~shapely.is_missing(geometries) & ~shapely.is_empty(geometries))
    return np.union1d(hits, lost)


def _name(place: Place) -> str:
    return f"{place.file}|{place.layer}" if place.file else place.layer
