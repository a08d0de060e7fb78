# SPDX-License-Identifier: GPL-2.0-or-later
"""The opinion as one PDF: its text, then maps laid out by a template that an office edits in QGIS.

QGIS sets the maps, Qt the text; both want the main thread, so that a task's call is carried over to it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsExpressionContextUtils,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemScaleBar,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
    QgsTextFormat,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QMarginsF, QObject, QRectF, QSizeF, Qt, QThread, pyqtSignal
from qgis.PyQt.QtGui import QFontDatabase, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument, QTransform
from qgis.PyQt.QtXml import QDomDocument

from ..core.files import replace_file
from ..core.model.base import Language, Text
from ..core.model.problems import LandReviewError, Place
from ..core.model.result import ReviewResult
from ..core.tables import RESOURCES
from .map_pages import DETAIL_SCALE, MapPage, details, grid_interval, map_pages, scale_for
from .opinion_html import opinion_html
from .words import Words, printable

TEMPLATE = RESOURCES / "templates" / "map.qpt"
FAMILIES = (
    "Microsoft YaHei", "SimSun", "宋体", "SimHei", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "PingFang SC",
)  # fmt: skip
"""Fonts with Chinese characters, the first that is installed is taken; else any that Qt says has them."""
DPI = 300
MARGIN_MM = 15.0
FOOT_MM = 8.0
FRAME_MM = (168.0, 178.0)
"""Of the built-in template; decides only whether one map is enough."""
CONTEXT = 1.3
"""Land around what a map is about, as a factor of its size; at least MINIMUM_M."""
MINIMUM_M = 60.0
SHOWN = (
    "findings_point",
    "findings_line",
    "findings",
    "parcels",
    "uncovered",
    "features_point",
    "features_line",
    "features",
)
"""Layers of the result GeoPackage, from top to bottom."""
WAIT_S = 300.0
"""How long a task waits for the main thread; one that is shutting down never comes."""


def write_pdf(
    result: ReviewResult,
    package: Path,
    path: Path,
    language: Language | str = Language.ZH,
    template: Path | None = None,
) -> None:
    """Write the opinion with its maps, whole or not at all. ``package``: the result GeoPackage, only read.

    Raises LandReviewError E-ENV-MODULE without a font for Chinese, E-SRC-CORRUPT for a template that is no layout
    or lacks the item ``map``, E-ENV-WRITE when ``path`` can't be written.
    """
    words = Words(language)

    def make() -> None:
        replace_file(path, lambda beside: _Book(result, package, words, template or TEMPLATE).write(beside))

    _start_qgis()
    _on_main_thread(make)


def chinese_family() -> str:
    """The font for text and maps. Raises E-ENV-MODULE when none has Chinese characters: boxes are no text."""
    system = QFontDatabase.WritingSystem.SimplifiedChinese
    installed = QFontDatabase().families(system) if hasattr(QFontDatabase, "Any") else QFontDatabase.families(system)
    found = next((family for family in FAMILIES if family in installed), installed[0] if installed else "")
    if not found:
        why = Text(
            zh="没有中文字体，PDF会出现方框；请安装（Debian：fonts-noto-cjk）",
            en="no font has Chinese characters, the PDF would show boxes: install one (Debian: fonts-noto-cjk)",
        )
        raise LandReviewError("E-ENV-MODULE", detail=why)
    return str(found)


class _Book:
    """Sets text and maps on the pages of one PDF."""

    def __init__(self, result: ReviewResult, package: Path, words: Words, template: Path) -> None:
        self._result, self._package, self._words, self._template = result, package, words, template
        self._family = chinese_family()
        self._pages = map_pages(result, words)

    def write(self, path: Path) -> None:
        writer = QPdfWriter(str(path))
        writer.setResolution(DPI)
        writer.setTitle(printable(f"{self._words('title')} {self._result.case.number}".strip()))
        writer.setCreator("LandReview")
        writer.setPageLayout(_sheet(QSizeF(210, 297)))
        painter = QPainter()
        if not painter.begin(writer):
            raise OSError(0, "the PDF could not be begun", str(path))
        try:
            self._text(writer, painter)
            with _read_only(self._package) as package:
                self._pages = tuple(each for page in self._pages for each in self._seen(page, _project(package)))
                for number, page in enumerate(self._pages, start=1):
                    # a project a page: a layout takes the layers of its legend with it when it goes
                    self._map(writer, painter, _project(package), page, number)
        finally:
            painter.end()

    def _text(self, writer: QPdfWriter, painter: QPainter) -> None:
        """The opinion, page by page, with its number at the foot."""
        dot = DPI / 25.4
        width, height = (210 - 2 * MARGIN_MM) * dot, (297 - 2 * MARGIN_MM - FOOT_MM) * dot
        document = QTextDocument()
        document.documentLayout().setPaintDevice(writer)
        document.setDocumentMargin(0)
        document.setPageSize(QSizeF(width, height))
        document.setHtml(opinion_html(self._result, self._words, self._family))
        count = document.pageCount()
        font = document.defaultFont()
        font.setFamily(self._family)
        font.setPointSizeF(8)
        for page in range(count):
            if page:
                writer.newPage()
            painter.save()
            painter.setTransform(QTransform.fromTranslate(MARGIN_MM * dot, MARGIN_MM * dot - page * height))
            document.drawContents(painter, QRectF(0, page * height, width, height))
            painter.restore()
            painter.setFont(font)
            foot = QRectF(MARGIN_MM * dot, (297 - MARGIN_MM - FOOT_MM) * dot, width, FOOT_MM * dot)
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), self._foot(page + 1, count))

    def _foot(self, page: int, pages: int) -> str:
        number = f"{self._result.case.number}　" if self._result.case.number else ""
        return printable(number + self._words("footer.page", page=page, pages=pages))

    def _map(self, writer: QPdfWriter, painter: QPainter, project: QgsProject, page: MapPage, number: int) -> None:
        shown = self._filtered(project, page)
        layout = self._layout(project)
        sheet = layout.pageCollection().page(0).pageSize().toQSizeF()
        writer.setPageLayout(_sheet(sheet))
        writer.newPage()
        view = layout.itemById("map")
        assert isinstance(view, QgsLayoutItemMap)
        view.setCrs(project.crs())
        view.setLayers(shown)
        view.setKeepLayerSet(True)
        scale = _look_at(view, _extent(shown))
        for name, value in self._variables(page, scale, number).items():
            QgsExpressionContextUtils.setLayoutVariable(layout, f"landreview_{name}", value)
        self._legend(layout, shown, page)
        layout.renderContext().setDpi(DPI)
        # text as text: it can be searched and copied, and the file stays small
        layout.renderContext().setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
        layout.refresh()
        QgsLayoutExporter(layout).renderPage(painter, 0)

    def _seen(self, page: MapPage, project: QgsProject) -> tuple[MapPage, ...]:
        """The page, or one for each parcel where its land would be dots."""
        box = _extent(self._filtered(project, page))
        scale = scale_for(box.width(), box.height(), FRAME_MM)
        return (page,) if scale <= DETAIL_SCALE else details(self._result, page, self._words)

    def _variables(self, page: MapPage, scale: int, number: int) -> dict[str, str]:
        """What a template may print: ``@landreview_title`` and so on."""
        case = self._result.case
        values = {
            "title": page.title,
            "subtitle": page.subtitle,
            "note": page.note,
            "scale": self._words("map.scale", scale=f"{scale:,}"),
            "footer": f"{case.number}　{number} / {len(self._pages)}",
            "case_number": case.number,
            "project": case.project,
            "applicant": case.applicant,
            "reference_date": case.reference_date.isoformat(),
            "layer": page.layer,
            "digest": self._result.digest,
        }
        return {name: printable(value) for name, value in values.items()}

    def _filtered(self, project: QgsProject, page: MapPage) -> list[QgsVectorLayer]:
        """The layers that have something to show on the page, from top to bottom."""
        shown = []
        for name in SHOWN:
            for layer in project.mapLayersByName(name):
                kind = name.partition("_")[0]
                if kind == "features" and not page.layer:
                    continue
                filters = {"findings": page.findings_filter, "parcels": ""}
                if not layer.setSubsetString(filters.get(kind, page.reference_filter)):
                    raise LandReviewError("E-SRC-CORRUPT", place=Place(file=self._package.name, layer=name))
                if layer.featureCount() > 0:
                    shown.append(layer)
        return shown

    def _layout(self, project: QgsProject) -> QgsPrintLayout:
        layout = QgsPrintLayout(project)
        document = QDomDocument()
        place = Place(file=self._template.name)
        try:
            good = document.setContent(self._template.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=place) from error
        loaded = good[0] if isinstance(good, tuple) else good
        _, read = layout.loadFromTemplate(document, QgsReadWriteContext()) if loaded else ([], False)
        if not read or not isinstance(layout.itemById("map"), QgsLayoutItemMap):
            why = Text(
                zh="不是QGIS版面模板，或缺少编号为map的地图", en="no QGIS layout, or without a map of the id map"
            )
            raise LandReviewError("E-SRC-CORRUPT", detail=why, place=place)
        self._dress(layout)
        return layout

    def _dress(self, layout: QgsPrintLayout) -> None:
        """A font with Chinese characters wherever the template's own is not installed here."""
        for item in layout.items():
            if isinstance(item, QgsLayoutItemLabel | QgsLayoutItemScaleBar):
                item.setTextFormat(self._font(item.textFormat()))
            elif isinstance(item, QgsLayoutItemLegend):
                for kind in (
                    QgsLegendStyle.Style.Title,
                    QgsLegendStyle.Style.Group,
                    QgsLegendStyle.Style.Subgroup,
                    (QgsLegendStyle.Style.SymbolLabel),
                ):
                    style = item.style(kind)
                    style.setTextFormat(self._font(style.textFormat()))
                    item.setStyle(kind, style)
            elif isinstance(item, QgsLayoutItemMap):
                item.grid().setAnnotationTextFormat(self._font(item.grid().annotationTextFormat()))

    def _font(self, style: QgsTextFormat) -> QgsTextFormat:
        font = style.font()
        if font.family() not in FAMILIES or font.family() not in QFontDatabase().families():
            font.setFamily(self._family)
            style.setFont(font)
        return style

    def _legend(self, layout: QgsPrintLayout, shown: list[QgsVectorLayer], page: MapPage) -> None:
        """What is shown and nothing else, under the names of this language."""
        legend = layout.itemById("legend")
        if not isinstance(legend, QgsLayoutItemLegend):
            return
        legend.setAutoUpdateModel(False)
        root = legend.model().rootGroup()
        root.clear()
        for layer in shown:
            kind = layer.name().partition("_")[0]
            reference = kind == "features" and page.layer
            name = self._words.layer(page.layer, self._result) if reference else self._words(f"map.layer.{kind}")
            root.addLayer(layer).setName(name)
        legend.adjustBoxSize()


