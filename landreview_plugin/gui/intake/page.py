# SPDX-License-Identifier: GPL-2.0-or-later
"""Intake: a hand-in is read and shown; only "Take in" stores it, as a new case or as the correction of one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...core.geodesy.area import AreaMethod
from ...core.model.base import Text
from ...core.model.case_file import CaseFile
from ...core.model.parcel import Parcel, ParcelReading
from ...core.model.problems import LandReviewError, Level, Problem
from ...core.profile import load_profile
from ...i18n import translate
from ...jobs.intake import evidence, refuse_changed
from ..case_page.progress_row import ProgressRow
from ..case_words import spoken
from ..cover_form import CoverForm
from ..problem_list import sentence
from ..session import Session
from ..work_task import WorkTask
from .bands import PreviewBands, shape_of
from .first_cover import first_cover, remember_type
from .preview import Preview
from .source import FileSource, Source

ONLY_SHOWN = "W-CRS-WGS84"
"""Degrees of WGS 84 are for looking: no review could follow until a plane is given."""


class IntakePage(QWidget):
    """Emits the id of the case that was made or corrected, or that nothing was."""

    taken_in = pyqtSignal(str)
    closed = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source: Source | None = None
        self._case: CaseFile | None = None
        """The case that is corrected; None: a new one."""
        self._task: WorkTask[ParcelReading] | None = None
        self.reading: ParcelReading | None = None
        self.title = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.preview = Preview(session, self)
        self.progress = ProgressRow(self)
        self.cover = CoverForm(self, with_number=True)
        self.take_in = QPushButton(self)
        self.cancel = QPushButton(translate("landreview", "Cancel"), self)
        self.bands = PreviewBands(session.iface.mapCanvas() if session.iface is not None else None, self)
        self._lay_out()
        self.preview.changed.connect(self.read)
        self.preview.table.chosen.connect(self._point_out)
        self.preview.table.zoomed.connect(lambda parcel: self.bands.zoom_to([parcel.geometry]))
        self.preview.problems.chosen.connect(self._point_out_problem)
        self.take_in.clicked.connect(self.store)
        self.cancel.clicked.connect(self.close_source)

    def _lay_out(self) -> None:
        self._cover_box = QGroupBox(translate("landreview", "Cover"), self)
        QVBoxLayout(self._cover_box).addWidget(self.cover)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.take_in)
        layout = QVBoxLayout(self)
        layout.addWidget(self.title)
        layout.addWidget(self.progress)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self._cover_box)
        layout.addLayout(buttons)

    @property
    def correcting(self) -> bool:
        """Whether it is the correction of a case."""
        return self._case is not None

    def begin(self, source: Source, case: CaseFile | None = None) -> None:
        """Look at a source: as a new case, or as the correction of ``case``."""
        self._source, self._case = source, case
        self._cover_box.setVisible(case is None)
        if case is None:
            self.title.setText(
                translate("landreview", "Take in: {} (preview, nothing is stored yet)").format(source.name)
            )
            self.take_in.setText(translate("landreview", "Take in"))
            self.cover.show_cover(first_cover(source.name, self._session.desk().today()))
        else:
            self.title.setText(
                translate("landreview", "Correction of {}: {} (preview, nothing is stored yet)").format(
                    case.number, source.name
                )
            )
            self.take_in.setText(translate("landreview", "Take in the correction"))
        self.preview.reset()
        self.read()

    def read(self) -> None:
        """Read the source, off the main thread, with what the person said; a reading that runs is given up."""
        if self._source is None:
            return
        self._give_up()
        with self._session.guard(self.read):
            profile = load_profile(self._session.settings.profile)
            options = self.preview.form.options(self.preview.accepted, profile)
            title = translate("landreview", "Reading {}").format(self._source.name)
            work = self._source.reading(options, profile)
            self._task = self._session.start(title, work, self._show, failed=self._show_failure)
            self.progress.follow(self._task)
        self._enable()

    def _give_up(self) -> None:
        task, self._task, self.reading = self._task, None, None
        if task is not None:
            task.cancel()

    def _show(self, reading: ParcelReading) -> None:
        self._task, self.reading = None, reading
        self.preview.show_reading(reading, self._method())
        self.bands.show_reading(reading, zoom=True)
        self._enable()

    def _show_failure(self, error: LandReviewError) -> None:
        """What is no readable data set at all is a problem like others; of several layers one can be chosen."""
        self._task = None
        if error.code == "E-SRC-LAYER" and error.detail is not None:
            self.preview.form.offer_layers([name.strip() for name in error.detail.en.split(",")])
            self.preview.tabs.setCurrentWidget(self.preview.form)
        problem = Problem(code=error.code, level=Level.ERROR, place=error.place, reason=error.detail)
        self.preview.summary.setText(sentence(problem, spoken()))
        self.preview.show_problems([problem, *error.problems])
        self.bands.clear()
        self._enable()

    def _method(self) -> AreaMethod | None:
        """The area method of the pack in force; None where no pack can be read yet."""
        try:
            return self._session.frame().pack.area_method
        except LandReviewError:
            return None  # it is said when a review is wanted

    def why_not(self) -> str:
        """Why it can't be taken in; empty: it can."""
        if self._task is not None:
            return translate("landreview", "The file is being read")
        if self.reading is None:
            return translate("landreview", "The file could not be read: see Problems")
        refusing = [problem for problem in self.reading.problems if problem.refuses or problem.code == ONLY_SHOWN]
        return sentence(refusing[0], spoken()) if refusing else ""

    def _enable(self) -> None:
        why_not = self.why_not()
        self.take_in.setEnabled(not why_not)
        self.take_in.setToolTip(why_not or translate("landreview", "Store the parcels and the file; the log begins"))

    def store(self) -> None:
        """Take in what is shown; a file that was changed or deleted meanwhile is refused."""
        if self.why_not() or self.reading is None or self._source is None:
            return
        with self._session.guard(), tempfile.TemporaryDirectory(prefix="landreview-") as folder:
            case = self._stored(self.reading, self._source, Path(folder))
            said = translate("landreview", "{} was taken in: {} parcels")
            self._session.say(said.format(case.number, len(self.reading.parcels)))
            self._forget()
            self._session.cases_changed.emit()
            self._session.case_changed.emit(case.id)
            self.taken_in.emit(case.id)

    def _stored(self, reading: ParcelReading, source: Source, folder: Path) -> CaseFile:
        files = []
        if isinstance(source, FileSource):
            refuse_changed(reading, source.path)
            files = [file for path in (source.path, *source.beside) for file in evidence(path, folder)]
        desk = self._session.desk()
        if self._case is None:
            cover = self.cover.cover()
            remember_type(cover.business_type)
            return desk.take_in(reading, cover, files)
        case = desk.store.case(self._case.id)
        if case.rev != self._case.rev:
            again = Text(
                zh="请返回案卷查看后重新收件", en="Go back to the case, look at it and take the correction in again"
            )
            raise LandReviewError("E-STORE-STALE", detail=case.number, hint=again)
        return desk.correct(case, reading, files)

    def close_source(self) -> None:
        """Give up: nothing was stored, and nothing stays on the map."""
        self._forget()
        self.closed.emit()

    def _forget(self) -> None:
        self._give_up()
        self._source = None
        self.bands.clear()

    def _point_out(self, parcel: Parcel) -> None:
        self.bands.point_out(parcel.geometry)

    def _point_out_problem(self, problem: Problem) -> None:
        self.bands.point_out(shape_of(problem, self.reading.parcels if self.reading else ()))
