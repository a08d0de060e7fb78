# SPDX-License-Identifier: GPL-2.0-or-later
"""The filters above the findings: words, meaning by icon and count, open ones, the map's window, the unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qgis.PyQt.QtCore import QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ...i18n import language, translate
from ...report.words import Words
from ..session import Session
from ..unit_box import UnitBox
from ..verdict_icons import verdict_icon
from .filters import Wanted
from .tree import MEANINGS, Meaning, MeaningGroup

TYPING_PAUSE_MS = 200


class FilterBar(QWidget):
    """Says what the person wants to see; the map's window is filled in by whoever knows the map."""

    changed = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words(language())
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(translate("landreview", "Rule, parcel, layer, law"))
        self.text.setClearButtonEnabled(True)
        self.text.setAccessibleName(translate("landreview", "Search the findings"))
        self.open_only = _toggle(translate("landreview", "Open"), self)
        self.open_only.setToolTip(translate("landreview", "Only what still keeps the case from being passed on"))
        self.in_view = _toggle(translate("landreview", "In map view"), self)
        self.in_view.setToolTip(
            translate("landreview", "Only land in the map's window; what has no place is always shown")
        )
        self.pick = _toggle("", self)
        self.pick.hide()
        self.meanings = {meaning: self._chip(meaning) for meaning in MEANINGS}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda: self._pause.start())
        for button in (self.open_only, self.in_view, *self.meanings.values()):
            button.toggled.connect(lambda: self.changed.emit())
        self._lay_out(UnitBox(session, self))

    def count(self, groups: Iterable[MeaningGroup]) -> None:
        """How many findings of each meaning there are."""
        counts = Counter({group.meaning: group.count() for group in groups})
        for meaning, chip in self.meanings.items():
            chip.setText(str(counts[meaning]))
            chip.setVisible(bool(counts[meaning]))
            if not counts[meaning]:
                chip.setChecked(False)

    def wanted(self) -> Wanted:
        """What the person wants, the map's window left out."""
        chosen = frozenset(meaning for meaning, chip in self.meanings.items() if chip.isChecked())
        return Wanted(self.text.text(), chosen, self.open_only.isChecked())

    def show_everything(self) -> None:
        """Take every filter off."""
        self.text.clear()
        self._pause.stop()
        for button in (self.open_only, self.in_view, *self.meanings.values()):
            button.setChecked(False)
        self.changed.emit()

    def offer_pick(self, action: QAction) -> None:
        """A button for the tool that gets from the map to a row."""
        self.pick.setDefaultAction(action)
        self.pick.show()

    def _chip(self, meaning: Meaning) -> QToolButton:
        chip = _toggle("0", self)
        chip.setIcon(verdict_icon(meaning.verdict, meaning.severity))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        height = chip.fontMetrics().height()
        chip.setIconSize(QSize(height, height))
        name = self._words(f"group.{meaning.name}")
        chip.setToolTip(name)
        chip.setAccessibleName(name)
        chip.hide()
        return chip

    def _lay_out(self, units: UnitBox) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.text, 1)
        first.addWidget(self.open_only)
        first.addWidget(self.in_view)
        first.addWidget(self.pick)
        second.setSpacing(2)
        for chip in self.meanings.values():
            second.addWidget(chip)
        second.addStretch(1)
        second.addWidget(units)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addLayout(second)


def _toggle(text: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
