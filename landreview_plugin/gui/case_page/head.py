# SPDX-License-Identifier: GPL-2.0-or-later
"""The head of the case page: which case, where it stands, by when, what was found, and the one next step."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from ...core.model.case_file import CaseFile
from ...core.workflow.deadline import Deadline
from ...core.workflow.steps import Action
from ...i18n import translate
from ..case_view import CaseView
from ..case_words import spoken, stage_name, type_name, verdict_name
from ..deadlines import days_long, light_icon
from ..labels import selectable
from ..read_only import why_not_here
from ..sync.status_row import StatusRow
from ..verdict_icons import verdict_icon
from .progress_row import ProgressRow
from .stage_line import StageLine


class CaseHead(QWidget):
    """Emits what was asked for; the page does it."""

    back = pyqtSignal()
    step_wanted = pyqtSignal()
    review_wanted = pyqtSignal()
    correction_wanted = pyqtSignal()
    return_wanted = pyqtSignal()
    file_wanted = pyqtSignal()
    take_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = QToolButton(self, autoRaise=True, arrowType=Qt.ArrowType.LeftArrow)
        self.back_button.setToolTip(translate("landreview", "Back to the list (Esc)"))
        self.back_button.setAccessibleName(translate("landreview", "Back to the list"))
        self.back_button.clicked.connect(self.back)
        self.number = selectable(self)
        self.about = selectable(self, wraps=True)
        self.menu = QMenu(self)
        self.more = QToolButton(self, autoRaise=True, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setText("⋯")
        self.more.setAccessibleName(translate("landreview", "More about this case"))
        self.more.setMenu(self.menu)
        copy = self.menu.addAction(translate("landreview", "Copy the number"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.number.text()))
        self.send_back = self.menu.addAction(translate("landreview", "Return for correction…"))
        self.send_back.triggered.connect(lambda: self.return_wanted.emit())
        self.menu.addSeparator()
        self.to_file = self.menu.addAction(translate("landreview", "Write this hand-over to a file…"))
        self.to_file.triggered.connect(lambda: self.file_wanted.emit())
        take = self.menu.addAction(translate("landreview", "Take in a hand-over or receipt file…"))
        take.triggered.connect(lambda: self.take_wanted.emit())
        self.menu.setToolTipsVisible(True)
        self.line = StageLine(self)
        self.light, self.deadline = QLabel(self), selectable(self, wraps=True)
        self.sign, self.verdict = QLabel(self), selectable(self, wraps=True)
        self.review = QPushButton(translate("landreview", "Review again"), self)
        self.review.setIcon(QgsApplication.getThemeIcon("/mActionRefresh.svg"))
        self.review.clicked.connect(self.review_wanted)
        self.correct = QPushButton(translate("landreview", "Take in the correction…"), self)
        self.correct.setToolTip(translate("landreview", "The corrected parcels become a new version of the case"))
        self.correct.clicked.connect(self.correction_wanted)
        self.step = QPushButton(self)
        self.step.clicked.connect(self.step_wanted)
        self.sync = StatusRow(self)
        self.progress = ProgressRow(self)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(_row(self.back_button, self.number, self.more, stretch=1))
        layout.addWidget(self.about)
        layout.addWidget(self.line)
        layout.addWidget(self.sync)
        layout.addLayout(_row(self.light, self.deadline, stretch=1))
        layout.addLayout(_row(self.sign, self.verdict, stretch=1))
        layout.addLayout(_row(self.review, self.correct, self.step, stretch=2))
        layout.addWidget(self.progress)

    def show_case(self, view: CaseView, deadline: Deadline | None) -> None:
        """Show a case."""
        case = view.case
        self.number.setText(case.number)
        self.about.setText(" · ".join(part for part in (case.project, type_name(case.business_type)) if part))
        self.line.show_stage(case.stage, archived=case.archived)
        height = self.fontMetrics().height()
        self.light.setPixmap(light_icon(deadline.light if deadline else None).pixmap(height, height))
        self.deadline.setText(f"{stage_name(case.stage)} · {_time(case, deadline)}")
        self._show_verdict(view, height)
        self._show_step(view)

    def show_ways(self, *, correct: bool, send_back: bool) -> None:
        """What else may be done: take a correction in, send the case back to where it came from."""
        self.correct.setVisible(correct or self.correct.isVisibleTo(self))
        self.send_back.setVisible(send_back)

    def _show_verdict(self, view: CaseView, height: int) -> None:
        case = view.case
        self.sign.setVisible(case.verdict is not None)
        if case.verdict is not None:
            self.sign.setPixmap(verdict_icon(case.verdict, case.worst_severity).pixmap(height, height))
        self.verdict.setText(verdict_name(case.verdict, case.worst_severity))
        stands = view.step.action is Action.RESUME
        self.review.setVisible(view.plain_result is not None and not case.archived and not stands)
        why = why_not_here(view)
        self.review.setEnabled(not why)
        self.review.setToolTip(
            why or translate("landreview", "Review the present parcels with the present catalogue and pack")
        )

    def _show_step(self, view: CaseView) -> None:
        step = view.step
        self.correct.setVisible(step.action is Action.RESUME and not step.blocked)
        self.step.setText(step.label.get(spoken()))
        blocked = [why.get(spoken()) for why in step.blocked]
        self.step.setEnabled(not blocked and step.action is not Action.NONE)
        why = (
            translate("landreview", "Not yet possible:") + "\n" + "\n".join(blocked)
            if blocked
            else _explained(step.action)
        )
        self.step.setToolTip(why)
        self.step.setAccessibleDescription(why)


def _explained(action: Action) -> str:
    texts = {
        Action.ACCEPT: translate("landreview", "Accept the application: the clock starts on the next working day"),
        Action.REVIEW: translate("landreview", "Check the parcels against every rule for the business type"),
        Action.CONCLUDE: translate("landreview", "Write the opinion on what the review found"),
        Action.RESUME: translate("landreview", "The correction is complete: the clock runs again"),
        Action.CORRECT: translate("landreview", "Tell the applicant once what to correct; the clock stands meanwhile"),
        Action.FORWARD: translate("landreview", "Pass the case on to the next desk"),
        Action.SUBMIT: translate("landreview", "Hand the case over to the next office"),
        Action.ARCHIVE: translate("landreview", "Close the case and put it into the archive"),
        Action.NONE: translate("landreview", "The case is closed"),
    }
    return texts[action]


def _time(case: CaseFile, deadline: Deadline | None) -> str:
    return translate("landreview", "archived") if case.archived else days_long(deadline)


def _row(*widgets: QWidget, stretch: int) -> QHBoxLayout:
    layout = QHBoxLayout()
    for i, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if i == stretch else 0)
    return layout
