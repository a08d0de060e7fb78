# SPDX-License-Identifier: GPL-2.0-or-later
"""What a quick check is asked with: business type, date, and where the land comes from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...core.tables import table
from ...i18n import translate
from ..case_words import type_name
from ..intake.first_cover import first_cover


class QuickControls(QWidget):
    """Emits what the person wants to be checked."""

    draw_wanted = pyqtSignal(bool)
    selected_wanted = pyqtSignal()
    file_wanted = pyqtSignal(object)
    """A Path."""
    changed = pyqtSignal()
    """Another business type or date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.type_box = QComboBox(self)
        self.type_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for row in table("business_types"):
            self.type_box.addItem(f"{type_name(row['code'])} ({row['code']})", row["code"])
        today = dt.date.today()
        self.type_box.setCurrentIndex(self.type_box.findData(first_cover("", today).business_type))
        self.day = QDateEdit(QDate(today.year, today.month, today.day), self)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setToolTip(translate("landreview", "Everything is judged at this date, not at today's"))
        self.draw = tool_button("mActionCapturePolygon.svg", translate("landreview", "Draw"))
        self.draw.setCheckable(True)
        self.selected = tool_button("mActionSelectRectangle.svg", translate("landreview", "Selected"))
        self.file = tool_button("mActionFileOpen.svg", translate("landreview", "File…"))
        self.file.setToolTip(translate("landreview", "Check a file: TXT, SHP, KML, GeoJSON …"))
        self.type_box.currentIndexChanged.connect(lambda: self.changed.emit())
        self.day.dateChanged.connect(lambda: self.changed.emit())
        self.draw.clicked.connect(self.draw_wanted)
        self.selected.clicked.connect(lambda: self.selected_wanted.emit())
        self.file.clicked.connect(self._choose_file)
        self._lay_out()

    def business_type(self) -> str:
        """Its code."""
        return str(self.type_box.currentData())

    def date(self) -> dt.date:
        """At which everything is judged."""
        day = self.day.date()
        return dt.date(day.year(), day.month(), day.day())

    def allow_map(self, there_is_one: bool) -> None:
        """Without a map only files can be checked, and the buttons say so."""
        why = translate("landreview", "There is no map window")
        draw = translate("landreview", "Draw a polygon on the map; right click ends it, Esc begins anew")
        selected = translate("landreview", "Check the selected features of the active layer")
        for button, tip in ((self.draw, draw), (self.selected, selected)):
            button.setEnabled(there_is_one)
            button.setToolTip(tip if there_is_one else why)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, translate("landreview", "Land to check"))
        if path:
            self.file_wanted.emit(Path(path))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(translate("landreview", "Business &type"), self.type_box)
        form.addRow(translate("landreview", "&Reference date"), self.day)
        tools = QHBoxLayout()
        for button in (self.draw, self.selected, self.file):
            tools.addWidget(button)
        tools.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addLayout(tools)


def tool_button(icon: str, text: str) -> QToolButton:
    """A button with one of QGIS's icons and a word, in reach of the keyboard."""
    button = QToolButton()
    button.setIcon(QgsApplication.getThemeIcon(f"/{icon}"))
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
