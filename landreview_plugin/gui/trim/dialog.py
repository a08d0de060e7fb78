# SPDX-License-Identifier: GPL-2.0-or-later
"""A trim suggestion beside the map: the ways there are, what each loses, accept or drop."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ...core.model.result import Finding
from ...core.trim.forbidden import hard_conflicts
from ...core.trim.suggestion import Suggestion
from ...core.trim.useful import Limits
from ...i18n import translate
from ...jobs.trim_job import TrimAnswer, TrimQuestion, accept_trim, suggest_for
from ..case_view import CaseView
from ..case_words import spoken
from ..read_only import why_not_here
from ..session import Session
from ..sketch import Sketch
from ..unit_box import UnitBox, unit_of
from ..work_task import WorkTask
from .layers import layers_of
from .ways import Ways

TYPING_PAUSE_MS = 400


class TrimDialog(QDialog):
    """Stays open while the user looks at the map; closing it takes its layers away."""

    def __init__(
        self, session: Session, view: CaseView, finding: Finding, shapes: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("landreview", "Suggest trim: parcel {}").format(finding.parcel))
        self._session, self._view, self._finding, self._shapes = session, view, finding, shapes
        self.answer: TrimAnswer | None = None
        self._task: WorkTask[TrimAnswer] | None = None
        self._looked = False
        self._sketch = Sketch(session.iface.mapCanvas() if session.iface else None, self)
        self.ways = Ways(unit_of(session), self)
        self.ways.chosen.connect(self._show_way)
        self._make_options()
        self._make_buttons()
        self._lay_out(UnitBox(session, self))
        session.settings_changed.connect(self._change_unit)
        session.case_changed.connect(self._case_changed)
        self.finished.connect(self._leave)

    def compute(self) -> None:
        """Ask for the ways; a question before is withdrawn."""
        if self._task is not None:
            self._task.cancel()
        self.busy.show()
        self._allow()
        assert self._view.plain_result is not None  # suggest() has looked
        question = TrimQuestion(
            self._view.reading,
            self._view.plain_result,
            self._shapes,
            self._finding.id,
            self.every.isChecked(),
            Limits(self.width.value(), self.area.value()),
        )
        title = translate("landreview", "Trim suggestion for parcel {}").format(self._finding.parcel)
        task = self._session.start(title, partial(suggest_for, question), self._show)
        self._task = task
        task.ended.connect(lambda: self._ended(task))

    def accept(self) -> None:
        """Make the chosen way the corrected hand-in."""
        way, answer = self.ways.way(), self.answer
        if way is None or answer is None:
            return
        with self._session.guard(), tempfile.TemporaryDirectory(prefix="landreview-") as folder:
            case = accept_trim(self._session.desk(), self._view.case, self._view.reading, answer, way, Path(folder))
            text = translate("landreview", "Parcel {} was trimmed: version {} of the hand-in. Run the review again.")
            super().accept()
            self._session.say(text.format(self._finding.parcel, case.version))
            self._session.case_changed.emit(case.id)

    def _show(self, answer: TrimAnswer) -> None:
        self.answer = answer
        self.ways.show_ways(answer.ways)
        if not self._looked:
            self._looked = True
            self._sketch.zoom(answer.parcel.geometry, answer.crs)

    def _show_way(self, way: Suggestion | None) -> None:
        self._allow()
        if way is None or self.answer is None:
            self._sketch.clear()
            return
        title = translate("landreview", "Trim suggestion: parcel {}").format(self._finding.parcel)
        self._sketch.show(title, layers_of(way, self.answer.crs, unit_of(self._session)))

    def _allow(self) -> None:
        why = self._why_not()
        self.accepts.setEnabled(not why)
        self.accepts.setToolTip(why or translate("landreview", "Makes a new version of the hand-in; the old one stays"))

    def _why_not(self) -> str:
        """Why nothing can be accepted now; empty: it can."""
        if why := why_not_here(self._view):
            return why
        if self.busy.isVisibleTo(self):
            return str(translate("landreview", "The boundary is still being computed"))
        return "" if self.ways.way() else str(translate("landreview", "There is no suggestion to accept"))

    def _ended(self, task: WorkTask[TrimAnswer]) -> None:
        if not sip.isdeleted(self) and task is self._task:
            self._task = None
            self.busy.hide()
            self._allow()

    def _case_changed(self, case_id: str) -> None:
        if case_id == self._view.case.id and self.isVisible():
            with self._session.guard():
                now = self._session.view(case_id)
                if (now.case.version, now.case.result_digest) != (
                    self._view.case.version,
                    self._view.case.result_digest,
                ):
                    self.reject()  # what it speaks of counts no more
                else:
                    self._view = now

    def _change_unit(self) -> None:
        self.ways.set_unit(unit_of(self._session))
        self._show_way(self.ways.way())

    def _leave(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._sketch.clear()

    def _make_options(self) -> None:
        assert self._view.plain_result is not None
        others = len(hard_conflicts(self._view.plain_result, self._finding.parcel)) - 1
        self.every = QCheckBox(translate("landreview", "Also take off its other prohibitions ({})").format(others))
        self.every.setVisible(others > 0)
        self.width = _spin(Limits().smallest_width_m, translate("landreview", " m"))
        self.area = _spin(Limits().smallest_area_m2, translate("landreview", " m²"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.compute)
        self.every.toggled.connect(lambda: self.compute())
        for spin in (self.width, self.area):
            spin.valueChanged.connect(lambda: self._pause.start())

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.accepts = self.buttons.addButton(translate("landreview", "Accept as correction"), role.AcceptRole)
        self.buttons.addButton(translate("landreview", "Drop"), role.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName(translate("landreview", "The boundary is still being computed"))

    def _lay_out(self, units: QWidget) -> None:
        finding = self._finding
        head = QLabel(f"{finding.rule}  {finding.title.get(spoken())}", self)
        head.setWordWrap(True)
        options = QFormLayout()
        options.addRow(self.every)
        options.addRow(translate("landreview", "Smallest useful width"), self.width)
        options.addRow(translate("landreview", "Smallest useful area"), self.area)
        options.addRow(translate("landreview", "Unit of areas"), units)
        layout = QVBoxLayout(self)
        layout.addWidget(head)
        layout.addLayout(options)
        layout.addWidget(self.busy)
        layout.addWidget(self.ways, 1)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 52)


def _spin(value: float, suffix: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(0.0, 100_000.0)
    spin.setDecimals(1)
    spin.setValue(value)
    spin.setSuffix(suffix)
    return spin
