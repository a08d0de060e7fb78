# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of the open project as reference layers.

A plain file is read by the fast road of ``sources``; an edited, filtered, memory or database layer
feature by feature through QGIS, so that what the user sees is what is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureRequest,
    QgsProviderRegistry,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)

from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError, Level, Place, Problem
from ..core.overlay.layer import Boxes, Geometries, ReferenceBatch, ReferenceLayer
from ..sources.reference import open_reference
from ..sources.reference_gpkg import find_table
from ..sources.reference_shapefile import has_index, shapefile_of
from ..sources.service_reach import is_remote
from ..sources.transform import PlaneTransform, plane_transform
from .crs import crs_of_qgis
from .databases import Table, refuse_void, table_of
from .portions import portions
from .services import ServiceLayer, service_of

CHORD_TOLERANCE = 0.001
_DIMENSIONS = {Qgis.GeometryType.Point: 0, Qgis.GeometryType.Line: 1, Qgis.GeometryType.Polygon: 2}


@dataclass(frozen=True, slots=True)
class LayerHandle:
    """What is needed to read a layer off the main thread, taken on it."""

    name: str
    file: str
    """``path|layername=x`` when the file alone is the layer; empty otherwise."""
    crs: Crs | None
    source: QgsVectorLayerFeatureSource
    fields: tuple[str, ...]
    count: int
    box: QgsRectangle
    dimension: int | None = None
    doubtful: bool = False
    """A spatial index of the file may not know its data; QGIS would follow it."""
    service: ServiceLayer | None = None
    """A server decides how many features come."""
    table: Table | None = None
    """Counts what a database has."""

    def open(self, target: Crs) -> ReferenceLayer:
        """The layer in the plane ``target``; raises like ``sources.reference.open_reference``."""
        if self.file:
            return open_reference(self.file, base=Path(), target=target)
        return ProjectLayer(self, target)


def handle_of(layer: QgsVectorLayer) -> LayerHandle:
    """Take a handle, on the main thread."""
    box, file = QgsRectangle() if layer.isEditable() else layer.extent(), file_of(layer)
    return LayerHandle(
        name=layer.name(),
        file=file,
        crs=crs_of_qgis(layer.crs()),
        source=QgsVectorLayerFeatureSource(layer),
        fields=tuple(field.name() for field in layer.fields()),
        count=layer.featureCount(),
        box=box,
        dimension=_DIMENSIONS.get(layer.geometryType()),
        service=None if file else service_of(layer),
        table=table_of(layer),
        doubtful=not file and _doubtful(layer),  # a plain file is not read through QGIS: nothing is opened for it here
    )


def file_of(layer: QgsVectorLayer) -> str:
    """The file, or address for GDAL, that alone makes the layer, with its own CRS; else empty."""
    if layer.providerType() != "ogr" or layer.isEditable() or layer.subsetString() or layer.vectorJoins():
        return ""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path, name = parts.get("path") or "", parts.get("layerName") or ""
    if not path or not (is_remote(path) or Path(path).is_file()) or _redefined(layer):
        return ""
    path = f"{parts.get('vsiPrefix') or ''}{path}"
    return f"{path}|layername={name}" if name else str(path)


def _doubtful(layer: QgsVectorLayer) -> bool:
    """Whether QGIS would follow an index of the layer's file that may know only other data."""
    if layer.providerType() != "ogr":
        return False
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path, kind = Path(parts.get("path") or ""), layer.dataProvider().storageType()
    if kind == "GPKG":
        return not path.is_file() or find_table(path, parts.get("layerName") or path.stem) is None
    if kind != "ESRI Shapefile":
        return False
    shapefile = shapefile_of(path, "") if path.is_file() else None
    return shapefile is None or has_index(shapefile)


def _redefined(layer: QgsVectorLayer) -> bool:
    """Whether the user gave the layer another CRS or virtual fields."""
    fields = layer.fields()
    own = all(fields.fieldOrigin(i) == Qgis.FieldOrigin.Provider for i in range(fields.count()))
    return not own or bool(layer.crs() != layer.dataProvider().crs())