def _sheet(size: QSizeF) -> QPageLayout:
    """A sheet of millimetres without margins: the layout keeps its own."""
    paper = QPageSize(size, QPageSize.Unit.Millimeter)
    return QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


@contextmanager
def _read_only(package: Path) -> Iterator[str]:
    """A copy in a ZIP, as GDAL names it: to any other GeoPackage QGIS writes, and keeps it open."""
    # Windows can't remove the copy while QGIS's pool of connections still has it; the system will
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "result.zip"
        with (
            package.open("rb") as source,
            zipfile.ZipFile(copy, "w") as archive,
            archive.open("result.gpkg", "w", force_zip64=True) as target,
        ):
            shutil.copyfileobj(source, target)
        yield f"/vsizip/{copy.as_posix()}/result.gpkg"


def _project(package: str) -> QgsProject:
    """The layers of the result, in their own styles."""
    project = QgsProject()
    for name in SHOWN:
        layer = QgsVectorLayer(f"{package}|layername={name}", name, "ogr")
        if layer.isValid() and project.addMapLayer(layer) is not None:
            project.setCrs(layer.crs())
    return project


def _extent(shown: list[QgsVectorLayer]) -> QgsRectangle:
    """Around the findings of the page, or the parcels where there are none on the map."""
    boxes = {layer.name().partition("_")[0]: layer.extent() for layer in reversed(shown) if not layer.extent().isNull()}
    box = QgsRectangle(boxes.get("findings") or boxes.get("parcels") or QgsRectangle(0, 0, 1, 1))
    box.scale(CONTEXT)
    box.grow(max(MINIMUM_M - max(box.width(), box.height()), 0) / 2)
    return box


