# SPDX-License-Identifier: GPL-2.0-or-later
"""Panel and map: the layers of a case, frames and flashes, picks on the map, and projects that go away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from gui_waiting import settle, until
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtTest import QSignalSpy

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.result import Finding, ReviewResult, Verdict
from landreview_plugin.gui.case_view import CaseView
from landreview_plugin.gui.findings.tab import FindingsTab
from landreview_plugin.gui.map.group import MARK
from landreview_plugin.gui.map.link import MapLink
from landreview_plugin.gui.map.spot import geometry_of
from landreview_plugin.gui.session import Session
from landreview_plugin.project.result_memory import ROLE


@pytest.fixture(autouse=True)
def empty_project(qgis_app: QgsApplication) -> Iterator[QgsProject]:
    """A project of its own for each test."""
    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()


@pytest.fixture
def canvas(session: Session) -> QgsMapCanvas:
    """The map, in another CRS than the parcels' plane."""
    made = session.iface.mapCanvas()
    made.resize(QSize(400, 400))
    made.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    return made


@pytest.fixture
def view(session: Session, reviewed: CaseFile) -> CaseView:
    return session.view(reviewed.id)


@pytest.fixture
def tab(session: Session, canvas: QgsMapCanvas, view: CaseView) -> Iterator[FindingsTab]:
    """The findings tab with a case whose shapes are on the map."""
    made = FindingsTab(session)
    made.resize(420, 700)
    made.show_case(view)
    until(made.link.placed)
    yield made
    made.show_case(None)
    made.deleteLater()


@pytest.fixture
def result(tab: FindingsTab) -> ReviewResult:
    placed = tab.link.placed()
    assert placed is not None
    return placed


@pytest.fixture
def piece(result: ReviewResult) -> Finding:
    """A conflict with land of its own and touched features."""
    return next(f for f in result.findings if f.verdict is Verdict.CONFLICT and f.features and f.geometry is not None)


def by_role(role: str) -> QgsVectorLayer:
    return next(each for each in QgsProject.instance().mapLayers().values() if each.customProperty(ROLE) == role)


def groups() -> list[str]:
    return [g.name() for g in QgsProject.instance().layerTreeRoot().findGroups(True) if g.customProperty(MARK)]


def on_canvas(shape: shapely.Geometry, tab: FindingsTab, canvas: QgsMapCanvas) -> QgsRectangle:
    way = QgsCoordinateTransform(tab.link.crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance())
    geometry = geometry_of(shape)
    geometry.transform(way)
    return geometry.boundingBox()


# the layers


def test_a_case_is_one_group_of_styled_memory_layers(tab: FindingsTab, view: CaseView, result: ReviewResult) -> None:
    assert groups() == [f"{view.case.number} {view.case.project}"]
    layers = {layer.customProperty(ROLE): layer for layer in tab.link.layers()}
    assert {"parcels", "findings", "features"} <= set(layers)
    assert {layer.providerType() for layer in layers.values()} == {"memory"}, "no file of the store may be held"
    assert {f["number"] for f in layers["parcels"].getFeatures()} == {parcel.number for parcel in result.parcels}
    assert layers["parcels"].renderer().type() == "RuleRenderer"
    assert layers["findings"].labelsEnabled()
    assert all(layer.readOnly() for layer in layers.values())


def test_looking_at_a_case_is_no_change_of_the_project(tab: FindingsTab) -> None:
    """Who closes QGIS is not asked to save a project that only a case was looked at in."""
    settle(0.2)
    assert not QgsProject.instance().isDirty()
    tab.show_case(None)
    QgsProject.instance().setDirty(True)  # as the canvas does, in a turn of its own
    settle(0.2)
    assert not QgsProject.instance().isDirty()


def test_a_change_of_the_users_own_stays_one(tab: FindingsTab) -> None:
    settle(0.2)
    QgsProject.instance().setDirty(True)
    tab.show_case(None)
    settle(0.2)
    assert QgsProject.instance().isDirty()


def test_the_group_goes_with_the_case_page(tab: FindingsTab) -> None:
    tab.show_case(None)
    assert not groups()
    assert not QgsProject.instance().mapLayers()


def test_showing_the_same_result_again_leaves_the_layers_alone(
    tab: FindingsTab, session: Session, view: CaseView
) -> None:
    before = {layer.id() for layer in tab.link.layers()}
    tab.show_case(session.view(view.case.id))
    assert {layer.id() for layer in tab.link.layers()} == before


