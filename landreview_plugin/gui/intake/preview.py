# SPDX-License-Identifier: GPL-2.0-or-later
"""The preview of a hand-in: its parcels, its problems, plausible repairs to say yes to, how it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QLabel, QTabWidget, QVBoxLayout, QWidget

from ...core.geodesy.area import AreaMethod
from ...core.model.parcel import ParcelReading
from ...core.model.problems import Problem
from ...core.quality.repairs import REPAIRS, offered
from ...core.texts import meaning
from ...i18n import translate
from ...jobs.parcel_rows import parcel_rows
from ..case_words import spoken
from ..parcel_table import ParcelTable
from ..problem_list import ProblemList
from ..session import Session
from .facts import summary
from .reading_form import ReadingForm


class Preview(QWidget):
    """Emits ``changed`` when the source is to be read again with other options."""

    changed = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = QLabel(self, wordWrap=True)
        self.table = ParcelTable(session, self)
        self.problems = ProblemList(self)
        self.form = ReadingForm(self)
        self.form.changed.connect(self.changed)
        self.repairs: dict[str, QCheckBox] = {}
        self._said_yes: set[str] = set()
        self._repair_box = QVBoxLayout()
        self.tabs = QTabWidget(self, documentMode=True)
        self.tabs.addTab(self.table, translate("landreview", "Parcels"))
        self.tabs.addTab(self.problems, translate("landreview", "Problems"))
        self.tabs.addTab(self.form, translate("landreview", "How it was read"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(self._repair_box)

    @property
    def accepted(self) -> frozenset[str]:
        """Codes of the repairs that the person said yes to."""
        return frozenset(self._said_yes)

    def reset(self) -> None:
        """Another source."""
        self._said_yes.clear()
        self._show_repairs({})
        self.form.reset()
        self.show_reading(ParcelReading(source=""), None)
        self.summary.setText(translate("landreview", "Reading…"))

    def show_reading(self, reading: ParcelReading, method: AreaMethod | None) -> None:
        """Show what was read."""
        self.summary.setText(summary(reading))
        self.table.show_rows(parcel_rows(reading, None, method), reviewed=False)
        self.form.show_reading(reading)
        self.show_problems(reading.problems)
        waiting = {problem.code: problem for problem in reading.problems if problem.needs_yes}
        self._show_repairs(waiting, offered(reading.problems))
        self.tabs.setTabText(0, translate("landreview", "Parcels ({})").format(len(reading.parcels)))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show the problems; what refuses brings their tab to the front."""
        self.problems.show_problems(problems)
        self.tabs.setTabText(1, translate("landreview", "Problems ({})").format(len(problems)))
        if any(problem.refuses for problem in problems):
            self.tabs.setCurrentWidget(self.problems)

    def _show_repairs(self, waiting: Mapping[str, Problem], offers: Sequence[str] = ()) -> None:
        """A tick for each repair that waits for a yes, that may be asked for, or that was ticked."""
        for box in self.repairs.values():
            self._repair_box.removeWidget(box)
            box.deleteLater()
        self.repairs = {}
        for code in sorted({*waiting, *offers, *self._said_yes}):
            changes_land = code in REPAIRS
            text = request_text(code) if changes_land else self._repair_text(code, waiting.get(code))
            box = QCheckBox(text, self, checked=code in self._said_yes)
            box.setToolTip(_of_the_land() if changes_land else _of_the_reading())
            box.toggled.connect(lambda ticked, code=code: self._tick(code, ticked))
            self.repairs[code] = box
            self._repair_box.addWidget(box)

    def _repair_text(self, code: str, problem: Problem | None) -> str:
        what = meaning(code).get(spoken())
        done = problem.repair.get(spoken()) if problem and problem.repair else ""
        text = translate("landreview", "Accept the repair: {}").format(f"{what}: {done}" if done else what)
        return f"{text} [{code}]"

    def _tick(self, code: str, ticked: bool) -> None:
        (self._said_yes.add if ticked else self._said_yes.discard)(code)
        self.changed.emit()


def request_text(rule: str) -> str:
    """What a repair of the land does."""
    texts = {
        "QA-G03": translate("landreview", "Repair on request: drop doubled points"),
        "QA-G06": translate("landreview", "Repair on request: drop the tips of spikes"),
        "QA-G12": translate("landreview", "On request: make a parcel of each part"),
        "QA-T02": translate("landreview", "Repair on request: close narrow gaps between parcels"),
        "QA-T07": translate("landreview", "Repair on request: insert missing common vertices"),
    }
    return f"{texts[rule]} [{rule}]"


def _of_the_reading() -> str:
    return translate("landreview", "Read the file again with this repair; the repair is kept on record")


def _of_the_land() -> str:
    return translate(
        "landreview",
        "Changes the land that is taken in, not the file; Problems says what was done where, and the log keeps it. "
        "Point numbers of changed outlines are lost. Let the surveyor confirm it.",
    )
