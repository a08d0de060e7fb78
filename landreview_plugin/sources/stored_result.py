# SPDX-License-Identifier: GPL-2.0-or-later
"""A result GeoPackage read back: parcels, pack and reference features, enough to review again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import shapely
from osgeo import gdal, ogr

from ..core.bound_layer import BoundLayer, LayerState
from ..core.evidence.recorder import RecordedFeature
from ..core.model.base import Text
from ..core.model.catalogue import CatalogueEntry, SignedNone
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.model.result import Finding, LayerUse, ParcelSummary, ReviewResult, Uncovered
from ..core.overlay.memory import MemoryLayer
from .crs import crs_of
from .gdal_errors import opened

SURROUNDINGS_M = 5_000.0
"""Further than any rule looks around a parcel; what it looked at and did not find covered is stored."""
_LAYER_PARTS = ("", "_line", "_point")


@dataclass(frozen=True, slots=True)
class StoredResult:
    """What a result GeoPackage embeds, with the result it belongs to."""

    result: ReviewResult
    reading: ParcelReading
    pack_text: str
    features: dict[str, list[tuple[int, shapely.Geometry, dict[str, object]]]]
    """Reference features by layer key: id, geometry in the parcels' plane, attributes."""
    uncovered: dict[str, list[shapely.Geometry]]
    """Layer key → land beyond the coverage, the parcels' own and that around them."""


def read_stored(path: Path, result: ReviewResult) -> StoredResult:
    """Read the GeoPackage beside a ``result.json``; raises E-SRC-MISSING or E-SRC-CORRUPT."""
    if not path.is_file():
        raise LandReviewError("E-SRC-MISSING", detail=path.name, place=Place(file=path.name))
    dataset = _opened(path, "parcels")
    parcels = {row["number"]: shape for shape, row in _rows(dataset, "parcels") if shape is not None}
    crs = crs_of(dataset.GetLayerByName("parcels").GetSpatialRef())
    facts = {row["key"]: row["value"] for _, row in _rows(dataset, "provenance")}
    return StoredResult(
        result=result,
        reading=_reading(path, result, parcels, crs),
        pack_text=str(facts.get("pack_text") or ""),
        features=_features(dataset),
        uncovered=_uncovered(dataset),
    )


@dataclass(frozen=True, slots=True)
class StoredShapes:
    """What a map shows of a stored result."""

    result: ReviewResult
    """With its outlines."""
    crs: Crs | None
    touched: dict[str, tuple[RecordedFeature, ...]]
    """Reference features by layer key."""


def read_shapes(result: ReviewResult, path: Path) -> StoredShapes:
    """The outlines of ``result`` and of what it touches. Holds no file open. Raises as :func:`with_geometries`."""
    dataset = _opened(path)
    features = _features(dataset)
    return StoredShapes(
        result=_with_outlines(result, dataset),
        crs=crs_of(dataset.GetLayerByName("findings").GetSpatialRef()),
        touched={key: tuple(RecordedFeature(*row) for row in rows) for key, rows in features.items()},
    )


def with_geometries(result: ReviewResult, path: Path) -> ReviewResult:
    """``result`` with the outlines of parcels, findings and uncovered land from its GeoPackage.

    Raises E-SRC-CORRUPT for what is no result GeoPackage.
    """
    return _with_outlines(result, _opened(path))


def _opened(path: Path, needed: str = "findings") -> gdal.Dataset:
    dataset, said = opened(str(path))
    if dataset is None or dataset.GetLayerByName(needed) is None:
        raise LandReviewError("E-SRC-CORRUPT", detail=said, place=Place(file=path.name))
    return dataset


def _with_outlines(result: ReviewResult, dataset: gdal.Dataset) -> ReviewResult:
    parcels = _shapes(dataset, "parcels", ("number",))
    findings = _shapes(dataset, "findings", ("finding_id",))
    uncovered = _shapes(dataset, "uncovered", ("parcel", "layer"))
    return result.model_copy(
        update={
            "parcels": tuple(_placed(each, parcels.get((each.number,))) for each in result.parcels),
            "findings": tuple(_placed(each, findings.get((each.id,))) for each in result.findings),
            "uncovered": tuple(_placed(each, uncovered.get((each.parcel, each.layer))) for each in result.uncovered),
        }
    )


_Placed = TypeVar("_Placed", ParcelSummary, Finding, Uncovered)


def _placed(part: _Placed, shape: shapely.Geometry | None) -> _Placed:
    return part if shape is None else part.model_copy(update={"geometry": shape})


