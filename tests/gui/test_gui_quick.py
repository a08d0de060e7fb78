# SPDX-License-Identifier: GPL-2.0-or-later
"""The quick check with real widgets: draw, select, drop a file; the verdict of each layer; take it in."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shapely
from gui_waiting import until
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QKeyEvent

from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.model.result import Verdict
from landreview_plugin.gui.dock import LandReviewDock
from landreview_plugin.gui.quick.page import QuickPage
from landreview_plugin.gui.session import Session
from landreview_plugin.settings import AreaUnit, Settings


@pytest.fixture
def page(session: Session, qgis_new_project: None) -> Iterator[QuickPage]:
    """The page with a map in the parcels' plane."""
    session.iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4526"))
    made = QuickPage(session)
    made.show()
    yield made
    made.leave()
    made.deleteLater()


@pytest.fixture
def block(conflicting: ParcelReading) -> shapely.Geometry:
    """DK0029: half on permanent basic farmland."""
    return next(parcel.geometry for parcel in conflicting.parcels if parcel.number == "DK0029")


def geometry(shape: shapely.Geometry) -> QgsGeometry:
    made = QgsGeometry()
    made.fromWkb(shapely.to_wkb(shape))
    return made


def drawn(page: QuickPage, shape: shapely.Geometry) -> None:
    """Set the corners of a shape with the tool, and end it."""
    page.use_tool()
    assert page.tool is not None
    for x, y in list(shape.exterior.coords)[:-1]:
        page.tool.add_corner(QgsPointXY(x, y))
    page.tool.finish()


def answered(page: QuickPage) -> None:
    until(lambda: page.answer is not None)


def verdicts(page: QuickPage) -> dict[str, Verdict]:
    assert page.answer is not None
    return {row.use.key: row.verdict for row in page.answer.layers}


def test_a_drawn_polygon_is_judged_layer_by_layer(page: QuickPage, block: shapely.Geometry) -> None:
    drawn(page, shapely.get_parts(block)[0])
    answered(page)
    assert verdicts(page)["pbf"] is Verdict.CONFLICT
    assert page.answer is not None
    tree = page.pane.tree
    assert tree.topLevelItemCount() == len(page.answer.layers)
    assert tree.topLevelItem(0).isExpanded()
    assert not tree.topLevelItem(0).icon(0).isNull()
    farmland = next(row for row in page.answer.layers if row.use.key == "pbf")
    assert f"{farmland.area_m2:.2f}" in tree.text()


def test_what_was_not_checked_stands_before_what_is_clear(
    session: Session, settings: Settings, catalogue: Callable[..., Path], page: QuickPage, block: shapely.Geometry
) -> None:
    session.set_settings(dataclasses.replace(settings, catalogue=str(catalogue(without="pbf"))))
    drawn(page, shapely.get_parts(block)[0])
    answered(page)
    assert verdicts(page)["pbf"] is Verdict.NOT_CHECKED
    order = list(verdicts(page).values())
    assert order.index(Verdict.NOT_CHECKED) < order.index(Verdict.CLEAR)
    item = next(page.pane.tree.topLevelItem(i) for i, v in enumerate(order) if v is Verdict.NOT_CHECKED)
    assert item.isExpanded()
    assert item.childCount() > 0


def test_the_newest_question_counts(page: QuickPage, conflicting: ParcelReading) -> None:
    """Somebody clicks again before the answer is there."""
    tasks = []
    for parcel in conflicting.parcels:
        page.check_drawn(geometry(parcel.geometry))
        tasks.append(page.asking.task)
    answered(page)
    assert page.answer is not None
    assert page.answer.reading.parcels[0].geometry.equals(
        shapely.transform(conflicting.parcels[-1].geometry, lambda xy: xy.round(3))
    )
    until(lambda: page.asking.task is None, 2.0)


