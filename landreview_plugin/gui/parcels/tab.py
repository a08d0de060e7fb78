# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels: what was handed in and what became of it; zoom to it, export it."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from ...core.boundary.point_table import boundary_point_table, point_table_text
from ...core.files import replace_file
from ...core.model.parcel import Parcel, ParcelReading
from ...core.model.problems import LandReviewError, Problem
from ...i18n import translate
from ...jobs.parcel_rows import parcel_rows
from ...sources.export import WRITERS, export_parcels
from ..case_view import CaseView
from ..intake.bands import PreviewBands, shape_of
from ..intake.facts import summary
from ..parcel_table import ParcelTable
from ..problem_list import ProblemList
from ..session import Session


class ParcelsTab(QWidget):
    """Reads the parcels when somebody looks, or after the page has been shown: opening a case waits for none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view: CaseView | None = None
        self._zoomed = ""
        self.reading: ParcelReading | None = None
        self.summary = QLabel(self, wordWrap=True)
        self.table = ParcelTable(session, self)
        self.problems = ProblemList(self)
        self.bands = PreviewBands(session.iface.mapCanvas() if session.iface is not None else None, self)
        self.zoom = _button(self, translate("landreview", "Zoom to"), "/mActionZoomToSelected.svg")
        self.zoom.setToolTip(translate("landreview", "Zoom to the selected parcels, or to all of them"))
        self.points = _button(self, translate("landreview", "Point table…"), "/mActionFileSave.svg")
        self.points.setToolTip(translate("landreview", "Write the boundary-point table (CSV) with side lengths"))
        self.export = _button(self, translate("landreview", "Export…"), "/mActionFileSave.svg")
        self.export.setToolTip(translate("landreview", "Write the parcels as SHP, GPKG, DXF, KML or GeoJSON"))
        self._lay_out()
        self.table.chosen.connect(lambda parcel: self.bands.point_out(parcel.geometry))
        self.table.zoomed.connect(lambda parcel: self.bands.zoom_to([parcel.geometry]))
        self.problems.chosen.connect(self._point_out)
        self.zoom.clicked.connect(self.zoom_to_chosen)
        self.points.clicked.connect(self._choose_point_table)
        self.export.clicked.connect(self._choose_export)

    @staticmethod
    def TITLE() -> str:  # noqa: N802 - the name that the case page asks for
        """The tab's title."""
        return translate("landreview", "Parcels")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.zoom, self.points, self.export):
            buttons.addWidget(button)
        buttons.addStretch(1)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(self.table)
        parts.addWidget(self.problems)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(parts, 1)
        layout.addLayout(buttons)

    def show_case(self, view: CaseView | None) -> None:
        """Show a case: at once when somebody looks, else when the window has time."""
        self._view, self.reading = view, None
        self.bands.clear()
        if view is None:
            self.table.show_rows(())
            self._zoomed = ""
        elif self.isVisible():
            self._fill()
        else:
            QTimer.singleShot(0, self._fill)

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Somebody looks."""
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        view = self._view
        if view is None or self.reading is not None:
            return
        with self._session.guard():
            self.reading = view.reading
            self.table.show_rows(parcel_rows(view.reading, view.plain_result, self._method()), reviewed=True)
            self.summary.setText(summary(view.reading))
            self.problems.show_problems(view.reading.problems)
            self.problems.setVisible(bool(view.reading.problems))
            self._show_on_map(view)

    def _show_on_map(self, view: CaseView) -> None:
        """Before a review nothing else shows the parcels; a case that was just opened is framed."""
        reading = view.reading
        first = self._zoomed != view.case.id
        self._zoomed = view.case.id
        if view.plain_result is None:
            self.bands.show_reading(reading, zoom=first)
        else:
            self.bands.place(reading)
            if first:
                self.bands.zoom_to(parcel.geometry for parcel in reading.parcels)

    def _method(self) -> object:
        try:
            return self._session.frame().pack.area_method
        except LandReviewError:
            return None  # it is said when a review is wanted

    def chosen(self) -> list[Parcel]:
        """The selected parcels; all of them where none is."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        every = self.table.parcels.rows
        return [every[row].parcel for row in rows] if rows else [row.parcel for row in every]

    def zoom_to_chosen(self) -> None:
        """Fill the map with the selected parcels, or all of them."""
        shapes = [parcel.geometry for parcel in self.chosen()]
        if shapes:
            self.bands.zoom_to(shapes)

    def write_point_table(self, path: Path) -> None:
        """Write the boundary-point table, as ``exportparcels`` does."""
        text = point_table_text(boundary_point_table(self.chosen(), renumber=True))
        replace_file(path, lambda beside: beside.write_bytes(text.encode("utf-8-sig")))
        self._session.say(translate("landreview", "Written: {}").format(path))

    def write_parcels(self, path: Path) -> None:
        """Write the parcels in the format of the suffix; what the format could not hold is said."""
        assert self.reading is not None and self.reading.crs is not None
        said = export_parcels(self.chosen(), self.reading.crs, path)
        self._session.say(translate("landreview", "Written: {}").format(path))
        if said:
            first = said[0]
            self._session.show_error(LandReviewError(first.code, detail=first.reason, place=first.place))

    def _choose_point_table(self) -> None:
        title = translate("landreview", "Boundary-point table")
        path, _ = QFileDialog.getSaveFileName(self, title, f"{self._stem()}.csv", "CSV (*.csv)")
        if path:
            with self._session.guard():
                self.write_point_table(Path(path))

    def _choose_export(self) -> None:
        filters = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in WRITERS)
        title = translate("landreview", "Export parcels")
        path, chosen = QFileDialog.getSaveFileName(self, title, f"{self._stem()}.shp", filters)
        if path:
            suffix = "." + chosen.partition(" ")[0].lower()
            target = Path(path) if Path(path).suffix.lower() in WRITERS else Path(path + suffix)
            with self._session.guard():
                self.write_parcels(target)

    def _stem(self) -> str:
        return self._view.case.number if self._view is not None else "parcels"

    def _point_out(self, problem: Problem) -> None:
        self.bands.point_out(shape_of(problem, self.reading.parcels if self.reading else ()))


def _button(parent: QWidget, text: str, icon: str) -> QPushButton:
    return QPushButton(QgsApplication.getThemeIcon(icon), text, parent)
