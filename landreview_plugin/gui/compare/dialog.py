# SPDX-License-Identifier: GPL-2.0-or-later
"""Two versions of a case beside each other: tables of what differs, and the land of it on the map."""

from __future__ import annotations

from functools import partial

import shapely
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ...core.compare_parcels import Change
from ...core.compare_versions import VersionComparison
from ...core.geodesy.rounding import round_half_up
from ...core.model.base import Text
from ...core.model.problems import LandReviewError
from ...i18n import language, translate
from ...jobs.compare_job import Side, compare_sides, last_review
from ...report.words import Words
from ..case_view import CaseView
from ..figures import area_text
from ..session import Session
from ..sketch import Sketch
from ..unit_box import UnitBox, unit_of
from ..work_task import WorkTask
from .layers import layers_of
from .rows import Row, tables_of
from .table import RowsView

_ONE_VERSION = Text(zh="该案卷只有一版申报材料", en="the case has one hand-in only")


def open_compare(session: Session, view: CaseView) -> CompareDialog | None:
    """Compare the last two versions of a case, beside the map; None: it said why not."""
    with session.guard():
        if view.case.version < 2:
            raise LandReviewError("E-CASE-PARAM", detail=_ONE_VERSION)
        dialog = CompareDialog(session, view, session.iface.mainWindow() if session.iface else None)
        dialog.show()
        dialog.compare()
        return dialog
    return None


class CompareDialog(QDialog):
    """Stays open while the user looks at the map; closing it takes its layers away."""

    def __init__(self, session: Session, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("landreview", "Versions of {}").format(view.case.number))
        self._session, self._view = session, view
        self._sides: tuple[Side, Side] | None = None
        self._task: WorkTask[VersionComparison] | None = None
        self.found: VersionComparison | None = None
        self._sketch = Sketch(session.iface.mapCanvas() if session.iface else None, self)
        self.before, self.after = self._version_box(), self._version_box()
        self.before.setCurrentIndex(self.before.count() - 2)
        self.after.setCurrentIndex(self.after.count() - 1)
        for box in (self.before, self.after):
            box.currentIndexChanged.connect(lambda: self.compare())
        self.sums = QLabel(self)
        self.sums.setWordWrap(True)
        self.sums.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tabs = QTabWidget(self)
        # in a turn of its own: tables and layers of a thousand parcels together would hold the window up
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(lambda: self._show_land(zoom=True))
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self._lay_out(UnitBox(session, self))
        session.settings_changed.connect(self._change_unit)
        self.finished.connect(self._leave)

    def compare(self) -> None:
        """Compare the versions that are chosen; a comparison that runs is given up."""
        if self._task is not None:
            self._task.cancel()
        with self._session.guard():
            sides = (self._side(self.before.currentData()), self._side(self.after.currentData()))
            title = translate("landreview", "Compare versions of {}").format(self._view.case.number)
            self.busy.show()
            task = self._session.start(title, partial(compare_sides, *sides), partial(self._show, sides))
            self._task = task
            task.ended.connect(lambda: self._ended(task))

    def _version_box(self) -> QComboBox:
        box = QComboBox(self)
        text = translate("landreview", "Version {} ({})")
        store = self._session.desk().store
        for version in range(1, self._view.case.version + 1):
            taken = store.taken_at(self._view.case.id, version).astimezone()
            box.addItem(text.format(version, f"{taken:%Y-%m-%d %H:%M}"), version)
        return box

    def _side(self, version: int) -> Side:
        store = self._session.desk().store
        entry = last_review(self._view.results, version)
        path = None if entry is None else store.blobs.get(entry.json_sha256, ".json")
        return Side(version, store.hand_in(self._view.case.id, version), path)

    def _show(self, sides: tuple[Side, Side], found: VersionComparison) -> None:
        self._sides, self.found = sides, found
        self._show_tables()
        self._later.start()

    def _show_land(self, *, zoom: bool = False) -> None:
        if self.found is None or self._sides is None or not self.isVisible():
            return
        title = translate("landreview", "{}: versions {} and {}").format(
            self._view.case.number, *(side.version for side in self._sides)
        )
        readings = [side.reading for side in self._sides]
        self._sketch.show(title, layers_of(self.found, *readings, unit_of(self._session)))
        if zoom:
            changed = [row.geometry for row in self.found.land if row.change is not Change.UNCHANGED]
            shapes = changed or [row.geometry for row in self.found.land]
            self._sketch.zoom(shapely.GeometryCollection(shapes), self.found.crs)

    def _change_unit(self) -> None:
        self._show_tables()
        self._show_land()

    def _show_tables(self) -> None:
        if self.found is None or self._sides is None:
            return
        unit = unit_of(self._session)
        name = Words(language())(f"unit.{unit.value}")
        figures = [area_text(round_half_up(m2, 2), unit) for m2 in (self.found.gained_m2, self.found.lost_m2)]
        text = translate("landreview", "Land gained {0} {2}, lost {1} {2} (planar)")
        self.sums.setText(text.format(*figures, name))
        for number, table in enumerate(tables_of(self.found, unit)):
            if number < self.tabs.count():
                self.tabs.widget(number).show_table(table)
                self.tabs.setTabText(number, table.title)
                continue
            rows = RowsView(table, self.tabs)
            rows.chosen.connect(self._point_out)
            rows.zoomed.connect(self._zoom)
            self.tabs.addTab(rows, table.title)

    def _point_out(self, row: Row) -> None:
        shape = self._shape(row)
        if shape is not None and self.found is not None:
            self._sketch.point_out(shape, self.found.crs)

    def _zoom(self, row: Row) -> None:
        shape = self._shape(row)
        if shape is not None and self.found is not None:
            self._sketch.zoom(shape, self.found.crs)

    def _shape(self, row: Row) -> shapely.Geometry | None:
        """The row's own land, else that of its parcel (the row's first cell names it for facts)."""
        if row.shape is not None or self._sides is None:
            return row.shape
        parcels = {parcel.number: parcel.geometry for side in self._sides for parcel in side.reading.parcels}
        return next((parcels[cell] for cell in row.cells if cell in parcels), None)

    def _ended(self, task: WorkTask[VersionComparison]) -> None:
        if not sip.isdeleted(self) and task is self._task:
            self._task = None
            self.busy.hide()

    def _leave(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._sketch.clear()

    def _lay_out(self, units: QWidget) -> None:
        versions = QHBoxLayout()
        for name, box in (
            (translate("landreview", "Before"), self.before),
            (translate("landreview", "After"), self.after),
        ):
            label = QLabel(name, self)
            label.setBuddy(box)
            versions.addWidget(label)
            versions.addWidget(box, 1)
        versions.addWidget(units)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(versions)
        layout.addWidget(self.sums)
        layout.addWidget(self.busy)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(min(metrics.averageCharWidth() * 110, 980), min(metrics.height() * 24, 560))
