# SPDX-License-Identifier: GPL-2.0-or-later
"""A result as layers that hold no file: made off the main thread, styled on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import islice

import shapely
from qgis.core import Qgis, QgsFeature, QgsField, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QMetaType

from ..core.evidence.recorder import RecordedFeature
from ..core.model.crs import Crs
from ..core.model.result import ReviewResult
from ..core.progress import Progress, Silent
from ..core.tables import RESOURCES
from ..sources.result_gpkg import PARTS, of_dimension
from ..sources.result_layers import FEATURES, FINDINGS, PARCELS, UNCOVERED, FieldSpec, FieldType, LayerSpec
from ..sources.result_rows import Value, feature_rows, finding_rows, parcel_rows, uncovered_rows
from .crs import qgis_crs

ROLE = "landreview/role"
"""Custom property: which layer of a result this is (``parcels``, ``findings``, ``uncovered``, ``features``)."""
_TYPES = {
    FieldType.TEXT: QMetaType.Type.QString,
    FieldType.NUMBER: QMetaType.Type.Double,
    FieldType.COUNT: QMetaType.Type.LongLong,
    FieldType.DATE: QMetaType.Type.QDate,
}
_KINDS = {2: "MultiPolygon", 1: "MultiLineString", 0: "MultiPoint"}
_SIMPLE = {"Polygon": 2, "MultiPolygon": 2, "LineString": 1, "MultiLineString": 1, "Point": 0, "MultiPoint": 0}
CHUNK = 500
"""Features made between two looks at whether anybody still wants them."""
Located = list[tuple[shapely.Geometry, tuple[Value, ...]]]


def result_layers(
    result: ReviewResult,
    crs: Crs | None,
    touched: Mapping[str, tuple[RecordedFeature, ...]],
    progress: Progress | None = None,
) -> list[QgsVectorLayer]:
    """Memory layers of what has a place, the uppermost first; layers without a feature are left out.

    ``progress`` is told every few hundred features, so that a cancel is heard.
    """
    heard = progress or Silent()
    layers: list[QgsVectorLayer] = []
    for spec, rows in (
        (FINDINGS, finding_rows(result)),
        (UNCOVERED, uncovered_rows(result)),
        (PARCELS, parcel_rows(result)),
        (FEATURES, feature_rows(touched)),
    ):
        made: dict[int, QgsVectorLayer] = {}
        located = ((geometry, values) for geometry, values in rows if geometry is not None)
        while chunk := list(islice(located, CHUNK)):
            heard.step(len(layers) / 4)
            for dimension, features in _features(chunk).items():
                if dimension not in made:
                    made[dimension] = _layer(spec, dimension, crs)
                made[dimension].dataProvider().addFeatures(features)
        for layer in made.values():
            layer.updateExtents()
        layers += [made[dimension] for dimension in sorted(made)]
    return layers


def style(layer: QgsVectorLayer) -> None:
    """The style that a stored result has, too."""
    path = RESOURCES / "styles" / f"{layer.customProperty(ROLE)}.qml"
    if path.is_file() and layer.geometryType() == Qgis.GeometryType.Polygon:
        layer.loadNamedStyle(str(path))


def _layer(spec: LayerSpec, dimension: int, crs: Crs | None) -> QgsVectorLayer:
    suffix = next(suffix for suffix, _, its_dimension in PARTS if its_dimension == dimension)
    layer = QgsVectorLayer(_KINDS[dimension], f"{spec.title}{suffix}", "memory")
    layer.setCrs(qgis_crs(crs))
    layer.dataProvider().addAttributes([_field(field) for field in spec.fields])
    layer.updateFields()
    layer.setReadOnly(True)
    layer.setCustomProperty(ROLE, spec.name)
    layer.setCustomProperty("skipMemoryLayersCheck", 1)  # closing QGIS asks nothing about them
    return layer


def _features(rows: Located) -> dict[int, list[QgsFeature]]:
    """Features by dimension: a mixed geometry goes to a layer of each kind."""
    found: dict[int, list[QgsFeature]] = {}
    for geometry, values in rows:
        kind = _SIMPLE.get(geometry.geom_type)
        if kind is not None:
            found.setdefault(kind, []).append(_feature(geometry, values))
            continue
        for dimension in _KINDS:
            part = of_dimension(geometry, dimension)
            if part is not None:
                found.setdefault(dimension, []).append(_feature(part, values))
    return found


def _field(spec: FieldSpec) -> QgsField:
    field = QgsField(spec.name, _TYPES[spec.type])
    field.setAlias(spec.alias)
    return field


def _feature(geometry: shapely.Geometry, values: tuple[Value, ...]) -> QgsFeature:
    feature = QgsFeature()
    shape = QgsGeometry()
    shape.fromWkb(shapely.to_wkb(geometry, output_dimension=2))
    converted = shape.convertToMultiType()
    assert converted, geometry.geom_type
    feature.setGeometry(shape)
    feature.setAttributes([_plain(value) for value in values])
    return feature


def _plain(value: Value) -> object:
    return QDate(value.year, value.month, value.day) if isinstance(value, dt.date) else value
