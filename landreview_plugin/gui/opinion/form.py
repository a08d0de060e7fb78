# SPDX-License-Identifier: GPL-2.0-or-later
"""Where an opinion is written: passes or not, the words, blocks to put in, the signature."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QTextCursor
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...i18n import translate
from ...report.words import Words
from .groundwork import Groundwork


class OpinionForm(QWidget):
    """Knows what may be signed; the tab enters it."""

    given = pyqtSignal()
    edit_blocks = pyqtSignal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._ground: Groundwork | None = None
        self._refused = ""
        self._drafted = ""
        self.passes = QRadioButton(words("passes.yes"), self)
        self.refuses = QRadioButton(words("passes.no"), self)
        self.draft = QToolButton(self)
        self.draft.setText(translate("landreview", "Draft"))
        self.draft.setToolTip(translate("landreview", "Write the text anew from the office's template (undo: Ctrl+Z)"))
        self.insert = QToolButton(self)
        self.insert.setText(translate("landreview", "Insert"))
        self.insert.setToolTip(translate("landreview", "Put in one of the office's text blocks"))
        self.insert.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.insert.setMenu(QMenu(self.insert))
        self.text = QPlainTextEdit(self, tabChangesFocus=True)
        self.text.setPlaceholderText(translate("landreview", "The opinion: choose a conclusion, then edit the draft"))
        self.text.setAccessibleName(words("column.conclusion"))
        self.signed = QLabel(self, wordWrap=True)
        self.give = QPushButton(translate("landreview", "Sign the opinion"), self)
        self.passes.toggled.connect(self._turned)
        self.refuses.toggled.connect(self._turned)
        self.draft.clicked.connect(self.write_draft)
        self.text.textChanged.connect(self._enable)
        self.give.clicked.connect(self.given)
        self._lay_out()

    def offer(self, ground: Groundwork | None, refused: str) -> None:
        """What there is to write from; ``refused``: why this case takes no opinion now."""
        self._ground, self._refused = ground, refused
        menu = self.insert.menu()
        menu.clear()
        for block in ground.blocks.blocks if ground else ():
            action = menu.addAction(block.title.get(self._words.language))
            action.triggered.connect(lambda _checked, block=block: self.text.insertPlainText(ground.text(block)))
        menu.addSeparator()
        menu.addAction(translate("landreview", "Edit the templates…")).triggered.connect(self.edit_blocks)
        blocked = ground is not None and bool(ground.obstacles)
        self.passes.setEnabled(not blocked)
        self.passes.setToolTip(translate("landreview", "What is listed above must be settled first") if blocked else "")
        if blocked and self.passes.isChecked():
            self.refuses.setChecked(True)
        self._enable()

    def clear(self, text: str = "") -> None:
        """Another case: its unfinished text, or nothing."""
        self._drafted = ""
        for button in (self.passes, self.refuses):
            button.setAutoExclusive(False)
            button.setChecked(False)
            button.setAutoExclusive(True)
        self.text.setPlainText(text)

    def write_draft(self) -> None:
        """Replace the text by the draft for the conclusion; can be undone."""
        if self._ground is None or not self._chosen():
            return
        self._drafted = self._ground.draft(passes=self.passes.isChecked())
        cursor = self.text.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(self._drafted)

    def words(self) -> str:
        """The text, without blanks around it."""
        return str(self.text.toPlainText()).strip()

    def _turned(self, checked: bool) -> None:
        """Another conclusion: a text that nobody has touched follows it."""
        if checked and self.words() in {"", self._drafted.strip()}:
            self.write_draft()
        self._enable()

    def _chosen(self) -> bool:
        return bool(self.passes.isChecked() or self.refuses.isChecked())

    def _enable(self) -> None:
        why = self._refused or self._missing()
        self.give.setEnabled(not why)
        self.give.setToolTip(why)
        self.draft.setEnabled(self._ground is not None and self._chosen())
        self.insert.setEnabled(self._ground is not None)

    def _missing(self) -> str:
        if self._ground is None:
            return str(translate("landreview", "Not reviewed yet"))
        if not self._chosen():
            return str(translate("landreview", "Choose whether the case passes"))
        return "" if self.words() else str(translate("landreview", "Write the opinion first"))

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.addWidget(self.passes)
        choice.addWidget(self.refuses)
        choice.addStretch(1)
        choice.addWidget(self.draft)
        choice.addWidget(self.insert)
        foot = QHBoxLayout()
        foot.addWidget(self.signed, 1)
        foot.addWidget(self.give)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(choice)
        layout.addWidget(self.text, 1)
        layout.addLayout(foot)
