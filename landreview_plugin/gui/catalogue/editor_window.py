# SPDX-License-Identifier: GPL-2.0-or-later
"""The widgets of the catalogue editor and where they stand; fits 1000 × 580."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStyle,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...core.catalogue_draft import Line
from ...i18n import translate
from ...jobs.probe_words import Sign
from ..session import Session
from .binding_form import BindingForm
from .probe_view import ProbeView
from .signs import sign_icon
from .source_picker import Known
from .table_model import BOUND, DAY, LAYER, STATE

SIZE = (1000, 580)
CODE_LETTERS = 16


class EditorWindow:
    """Left the keys, right the chosen binding and what its test found."""

    def __init__(self, session: Session, base: Callable[[], Path], known: Known, dialog: QDialog) -> None:
        self.path = QLineEdit(dialog)  # a label as long as the path would keep the window from shrinking
        self.path.setReadOnly(True)
        self.path.setAccessibleName(translate("landreview", "Catalogue of reference layers"))
        self.jurisdiction = QLineEdit(dialog)
        self.jurisdiction.setPlaceholderText(translate("landreview", "the profile's"))
        self.jurisdiction.setFixedWidth(self.jurisdiction.fontMetrics().averageCharWidth() * CODE_LETTERS)
        self.search = QLineEdit(dialog)
        self.search.setPlaceholderText(translate("landreview", "name, key or source"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(translate("landreview", "Search the layers"))
        self.suggest = QPushButton(translate("landreview", "S&uggest"), dialog)
        self.suggest.setToolTip(
            translate("landreview", "Looks for layers with the usual names and proposes bindings: you choose")
        )
        self.test_all = QPushButton(translate("landreview", "Test &all"), dialog)
        self.table = self._make_table(dialog)
        self.form = BindingForm(session, base, known, dialog)
        self.probe = ProbeView(dialog)
        self.test = QPushButton(translate("landreview", "&Test"), dialog)
        self.another = QPushButton(translate("landreview", "Add a ne&wer one"), dialog)
        self.another.setToolTip(
            translate("landreview", "A case is judged by the newest data that are not later than its reference date")
        )
        self.remove = QPushButton(translate("landreview", "Re&move"), dialog)
        self.icon, self.status = QLabel(dialog), QLabel(dialog)
        self.status.setWordWrap(True)
        self.status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Close, parent=dialog
        )
        self.save = buttons.button(QDialogButtonBox.StandardButton.Save)
        self.close_ = buttons.button(QDialogButtonBox.StandardButton.Close)
        self._lay_out(dialog, buttons)

    def show_path(self, path: Path) -> None:
        """Which file is edited."""
        self.path.setText(str(path))
        self.path.setToolTip(str(path))

    def show_state(self, line: Line | None, *, busy: bool, changed: bool) -> None:
        """What can be done with the chosen line, and why not."""
        bound = line is not None and not line.blank
        nothing = "" if bound else translate("landreview", "Nothing is bound yet")
        for button in (self.test, self.another, self.remove):
            button.setEnabled(bound)
        self.test.setToolTip(nothing)
        self.remove.setToolTip(nothing)
        self.test_all.setEnabled(not busy)
        self.test_all.setToolTip(translate("landreview", "A test is at work") if busy else "")
        self.save.setEnabled(changed)
        self.save.setToolTip("" if changed else translate("landreview", "Nothing was changed"))

    def say(self, text: str, sign: Sign) -> None:
        """A sentence beside the buttons."""
        size = self.icon.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self.icon.setPixmap(sign_icon(sign).pixmap(size, size))
        self.status.setText(text)
        self.status.setToolTip(text)

    def count(self, lines: Sequence[Line], signs: Sequence[Sign]) -> None:
        """How the catalogue stands as a whole."""
        bound = sum(not line.blank and not line.signed for line in lines)
        signed, left = sum(line.signed for line in lines), sum(line.blank for line in lines)
        said = translate("landreview", "{} bound, {} signed as empty, {} open").format(bound, signed, left)
        if signs:
            tested = translate("landreview", "tested: {} good, {} to look at, {} not checked")
            counts = [sum(sign == each for sign in signs) for each in Sign]
            said = translate("landreview", "{}; {}").format(said, tested.format(*counts))
        self.say(said, max(signs, default=Sign.OK))
        if not signs:
            self.icon.clear()

    def _make_table(self, parent: QWidget) -> QTableView:
        table = QTableView(parent)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAccessibleName(translate("landreview", "Layers and what is bound to them"))
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(int(table.fontMetrics().lineSpacing() * 1.5))
        return table

    def _lay_out(self, dialog: QDialog, buttons: QDialogButtonBox) -> None:
        top = QHBoxLayout()
        for widget in (self.search, self.suggest, self.test_all):
            top.addWidget(widget)
        left = QWidget(dialog)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table)
        split = QSplitter(Qt.Orientation.Horizontal, dialog)
        split.addWidget(left)
        split.addWidget(self._right(dialog))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addWidget(self.icon)
        foot.addWidget(self.status, 1)
        foot.addWidget(buttons)
        whole = QVBoxLayout(dialog)
        head = QHBoxLayout()
        label = QLabel(translate("landreview", "&Jurisdiction code"), dialog)
        label.setBuddy(self.jurisdiction)
        head.addWidget(self.path, 1)
        head.addWidget(label)
        head.addWidget(self.jurisdiction)
        whole.addLayout(head)
        whole.addWidget(split, 1)
        whole.addLayout(foot)
        room = dialog.screen().availableSize()
        dialog.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        split.setSizes([int(SIZE[0] * 0.54), int(SIZE[0] * 0.46)])

    def _right(self, dialog: QDialog) -> QWidget:
        area = QScrollArea(dialog)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.form)
        actions = QHBoxLayout()
        for button in (self.test, self.another, self.remove):
            actions.addWidget(button)
        actions.addStretch()
        self.probe.setMinimumHeight(self.probe.fontMetrics().lineSpacing() * 6)
        right = QWidget(dialog)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 3)
        column.addLayout(actions)
        column.addWidget(self.probe, 2)
        return right

    def fit_columns(self) -> None:
        """Columns by what stands in them; the source takes what is left."""
        header = self.table.horizontalHeader()
        for column in (STATE, DAY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(LAYER, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(BOUND, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(LAYER, self.table.fontMetrics().averageCharWidth() * 24)