def _look_at(view: QgsLayoutItemMap, box: QgsRectangle) -> int:
    """Centre the map on a box at a usual scale; returns the scale's denominator."""
    size = view.rect()
    scale = scale_for(box.width(), box.height(), (size.width(), size.height()))
    view.zoomToExtent(box)
    view.setScale(scale)
    if view.grid().units() == QgsLayoutItemMapGrid.GridUnit.DynamicPageSizeBased:
        interval_m = grid_interval(scale)
        view.grid().setUnits(QgsLayoutItemMapGrid.GridUnit.MapUnit)
        view.grid().setIntervalX(interval_m)
        view.grid().setIntervalY(interval_m)
    return scale


_started: list[QgsApplication] = []
"""A QGIS of our own is kept until the process ends: it can't be started twice."""


def _start_qgis() -> None:
    """In a process without an application (a batch's worker) one without a window."""
    if QCoreApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _started.append(QgsApplication([], False))
        _started[0].initQgis()


class _Carrier(QObject):
    """Carries a call to the thread of the application."""

    asked = pyqtSignal()

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work, self.done, self.error = work, threading.Event(), None
        self.error: BaseException | None
        self.moveToThread(QCoreApplication.instance().thread())
        self.asked.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self.error = error
        self.done.set()


def _on_main_thread(work: Callable[[], None]) -> None:
    if QThread.currentThread() is QCoreApplication.instance().thread():
        work()
        return
    carrier = _Carrier(work)
    carrier.asked.emit()
    if not carrier.done.wait(WAIT_S):
        raise LandReviewError("E-ENV-MODULE", detail=Text(zh="QGIS未响应", en="QGIS did not answer"))
    if carrier.error is not None:
        raise carrier.error
