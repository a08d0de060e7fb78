# SPDX-License-Identifier: GPL-2.0-or-later
"""How a hand-in is read: what was detected, and what a person may say better."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QScrollArea, QWidget

from ...core.model.parcel import ParcelReading
from ...core.model.profile import OfficeProfile
from ...i18n import translate
from ...project.crs import crs_of_qgis
from ...sources.attributes import NAMES
from ...sources.import_options import ImportOptions
from ...sources.point_table import NAMES as COLUMNS
from .facts import facts, role_name

ENCODINGS = ("", "utf-8", "gb18030")


class ReadingForm(QScrollArea):
    """Emits ``changed`` when the file should be read again."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.crs = QgsProjectionSelectionWidget()
        self.crs.setOptionVisible(QgsProjectionSelectionWidget.CrsOption.CrsNotSet, True)
        self.crs.setNotSetText(translate("landreview", "as the file says"))
        self.crs.setAccessibleName(translate("landreview", "Coordinate system"))
        self.encoding = _box()
        for name in ENCODINGS:
            self.encoding.addItem(name.upper() or translate("landreview", "decided from the file"), name)
        self.layer = _box()
        self.fields: dict[str, QComboBox] = {}
        self._begin()

    def _begin(self) -> None:
        self._inside = QWidget(self)
        self._form = QFormLayout(self._inside)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(translate("landreview", "Coordinate system"), self.crs)
        self._form.addRow(translate("landreview", "Encoding"), self.encoding)
        self._form.addRow(translate("landreview", "Layer"), self.layer)
        self._own = self._form.rowCount()
        self.setWidget(self._inside)
        self.crs.crsChanged.connect(lambda _: self.changed.emit())
        self.encoding.activated.connect(lambda _: self.changed.emit())
        self.layer.activated.connect(lambda _: self.changed.emit())
        self.offer_layers(())

    def reset(self) -> None:
        """Another source: nothing was said of it yet."""
        self.blockSignals(True)
        self.crs.setCrs(type(self.crs.crs())())
        self.encoding.setCurrentIndex(0)
        self.offer_layers(())
        self._forget_rows()
        self.blockSignals(False)

    def offer_layers(self, names: Sequence[str]) -> None:
        """Let a person choose among the layers of a file; none: there is nothing to choose."""
        self.layer.clear()
        for name in names:
            self.layer.addItem(name, name)
        self.layer.setCurrentIndex(-1)
        for part in (self.layer, self._form.labelForField(self.layer)):
            part.setVisible(bool(names))

    def options(self, accepted: frozenset[str], profile: OfficeProfile) -> ImportOptions:
        """What was said, with the office's extent and county."""
        said = {role: str(box.currentData()) for role, box in self.fields.items() if box.currentData()}
        return ImportOptions(
            crs=crs_of_qgis(self.crs.crs()),
            layer=str(self.layer.currentData() or ""),
            encoding=str(self.encoding.currentData()),
            field_mapping=said,
            accept_repairs=accepted,
            extent=profile.extent,
            county=profile.jurisdiction,
        )

    def show_reading(self, reading: ParcelReading) -> None:
        """Show what was detected; fields of a table can be changed."""
        self._forget_rows()
        names = [name for name in reading.notes.get("fields", "").split("\n") if name]
        prefix = "column." if any(key.startswith("column.") for key in reading.notes) else "field."
        roles = COLUMNS if prefix == "column." else NAMES
        for role in roles if names else ():
            self._add_field(role, names, reading.notes.get(prefix + role, ""))
        of_fields = {role_name(role) for role in roles} if names else set()
        for name, value in facts(reading):
            if name not in of_fields:
                self._form.addRow(f"{name}:", QLabel(value, wordWrap=True))

    def _add_field(self, role: str, names: Sequence[str], found: str) -> None:
        box = _box()
        box.addItem(translate("landreview", "(none)"), "")
        for name in names:
            box.addItem(name, name)
        box.setCurrentIndex(max(0, box.findData(found)))
        box.activated.connect(lambda _: self.changed.emit())
        self.fields[role] = box
        self._form.addRow(translate("landreview", "{} from").format(role_name(role)), box)

    def _forget_rows(self) -> None:
        self.fields = {}
        while self._form.rowCount() > self._own:
            self._form.removeRow(self._form.rowCount() - 1)


def _box() -> QComboBox:
    return QComboBox(sizeAdjustPolicy=QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