class ProjectLayer:
    """A ReferenceLayer on a layer of the project, feature by feature."""

    def __init__(self, handle: LayerHandle, target: Crs) -> None:
        if handle.crs is None:
            raise LandReviewError("E-CRS-NONE", place=Place(layer=handle.name))
        self._handle, self._crs = handle, handle.crs
        self._transform: PlaneTransform | None = plane_transform(handle.crs, target)
        self._curved = 0

    @property
    def name(self) -> str:
        """The layer's name in the project."""
        return self._handle.name

    @property
    def crs(self) -> Crs:
        """The layer's CRS in the project."""
        return self._crs

    @property
    def field_names(self) -> tuple[str, ...]:
        """The attribute fields."""
        return self._handle.fields

    @property
    def feature_count(self) -> int:
        """Number of features, or -1; a service whose number is zero may only not have said it."""
        return self._handle.count or (-1 if self._handle.service else 0)

    @property
    def dimension(self) -> int | None:
        """0 points, 1 lines, 2 areas; None: not known."""
        return self._handle.dimension

    def extent(self) -> tuple[float, float, float, float] | None:
        """Box of all features; None when empty or not known while editing."""
        box = self._handle.box
        if box.isNull():
            return None
        own = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        return own if self._transform is None else self._transform.box_to_target(own)

    def notes(self) -> tuple[Problem, ...]:
        """Curves that were stroked."""
        if not self._curved:
            return ()
        reason = Text(zh=f"{self._curved}个要素含弧线", en=f"{self._curved} feature(s) with arcs")
        return (Problem(code="W-GEO-CURVE", level=Level.WARNING, place=Place(layer=self.name), reason=reason),)

    def batches(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[ReferenceBatch]:
        """All features whose true bounds touch a box, each once.

        A service is read whole, since only that can be counted. Raises E-SRC-SHORT and E-SRC-SERVICE where less
        came than is there, which QGIS itself does not say.
        """
        own = boxes if self._transform is None else self._transform.boxes_to_source(boxes)
        low, high = own[:, :2].min(axis=0), own[:, 2:].max(axis=0)
        request, box = QgsFeatureRequest(), None
        if not self._handle.doubtful and not self._handle.service:
            box = QgsRectangle(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            request.setFilterRect(box)
        request.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
        request.setSubsetOfAttributes([self._handle.fields.index(name) for name in fields])
        tree = shapely.STRtree(shapely.box(*np.asarray(boxes).T))
        features, came = self._handle.source.getFeatures(request), 0
        for rows in portions(features, Place(layer=self.name)):
            came += len(rows)
            batch = self._batch(rows, fields, tree)
            if len(batch.fids):
                yield batch
        self._refuse_less(came, box)

    def _refuse_less(self, came: int, box: QgsRectangle | None) -> None:
        """Raise where not all that is there came."""
        handle, place = self._handle, Place(layer=self.name)
        if handle.service:
            handle.service.compare(came, handle.count, place)
            return
        if handle.table and box:
            handle.table.compare(came, box, place)
        if not came:
            refuse_void(handle.source, handle.count, place)

    def _batch(self, rows: list[QgsFeature], fields: Sequence[str], tree: shapely.STRtree) -> ReferenceBatch:
        geometries: Geometries = np.asarray(shapely.from_wkb([self._wkb(row) for row in rows]), dtype=object)
        if self._transform is not None:
            geometries = self._transform.to_target(geometries)
        touching = np.unique(tree.query(geometries)[0])
        fids = np.array([rows[i].id() for i in touching], dtype=np.int64)
        columns = {name: [_plain(rows[i].attribute(name)) for i in touching] for name in fields}
        return ReferenceBatch(fids, geometries[touching], columns)

    def _wkb(self, feature: QgsFeature) -> bytes | None:
        geometry = feature.geometry()
        if geometry.isNull():
            return None
        abstract = geometry.constGet()
        if QgsWkbTypes.isCurvedType(abstract.wkbType()):  # ArcGIS layers come as curve polygons without an arc
            self._curved += int(abstract.hasCurvedSegments())
            abstract = abstract.segmentize(CHORD_TOLERANCE)
        return bytes(abstract.asWkb())


def _plain(value: object) -> object:
    """A value of QGIS as plain Python; QVariant's null is None."""
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    return value.toPyDate() if hasattr(value, "toPyDate") else value
