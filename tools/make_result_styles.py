# SPDX-License-Identifier: GPL-2.0-or-later
"""Write the styles of the result GeoPackage (``resources/styles/*.qml``) with QGIS itself.

Run it with the Python of QGIS after a change of the fields or of the look. Colour never speaks alone:
each verdict has its own hatch and its words in the legend.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsEditorWidgetSetup,
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsRuleBasedRenderer,
    QgsSimpleFillSymbolLayer,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

from landreview_plugin.sources.result_layers import LAYERS, FieldType, LayerSpec  # noqa: E402

STYLES = ROOT / "landreview_plugin" / "resources" / "styles"
PROHIBIT, APPROVAL, EXPLANATION = "#c00000", "#c55a11", "#bf9000"
NOT_CHECKED, PARTLY, CLEAR, GREY = "#5b2c83", "#8e6bb0", "#548235", "#595959"
CJK_FONTS = ["Microsoft YaHei", "SimHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei"]
TYPES = {FieldType.TEXT: "string", FieldType.NUMBER: "double", FieldType.COUNT: "integer", FieldType.DATE: "date"}
VERDICTS = {
    "冲突 conflict": "conflict",
    "未核查 not checked": "not_checked",
    "部分覆盖 partly covered": "partly_covered",
    "无冲突 clear": "clear",
}
SEVERITIES = {
    "禁止 prohibit": "prohibit",
    "须经批准 needs approval": "needs_approval",
    "须作说明 needs explanation": "needs_explanation",
    "统计 info": "info",
}
VALUE_MAPS = {"verdict": VERDICTS, "severity": SEVERITIES, "worst_severity": SEVERITIES}

Rule = tuple[str, str, QgsFillSymbol]
"""Legend label, expression, symbol."""


def outline(
    colour: str, width_mm: float, *, tint: int = 0, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> QgsSymbolLayer:
    """An outline with a tint of the same colour (alpha 0..255)."""
    layer = QgsSimpleFillSymbolLayer()
    fill = QColor(colour)
    fill.setAlpha(tint)
    layer.setFillColor(fill)
    layer.setBrushStyle(Qt.BrushStyle.SolidPattern if tint else Qt.BrushStyle.NoBrush)
    layer.setStrokeColor(QColor(colour))
    layer.setStrokeWidth(width_mm)
    layer.setStrokeStyle(style)
    return layer


def hatch(colour: str, angle: float, distance_mm: float, width_mm: float) -> QgsSymbolLayer:
    """Parallel lines."""
    layer = QgsLinePatternFillSymbolLayer()
    layer.setLineAngle(angle)
    layer.setDistance(distance_mm)
    line = QgsLineSymbol.createSimple({"line_color": colour, "line_width": str(width_mm)})
    layer.setSubSymbol(line)
    return layer


def symbol(*layers: QgsSymbolLayer) -> QgsFillSymbol:
    """A fill of several layers, the first at the bottom."""
    fill = QgsFillSymbol()
    fill.deleteSymbolLayer(0)
    for layer in layers:
        # one by one: handed over as a list they stay Python's, too, and are deleted twice
        fill.appendSymbolLayer(layer)
    return fill


def parcel_rules() -> list[Rule]:
    """Parcels by their verdict: bold outlines that stay readable under the pieces."""
    return [
        (
            "冲突：禁止 Conflict: prohibited",
            "verdict = 'conflict' AND worst_severity = 'prohibit'",
            symbol(outline(PROHIBIT, 1.0, tint=20)),
        ),
        (
            "冲突：须经批准 Conflict: needs approval",
            "verdict = 'conflict' AND worst_severity = 'needs_approval'",
            symbol(outline(APPROVAL, 1.0, tint=20)),
        ),
        (
            "冲突：须作说明 Conflict: needs explanation",
            "verdict = 'conflict' AND worst_severity = 'needs_explanation'",
            symbol(outline(EXPLANATION, 1.0, tint=20)),
        ),
        (
            "未核查 Not checked",
            "verdict = 'not_checked'",
            symbol(
                outline(NOT_CHECKED, 1.0, tint=35), hatch(NOT_CHECKED, 45, 4.0, 0.3), hatch(NOT_CHECKED, 135, 4.0, 0.3)
            ),
        ),
        (
            "部分覆盖 Partly covered",
            "verdict = 'partly_covered'",
            symbol(outline(PARTLY, 1.0, tint=30, style=Qt.PenStyle.DashLine)),
        ),
        ("无冲突 Clear", "verdict = 'clear'", symbol(outline(CLEAR, 0.7, tint=15))),
        ("结论不明 Verdict unknown", "ELSE", symbol(outline(NOT_CHECKED, 1.0, tint=60))),
    ]


def finding_rules() -> list[Rule]:
    """Pieces: a hatch of its own for each severity, a cross hatch for what was not checked."""
    return [
        (
            "冲突：禁止 Conflict: prohibited",
            "verdict = 'conflict' AND severity = 'prohibit'",
            symbol(outline(PROHIBIT, 0.6, tint=60), hatch(PROHIBIT, 45, 1.6, 0.45)),
        ),
        (
            "冲突：须经批准 Conflict: needs approval",
            "verdict = 'conflict' AND severity = 'needs_approval'",
            symbol(outline(APPROVAL, 0.6, tint=60), hatch(APPROVAL, 135, 2.0, 0.4)),
        ),
        (
            "冲突：须作说明 Conflict: needs explanation",
            "verdict = 'conflict' AND severity = 'needs_explanation'",
            symbol(outline(EXPLANATION, 0.6, tint=50), hatch(EXPLANATION, 90, 2.4, 0.35)),
        ),
        ("冲突 Conflict", "verdict = 'conflict' AND severity = 'info'", symbol(outline(PROHIBIT, 0.6, tint=60))),
        (
            "未核查 Not checked",
            "verdict = 'not_checked'",
            symbol(
                outline(NOT_CHECKED, 0.6, tint=60),
                hatch(NOT_CHECKED, 45, 1.8, 0.45),
                hatch(NOT_CHECKED, 135, 1.8, 0.45),
            ),
        ),
        (
            "部分覆盖 Partly covered",
            "verdict = 'partly_covered'",
            symbol(outline(PARTLY, 0.6, tint=50, style=Qt.PenStyle.DashLine), hatch(PARTLY, 0, 2.0, 0.35)),
        ),
        (
            "无冲突（统计）Clear (for information)",
            "verdict = 'clear'",
            symbol(outline(CLEAR, 0.4, style=Qt.PenStyle.DotLine)),
        ),
        ("结论不明 Verdict unknown", "ELSE", symbol(outline(NOT_CHECKED, 0.6, tint=90))),
    ]


def uncovered_rules() -> list[Rule]:
    """Land that no layer reaches: grey and violet, as it was not checked."""
    fill = symbol(outline(NOT_CHECKED, 0.5, style=Qt.PenStyle.DashLine), hatch(GREY, 0, 1.4, 0.25))
    return [("图层未覆盖，未核查 Not covered, not checked", "", fill)]


def feature_rules() -> list[Rule]:
    """Reference features stay in the background."""
    return [("参考要素 Reference feature", "", symbol(outline(GREY, 0.25, tint=12)))]


VERDICT_WORDS = """CASE WHEN "verdict" = 'conflict' THEN '冲突' WHEN "verdict" = 'not_checked' THEN '未核查'
 WHEN "verdict" = 'partly_covered' THEN '部分覆盖' WHEN "verdict" = 'clear' THEN '无冲突' ELSE '结论不明' END"""
PARCEL_LABEL = f""""number" || if(coalesce("name", '') = '', '', ' ' || "name")
|| '\\n' || {VERDICT_WORDS}
|| if("not_checked_count" > 0 AND "verdict" <> 'not_checked', '，' || "not_checked_count" || '项未核查', '')
|| '\\n' || format_number("area_m2", 2, 'en', true) || ' m²'"""
FINDING_LABEL = f"""if("verdict" = 'clear', '', "rule" || '\\n'
|| if("area_printed" > 0, format_number("area_printed", 2, 'en', true) || ' m²', {VERDICT_WORDS}))"""
UNCOVERED_LABEL = """'未覆盖：' || "layer" || '\\n' || format_number("area_m2", 2, 'en', true) || ' m²'"""
LOOKS = {
    "parcels": (parcel_rules, PARCEL_LABEL, "#000000"),
    "findings": (finding_rules, FINDING_LABEL, "#7f0000"),
    "uncovered": (uncovered_rules, UNCOVERED_LABEL, NOT_CHECKED),
    "features": (feature_rules, "", ""),
}


def renderer(rules: list[Rule]) -> QgsRuleBasedRenderer:
    """The rules as a renderer; ELSE catches what no other does, so that nothing is invisible."""
    root = QgsRuleBasedRenderer.Rule(None)
    for label, expression, fill in rules:
        root.appendChild(QgsRuleBasedRenderer.Rule(fill, 0, 0, expression, label))
    return QgsRuleBasedRenderer(root)


def labelling(expression: str, colour: str) -> QgsVectorLayerSimpleLabeling:
    """Horizontal labels with a white halo, in fonts that can write Chinese."""
    text = QgsTextFormat()
    font = text.font()
    font.setFamily(CJK_FONTS[0])
    text.setFont(font)
    text.setFamilies(CJK_FONTS)
    text.setSize(8)
    text.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.8)
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.setFormat(text)
    settings.fieldName, settings.isExpression = expression, True
    settings.placement = Qgis.LabelPlacement.Horizontal
    settings.multilineAlign = Qgis.LabelMultiLineAlignment.Center
    return QgsVectorLayerSimpleLabeling(settings)


def styled_layer(spec: LayerSpec) -> QgsVectorLayer:
    """An empty layer with the fields, aliases and look of ``spec``."""
    fields = "&".join(f"field={field.name}:{TYPES[field.type]}" for field in spec.fields)
    layer = QgsVectorLayer(f"{'MultiPolygon' if spec.spatial else 'None'}?{fields}", spec.name, "memory")
    for i, field in enumerate(spec.fields):
        layer.setFieldAlias(i, field.alias)
        if field.name in VALUE_MAPS:
            choices = [{label: value} for label, value in VALUE_MAPS[field.name].items()]
            layer.setEditorWidgetSetup(i, QgsEditorWidgetSetup("ValueMap", {"map": choices}))
    if spec.name in LOOKS:
        rules, label, colour = LOOKS[spec.name]
        layer.setRenderer(renderer(rules()))
        if label:
            layer.setLabeling(labelling(label, colour))
            layer.setLabelsEnabled(True)
    return layer


def main() -> None:
    """Write one QML a layer."""
    application = QgsApplication([], False)
    application.initQgis()
    kept = QgsMapLayer.StyleCategory
    categories = kept.Symbology | kept.Labeling | kept.Fields | kept.Forms
    STYLES.mkdir(exist_ok=True)
    for spec in LAYERS:
        message, done = styled_layer(spec).saveNamedStyle(str(STYLES / f"{spec.name}.qml"), categories)
        if not done:
            raise SystemExit(message)
    application.exitQgis()


if __name__ == "__main__":
    main()
