# SPDX-License-Identifier: GPL-2.0-or-later
"""The cover of a case as a form: what is applied for, by whom, under which procedure, judged at which date."""

from __future__ import annotations

import datetime as dt

from qgis.PyQt.QtCore import QDate, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDateEdit, QFormLayout, QLineEdit, QSpinBox, QWidget

from ..core.tables import table
from ..i18n import translate
from ..jobs.desk import Cover
from .case_words import type_name

LONGEST_LIMIT = 365


class CoverForm(QWidget):
    """Emits ``changed`` with every keystroke."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, *, with_number: bool = False) -> None:
        super().__init__(parent)
        self.number = QLineEdit(self)
        self.number.setPlaceholderText(translate("landreview", "the next of county, type and year"))
        self.project, self.applicant = QLineEdit(self), QLineEdit(self)
        self.business_type = QComboBox(self)
        self.business_type.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for row in table("business_types"):
            self.business_type.addItem(f"{type_name(row['code'])} ({row['code']})", row["code"])
        self.reference_date = QDateEdit(self, calendarPopup=True, displayFormat="yyyy-MM-dd")
        self.reference_date.setToolTip(translate("landreview", "Everything is judged at this date, not at today's"))
        self.limit = QSpinBox(self, minimum=1, maximum=LONGEST_LIMIT)
        self.limit.setSuffix(translate("landreview", " working days"))
        self.number.setVisible(with_number)
        self._lay_out(with_number)
        for edit in (self.number, self.project, self.applicant):
            edit.textChanged.connect(self.changed)
        self.business_type.currentIndexChanged.connect(self.changed)
        self.reference_date.dateChanged.connect(self.changed)
        self.limit.valueChanged.connect(self.changed)

    def _lay_out(self, with_number: bool) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        if with_number:
            form.addRow(translate("landreview", "Case &number"), self.number)
        form.addRow(translate("landreview", "&Project"), self.project)
        form.addRow(translate("landreview", "&Applicant"), self.applicant)
        form.addRow(translate("landreview", "Business &type"), self.business_type)
        form.addRow(translate("landreview", "&Reference date"), self.reference_date)
        form.addRow(translate("landreview", "Time &limit"), self.limit)

    def show_cover(self, cover: Cover) -> None:
        """Fill the form."""
        self.blockSignals(True)
        self.number.setText(cover.number)
        self.project.setText(cover.project)
        self.applicant.setText(cover.applicant)
        self.business_type.setCurrentIndex(self.business_type.findData(cover.business_type))
        day = cover.reference_date
        self.reference_date.setDate(QDate(day.year, day.month, day.day))
        self.limit.setValue(cover.limit_workdays)
        for edit in (self.number, self.project, self.applicant):
            edit.setCursorPosition(0)
        self.blockSignals(False)

    def cover(self) -> Cover:
        """What the form says."""
        day = self.reference_date.date()
        return Cover(
            business_type=str(self.business_type.currentData()),
            reference_date=dt.date(day.year(), day.month(), day.day()),
            number=self.number.text().strip(),
            project=self.project.text().strip(),
            applicant=self.applicant.text().strip(),
            limit_workdays=self.limit.value(),
        )
