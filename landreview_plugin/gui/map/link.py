# SPDX-License-Identifier: GPL-2.0-or-later
"""The link of one case page with the map: its layers, its frame, and what is chosen there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.model.problems import LandReviewError
from ...core.model.result import Finding, ReviewResult, TouchedFeature
from ...i18n import translate
from ...project.crs import qgis_crs
from ...sources.stored_result import StoredShapes
from ..case_view import CaseView, counting
from ..session import Session
from ..work_task import WorkTask
from .group import CaseGroup
from .pick_tool import PickTool
from .picks import Picks
from .spot import Spot
from .task import Loaded, load

Box = tuple[float, float, float, float]


class MapLink(QObject):
    """Works without a map, too: then it only knows where things lie."""

    picked = pyqtSignal(object)
    """Findings that were chosen on the map, in the order of the result."""
    ready = pyqtSignal()
    """The shapes of the case that is shown have been read."""
    moved = pyqtSignal()
    """The map's window is another."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._group = CaseGroup(self)
        self._view: CaseView | None = None
        self._task: WorkTask[Loaded] | None = None
        self._wanted: object = None
        self._shapes: StoredShapes | None = None
        self._land: dict[str, shapely.Geometry] = {}
        self._picks: Picks | None = None
        self._canvas: QgsMapCanvas | None = session.iface.mapCanvas() if session.iface is not None else None
        self._spot = Spot(self._canvas, self) if self._canvas is not None else None
        self.tool = PickTool(self._canvas, self.layers) if self._canvas is not None else None
        if self._canvas is not None and self.tool is not None:
            self.tool.picked.connect(self._pick)
            self._canvas.selectionChanged.connect(self._selected)
            self._canvas.extentsChanged.connect(self.moved)
        QgsProject.instance().readProject.connect(self._show_again)
        if session.iface is not None:
            session.iface.newProjectCreated.connect(self._show_again)

    # the case

    def show_case(self, view: CaseView | None) -> None:
        """Show a case's result on the map; None: take everything away."""
        before, self._view = self._view, view
        if view is not None and before is not None and _same(view, before) and (self._task or self._shapes):
            return
        self._drop()
        entry = counting(view.case, view.results) if view else None
        if view is None or view.plain_result is None or entry is None or not entry.gpkg_sha256:
            return
        base = Path(self._session.settings.catalogue).parent
        self._picks = Picks(view.plain_result, base)
        path = self._session.desk().store.blobs.path(entry.gpkg_sha256, ".gpkg")
        title, work = translate("landreview", "Show the case on the map"), partial(load, view.plain_result, path)
        wanted = self._wanted = object()
        self._task = self._session.start(
            title,
            work,
            lambda loaded: self._loaded(wanted, loaded),
            failed=lambda error: self._failed(wanted, error),
        )
        self._task.ended.connect(lambda: self._ended(wanted))

    def placed(self) -> ReviewResult | None:
        """The result with its outlines; None: not read (yet)."""
        return self._shapes.result if self._shapes else None

    def layers(self) -> list[QgsVectorLayer]:
        """What can be picked: the case's own layers, then the office's reference layers that are in the project."""
        own = self._group.layers()
        others = [layer for layer in QgsProject.instance().mapLayers().values() if not self._group.has(layer)]
        return own + [layer for layer in others if self._picks is not None and self._picks.knows(layer)]

    def close(self) -> None:
        """Leave nothing on the map."""
        self.show_case(None)

    # from the panel to the map

    def frame(self, finding: Finding | None) -> None:
        """Frame and flash a finding's land, and bring it into the window; None: no frame."""
        shape = self.shape_of(finding) if finding else None
        if self._spot is None:
            return
        if shape is None:
            self._spot.clear()
            return
        self._spot.bring(shape, self.crs())
        self._spot.frame(shape, self.crs())
        self._spot.flash([shape], self.crs())

    def zoom(self, finding: Finding) -> None:
        """Fill the map's window with a finding's land."""
        shape = self.shape_of(finding)
        if self._spot is not None and shape is not None:
            self._spot.zoom(shape, self.crs())
            self._spot.flash([shape], self.crs())

    def flash(self, finding: Finding, features: Sequence[TouchedFeature]) -> int:
        """Flash touched reference features; how many of them the result kept."""
        kept = self._shapes.touched.get(finding.layer, ()) if self._shapes else ()
        by_fid = {each.fid: each.geometry for each in kept}
        shapes = [by_fid[feature.fid] for feature in features if feature.fid in by_fid]
        if self._spot is not None and shapes:
            self._spot.bring(shapely.box(*shapely.total_bounds(shapes)), self.crs())
            self._spot.flash(shapes, self.crs())
        return len(shapes)

    def shape_of(self, finding: Finding) -> shapely.Geometry | None:
        """A finding's land; where it has none its parcel, of the whole case all parcels; None: not known (yet)."""
        result = self.placed()
        if result is None:
            return None
        own = self._land.get(finding.id)
        if own is not None:
            return own
        parcels = [each.geometry for each in result.parcels if finding.parcel in {"", each.number}]
        known = [shape for shape in parcels if shape is not None]
        return shapely.GeometryCollection(known) if known else None

    def window(self) -> Box | None:
        """The map's window in the plane of the parcels; None: no map, or no way to it."""
        if self._spot is None or self._shapes is None:
            return None
        box = self._spot.window(self.crs())
        return None if box is None else (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())

    def crs(self) -> QgsCoordinateReferenceSystem:
        """The plane of the parcels."""
        return qgis_crs(self._shapes.crs if self._shapes else None)

    # from the map to the panel

    def use_tool(self, wanted: bool) -> None:
        """Take the pick tool, or put it away."""
        if self._canvas is None or self.tool is None:
            return
        if wanted:
            self._canvas.setMapTool(self.tool)
        else:
            self._canvas.unsetMapTool(self.tool)

    def _pick(self, layer: QgsVectorLayer, features: object) -> None:
        found = self._picks.findings(layer, features) if self._picks is not None else ()
        if found:
            self.picked.emit(found)

    def _selected(self, layer: QgsMapLayer | None) -> None:
        if self._picks is not None and self._picks.knows(layer) and layer.selectedFeatureCount():
            self._pick(layer, layer.selectedFeatures())

    # what happens behind

    def _loaded(self, wanted: object, loaded: Loaded) -> None:
        if sip.isdeleted(self) or wanted is not self._wanted:
            return  # the page is gone, or shows another case by now
        self._task, self._shapes = None, loaded.shapes
        placed = ((finding.id, finding.geometry) for finding in loaded.shapes.result.findings)
        self._land = {finding_id: shape for finding_id, shape in placed if shape is not None}
        self._put(loaded.layers)
        self.ready.emit()

    def _failed(self, wanted: object, error: LandReviewError) -> None:
        if not sip.isdeleted(self) and wanted is self._wanted:
            self._task = None
            self._session.show_error(error)

    def _ended(self, wanted: object) -> None:
        """Somebody may have cancelled it in QGIS's own list of tasks."""
        if not sip.isdeleted(self) and wanted is self._wanted:
            self._task = None

    def _put(self, layers: list[QgsVectorLayer]) -> None:
        if self._view is not None and self._canvas is not None:
            case = self._view.case
            self._group.show(f"{case.number} {case.project}".strip(), layers)

    def _show_again(self) -> None:
        """Another project was opened: the case goes along."""
        view, self._view = self._view, None
        self.show_case(view)

    def _drop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = self._wanted = self._shapes = self._picks = None
        self._land = {}
        shown = bool(self._group.layers())
        self._group.clear()
        if self._spot is not None:
            self._spot.clear()
            if shown:
                self._spot.redraw()


def _same(view: CaseView, before: CaseView) -> bool:
    return (view.case.id, view.case.result_digest) == (before.case.id, before.case.result_digest)
