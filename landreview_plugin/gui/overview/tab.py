# SPDX-License-Identifier: GPL-2.0-or-later
"""Overview: the cover, the answers to the pack's questions, corrections."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QFrame, QGroupBox, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ...core.model.case_file import CaseFile
from ...core.model.problems import LandReviewError
from ...core.rules.branches import questions_for
from ...core.rules.pack import Question
from ...i18n import translate
from ...jobs.desk import Cover
from ..case_view import CaseView
from ..compare.dialog import open_compare
from ..cover_form import CoverForm
from ..presenter import headline
from ..read_only import why_not_here
from ..session import Session
from .questions import QuestionForm


class OverviewTab(QScrollArea):
    """What a person says of a case."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view: CaseView | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.note = QLabel(self, wordWrap=True)
        self.cover = CoverForm()
        self.save_cover = QPushButton(translate("landreview", "Save the cover"))
        self.save_cover.clicked.connect(self._save_cover)
        self.questions = QuestionForm()
        self.save_answers = QPushButton(translate("landreview", "Save the answers"))
        self.save_answers.clicked.connect(self._save_answers)
        self.correct = QPushButton(translate("landreview", "Take in a corrected hand-in…"))
        self.correct.clicked.connect(self._correct)
        self.compare = QPushButton(translate("landreview", "Compare versions…"))
        self.compare.clicked.connect(self._compare)
        self.versions = QLabel(wordWrap=True)
        self._lay_out()
        self.cover.changed.connect(self._enable)
        self.questions.changed.connect(self._enable)

    @staticmethod
    def TITLE() -> str:  # noqa: N802 - the name that the case page asks for
        """The tab's title."""
        return translate("landreview", "Overview")

    def _lay_out(self) -> None:
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.addWidget(self.note)
        layout.addWidget(_group(translate("landreview", "Cover"), self.cover, self.save_cover))
        questions = translate("landreview", "Questions of the rule pack")
        layout.addWidget(_group(questions, self.questions, self.save_answers))
        layout.addWidget(_group(translate("landreview", "Correction"), self.versions, self.correct, self.compare))
        layout.addStretch(1)
        self.setWidget(inside)

    def show_case(self, view: CaseView | None) -> None:
        """Fill the forms."""
        self._view = view
        self.widget().setEnabled(view is not None)
        if view is None:
            return
        self.note.setText(headline(view.flaw) if view.flaw else "")
        self.note.setVisible(view.flaw is not None)
        self.cover.show_cover(_cover(view.case))
        self.questions.show_questions(self._questions(view.case), view.case.answers)
        text = translate("landreview", "Version {} of the hand-in counts; {} reviews were made.")
        self.versions.setText(text.format(view.case.version, len(view.results)))
        self._enable()

    def _questions(self, case: CaseFile) -> dict[str, Question]:
        try:
            pack = self._session.frame().pack
        except LandReviewError:
            return {}  # said when a review is wanted; a case can be read without a pack
        return questions_for(pack, case.business_type, case.reference_date)

    def _enable(self) -> None:
        """What can't be done says why."""
        view = self._view
        if view is None:
            return
        why = why_not_here(view)
        cover_changed = self.cover.cover() != _cover(view.case)
        answers_changed = {k: v for k, v in self.questions.answers().items() if v} != view.case.answers
        unchanged = translate("landreview", "Nothing was changed")
        _allow(self.save_cover, why or ("" if cover_changed else unchanged))
        _allow(self.save_answers, why or ("" if answers_changed else unchanged))
        _allow(self.correct, why)
        one = translate("landreview", "There is one version only: a correction makes the second")
        _allow(self.compare, "" if view.case.version > 1 else one)

    def _save_cover(self) -> None:
        assert self._view is not None
        case, cover = self._view.case, self.cover.cover()
        self._session.act(case.id, lambda desk: desk.amend(case, cover))

    def _save_answers(self) -> None:
        assert self._view is not None
        case, answers = self._view.case, self.questions.answers()
        self._session.act(case.id, lambda desk: desk.answer(case, answers))

    def _compare(self) -> None:
        assert self._view is not None
        open_compare(self._session, self._view)

    def _correct(self) -> None:
        assert self._view is not None
        self._session.correction_wanted.emit(self._view.case.id)


def _cover(case: CaseFile) -> Cover:
    return Cover(**{name: getattr(case, name) for name in Cover.model_fields})


def _allow(button: QPushButton, why_not: str) -> None:
    button.setEnabled(not why_not)
    button.setToolTip(why_not)


def _group(title: str, *widgets: QWidget) -> QGroupBox:
    group = QGroupBox(title)
    layout = QVBoxLayout(group)
    for widget in widgets:
        layout.addWidget(widget)
    return group
