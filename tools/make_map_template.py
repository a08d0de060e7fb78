# SPDX-License-Identifier: GPL-2.0-or-later
"""Write the layout of the map pages (``resources/templates/map.qpt``) with QGIS itself.

An office opens it in QGIS's layout window, moves and rewrites what it likes, saves it under another name and
hands it to the review as TEMPLATE. What the program fills in goes by the ids of the items.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsScaleBarSettings,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

TARGET = ROOT / "landreview_plugin" / "resources" / "templates" / "map.qpt"
MARGIN_MM = 15.0
WIDTH_MM, MAP_MM = 180.0, 178.0
GREY = QColor("#7f7f7f")


def text(size: float, *, bold: bool = False) -> QgsTextFormat:
    """Black text; the family is chosen where the map is made, by what is installed there."""
    style = QgsTextFormat()
    font = style.font()
    font.setBold(bold)
    style.setFont(font)
    style.setSize(size)
    style.setSizeUnit(Qgis.RenderUnit.Points)
    return style


def place(layout: QgsPrintLayout, item: QgsLayoutItem, name: str, box: tuple[float, float, float, float]) -> None:
    """An item at x, y with width, height in millimetres."""
    layout.addLayoutItem(item)
    item.setId(name)
    item.attemptMove(QgsLayoutPoint(box[0], box[1]))
    item.attemptResize(QgsLayoutSize(box[2], box[3]))


def label(
    layout: QgsPrintLayout,
    name: str,
    words: str,
    box: tuple[float, float, float, float],
    style: QgsTextFormat,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """A text; ``[% @landreview_… %]`` is filled in by the program."""
    item = QgsLayoutItemLabel(layout)
    item.setText(words)
    item.setTextFormat(style)
    item.setHAlign(align)
    item.setVAlign(
        Qt.AlignmentFlag.AlignVCenter if align is Qt.AlignmentFlag.AlignHCenter else Qt.AlignmentFlag.AlignTop
    )
    place(layout, item, name, box)


def coordinate_map(layout: QgsPrintLayout) -> QgsLayoutItemMap:
    """The map in a frame with a coordinate grid of the parcels' plane."""
    item = QgsLayoutItemMap(layout)
    place(layout, item, "map", (MARGIN_MM + 6, 36, WIDTH_MM - 12, MAP_MM))
    item.setFrameEnabled(True)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.3))
    item.setBackgroundColor(QColor("#ffffff"))
    grid = item.grid()
    grid.setEnabled(True)
    grid.setUnits(QgsLayoutItemMapGrid.GridUnit.DynamicPageSizeBased)
    grid.setMinimumIntervalWidth(35)
    grid.setMaximumIntervalWidth(70)
    grid.setStyle(QgsLayoutItemMapGrid.GridStyle.Cross)
    grid.setCrossLength(3)
    grid.setGridLineWidth(0.15)
    grid.setGridLineColor(GREY)
    grid.setAnnotationEnabled(True)
    grid.setAnnotationPrecision(0)
    grid.setAnnotationFrameDistance(0.8)
    grid.setAnnotationTextFormat(text(7))
    for side in (QgsLayoutItemMapGrid.BorderSide.Left, QgsLayoutItemMapGrid.BorderSide.Right):
        grid.setAnnotationDirection(QgsLayoutItemMapGrid.AnnotationDirection.Vertical, side)
    return item


def furniture(layout: QgsPrintLayout, item: QgsLayoutItemMap) -> None:
    """North arrow, scale bar, legend."""
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath("arrows/NorthArrow_02.svg")
    arrow.setSvgFillColor(QColor("#000000"))
    arrow.setLinkedMap(item)
    place(layout, arrow, "north", (MARGIN_MM + WIDTH_MM - 24, 40, 14, 16))
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(item)
    bar.setUnits(Qgis.DistanceUnit.Meters)
    bar.setUnitLabel("m")
    bar.setNumberOfSegments(4)
    bar.setNumberOfSegmentsLeft(0)
    bar.setSegmentSizeMode(QgsScaleBarSettings.SegmentSizeMode.SegmentSizeFitWidth)
    bar.setMinimumBarWidth(30)
    bar.setMaximumBarWidth(54)
    bar.setHeight(2)
    bar.setTextFormat(text(8))
    place(layout, bar, "scalebar", (MARGIN_MM, 220, 68, 12))
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(item)
    legend.setLegendFilterByMapEnabled(True)
    legend.setTitle("")
    legend.setSymbolWidth(6.5)
    legend.setSymbolHeight(3.5)
    for kind, size in (
        (QgsLegendStyle.Style.Title, 8),
        (QgsLegendStyle.Style.Group, 7.5),
        (QgsLegendStyle.Style.Subgroup, 7.5),
        (QgsLegendStyle.Style.SymbolLabel, 6.5),
    ):
        style = legend.style(kind)
        style.setTextFormat(text(size, bold=kind is not QgsLegendStyle.Style.SymbolLabel))
        legend.setStyle(kind, style)
    legend.setColumnCount(2)
    legend.setSplitLayer(True)
    place(layout, legend, "legend", (MARGIN_MM + 72, 220, 108, 56))


def write() -> None:
    """Build the layout and save it; everything of it is gone before QGIS is."""
    project = QgsProject()  # a layout does not keep its project alive
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("LandReview")
    layout.pageCollection().page(0).setPageSize("A4", QgsLayoutItemPage.Orientation.Portrait)
    centre = Qt.AlignmentFlag.AlignHCenter
    label(layout, "title", "[% @landreview_title %]", (MARGIN_MM, 12, WIDTH_MM, 9), text(15, bold=True), centre)
    label(layout, "subtitle", "[% @landreview_subtitle %]", (MARGIN_MM, 21, WIDTH_MM, 10), text(9), centre)
    furniture(layout, coordinate_map(layout))
    label(layout, "scale", "[% @landreview_scale %]", (MARGIN_MM, 233, 70, 5), text(8.5))
    label(layout, "note", "[% @landreview_note %]", (MARGIN_MM, 239, 70, 40), text(7))
    label(layout, "footer", "[% @landreview_footer %]", (MARGIN_MM, 281, WIDTH_MM, 5), text(7.5), centre)
    if not layout.saveAsTemplate(str(TARGET), QgsReadWriteContext()):
        raise SystemExit(f"{TARGET} was not written")


def main() -> None:
    """Write the template."""
    application = QgsApplication([], False)
    application.initQgis()
    write()
    application.exitQgis()


if __name__ == "__main__":
    main()