def _shapes(dataset: gdal.Dataset, name: str, keys: tuple[str, ...]) -> dict[tuple[str, ...], shapely.Geometry]:
    """Shapes by the values of ``keys``; areas, lines and points of one key become one geometry."""
    found: dict[tuple[str, ...], shapely.Geometry] = {}
    for part in _LAYER_PARTS:
        for shape, row in _rows(dataset, f"{name}{part}"):
            if shape is not None:
                key = tuple(str(row[field]) for field in keys)
                found[key] = shapely.GeometryCollection([found[key], shape]) if key in found else shape
    return found


def _rows(dataset: gdal.Dataset, name: str) -> Iterator[tuple[shapely.Geometry | None, dict[str, object]]]:
    layer: ogr.Layer | None = dataset.GetLayerByName(name)
    if layer is None:
        return
    for feature in layer:
        shape = feature.GetGeometryRef()
        geometry = None if shape is None else shapely.from_wkb(bytes(shape.ExportToIsoWkb()))
        yield geometry, feature.items()


def _reading(path: Path, result: ReviewResult, shapes: dict[str, shapely.Geometry], crs: Crs | None) -> ParcelReading:
    missing = [parcel.number for parcel in result.parcels if parcel.number not in shapes]
    if missing:
        raise LandReviewError("E-SRC-CORRUPT", detail=", ".join(missing), place=Place(file=path.name, layer="parcels"))
    parcels = tuple(
        Parcel(
            number=each.number,
            name=each.name,
            use=each.use,
            land_class=each.land_class,
            stated_area_ha=each.stated_area_ha,
            geometry=shapes[each.number],
        )
        for each in result.parcels
    )
    return ParcelReading(source=path.name, crs=crs, parcels=parcels)


def _features(dataset: gdal.Dataset) -> dict[str, list[tuple[int, shapely.Geometry, dict[str, object]]]]:
    found: dict[str, list[tuple[int, shapely.Geometry, dict[str, object]]]] = {}
    for part in _LAYER_PARTS:
        for shape, row in _rows(dataset, f"features{part}"):
            if shape is not None:
                attributes = json.loads(str(row["attributes"] or "{}"))
                found.setdefault(str(row["layer"]), []).append((int(str(row["source_fid"])), shape, attributes))
    return found


def _uncovered(dataset: gdal.Dataset) -> dict[str, list[shapely.Geometry]]:
    found: dict[str, list[shapely.Geometry]] = {}
    for shape, row in _rows(dataset, "uncovered"):
        if shape is not None:
            found.setdefault(str(row["layer"]), []).append(shape)
    return found


class StoredBinder:
    """Binds the layers of a stored result: what was checked, signed or missing then, is so again."""

    def __init__(self, stored: StoredResult) -> None:
        self._stored = stored
        self._uses = {use.key: use for use in stored.result.provenance.layers}

    def binds(self, key: str) -> bool:
        """Whether the stored review used the layer."""
        return key in self._uses

    def bind(self, key: str) -> BoundLayer:
        """The layer as it was."""
        use = self._uses.get(key)
        if use is None:
            return BoundLayer(key, LayerState.NOT_CHECKED, Text(zh="结果中没有该图层", en="not in the stored result"))
        state = LayerState(use.state)
        if state is not LayerState.CHECKED:
            return BoundLayer(key, state, use.reason, _entry(use))
        coverage = self._coverage(key) if use.covered else None
        return BoundLayer(key, state, None, _entry(use), self._layer(use), coverage, use.reason, use.roles)

    def _layer(self, use: LayerUse) -> MemoryLayer:
        rows = self._stored.features.get(use.key, [])
        shapes = np.empty(len(rows), dtype=object)
        shapes[:] = [shape for _, shape, _ in rows]
        names = sorted({name for _, _, row in rows for name in row} | set(use.roles.values()))
        columns = {name: [row.get(name) for _, _, row in rows] for name in names}
        return MemoryLayer(shapes, columns, fids=[fid for fid, _, _ in rows], name=use.source, count=use.feature_count)

    def _coverage(self, key: str) -> MemoryLayer:
        """Everything around the parcels less what was uncovered: all that the coverage meant for this case."""
        x0, y0, x1, y1 = shapely.total_bounds([parcel.geometry for parcel in self._stored.reading.parcels])
        reach = SURROUNDINGS_M
        land = shapely.box(x0 - reach, y0 - reach, x1 + reach, y1 + reach)
        beyond = self._stored.uncovered.get(key, [])
        shape = shapely.difference(land, shapely.union_all(beyond)) if beyond else land
        return MemoryLayer([shape], name="coverage")


def _entry(use: LayerUse) -> CatalogueEntry:
    if use.state == LayerState.NONE and use.data_date is not None and use.reason is not None:
        none = SignedNone(reason=use.reason.zh, by="-", date=use.data_date)
        return CatalogueEntry(key=use.key, none=none)
    return CatalogueEntry(
        key=use.key,
        source=use.source or "-",
        data_date=use.data_date,
        where=use.where,  # its fields were read, and are part of the hash
        construction=use.construction,
    )
