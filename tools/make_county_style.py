# SPDX-License-Identifier: GPL-2.0-or-later
"""Write ``resources/templates/counties.qml`` with QGIS itself: run it with QGIS's Python after a change of the look."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsFillSymbol,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsRuleBasedRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

TARGET = Path(__file__).resolve().parent.parent / "landreview_plugin" / "resources" / "templates" / "counties.qml"
RULES = (
    ("无案卷 no cases", '"cases" = 0', "#f2f2f2"),
    ("冲突不足四分之一 conflicts below a quarter", '"conflict_share" < 0.25', "#e3f0dc"),
    ("四分之一至一半 a quarter to a half", '"conflict_share" < 0.5', "#ffe7a3"),
    ("一半至四分之三 a half to three quarters", '"conflict_share" < 0.75', "#f4b183"),
    ("四分之三以上 three quarters and more", "ELSE", "#d1605e"),
)
LABEL = (
    '"name" || \'\\n冲突 \' || "conflict" || \' / \' || "cases"'
    ' || if("not_checked" + "failed" > 0, \'\\n未核查 \' || ("not_checked" + "failed"), \'\')'
)


def main() -> None:
    """Rules from light to dark, and the numbers in words on the map."""
    application = QgsApplication([], False)
    application.initQgis()
    layer = QgsVectorLayer("MultiPolygon?field=code:string&field=name:string&field=cases:integer", "counties", "memory")
    root = QgsRuleBasedRenderer.Rule(None)
    before = ""
    for label, expression, colour in RULES:
        symbol = QgsFillSymbol.createSimple({"color": colour, "outline_color": "#404040", "outline_width": "0.3"})
        own = expression if expression == "ELSE" else f"{before}{expression}"
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, filterExp=own, label=label))
        if expression != "ELSE":
            before += f"NOT ({expression}) AND "
    layer.setRenderer(QgsRuleBasedRenderer(root))
    settings, text, halo = QgsPalLayerSettings(), QgsTextFormat(), QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setColor(QColor("white"))
    text.setBuffer(halo)
    text.setFamilies(["Microsoft YaHei", "SimHei", "Noto Sans CJK SC"])
    settings.fieldName, settings.isExpression = LABEL, True
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
    categories = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling
    layer.saveNamedStyle(str(TARGET), categories)


if __name__ == "__main__":
    main()
