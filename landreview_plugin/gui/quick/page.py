# SPDX-License-Identifier: GPL-2.0-or-later
"""The quick check's page in the panel: draw or choose land, read the verdict of each layer, take it in."""

from __future__ import annotations

from pathlib import Path

import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...core.model.crs import Crs
from ...core.model.problems import LandReviewError
from ...core.model.result import Finding
from ...i18n import translate
from ...jobs.quick_check import QuickAnswer, QuickQuestion
from ...project.crs import crs_of_qgis, qgis_crs
from ..case_page.progress_row import ProgressRow
from ..dropping import dropped_files, takes_files
from ..intake.first_cover import remember_type
from ..intake.source import ReadSource, choose_one
from ..map.spot import Spot
from ..session import Session
from ..unit_box import UnitBox, unit_of
from .answer_pane import AnswerPane
from .asking import Asking, Question, of_features, of_file, selected
from .controls import QuickControls, tool_button
from .draw_tool import DrawTool


class QuickPage(QWidget):
    """Works without a map: then only files can be checked."""

    closed = pyqtSignal()
    take_in = pyqtSignal(object)
    """A ``Source``: the land that was checked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.answer: QuickAnswer | None = None
        self._canvas = session.iface.mapCanvas() if session.iface is not None else None
        self._spot = Spot(self._canvas, self) if self._canvas is not None else None
        self.tool = DrawTool(self._canvas) if self._canvas is not None else None
        self.asking = Asking(session, self)
        self.controls = QuickControls(self)
        self.progress = ProgressRow(self)
        self.pane = AnswerPane(unit_of(session), self)
        self.take = QPushButton(translate("landreview", "Take in as case…"), self)
        self._lay_out()
        self.setAcceptDrops(True)
        self.controls.allow_map(self._canvas is not None)
        self._connect()
        self._show(None)

    def _connect(self) -> None:
        self.controls.draw_wanted.connect(self.use_tool)
        self.controls.selected_wanted.connect(self.check_selected)
        self.controls.file_wanted.connect(self.check_file)
        self.controls.changed.connect(self._change_rules)
        self.asking.answered.connect(self._show)
        self.asking.failed.connect(self._fail)
        self.asking.changed.connect(lambda: self.progress.follow(self.asking.task))
        self.pane.chosen.connect(self._point_out)
        self.take.clicked.connect(self._take_in)
        self._session.settings_changed.connect(lambda: self.pane.tree.set_unit(unit_of(self._session)))
        if self.tool is not None and self._canvas is not None:
            self.tool.drawn.connect(self.check_drawn)
            self._canvas.mapToolSet.connect(self._follow_tool)

    # what is asked

    def use_tool(self, wanted: bool = True) -> None:
        """Take the drawing tool, or put it away."""
        if self._canvas is None or self.tool is None:
            return
        if wanted:
            self._canvas.setMapTool(self.tool)
            self._canvas.setFocus()
        else:
            self._canvas.unsetMapTool(self.tool)

    def warm(self) -> None:
        """Open the layers that the first check will need."""
        crs = crs_of_qgis(self._canvas.mapSettings().destinationCrs()) if self._canvas is not None else None
        if crs is not None:
            middle = self._canvas.extent().center()
            land = shapely.Point(middle.x(), middle.y()).buffer(1e-5 if crs.geographic else 1.0)
            kind, at = self.controls.business_type(), self.controls.date()
            self.asking.warm(lambda: QuickQuestion(land, crs, kind, at))

    def check_drawn(self, drawn: QgsGeometry) -> None:
        """Check a polygon in the canvas's CRS."""
        with self._session.guard():
            crs = _known(self._canvas.mapSettings().destinationCrs())
            land = shapely.from_wkb(bytes(drawn.asWkb()))
            kind, at = self.controls.business_type(), self.controls.date()
            self._ask(lambda: QuickQuestion(land, crs, kind, at, drawn=True))

    def check_selected(self) -> None:
        """Check the selected features of the active layer."""
        with self._session.guard():
            layer = self._session.iface.activeLayer() if self._session.iface is not None else None
            features = selected(layer)
            if not features:
                self._session.say(translate("landreview", "Select polygons of the active layer first."))
                return
            self._forget_drawing()
            kind, at = self.controls.business_type(), self.controls.date()
            self._ask(of_features(features, _known(layer.crs()), kind, at))

    def check_file(self, path: Path) -> None:
        """Check all parcels of a file."""
        self._forget_drawing()
        self._ask(of_file(path, self.controls.business_type(), self.controls.date()))

    def _ask(self, question: Question) -> None:
        self._show(None)
        remember_type(self.controls.business_type())
        self.asking.ask(question)

    def _change_rules(self) -> None:
        """The answer that is shown was given by other rules."""
        self.asking.give_up()
        self._show(None)

    # what is answered

    def _show(self, answer: QuickAnswer | None) -> None:
        self.answer = answer
        if answer is None:
            self.pane.show_how()
        else:
            self.pane.show_answer(answer)
        self.take.setEnabled(answer is not None)
        go_on = translate("landreview", "Go on with this land as a new case")
        self.take.setToolTip(go_on if answer else translate("landreview", "Check some land first"))

    def _fail(self, error: LandReviewError) -> None:
        self._show(None)
        self.pane.show_error(error)

    def _point_out(self, finding: Finding | None) -> None:
        if self._spot is None or self.answer is None:
            return
        self._spot.clear()
        if finding is not None and finding.geometry is not None and not finding.geometry.is_empty:
            crs = qgis_crs(self.answer.reading.crs)
            self._spot.bring(finding.geometry, crs)
            self._spot.frame(finding.geometry, crs)
            self._spot.flash([finding.geometry], crs)

    def _take_in(self) -> None:
        if self.answer is None:
            return
        name = translate("landreview", "Drawn on the map")
        parcels = tuple(each.model_copy(update={"name": name}) for each in self.answer.reading.parcels)
        source = ReadSource(name, self.answer.reading.model_copy(update={"parcels": parcels, "source": name}))
        self.clear_map()
        self.take_in.emit(source)

    def leave(self) -> None:
        """Give up and leave nothing on the map."""
        self.asking.give_up()
        self.clear_map()
        self._show(None)
        self.closed.emit()

    def clear_map(self) -> None:
        """Take the tool, the polygon and the frame away."""
        self.use_tool(False)
        self._forget_drawing()
        if self._spot is not None:
            self._spot.clear()

    def _forget_drawing(self) -> None:
        if self.tool is not None:
            self.tool.clear()

    def _follow_tool(self, tool: object, before: object = None) -> None:
        self.controls.draw.setChecked(tool is self.tool)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files can be dropped."""
        takes_files(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Check a dropped file."""
        path = choose_one(dropped_files(event))
        if path is not None:
            self.check_file(path)

    def _lay_out(self) -> None:
        back = tool_button("mActionArrowLeft.svg", "")
        back.setToolTip(translate("landreview", "Back to the cases"))
        back.setAccessibleName(back.toolTip())
        back.clicked.connect(lambda: self.leave())
        title = QLabel(translate("landreview", "Quick check"), self)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(back)
        head.addWidget(title, 1)
        head.addWidget(UnitBox(self._session, self))
        foot.addStretch(1)
        foot.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.controls)
        layout.addWidget(self.progress)
        layout.addWidget(self.pane, 1)
        layout.addLayout(foot)


def _known(crs: QgsCoordinateReferenceSystem) -> Crs:
    found = crs_of_qgis(crs)
    if found is None:
        raise LandReviewError("E-CRS-NONE")
    return found
