# SPDX-License-Identifier: GPL-2.0-or-later
"""A result as layers that hold no file: made off the main thread, styled on it."""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from qgis.core import QgsFeature, QgsField, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QMetaType

from ..core.evidence.recorder import RecordedFeature
from ..core.model.crs import Crs
from ..core.model.result import ReviewResult
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
Located = list[tuple[shapely.Geometry, tuple[Value, ...]]]


def result_layers(
    result: ReviewResult, crs: Crs | None, touched: Mapping[str, tuple[RecordedFeature, ...]]
) -> list[QgsVectorLayer]:
    """Memory layers of what has a place, the uppermost first; layers without a feature are left out."""
    layers = []
    for spec, rows in (
        (FINDINGS, finding_rows(result)),
        (UNCOVERED, uncovered_rows(result)),
        (PARCELS, parcel_rows(result)),
        (FEATURES, feature_rows(touched)),
    ):
        located = [(geometry, values) for geometry, values in rows if geometry is not None]
        for suffix, _, dimension in reversed(PARTS):
            if made := _layer(spec, suffix, dimension, located, crs):
                layers.append(made)
    return layers


def style(layer: QgsVectorLayer) -> None:
    """The style that a stored result has, too."""
    path = RESOURCES / "styles" / f"{layer.customProperty(ROLE)}.qml"
    if path.is_file() and layer.geometryType() == 2:  # noqa: PLR2004 - polygons: the styles are fills
        layer.loadNamedStyle(str(path))


def _layer(spec: LayerSpec, suffix: str, dimension: int, located: Located, crs: Crs | None) -> QgsVectorLayer | None:
    parts = [(of_dimension(geometry, dimension), values) for geometry, values in located]
    present = [(geometry, values) for geometry, values in parts if geometry is not None]
    if not present:
        return None
    layer = QgsVectorLayer(_KINDS[dimension], f"{spec.title}{suffix}", "memory")
    layer.setCrs(qgis_crs(crs))
    provider = layer.dataProvider()
    provider.addAttributes([_field(field) for field in spec.fields])
    layer.updateFields()
    provider.addFeatures([_feature(geometry, values) for geometry, values in present])
    layer.updateExtents()
    layer.setReadOnly(True)
    layer.setCustomProperty(ROLE, spec.name)
    layer.setCustomProperty("skipMemoryLayersCheck", 1)  # closing QGIS asks nothing about them
    return layer


def _field(spec: FieldSpec) -> QgsField:
    field = QgsField(spec.name, _TYPES[spec.type])
    field.setAlias(spec.alias)
    return field


def _feature(geometry: shapely.Geometry, values: tuple[Value, ...]) -> QgsFeature:
    feature = QgsFeature()
    shape = QgsGeometry()
    shape.fromWkb(shapely.to_wkb(geometry))
    feature.setGeometry(shape)
    feature.setAttributes([QDate(value.year, value.month, value.day) if _is_date(value) else value for value in values])
    return feature


def _is_date(value: Value) -> bool:
    return hasattr(value, "isoformat")
