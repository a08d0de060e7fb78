# SPDX-License-Identifier: GPL-2.0-or-later
"""A case that was changed here and elsewhere: field by field, outlines on the map, and a person's choice for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.model.problems import LandReviewError
from ...i18n import translate
from ...jobs.desk import Desk
from ...project.sketch_layers import Look, sketch_layer
from ...store.differences import Choice, Difference
from ..case_view import CaseView
from ..session import Session
from ..sketch import Sketch
from .difference_words import field_words, outline_of, value_words

_FIELD, _HERE, _THERE, _CHOICE = range(4)


class DifferencesDialog(QDialog):
    """Stays open beside the map. Nothing is chosen by itself, and nothing that is not chosen is lost."""

    chosen = pyqtSignal()
    """The choices are noted; the next round takes them."""

    def __init__(
        self, session: Session, view: CaseView, found: Sequence[Difference], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("landreview", "Two versions of {}").format(view.case.number))
        self._session, self._number, self.case_id, self._found = session, view.case.number, view.case.id, tuple(found)
        self._crs = view.reading.crs
        self._sketch = Sketch(session.iface.mapCanvas() if session.iface else None, self)
        self.table = self._filled()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(lambda: self._sketch.clear())
        self._lay_out()
        self._check()
        self._show_land()

    def shows(self, case_id: str, found: Sequence[Difference]) -> bool:
        """Whether it is about these values of this case."""
        return case_id == self.case_id and _values(found) == _values(self._found)

    def choose_all(self, choice: Choice) -> None:
        """The same for every field."""
        for box in self.boxes:
            box.setCurrentIndex(box.findData(choice.value))

    @property
    def boxes(self) -> list[QComboBox]:
        """The choices, in the order of the fields."""
        return [self.table.cellWidget(row, _CHOICE) for row in range(self.table.rowCount())]

    def _filled(self) -> QTableWidget:
        table = QTableWidget(len(self._found), 4, self)
        table.setHorizontalHeaderLabels(
            [
                translate("landreview", "What"),
                translate("landreview", "Here"),
                translate("landreview", "At the centre"),
                translate("landreview", "Counts from now on"),
            ]
        )
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.setWordWrap(True)
        header = table.horizontalHeader()
        for column in (_FIELD, _CHOICE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (_HERE, _THERE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for row, each in enumerate(self._found):
            texts = (field_words(each.field), value_words(each.field, each.here), value_words(each.field, each.there))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, column, item)
            table.setCellWidget(row, _CHOICE, self._box(each))
        table.resizeRowsToContents()
        table.currentCellChanged.connect(lambda row, *_: self._point_out(row))
        return table

    def _box(self, difference: Difference) -> QComboBox:
        box = QComboBox(self)
        box.addItem(translate("landreview", "Choose…"), Choice.NONE.value)
        box.addItem(translate("landreview", "Here"), Choice.HERE.value)
        box.addItem(translate("landreview", "At the centre"), Choice.THERE.value)
        box.setCurrentIndex(box.findData(difference.choice.value))
        box.setAccessibleName(field_words(difference.field))
        box.currentIndexChanged.connect(self._check)
        return box

    def _check(self) -> None:
        left = sum(box.currentData() == Choice.NONE.value for box in self.boxes)
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setEnabled(not left)
        button.setToolTip(translate("landreview", "%n field(s) left to choose", None, left) if left else "")

    def _take(self) -> None:
        choices = {each.field: Choice(box.currentData()) for each, box in zip(self._found, self.boxes, strict=True)}
        if self._session.act(self.case_id, lambda desk: self._note(desk, choices)):
            self.accept()
            self.chosen.emit()

    def _note(self, desk: Desk, choices: Mapping[str, Choice]) -> None:
        """Raises E-STORE-STALE when a round has brought other values: nobody has seen those."""
        differences = desk.store.differences
        if not self.shows(self.case_id, differences.of_case(self.case_id)):
            raise LandReviewError("E-STORE-STALE", detail=self._number)
        differences.choose(self.case_id, choices)

    def _show_land(self) -> None:
        here, there = ([(o, f) for o, f in self._outlines(side) if o is not None] for side in ("here", "there"))
        if self._crs is None or not (here or there):
            return
        layers = [
            sketch_layer(translate("landreview", "Here"), Look.OLD, here, self._crs),
            sketch_layer(translate("landreview", "At the centre"), Look.NEW, there, self._crs),
        ]
        self._sketch.show(self.windowTitle(), layers)

    def _outlines(self, side: str) -> list[tuple[object, str]]:
        return [(outline_of(each.field, getattr(each, side)), field_words(each.field)) for each in self._found]

    def _point_out(self, row: int) -> None:
        if not 0 <= row < len(self._found) or self._crs is None:
            return
        each = self._found[row]
        shape = outline_of(each.field, each.there) or outline_of(each.field, each.here)
        if shape is not None:
            self._sketch.point_out(shape, self._crs)

    def _lay_out(self) -> None:
        text = translate(
            "landreview",
            "This case was changed here and elsewhere. Choose for each field what counts; whatever you choose, the "
            "version of this office is kept whole beside. Outlines are on the map.",
        )
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(text, self, wordWrap=True))
        layout.addWidget(self.table, 1)
        row = QHBoxLayout()
        for name, choice in (
            (translate("landreview", "All from here"), Choice.HERE),
            (translate("landreview", "All from the centre"), Choice.THERE),
        ):
            button = QPushButton(name, self)
            button.clicked.connect(lambda _=False, choice=choice: self.choose_all(choice))
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.buttons)
        layout.addLayout(row)
        metrics = self.fontMetrics()
        self.resize(min(metrics.averageCharWidth() * 120, 980), min(metrics.height() * 22, 540))


def _values(found: Sequence[Difference]) -> list[tuple[str, str, str]]:
    return [(each.field, each.here, each.there) for each in found]
