# SPDX-License-Identifier: GPL-2.0-or-later
"""One binding as a form: data with day, age, coverage, filter and fields, or a signed "there is none"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from qgis.gui import QgsDateEdit
from qgis.PyQt.QtCore import QDate, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ...core.catalogue_draft import Line, name_of
from ...core.model.base import Language
from ...core.tables import index
from ...i18n import language, translate
from ...jobs.probe import Probe
from ..session import Session
from ..wheel_guard import WheelGuard
from .fields_table import FieldsTable
from .source_picker import Known, SourcePicker

PLANS = frozenset({"plan_use", "plan_zone", "plan_ctl_2010", "plan_zone_2010"})
"""Keys whose construction classes a catalogue names."""
LONGEST_DAYS = 36_500


class BindingForm(QWidget):
    """Shows a line and gives it back as it stands."""

    changed = pyqtSignal()

    def __init__(self, session: Session, base: Callable[[], Path], known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._filling = "", False
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.data = QRadioButton(translate("landreview", "&Data"), self)
        self.none = QRadioButton(translate("landreview", "&Signed: there is none here"), self)
        self.source = SourcePicker(session, base, known, self)
        self.coverage = SourcePicker(session, base, known, self)
        self.day, self.signed_day = day_edit(self), day_edit(self)
        self.age = QSpinBox(self, minimum=0, maximum=LONGEST_DAYS)
        self.where, self.construction = QLineEdit(self), QLineEdit(self)
        self.fields = FieldsTable(self)
        self.reason, self.by = QLineEdit(self), QLineEdit(self)
        self._explain()
        self._lay_out()
        self._wheel = WheelGuard(self)
        self._wheel.guard(self)
        self._connect()

    def show_line(self, line: Line, probe: Probe | None) -> None:
        """Fill the form; a test, where there was one, knows the fields."""
        self._filling = True
        row = index("layers", "key")[line.key]
        names = ", ".join(part for part in (row["layer"], *row["aliases"].split(",")) if part)
        name = name_of(line.key).get(Language(language()))
        self.title.setText(translate("landreview", "<b>{}</b> ({})<br>usually named {}").format(name, line.key, names))
        self._key = line.key
        (self.none if line.signed else self.data).setChecked(True)
        self.source.show_source(line.source)
        self.coverage.show_source(line.coverage)
        _show_day(self.day, line.data_date)
        self.age.setValue(line.max_age_days or 0)
        self.where.setText(line.where)
        self.construction.setText(", ".join(line.construction))
        self._construction_row(line.key in PLANS)
        roles = dict(probe.roles) if probe else {}
        self.fields.show_line(line.key, line.fields, probe.field_names if probe else (), roles)
        self.reason.setText(line.reason)
        self.by.setText(line.by)
        _show_day(self.signed_day, line.date)
        self._turn()
        self._filling = False

    def show_fields(self, line: Line, probe: Probe) -> None:
        """A test has read the fields: offer them, and keep the rest as it stands."""
        self._filling = True
        self.fields.show_line(line.key, line.fields, probe.field_names, dict(probe.roles))
        self._filling = False

    def line(self) -> Line:
        """The line as it stands."""
        return Line(
            key=self._key,
            signed=self.none.isChecked(),
            source=self.source.source,
            data_date=day_of(self.day),
            max_age_days=self.age.value() or None,
            coverage=self.coverage.source,
            fields=self.fields.fields(),
            where=self.where.text().strip(),
            construction=_codes(self.construction.text()),
            reason=self.reason.text().strip(),
            by=self.by.text().strip(),
            date=day_of(self.signed_day),
        )

    def _explain(self) -> None:
        self.coverage.edit.setPlaceholderText(translate("landreview", "not declared: never “clear”"))
        self.coverage.setToolTip(translate("landreview", "Where “no feature” means that there is none"))
        self.age.setSpecialValueText(translate("landreview", "no limit"))
        self.age.setSuffix(translate("landreview", " days old"))
        self.age.setToolTip(translate("landreview", "Older data count as not checked"))
        self.where.setPlaceholderText(translate("landreview", "all features"))
        self.where.setToolTip(translate("landreview", "For example: 矿权类型 = '采矿权' and 有效期 >= $reference_date"))
        self.construction.setToolTip(translate("landreview", "Classes that count as construction land, by commas"))
        self.reason.setPlaceholderText(translate("landreview", "for example: no mining rights in this county"))

    def _lay_out(self) -> None:
        self._data_form = _form(
            (translate("landreview", "S&ource"), self.source),
            (translate("landreview", "Data &of"), self.day),
            (translate("landreview", "At &most"), self.age),
            (translate("landreview", "Co&verage"), self.coverage),
            (translate("landreview", "&Filter"), self.where),
            (translate("landreview", "Constr&uction classes"), self.construction),
        )
        self._data_form.addRow(self.fields)
        none_form = _form(
            (translate("landreview", "&Reason"), self.reason),
            (translate("landreview", "Signed &by"), self.by),
            (translate("landreview", "O&n"), self.signed_day),
        )
        self.stack = QStackedWidget(self)
        for form in (self._data_form, none_form):
            page = QWidget(self)
            page.setLayout(form)
            form.setContentsMargins(0, 0, 0, 0)
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addLayout(_beside(self.data, self.none))
        column.addWidget(self.stack)
        column.addStretch()

    def _construction_row(self, shown: bool) -> None:
        self.construction.setVisible(shown)
        self._data_form.labelForField(self.construction).setVisible(shown)

    def _connect(self) -> None:
        self.none.toggled.connect(self._turn)
        for edit in (self.where, self.construction, self.reason, self.by):
            edit.textChanged.connect(self._change)
        for picker in (self.source, self.coverage):
            picker.changed.connect(self._change)
        for day in (self.day, self.signed_day):
            day.dateValueChanged.connect(self._change)
        self.age.valueChanged.connect(self._change)
        self.none.toggled.connect(self._change)
        self.fields.changed.connect(self._change)

    def _turn(self, *_: object) -> None:
        self.stack.setCurrentIndex(int(self.none.isChecked()))

    def _change(self, *_: object) -> None:
        if not self._filling:
            self.changed.emit()


def _beside(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row


def _form(*rows: tuple[str, QWidget]) -> QFormLayout:
    form = QFormLayout()
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for label, widget in rows:
        form.addRow(label, widget)
    return form


def day_edit(parent: QWidget) -> QgsDateEdit:
    """A date that may be left open."""
    edit = QgsDateEdit(parent)
    edit.setAllowNull(True)
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setCalendarPopup(True)
    edit.setNullRepresentation("—")
    edit.clear()
    return edit


def _show_day(edit: QgsDateEdit, day: dt.date | None) -> None:
    if day is None:
        edit.clear()
    else:
        edit.setDate(QDate(day.year, day.month, day.day))


def day_of(edit: QgsDateEdit) -> dt.date | None:
    """The date; None: left open."""
    if edit.isNull():
        return None
    day = edit.date()
    return dt.date(day.year(), day.month(), day.day())


def _codes(text: str) -> tuple[str, ...]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())
