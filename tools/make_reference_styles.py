# SPDX-License-Identifier: GPL-2.0-or-later
"""Write the styles of the office's reference layers (``resources/styles/reference/<key>.qml``) with QGIS itself.

Run it with the Python of QGIS after a change of the look. Reference layers stay in the background: outlines and
hatches with little fill, so that parcels and findings are seen above them; the colours of the land survey are near
those of the survey's own standard. Which field holds the class is a variable of the layer (``landreview_class``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from make_result_styles import STYLES, hatch, labelling, outline, symbol
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt

TARGET = STYLES / "reference"
DASH, DASH_DOT, DOT = Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DotLine
CLASS = "to_string(attribute(@landreview_class))"
SURVEY = (
    ("0101", "水田 Paddy", "#fffb8f"),
    ("0102", "水浇地 Irrigated land", "#fffdb5"),
    ("0103", "旱地 Dry land", "#fffed6"),
    ("02", "园地 Orchard", "#f7c46c"),
    ("03", "林地 Forest", "#6bbf7b"),
    ("04", "草地 Grassland", "#b7e08a"),
    ("00", "湿地 Wetland", "#8fd0c4"),
    ("05", "商服用地 Commerce", "#e58aa0"),
    ("06", "工矿用地 Industry and mining", "#c89a7d"),
    ("07", "住宅用地 Housing", "#e87b73"),
    ("08", "公共用地 Public", "#d9a6cf"),
    ("09", "特殊用地 Special", "#b9788f"),
    ("10", "交通运输用地 Transport", "#b5b5b5"),
    ("11", "水域 Water", "#9fd0f2"),
    ("12", "其他土地 Other", "#d8cdb8"),
)
HAZARD = (("高 A", "高易发 High", "#d7301f"), ("中 B", "中易发 Middle", "#fc8d59"), ("低 C", "低易发 Low", "#fdcc8a"))


def fill(*layers: object) -> QgsFeatureRenderer:
    """One symbol for all."""
    return QgsSingleSymbolRenderer(symbol(*layers))


def tinted(
    colour: str, width_mm: float = 0.3, tint: int = 45, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> QgsFeatureRenderer:
    """An outline with a breath of its colour."""
    return fill(outline(colour, width_mm, tint=tint, style=style))


def hatched(colour: str, angle: float, distance_mm: float = 2.5, width_mm: float = 0.5) -> QgsFeatureRenderer:
    """An outline with parallel lines."""
    return fill(outline(colour, width_mm), hatch(colour, angle, distance_mm, 0.25))


def crossed(colour: str, style: Qt.PenStyle) -> QgsFeatureRenderer:
    """An outline with crossing lines."""
    return fill(outline(colour, 0.5, style=style), hatch(colour, 45, 3.5, 0.2), hatch(colour, 135, 3.5, 0.2))


def survey() -> QgsFeatureRenderer:
    """The land survey by the first two digits of the class, arable land by four."""
    key = f"if(left({CLASS}, 2) = '01', left({CLASS}, 4), left({CLASS}, 2))"
    renderer = QgsCategorizedSymbolRenderer(key)
    for code, label, colour in SURVEY:
        plain = {"color": colour, "outline_color": "#9a9a9a", "outline_width": "0.1"}
        renderer.addCategory(QgsRendererCategory(code, QgsFillSymbol.createSimple(plain), f"{code} {label}"))
    renderer.addCategory(QgsRendererCategory("", symbol(outline("#c00000", 0.3, style=DASH)), "未知地类 Unknown class"))
    return renderer


def susceptibility() -> QgsFeatureRenderer:
    """Zones of geohazards by high, middle and low."""
    renderer = QgsCategorizedSymbolRenderer(f"left({CLASS}, 1)")
    for codes, label, colour in HAZARD:
        for code in codes.split():
            renderer.addCategory(QgsRendererCategory(code, symbol(outline(colour, 0.3, tint=90)), label))
    renderer.addCategory(QgsRendererCategory("", symbol(outline("#7f7f7f", 0.3)), "其他 Other"))
    return renderer


def marker(shape: str, colour: str, size_mm: float) -> QgsFeatureRenderer:
    """A point symbol with a white edge."""
    plain = {"name": shape, "color": colour, "outline_color": "#ffffff", "size": str(size_mm)}
    return QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(plain))


def line(colour: str, width_mm: float, style: str = "solid") -> QgsFeatureRenderer:
    """A line symbol."""
    plain = {"line_color": colour, "line_width": str(width_mm), "line_style": style}
    return QgsSingleSymbolRenderer(QgsLineSymbol.createSimple(plain))


RED, GREEN, BLUE, BROWN, GREY = "#d7191c", "#1a7f37", "#1f4fbf", "#7f4f1f", "#6f6f6f"
LOOKS: dict[str, tuple[str, Callable[[], QgsFeatureRenderer], str]] = {
    # key → geometry, renderer, label
    "other": ("Polygon", lambda: tinted(GREY, tint=20), ""),
    "dltb": ("Polygon", survey, ""),
    "pbf": ("Polygon", lambda: fill(outline("#b8860b", 0.4, tint=70), hatch("#b8860b", 0, 3.0, 0.15)), ""),
    "pbf_zone": ("Polygon", lambda: tinted("#b8860b", 0.5, 0, DASH), ""),
    "pbf_reserve": ("Polygon", lambda: tinted("#b8860b", 0.3, 40, DOT), ""),
    "ecored": ("Polygon", lambda: hatched(RED, 45), ""),
    "nature": ("Polygon", lambda: hatched(GREEN, 135), ""),
    "scenic": ("Polygon", lambda: tinted(GREEN, 0.4, 25, DASH), ""),
    "forestpark": ("Polygon", lambda: tinted(GREEN, 0.4, 25, DASH_DOT), ""),
    "geopark": ("Polygon", lambda: tinted(GREEN, 0.4, 25, DOT), ""),
    "wetland": ("Polygon", lambda: fill(outline("#0f7f8f", 0.4, tint=30), hatch("#0f7f8f", 0, 2.0, 0.2)), ""),
    "watersrc": ("Polygon", lambda: hatched("#0f6fbf", 90), ""),
    "forest_public": ("Polygon", lambda: tinted("#2f8f4f", 0.2, 40), ""),
    "ugb": ("Polygon", lambda: tinted(BLUE, 0.9, 0, DASH), ""),
    "village_plan": ("Polygon", lambda: tinted("#6f4fbf", 0.6, 0, DASH_DOT), ""),
    "plan_zone": ("Polygon", lambda: tinted("#8f6fbf", 0.2, 25), ""),
    "plan_use": ("Polygon", lambda: tinted("#8f6fbf", 0.2, 25), ""),
    "mining": ("Polygon", lambda: crossed(BROWN, Qt.PenStyle.SolidLine), ""),
    "explore": ("Polygon", lambda: crossed(BROWN, DASH), ""),
    "mine_area": ("Polygon", lambda: tinted(BROWN, 0.5, 25, DASH_DOT), ""),
    "resource": ("Polygon", lambda: tinted(BROWN, 0.4, 30, DOT), ""),
    "geohaz_zone": ("Polygon", susceptibility, ""),
    "geohaz_poly": ("Polygon", lambda: hatched("#d7301f", 0, 1.5), ""),
    "geohaz_pt": ("Point", lambda: marker("triangle", "#d7301f", 3.2), ""),
    "approved": ("Polygon", lambda: tinted("#c0509f", 0.4, 40), ""),
    "illegal": ("Polygon", lambda: hatched("#8b0000", 60, 1.8), ""),
    "river": ("Polygon", lambda: tinted("#2f7fbf", 0.3, 60), ""),
    "heritage": ("Polygon", lambda: tinted("#8f2f7f", 0.5, 30, DASH), ""),
    "road_rail": ("Line", lambda: line("#9f3f1f", 0.7), ""),
    "xzqjx": ("Line", lambda: line("#3f3f3f", 0.6, "dash dot"), ""),
    "ctrlpt": ("Point", lambda: marker("equilateral_triangle", "#3f3f3f", 2.4), ""),
    "xzq": ("Polygon", lambda: tinted("#3f3f3f", 0.6, 0, DASH_DOT), """coalesce(attribute('XZQMC'), '')"""),
    "cjdcq": ("Polygon", lambda: tinted("#7f7f7f", 0.3, 0, DOT), ""),
}
LARGE = {"dltb": 100_000, "cjdcq": 200_000, "forest_public": 200_000}
"""Layers of hundreds of thousands of polygons are drawn from this scale on."""


def main() -> None:
    """Write one QML a key."""
    application = QgsApplication([], False)
    application.initQgis()
    kept = QgsMapLayer.StyleCategory
    TARGET.mkdir(exist_ok=True)
    for key, (geometry, renderer, label) in LOOKS.items():
        layer = QgsVectorLayer(f"{geometry}?field=XZQMC:string", key, "memory")
        layer.setRenderer(renderer())
        if label:
            layer.setLabeling(labelling(label, "#3f3f3f"))
            layer.setLabelsEnabled(True)
        if key in LARGE:
            layer.setScaleBasedVisibility(True)
            layer.setMinimumScale(LARGE[key])
        message, done = layer.saveNamedStyle(
            str(TARGET / f"{key}.qml"), kept.Symbology | kept.Labeling | kept.Rendering
        )
        if not done:
            raise SystemExit(message)
    application.exitQgis()


if __name__ == "__main__":
    main()