def test_an_outline_that_crosses_itself_is_said_where_the_answer_would_stand(page: QuickPage) -> None:
    x, y = 38_371_000, 3_120_000
    page.check_drawn(geometry(shapely.Polygon([(x, y), (x + 9, y + 9), (x + 9, y), (x, y + 9)])))
    until(lambda: page.asking.task is None)
    assert page.answer is None
    assert page.pane.nothing.isVisible()
    assert not page.take.isEnabled()
    assert page.take.toolTip()


def test_selected_features_of_any_layer_are_checked(page: QuickPage, session: Session, county: Path) -> None:
    layer = QgsVectorLayer(f"{county}|layername=SQDK", "SQDK", "ogr")
    QgsProject.instance().addMapLayer(layer)
    session.iface.setActiveLayer(layer)
    page.check_selected()
    assert page.asking.task is None  # nothing is selected, and that is said
    layer.selectByExpression("\"DKBH\" IN ('DK0028', 'DK0029')")
    page.check_selected()
    answered(page)
    assert page.answer is not None
    assert page.answer.reading.parcels[0].geometry.area == pytest.approx(31_336.5 + 41_567.6, abs=1.0)


def test_a_file_in_wgs_84_is_checked_with_the_warning(page: QuickPage, tmp_path: Path) -> None:
    path = tmp_path / "手机 & 轨迹.kml"
    ring = "112.70,28.20 112.701,28.20 112.701,28.201 112.70,28.201 112.70,28.20"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>'
        f"{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>",
        encoding="utf-8",
    )
    page.check_file(path)
    answered(page)
    assert "WGS 84" in page.pane.notice.text()
    assert "W-CRS-WGS84" in page.pane.notice.toolTip()
    assert page.pane.notice.isVisible()


def test_a_file_that_cannot_be_read_says_why(page: QuickPage, data: Path) -> None:
    page.check_file(data / "bad" / "txt_empty.txt")
    until(lambda: page.asking.task is None)
    assert page.answer is None
    assert page.pane.nothing.text()


def test_without_a_catalogue_it_says_what_to_do(session: Session, settings: Settings, page: QuickPage) -> None:
    session.set_settings(dataclasses.replace(settings, catalogue=""))
    page.check_drawn(geometry(shapely.box(38_371_000, 3_120_000, 38_371_010, 3_120_010)))
    assert page.asking.task is None
    assert "LandReview" in page.pane.nothing.text()


def test_figures_follow_the_unit(page: QuickPage, session: Session, block: shapely.Geometry) -> None:
    page.check_drawn(geometry(block))
    answered(page)
    before = page.pane.tree.text()
    session.set_settings(dataclasses.replace(session.settings, unit=AreaUnit.HA))
    assert page.pane.tree.text() != before
    assert page.answer is not None


def test_another_business_type_asks_for_another_check(page: QuickPage, block: shapely.Geometry) -> None:
    page.check_drawn(geometry(block))
    answered(page)
    box = page.controls.type_box
    box.setCurrentIndex((box.currentIndex() + 1) % box.count())
    assert page.answer is None


def test_a_layer_of_the_project_is_read_as_it_is_now(
    page: QuickPage,
    session: Session,
    settings: Settings,
    catalogue: Callable[..., Path],
    county: Path,
    tmp_path: Path,
    block: shapely.Geometry,
) -> None:
    copy = tmp_path / "farmland.gpkg"
    shutil.copy(county, copy)
    layer = QgsVectorLayer(f"{copy}|layername=YJJBNT", "farmland of the office", "ogr")
    QgsProject.instance().addMapLayer(layer)
    bound = catalogue(change={"pbf": {"source": layer.name()}})
    session.set_settings(dataclasses.replace(settings, catalogue=str(bound)))
    page.check_drawn(geometry(block))
    answered(page)
    assert verdicts(page)["pbf"] is Verdict.CONFLICT
    layer.startEditing()
    layer.selectAll()
    layer.deleteSelectedFeatures()
    page.check_drawn(geometry(block))
    answered(page)
    assert verdicts(page)["pbf"] is not Verdict.CONFLICT
    layer.rollBack()


