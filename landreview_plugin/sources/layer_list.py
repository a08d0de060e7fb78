# SPDX-License-Identifier: GPL-2.0-or-later
"""Which vector layers a file, geodatabase or folder holds, without reading their features."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from osgeo import ogr

from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError, Place
from .crs import crs_of
from .gdal_errors import opened

FILES = frozenset({".gpkg", ".shp", ".geojson", ".json", ".kml", ".fgb", ".sqlite", ".mdb", ".gml", ".tab", ".dxf"})
GEODATABASE = ".gdb"
_KINDS = {"point": "Point", "line": "Line", "polygon": "Polygon", "surface": "Polygon", "curve": "Line"}


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """One layer of a data set."""

    source: str
    """As a catalogue names it: ``path`` or ``path|layername=x``."""
    name: str
    geometry: str
    """Point, Line, Polygon; ``Unknown`` where the format tells only by reading; empty: a table."""
    fields: tuple[str, ...]
    count: int
    """Number of features; -1 when only a full read could tell."""
    crs: Crs | None


def layers_of(path: Path | str) -> tuple[LayerInfo, ...]:
    """The layers of one file, geodatabase or connection. Raises E-SRC-MISSING, E-SRC-CORRUPT."""
    if isinstance(path, Path) and not path.exists():
        raise LandReviewError("E-SRC-MISSING", detail=path.name, place=Place(file=str(path)))
    dataset, said = opened(str(path))
    if dataset is None:
        raise LandReviewError("E-SRC-CORRUPT", detail=said, place=Place(file=str(path)))
    layers = [dataset.GetLayerByIndex(i) for i in range(dataset.GetLayerCount())]
    return tuple(_info(str(path), layer, alone=len(layers) == 1) for layer in layers)


def data_sets(folder: Path) -> Iterator[Path]:
    """Every file and geodatabase below ``folder`` that may hold layers, by name; links are not followed."""
    for root, folders, files in os.walk(folder):
        folders.sort()
        yield from (Path(root) / name for name in folders if name.lower().endswith(GEODATABASE))
        folders[:] = [name for name in folders if not name.lower().endswith((GEODATABASE, ".files"))]
        yield from (Path(root) / name for name in sorted(files) if Path(name).suffix.lower() in FILES)


def _info(path: str, layer: ogr.Layer, *, alone: bool) -> LayerInfo:
    definition = layer.GetLayerDefn()
    return LayerInfo(
        source=path if alone else f"{path}|layername={layer.GetName()}",
        name=layer.GetName(),
        geometry=_kind(layer.GetGeomType()),
        fields=tuple(definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())),
        count=int(layer.GetFeatureCount(0)),
        crs=crs_of(layer.GetSpatialRef()),
    )


def _kind(code: int) -> str:
    if code == ogr.wkbNone:
        return ""
    name = ogr.GeometryTypeToName(ogr.GT_Flatten(code)).lower()
    return next((kind for word, kind in _KINDS.items() if word in name), "Unknown")
