# SPDX-License-Identifier: GPL-2.0-or-later
"""The answer of a quick check with its verdict on top; instead of one: how to get one, or why there is none."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...core.geodesy.rounding import Unit
from ...core.model.problems import LandReviewError
from ...core.texts import hint, meaning, problem_sentence
from ...i18n import translate
from ...jobs.quick_check import QuickAnswer
from ..case_words import spoken, verdict_name
from ..presenter import headline
from ..verdict_icons import verdict_icon
from .answer_view import AnswerView


class AnswerPane(QWidget):
    """Emits the finding that is chosen, or None."""

    chosen = pyqtSignal(object)

    def __init__(self, unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self.verdict, self.notice, self.nothing = (QLabel(self) for _ in range(4))
        font = self.verdict.font()
        font.setBold(True)
        self.verdict.setFont(font)
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notice.setWordWrap(True)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tree = AnswerView(unit, self)
        self.tree.chosen.connect(self.chosen)
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self.verdict, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.nothing, 1)
        self.show_how()

    def show_answer(self, answer: QuickAnswer) -> None:
        """Verdict, notices about the coordinates, layers."""
        result = answer.result
        text = translate("landreview", "{} ({:.1f} s)")
        self.verdict.setText(text.format(verdict_name(result.verdict, result.worst_severity), answer.seconds))
        height = self.fontMetrics().height()
        self._icon.setPixmap(verdict_icon(result.verdict, result.worst_severity).pixmap(height, height))
        problems = answer.reading.problems
        said = "\n".join(f"⚠ {meaning(each.code).get(spoken())}: {hint(each.code).get(spoken())}" for each in problems)
        self.notice.setText(said)
        self.notice.setToolTip("\n".join(problem_sentence(problem, spoken()) for problem in problems))
        self.tree.show_answer(answer)
        self._switch(True)
        self.notice.setVisible(bool(said))

    def show_error(self, error: LandReviewError) -> None:
        """Why there is no answer, where the answer would stand: it is about what was just drawn."""
        self._say(headline(error))

    def show_how(self) -> None:
        """How to get an answer."""
        self._say(
            translate(
                "landreview",
                "Draw a polygon on the map, select polygons of a layer, or drop a file here: it is checked against "
                "every layer of the office's catalogue, by the rules of the business type. Nothing is stored.",
            )
        )

    def _say(self, text: str) -> None:
        self.tree.show_answer(None)
        self.nothing.setText(text)
        self._switch(False)

    def _switch(self, answered: bool) -> None:
        for widget in (self._icon, self.verdict, self.notice, self.tree):
            widget.setVisible(answered)
        self.nothing.setVisible(not answered)
