# SPDX-License-Identifier: GPL-2.0-or-later
"""The ways to trim a parcel, with the figures of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QButtonGroup, QFormLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from ...core.geodesy.rounding import Unit, round_half_up
from ...core.trim.suggestion import Suggestion
from ...core.trim.useful import Uselessness
from ...core.trim.words import said
from ...i18n import language, translate
from ...report.words import Words
from ..case_words import spoken
from ..figures import area_text


class Ways(QWidget):
    """One radio button a way; without a way it says why."""

    chosen = pyqtSignal(object)
    """The Suggestion that is looked at; None: there is none."""

    def __init__(self, unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit, self._words = unit, Words(language())
        self._ways: list[Suggestion] = []
        self._none = QLabel(self)
        self._none.setWordWrap(True)
        self._none.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.group = QButtonGroup(self)
        self.group.idClicked.connect(self._choose)
        self._buttons = QVBoxLayout()
        self.figures = QFormLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._none)
        layout.addLayout(self._buttons)
        layout.addLayout(self.figures)
        layout.addStretch(1)

    def show_ways(self, ways: Sequence[Suggestion]) -> None:
        """Other ways; the first is chosen."""
        self._ways = [way for way in ways if way.after is not None]
        self._none.setVisible(not self._ways)
        self._none.setText("" if self._ways else said(ways[0]).get(spoken()))
        for button in self.group.buttons():
            self.group.removeButton(button)
            button.deleteLater()
        for number, way in enumerate(self._ways):
            button = QRadioButton(self._name(way), self)
            button.setVisible(len(self._ways) > 1)
            button.setChecked(number == 0)
            self.group.addButton(button, number)
            self._buttons.addWidget(button)
        self._choose()

    def way(self) -> Suggestion | None:
        """The chosen one."""
        return self._ways[max(self.group.checkedId(), 0)] if self._ways else None

    def set_unit(self, unit: Unit) -> None:
        """Another unit of the figures."""
        self._unit = unit
        self._show_figures()

    def _choose(self) -> None:
        self._show_figures()
        self.chosen.emit(self.way())

    def _name(self, way: Suggestion) -> str:
        if way.largest_only:
            return str(translate("landreview", "Keep the largest piece only"))
        parts = len(way.after.geoms) if way.after.geom_type == "MultiPolygon" else 1
        return str(translate("landreview", "Keep all {} pieces")).format(parts)

    def _show_figures(self) -> None:
        while self.figures.rowCount():
            self.figures.removeRow(0)
        way = self.way()
        if way is None:
            return
        dropped = {reason: [d for d in way.dropped if d.reason is reason] for reason in Uselessness}
        names = {
            Uselessness.NARROW: translate("landreview", "… dropped as too narrow ({})"),
            Uselessness.SMALL: translate("landreview", "… dropped as too small ({})"),
            Uselessness.LESSER: translate("landreview", "… beside the largest piece ({})"),
        }
        self._row(translate("landreview", "Area before"), way.before_m2)
        self._row(translate("landreview", "Area lost"), way.lost_m2, bold=True)
        self._row(translate("landreview", "… of which forbidden"), way.forbidden_m2)
        for reason, pieces in dropped.items():
            if pieces:
                self._row(names[reason].format(len(pieces)), sum(float(each.land.area) for each in pieces))
        self._row(translate("landreview", "Area after"), way.after_m2)
        new = QLabel(str(len(way.new_points)))
        self.figures.addRow(translate("landreview", "New boundary points"), _selectable(new))

    def _row(self, name: str, area_m2: float, *, bold: bool = False) -> None:
        figure = area_text(round_half_up(area_m2, 2), self._unit)
        label = QLabel(f"{figure} {self._words(f'unit.{self._unit.value}')}")
        if bold:
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        self.figures.addRow(name, _selectable(label))


def _selectable(label: QLabel) -> QLabel:
    flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    label.setTextInteractionFlags(flags)
    return label