def test_a_layer_of_the_user_in_the_group_stays(tab: FindingsTab) -> None:
    own = QgsVectorLayer("Point?crs=EPSG:4490", "mine", "memory")
    QgsProject.instance().addMapLayer(own, False)
    next(iter(QgsProject.instance().layerTreeRoot().findGroups())).addLayer(own)
    tab.show_case(None)
    assert [layer.name() for layer in QgsProject.instance().mapLayers().values()] == ["mine"]


def test_a_layer_removed_under_it_and_a_closed_project_do_no_harm(
    tab: FindingsTab, piece: Finding, session: Session
) -> None:
    QgsProject.instance().removeMapLayer(by_role("findings"))
    assert tab.choose(piece.id)
    assert "findings" not in {layer.customProperty(ROLE) for layer in tab.link.layers()}
    QgsProject.instance().clear()
    assert tab.link.layers() == []
    tab.tree.zoom_wanted.emit(piece)
    tab.show_case(None)


def test_a_case_goes_along_into_another_project(tab: FindingsTab, tmp_path: Path) -> None:
    """A project saved with the group in it is opened: the stale group goes, the case is there once."""
    path = str(tmp_path / "项目.qgz")
    assert QgsProject.instance().write(path)
    QgsProject.instance().clear()
    assert QgsProject.instance().read(path)
    until(lambda: tab.link.placed() and tab.link.layers())
    assert len(groups()) == 1
    assert by_role("parcels").featureCount() > 0


# from the panel to the map


def test_choosing_a_row_frames_its_piece_in_the_canvas_crs(
    tab: FindingsTab, piece: Finding, canvas: QgsMapCanvas
) -> None:
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    tab.choose(piece.id)
    expected = on_canvas(piece.geometry, tab, canvas)
    framed = tab.link._spot.framed().boundingBox()
    assert abs(framed.width() - expected.width()) < 1e-6
    assert framed.center().distance(expected.center()) < 1e-6
    assert canvas.extent().intersects(expected), "land outside the window is brought into it"


def test_another_crs_of_the_canvas_moves_the_frame(tab: FindingsTab, piece: Finding, canvas: QgsMapCanvas) -> None:
    tab.choose(piece.id)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    expected = on_canvas(piece.geometry, tab, canvas)
    assert tab.link._spot.framed().boundingBox().center().distance(expected.center()) < 0.01


def test_a_double_click_fills_the_window_with_the_piece(tab: FindingsTab, piece: Finding, canvas: QgsMapCanvas) -> None:
    tab.choose(piece.id)
    tab.tree.doubleClicked.emit(tab.model.find(piece))
    box = on_canvas(piece.geometry, tab, canvas)
    assert canvas.extent().contains(box)
    assert canvas.extent().width() < 4 * max(box.width(), box.height())


def test_what_has_no_piece_is_shown_as_its_parcel(tab: FindingsTab, result: ReviewResult) -> None:
    finding = next(f for f in result.findings if f.geometry is None and f.parcel)
    parcel = next(p for p in result.parcels if p.number == finding.parcel)
    tab.choose(finding.id)
    assert tab.link.shape_of(finding).equals(shapely.GeometryCollection([parcel.geometry]).geoms[0])
    assert not tab.link._spot.framed().isEmpty()


def test_touched_features_flash_by_their_own_outlines(tab: FindingsTab, piece: Finding) -> None:
    assert tab.link.flash(piece, piece.features) == len(piece.features)
    stranger = piece.features[0].model_copy(update={"fid": -7})
    assert tab.link.flash(piece, (stranger,)) == 0


def test_the_filter_by_the_window_follows_the_map(tab: FindingsTab, result: ReviewResult, canvas: QgsMapCanvas) -> None:
    parcel = result.parcels[0]
    canvas.setExtent(on_canvas(parcel.geometry, tab, canvas))
    tab.filters.in_view.setChecked(True)
    shown = tab.model.rowCount()
    assert shown
    canvas.setExtent(QgsRectangle(0, 0, 1, 1))
    until(lambda: not any(tab.model.find(f).isValid() for f in result.findings if f.parcel == parcel.number))


# from the map to the panel


def test_a_selected_piece_finds_its_row(tab: FindingsTab, piece: Finding) -> None:
    layer = by_role("findings")
    layer.selectByExpression(f"\"finding_id\" = '{piece.id}'")
    assert tab.chosen() is not None and tab.chosen().id == piece.id