def test_choosing_a_row_frames_its_land(page: QuickPage, block: shapely.Geometry) -> None:
    page.check_drawn(geometry(block))
    answered(page)
    page.pane.tree.setCurrentItem(page.pane.tree.topLevelItem(0))
    assert page._spot is not None
    assert not page._spot.framed().isEmpty()
    page.leave()
    assert page._spot.framed().isNull()


def test_taking_it_in_hands_the_land_to_intake(
    session: Session, qgis_new_project: None, block: shapely.Geometry
) -> None:
    session.iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4526"))
    dock = LandReviewDock(session)
    dock.show_quick()
    assert dock.stack.currentWidget() is dock.quick
    dock.quick.check_drawn(geometry(block))
    answered(dock.quick)
    dock.quick.take.click()
    assert dock.stack.currentWidget() is dock.intake
    until(lambda: dock.intake.reading is not None)
    dock.intake.store()
    (case,) = session.desk().store.cases()
    assert session.view(case.id).reading.parcels[0].geometry.area == pytest.approx(block.area, abs=0.5)
    dock.page.show_case(None)
    dock.deleteLater()


def test_layers_are_opened_before_the_first_question(page: QuickPage, block: shapely.Geometry) -> None:
    page.warm()
    checker = page.asking._checker
    assert checker is not None
    until(lambda: checker._layers.opened())
    page.check_drawn(geometry(block))
    answered(page)
    assert page.asking._checker is checker


def press(page: QuickPage, key: Qt.Key) -> None:
    assert page.tool is not None
    page.tool.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def mouse(page: QuickPage, kind: QEvent.Type, x: int, y: int, button: Qt.MouseButton) -> QgsMapMouseEvent:
    return QgsMapMouseEvent(page._canvas, kind, QPoint(x, y), button, button, Qt.KeyboardModifier.NoModifier)


def test_the_tool_draws_with_the_mouse_and_ends_with_the_right_button(page: QuickPage) -> None:
    assert page.tool is not None
    assert page._canvas is not None
    page._canvas.resize(400, 400)
    page._canvas.setExtent(QgsRectangle(38_371_000, 3_120_000, 38_372_000, 3_121_000))
    page.use_tool()
    assert page.controls.draw.isChecked()
    found: list[QgsGeometry] = []
    page.tool.drawn.connect(found.append)
    left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
    for x, y in ((50, 50), (150, 50), (150, 150)):
        page.tool.canvasReleaseEvent(mouse(page, QEvent.Type.MouseButtonRelease, x, y, left))
        page.tool.canvasMoveEvent(mouse(page, QEvent.Type.MouseMove, x + 5, y + 5, Qt.MouseButton.NoButton))
    page.tool.canvasReleaseEvent(mouse(page, QEvent.Type.MouseButtonRelease, 150, 150, right))
    assert len(found) == 1
    assert found[0].area() > 0
    assert not page.tool.shown().isEmpty()


def test_keys_take_corners_back_and_begin_anew(page: QuickPage) -> None:
    assert page.tool is not None
    page.use_tool()
    for x in range(4):
        page.tool.add_corner(QgsPointXY(x, x * x))
    press(page, Qt.Key.Key_Backspace)
    assert len(page.tool.corners) == 3
    press(page, Qt.Key.Key_Escape)
    assert page.tool.corners == []
    assert page.tool.shown().isNull()
    page.tool.add_corner(QgsPointXY(0, 0))
    page.tool.add_corner(QgsPointXY(1, 0))
    press(page, Qt.Key.Key_Return)
    assert page.asking.task is None  # two corners are no polygon


def test_another_tool_leaves_nothing_half_drawn(page: QuickPage) -> None:
    assert page.tool is not None
    page.use_tool()
    page.tool.add_corner(QgsPointXY(0, 0))
    page.use_tool(False)
    assert page.tool.corners == []
    assert not page.controls.draw.isChecked()


def test_the_button_of_the_tool_follows_it(page: QuickPage) -> None:
    page.controls.draw.click()
    assert page._canvas is not None
    assert page._canvas.mapTool() is page.tool
    page.controls.draw.click()
    assert page._canvas.mapTool() is not page.tool
