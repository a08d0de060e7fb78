# SPDX-License-Identifier: GPL-2.0-or-later
"""Temporary layers that show a change of land: old and new outline, land lost and gained, points that moved.

Told apart by line and hatching first, by colour second: dashed is old, hatched one way is lost, the other way
gained (colours of Okabe and Ito, which colour-blind people can tell).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import shapely
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsField,
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QMetaType

from ..core.model.crs import Crs
from .crs import qgis_crs

BLACK, BLUE, VERMILION, GREEN = "#333333", "#0072B2", "#D55E00", "#009E73"
VEIL = "255,255,255,170"
Labelled = tuple[shapely.Geometry, str]


class Look(StrEnum):
    """How a layer looks."""

    OLD = "old"
    NEW = "new"
    LOST = "lost"
    GAINED = "gained"
    MOVED = "moved"
    POINT = "point"


def sketch_layer(name: str, look: Look, shapes: Iterable[Labelled], crs: Crs) -> QgsVectorLayer | None:
    """A memory layer with its style and labels; None without a shape. Main thread only."""
    rows = [_feature(shape, label) for shape, label in shapes if not shape.is_empty]
    if not rows:
        return None
    kind = {Look.MOVED: "MultiLineString", Look.POINT: "MultiPoint"}.get(look, "MultiPolygon")
    layer = QgsVectorLayer(kind, name, "memory")
    layer.setCrs(qgis_crs(crs))
    layer.dataProvider().addAttributes([QgsField("label", QMetaType.Type.QString)])
    layer.updateFields()
    layer.dataProvider().addFeatures(rows)
    layer.updateExtents()
    layer.setRenderer(QgsSingleSymbolRenderer(_symbol(look)))
    if look in _COLOURS:
        layer.setLabeling(_labels(look))
        layer.setLabelsEnabled(True)
    layer.setReadOnly(True)
    layer.setCustomProperty("skipMemoryLayersCheck", 1)  # closing QGIS asks nothing about them
    return layer


_MULTI = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}
_COLOURS = {Look.LOST: VERMILION, Look.GAINED: GREEN, Look.MOVED: BLUE, Look.POINT: BLUE}
"""Looks with labels, and their colour."""


def _symbol(look: Look) -> QgsSymbol:
    match look:
        case Look.OLD:
            return _outline(BLACK, "0.4", "dash")
        case Look.NEW:
            return _filled(_outline(BLUE, "0.7", "solid"))
        case Look.MOVED:
            return QgsLineSymbol.createSimple({"line_color": BLUE, "line_width": "0.6"})
        case Look.POINT:
            return QgsMarkerSymbol.createSimple({"color": "white", "outline_color": BLUE, "size": "1.8"})
        case _:
            colour = _COLOURS[look]
            style = "f_diagonal" if look is Look.LOST else "b_diagonal"
            return _filled(QgsFillSymbol.createSimple({"color": colour, "style": style, "outline_color": colour}))


def _outline(colour: str, width: str, style: str) -> QgsFillSymbol:
    return QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": colour, "outline_width": width, "outline_style": style}
    )


def _filled(symbol: QgsFillSymbol) -> QgsFillSymbol:
    """On a veil, so that the findings of the case below don't shine through."""
    veil = QgsFillSymbol.createSimple({"color": VEIL, "outline_style": "no"})
    symbol.insertSymbolLayer(0, veil.takeSymbolLayer(0))
    return symbol


def _labels(look: Look) -> QgsVectorLayerSimpleLabeling:
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    text = QgsTextFormat()
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = "label"
    settings.setFormat(text)
    if look in (Look.LOST, Look.GAINED):
        settings.placement = Qgis.LabelPlacement.Horizontal
    return QgsVectorLayerSimpleLabeling(settings)


def _feature(shape: shapely.Geometry, label: str) -> QgsFeature:
    geometry = QgsGeometry()
    geometry.fromWkb(shapely.to_wkb(_MULTI[shape.geom_type]([shape]) if shape.geom_type in _MULTI else shape))
    feature = QgsFeature()
    feature.setGeometry(geometry)
    feature.setAttributes([label])
    return feature