def test_a_selected_parcel_finds_its_worst_row_and_marks_the_others(tab: FindingsTab, result: ReviewResult) -> None:
    number = result.parcels[0].number
    by_role("parcels").selectByExpression(f"\"number\" = '{number}'")
    chosen = tab.chosen()
    assert chosen is not None and chosen.parcel == number and chosen.verdict is Verdict.CONFLICT
    assert len(tab.tree.selectionModel().selectedRows()) == sum(f.parcel == number for f in result.findings)


def test_a_selected_polygon_of_a_reference_layer_finds_its_rows(
    tab: FindingsTab, county: Path, result: ReviewResult
) -> None:
    finding = next(f for f in result.findings if f.layer == "pbf" and f.features and f.verdict is Verdict.CONFLICT)
    reference = QgsVectorLayer(f"{county}|layername=YJJBNT", "基本农田", "ogr")
    assert reference.isValid()
    QgsProject.instance().addMapLayer(reference)
    tab.link._canvas.setLayers([reference])
    reference.selectByIds([finding.features[0].fid])
    chosen = tab.chosen()
    assert chosen is not None and chosen.layer == "pbf"
    assert finding.features[0].fid in {feature.fid for feature in chosen.features}


def test_a_layer_of_something_else_is_left_alone(tab: FindingsTab, county: Path, piece: Finding) -> None:
    tab.choose(piece.id)
    other = QgsVectorLayer(f"{county}|layername=SQDK", "others", "ogr")
    QgsProject.instance().addMapLayer(other)
    tab.link._canvas.setLayers([other])
    other.selectAll()
    assert tab.chosen().id == piece.id


def test_a_click_with_the_pick_tool_gets_to_the_row(tab: FindingsTab, piece: Finding, canvas: QgsMapCanvas) -> None:
    tab.tree.zoom_wanted.emit(piece)
    canvas.setLayers([by_role("findings")])
    tab.filters.pick.defaultAction().trigger()
    assert canvas.mapTool() is tab.link.tool
    inside = piece.geometry.representative_point()
    way = QgsCoordinateTransform(tab.link.crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance())
    pixel = canvas.getCoordinateTransform().transform(way.transform(inside.x, inside.y))
    tab.link.tool.pick(int(pixel.x()), int(pixel.y()))
    assert tab.chosen() is not None and tab.chosen().parcel == piece.parcel
    tab.filters.pick.defaultAction().trigger()
    assert canvas.mapTool() is not tab.link.tool


# faults


def test_another_case_shown_meanwhile_wins(session: Session, canvas: QgsMapCanvas, view: CaseView) -> None:
    link = MapLink(session)
    ready = QSignalSpy(link.ready)
    link.show_case(view)
    link.show_case(None)
    until(lambda: not QgsApplication.taskManager().countActiveTasks())
    assert len(ready) == 0 and link.placed() is None
    assert not QgsProject.instance().mapLayers()


def test_cancelled_in_the_list_of_tasks_it_can_be_shown_again(
    session: Session, canvas: QgsMapCanvas, view: CaseView
) -> None:
    link = MapLink(session)
    link.show_case(view)
    QgsApplication.taskManager().cancelAll()
    until(lambda: not QgsApplication.taskManager().countActiveTasks() and link._task is None)
    assert link.placed() is None
    link.show_case(view)
    until(link.placed)
    link.close()


def test_a_lost_file_of_the_store_is_said_and_the_findings_stay(
    session: Session, canvas: QgsMapCanvas, view: CaseView, expects_log_errors: None
) -> None:
    path = session.desk().store.blobs.get(view.results[-1].gpkg_sha256, ".gpkg")
    path.chmod(0o600)
    path.unlink()
    tab = FindingsTab(session)
    tab.show_case(session.view(view.case.id))
    until(lambda: not QgsApplication.taskManager().countActiveTasks())
    until(lambda: tab.link._task is None)
    assert tab.model.rowCount() > 0
    assert tab.link.placed() is None
    tab.choose(view.plain_result.findings[0].id)


def test_without_a_window_of_qgis_the_findings_still_show(session: Session, view: CaseView) -> None:
    session.iface = None
    tab = FindingsTab(session)
    tab.show_case(view)
    until(tab.link.placed)
    assert tab.link.layers() == []
    assert tab.choose(view.plain_result.findings[0].id)
    assert tab.filters.in_view.isHidden()
