# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with a hand-in: code, place, meaning, reason, next step, a line each; the gravest first."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QListView, QWidget

from ..core.model.base import Language
from ..core.model.problems import Level, Problem
from ..core.quality.repairs import REPAIRS
from ..core.texts import hint, meaning
from ..i18n import translate
from .case_words import spoken
from .copying import copies_rows

_ICONS = {
    Level.ERROR: "/mIconCritical.svg",
    Level.WARNING: "/mIconWarning.svg",
    Level.NEEDS_EXPLANATION: "/mIconWarning.svg",
    Level.INFO: "/mIconInfo.svg",
}


class ProblemModel(QAbstractListModel):
    """Problems in their order of gravity."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problems: Sequence[Problem] = ()

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Other problems; those that refuse come first, then what was done on request."""
        order = [Level.ERROR, Level.NEEDS_EXPLANATION, Level.WARNING, Level.INFO]
        self.beginResetModel()
        self.problems = sorted(
            problems, key=lambda each: (not each.refuses, not was_asked_for(each), order.index(each.level))
        )
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """A row a problem."""
        return 0 if parent.isValid() else len(self.problems)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What and where; the whole story as tooltip."""
        if not index.isValid():
            return None
        problem = self.problems[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return sentence(problem, spoken())
        if role == Qt.ItemDataRole.DecorationRole:
            return icon_of(problem)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{problem.code}\n{sentence(problem, spoken())}"
        return None


class ProblemList(QListView):
    """Emits the problem that is chosen, so that the map can show it."""

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems = ProblemModel(self)
        self.setModel(self._problems)
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("landreview", "Problems of the hand-in"))
        copies_rows(self)
        self.selectionModel().currentChanged.connect(lambda index, _: self._choose(index))
        self.clicked.connect(self._choose)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show them."""
        self._problems.set_problems(problems)

    def texts(self) -> list[str]:
        """What is read."""
        return [sentence(problem, spoken()) for problem in self._problems.problems]

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._problems.problems[index.row()])


def was_asked_for(problem: Problem) -> bool:
    """Whether it tells of a repair of the land that a person ticked."""
    return problem.repair is not None and problem.code in REPAIRS


def icon_of(problem: Problem) -> QIcon:
    """The theme's sign of its level; what waits for a yes refuses, too."""
    return QgsApplication.getThemeIcon(_ICONS[Level.ERROR if problem.refuses else problem.level])


def sentence(problem: Problem, language: Language) -> str:
    """Place: meaning (reason; the text; what was done). Next step. [code]"""
    zh = language is Language.ZH
    colon, semicolon, stop = ("：", "；", "。") if zh else (": ", "; ", ". ")
    inner = [problem.reason.get(language) if problem.reason else "", f"“{problem.text[:80]}”" if problem.text else ""]
    inner.append(problem.repair.get(language) if problem.repair else "")
    why = semicolon.join(part for part in inner if part)
    what = meaning(problem.code).get(language) + ((f"（{why}）" if zh else f" ({why})") if why else "")
    where = problem.place.describe(language)
    first = f"{where}{colon}{what}" if where else what
    step = "" if was_asked_for(problem) else hint(problem.code).get(language)
    return f"{first}{stop}{step} [{problem.code}]" if step else f"{first} [{problem.code}]"
