# SPDX-License-Identifier: GPL-2.0-or-later
"""The rule pack's questions for a case: what no layer can tell. Unanswered ones count as their worst answer."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from ...core.rules.pack import Question
from ...i18n import translate
from ..case_words import spoken


class QuestionForm(QWidget):
    """A field a question; which ones are unanswered is said above."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QComboBox | QLineEdit] = {}
        self.open = QLabel(self, wordWrap=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.open)
        self._parts: list[QWidget] = []

    def show_questions(self, questions: Mapping[str, Question], answers: Mapping[str, str]) -> None:
        """Build the form anew."""
        for part in self._parts:
            self._layout.removeWidget(part)
            part.hide()  # it goes only in a later turn, and would be seen over the new form
            part.deleteLater()
        self._parts, self.fields = [], {}
        for key, question in questions.items():
            label = QLabel(question.text.get(spoken()), self, wordWrap=True)
            field = _field(question, answers.get(key, ""), self)
            field.setAccessibleName(label.text())
            label.setBuddy(field)
            changed = field.currentIndexChanged if isinstance(field, QComboBox) else field.textChanged
            changed.connect(self.changed)
            self.fields[key] = field
            self._parts += [label, field]
        for part in self._parts:
            self._layout.addWidget(part)
        self._say_open(questions, answers)

    def _say_open(self, questions: Mapping[str, Question], answers: Mapping[str, str]) -> None:
        missing = [question.text.get(spoken()) for key, question in questions.items() if not answers.get(key)]
        if not questions:
            text = translate("landreview", "The rule pack asks nothing for this business type.")
        elif not missing:
            text = translate("landreview", "All questions are answered.")
        else:
            text = translate("landreview", "{} of {} unanswered; each counts as its worst answer until then:")
            text = text.format(len(missing), len(questions)) + "".join(f"\n• {each}" for each in missing)
        self.open.setText(text)

    def answers(self) -> dict[str, str]:
        """What is filled in; empty: not answered."""
        return {key: _answer(field) for key, field in self.fields.items()}


def _field(question: Question, answer: str, parent: QWidget) -> QComboBox | QLineEdit:
    if question.kind != "choice":
        return QLineEdit(answer, parent)
    box = QComboBox(parent)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.addItem(translate("landreview", "(not answered)"), "")
    for value, text in question.choices.items():
        box.addItem(text.get(spoken()), value)
    box.setCurrentIndex(max(0, box.findData(answer)))
    return box


def _answer(field: QComboBox | QLineEdit) -> str:
    return str(field.currentData()) if isinstance(field, QComboBox) else field.text().strip()
