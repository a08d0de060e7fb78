# SPDX-License-Identifier: GPL-2.0-or-later
"""Intake: what comes in is shown first, whatever is wrong with it is said, and only "Take in" stores it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from gui_waiting import until
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.workflow.steps import Action
from landreview_plugin.gui.dock import LandReviewDock
from landreview_plugin.gui.intake.choosing import SourceMenu
from landreview_plugin.gui.intake.page import IntakePage
from landreview_plugin.gui.intake.source import FileSource, LayerSource, choose, choose_one, polygon_layers
from landreview_plugin.gui.session import Session
from landreview_plugin.project.snapshot import LayerSnapshot
from landreview_plugin.sources.export import export_parcels
from landreview_plugin.sources.parcels import read_parcels


@pytest.fixture
def dock(session: Session) -> Iterator[LandReviewDock]:
    session.iface.messageBar().clearWidgets()
    made = LandReviewDock(session)
    made.resize(400, 700)
    made.show()
    yield made
    made.intake.bands.clear()
    made.hide()
    made.deleteLater()


@pytest.fixture
def intake(dock: LandReviewDock) -> IntakePage:
    return dock.intake


@pytest.fixture
def file(data: Path, tmp_path: Path) -> Path:
    """A copy of the surveyor's file that a test may change."""
    return Path(shutil.copy(data / "txt" / "03_three_parcels.txt", tmp_path / "石塘 & 道路.txt"))


def look_at(dock: LandReviewDock, source: object, case: CaseFile | None = None) -> IntakePage:
    dock.take_in(source, case)
    read(dock.intake)
    return dock.intake


def read(intake: IntakePage) -> None:
    until(lambda: intake._task is None)


def messages(session: Session) -> str:
    return "\n".join(item.text() for item in session.iface.messageBar().items())


def test_a_file_is_shown_with_what_was_detected_and_nothing_is_stored(
    dock: LandReviewDock, session: Session, file: Path
) -> None:
    intake = look_at(dock, FileSource(file))
    assert dock.stack.currentWidget() is intake
    assert "nothing is stored yet" in intake.title.text()
    assert intake.preview.summary.text().startswith("3 parcels, ")
    assert "EPSG:4526" in intake.preview.summary.text()
    rows = intake.preview.table.parcels.rows
    assert [row.parcel.number for row in rows] == ["1", "2", "3"]
    assert all(row.area_m2 is not None for row in rows)
    assert session.desk().store.lines() == []
    assert intake.take_in.isEnabled()


def test_the_parcels_are_drawn_on_the_map_and_framed(dock: LandReviewDock, session: Session, file: Path) -> None:
    intake = look_at(dock, FileSource(file))
    outlines, marks = intake.bands.outlines()
    assert outlines.constGet().numGeometries() == 3
    assert session.iface.mapCanvas().extent().contains(outlines.boundingBox())
    assert marks.isNull() or marks.isEmpty()


def test_take_in_stores_parcels_file_and_log_and_opens_the_case(
    dock: LandReviewDock, session: Session, file: Path
) -> None:
    intake = look_at(dock, FileSource(file))
    intake.cover.project.setText("石塘园区道路")
    intake.cover.applicant.setText("青岚镇")
    intake.take_in.click()
    assert dock.stack.currentWidget() is dock.page
    view = dock.page.view
    assert view.case.number == f"430998-CZPC-{view.case.reference_date.year}-0001"
    assert (view.case.project, view.case.applicant) == ("石塘园区道路", "青岚镇")
    assert [each.name for each in view.attachments] == [file.name]
    assert view.events[0].kind == "taken_in"
    assert view.step.action is Action.ACCEPT
    assert intake.bands.outlines() == []
    assert "was taken in: 3 parcels" in messages(session)


def test_cancel_leaves_nothing_in_the_store_and_nothing_on_the_map(
    dock: LandReviewDock, session: Session, file: Path
) -> None:
    intake = look_at(dock, FileSource(file))
    intake.cancel.click()
    assert dock.stack.currentWidget() is dock.list
    assert session.desk().store.lines() == []
    assert intake.bands.outlines() == []


def test_a_case_number_in_the_name_of_the_file_is_taken_over(dock: LandReviewDock, file: Path) -> None:
    named = file.rename(file.with_name("430998-DDXZ-2026-0042.txt"))
    intake = look_at(dock, FileSource(named))
    cover = intake.cover.cover()
    assert (cover.number, cover.business_type, cover.project) == ("430998-DDXZ-2026-0042", "DDXZ", "")


def test_exchanged_axes_need_a_yes(dock: LandReviewDock, file: Path) -> None:
    swap_axes(file)
    intake = look_at(dock, FileSource(file))
    assert not intake.take_in.isEnabled()
    assert "W-TXT-SWAP" in intake.take_in.toolTip()
    assert intake.preview.tabs.currentWidget() is intake.preview.problems
    intake.preview.repairs["W-TXT-SWAP"].click()
    read(intake)
    assert intake.take_in.isEnabled()
    intake.preview.repairs["W-TXT-SWAP"].click()
    read(intake)
    assert not intake.take_in.isEnabled()


def test_a_repair_said_yes_to_counts_for_this_file_only(dock: LandReviewDock, file: Path, tmp_path: Path) -> None:
    swap_axes(file)
    other = Path(shutil.copy(file, tmp_path / "other.txt"))
    intake = look_at(dock, FileSource(file))
    intake.preview.repairs["W-TXT-SWAP"].click()
    read(intake)
    look_at(dock, FileSource(other))
    assert not intake.take_in.isEnabled()


def test_a_repair_of_the_land_is_made_when_it_is_ticked_and_undone_when_not(
    dock: LandReviewDock, session: Session, tmp_path: Path
) -> None:
    intake = look_at(dock, LayerSource(LayerSnapshot(spiky_layer())))
    assert "QA-G06" in intake.take_in.toolTip() and not intake.take_in.isEnabled()
    intake.preview.repairs["QA-G06"].click()
    read(intake)
    assert intake.take_in.isEnabled(), intake.take_in.toolTip()
    assert "10020.00 → 10000.00" in intake.preview.problems.texts()[0], "what was done stands first"
    intake.preview.repairs["QA-G06"].click()
    read(intake)
    assert not intake.take_in.isEnabled()


def test_the_log_keeps_a_repair_of_the_land(dock: LandReviewDock, session: Session) -> None:
    intake = look_at(dock, LayerSource(LayerSnapshot(spiky_layer())))
    intake.preview.repairs["QA-G06"].click()
    read(intake)
    intake.take_in.click()
    store = session.desk().store
    (case,) = (store.case(line.id) for line in store.lines())
    assert '"repairs":{"QA-G06":1}' in store.log(case.id)[0].body


def spiky_layer() -> QgsVectorLayer:
    layer = parcels_layer()
    west, south = 38_412_000, 3_120_000
    ring = [(0, 0), (0, 100), (50, 100), (50.2, 200), (50.4, 100), (100, 100), (100, 0), (0, 0)]
    text = ",".join(f"{west + x} {south + y}" for x, y in ring)
    layer.dataProvider().changeGeometryValues({1: QgsGeometry.fromWkt(f"POLYGON(({text}))")})
    return layer


def swap_axes(file: Path) -> None:
    lines = [line.split(",") for line in file.read_text(encoding="gb18030").splitlines()]
    swapped = [[c[0], c[1], c[3], c[2]] if c[0].startswith("J") else c for c in lines]
    file.write_text("\n".join(",".join(cells) for cells in swapped), encoding="gb18030")


def test_without_a_prj_a_coordinate_system_can_be_given(dock: LandReviewDock, data: Path) -> None:
    shapefile = next((data / "bad" / "shp_no_prj").glob("*.shp"))
    intake = look_at(dock, FileSource(shapefile))
    assert not intake.take_in.isEnabled()
    assert "E-CRS-NONE" in intake.take_in.toolTip()
    intake.preview.form.crs.setCrs(QgsCoordinateReferenceSystem("EPSG:4526"))
    read(intake)
    assert "E-CRS-NONE" not in intake.take_in.toolTip()
    assert intake.reading.crs.code == "EPSG:4526"


def test_one_of_several_layers_is_chosen(dock: LandReviewDock, county: Path) -> None:
    intake = look_at(dock, FileSource(county))
    form = intake.preview.form
    assert "E-SRC-LAYER" in intake.preview.problems.texts()[0]
    assert intake.preview.tabs.currentWidget() is form or form.layer.count() > 1
    form.layer.setCurrentIndex(form.layer.findData("SQDK"))
    form.layer.activated.emit(form.layer.currentIndex())
    read(intake)
    assert len(intake.reading.parcels) == 40


def test_the_field_of_the_number_can_be_changed(dock: LandReviewDock, tmp_path: Path) -> None:
    layer = parcels_layer()
    intake = look_at(dock, LayerSource(LayerSnapshot(layer)))
    box = intake.preview.form.fields["number"]
    assert box.currentData() == "DKBH"
    assert intake.reading.parcels[0].number == "DK01"
    box.setCurrentIndex(box.findData("旧编号"))
    box.activated.emit(box.currentIndex())
    read(intake)
    assert intake.reading.parcels[0].number == "A-7"


def parcels_layer() -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:4526&field=DKBH:string&field=旧编号:string", "勘界", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["DK01", "A-7"])
    west, south = 38_412_000, 3_120_000
    ring = f"{west} {south},{west} {south + 100},{west + 100} {south + 100},{west + 100} {south},{west} {south}"
    feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON(({ring}))"))
    layer.dataProvider().addFeature(feature)
    return layer


def test_a_layer_of_the_project_is_offered_and_read_though_it_is_removed_meanwhile(
    dock: LandReviewDock, session: Session
) -> None:
    layer = parcels_layer()
    QgsProject.instance().addMapLayer(layer)
    assert polygon_layers(QgsProject.instance()) == [layer]
    chosen: list[object] = []
    menu = SourceMenu(chosen.append, dock)
    layers = next(action.menu() for action in menu.actions() if action.menu())
    layers.actions()[0].trigger()
    QgsProject.instance().removeMapLayer(layer.id())
    intake = look_at(dock, chosen[0])
    assert [parcel.number for parcel in intake.reading.parcels] == ["DK01"]
    intake.take_in.click()
    assert session.desk().store.lines()[0].project == "勘界"


def test_a_file_deleted_after_the_preview_is_refused_with_a_next_step(
    dock: LandReviewDock, session: Session, file: Path
) -> None:
    intake = look_at(dock, FileSource(file))
    file.unlink()
    intake.take_in.click()
    assert "moved or deleted after it was read" in messages(session)
    assert session.desk().store.lines() == []
    assert dock.stack.currentWidget() is intake


def test_a_file_changed_after_the_preview_is_refused(dock: LandReviewDock, session: Session, file: Path) -> None:
    intake = look_at(dock, FileSource(file))
    file.write_bytes(file.read_bytes().replace(b"3061312.200", b"3061999.200"))
    intake.take_in.click()
    assert "changed after it was read" in messages(session)
    assert session.desk().store.lines() == []


def test_every_bad_file_is_told_and_none_can_be_taken_in(dock: LandReviewDock, session: Session, data: Path) -> None:
    bad = [
        path for path in sorted((data / "bad").iterdir()) if path.suffix in {".gpkg", ".kml", ".dxf", ".txt", ".zip"}
    ]
    assert len(bad) >= 7
    refused = {}
    for path in bad:
        intake = look_at(dock, FileSource(path))
        refused[path.name] = not intake.take_in.isEnabled()
        assert intake.preview.problems.texts(), path.name
        assert "Traceback" not in "".join(intake.preview.problems.texts())
    harmless = {name for name, refuses in refused.items() if not refuses}
    assert harmless <= {"gpkg_html_name.gpkg"}
    assert session.desk().store.lines() == []


def test_a_chosen_parcel_and_a_chosen_problem_are_pointed_out(dock: LandReviewDock, data: Path) -> None:
    intake = look_at(dock, FileSource(data / "bad" / "gpkg_bowtie.gpkg"))
    spot = intake.bands._spot
    _, marks = intake.bands.outlines()
    assert not marks.isEmpty()
    intake.preview.problems.clicked.emit(intake.preview.problems.model().index(0, 0))
    assert not spot.framed().isNull()


def test_a_chosen_parcel_is_pointed_out(dock: LandReviewDock, file: Path) -> None:
    intake = look_at(dock, FileSource(file))
    intake.preview.table.selectRow(1)
    wanted = shapely.from_wkb(bytes(intake.bands._spot.framed().asWkb()))
    assert wanted.intersection(intake.reading.parcels[1].geometry).area == pytest.approx(wanted.area)


def test_all_parts_of_a_shapefile_are_kept(dock: LandReviewDock, session: Session, data: Path, tmp_path: Path) -> None:
    reading = read_parcels(str(data / "txt" / "03_three_parcels.txt"))
    shapefile = tmp_path / "hand.shp"
    export_parcels(reading.parcels, reading.crs, shapefile)
    intake = look_at(dock, FileSource(shapefile))
    intake.take_in.click()
    kept = {each.name for each in dock.page.view.attachments}
    assert {"hand.shp", "hand.dbf", "hand.shx", "hand.prj"} <= kept


def test_a_correction_is_a_new_version_and_the_review_counts_no_more(
    dock: LandReviewDock, session: Session, reviewed: CaseFile, file: Path
) -> None:
    dock.open_case(reviewed.id)
    intake = look_at(dock, FileSource(file), reviewed)
    assert reviewed.number in intake.title.text()
    assert intake._cover_box.isHidden()
    intake.take_in.click()
    assert dock.stack.currentWidget() is dock.page
    view = dock.page.view
    assert view.case.version == 2 and view.result is None
    assert [parcel.number for parcel in view.reading.parcels] == ["1", "2", "3"]
    assert view.events[-1].kind == "corrected"


def test_a_correction_of_a_case_that_was_changed_meanwhile_is_refused(
    dock: LandReviewDock, session: Session, reviewed: CaseFile, file: Path
) -> None:
    intake = look_at(dock, FileSource(file), reviewed)
    session.desk().answer(reviewed, {"old_plan_in_force": "no"})
    intake.take_in.click()
    assert "changed in another window" in messages(session)
    assert session.view(reviewed.id).case.version == 1


def test_reading_can_be_given_up(dock: LandReviewDock, session: Session, file: Path) -> None:
    dock.take_in(FileSource(file))
    dock.intake.cancel.click()
    until(lambda: not session._tasks)
    assert dock.intake.reading is None
    assert dock.intake.bands.outlines() == []


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["a.dbf", "a.shp", "a.shx", "a.prj"], "a.shp"),
        (["b.txt"], "b.txt"),
        (["read.me", "c.zip"], "c.zip"),
        (["picture.jpg"], "picture.jpg"),
        ([], None),
    ],
)
def test_of_several_dropped_files_the_data_set_counts(names: list[str], chosen: str | None) -> None:
    found = choose_one([Path(name) for name in names])
    assert (found.name if found else None) == chosen


def test_files_that_came_together_must_show_the_same_land_and_are_kept(
    dock: LandReviewDock, session: Session, file: Path, tmp_path: Path
) -> None:
    reading = look_at(dock, FileSource(file)).reading
    assert reading is not None and reading.crs is not None
    shp = tmp_path / "同一土地.shp"
    export_parcels(reading.parcels, reading.crs, shp)

    source = choose([shp, shp.with_suffix(".dbf"), file])
    assert source == FileSource(file, (shp,)), "the TXT counts"
    intake = look_at(dock, source)
    assert intake.why_not() == ""
    intake.take_in.click()
    names = {each.name for each in dock.page.view.attachments}
    assert {file.name, "同一土地.shp", "同一土地.dbf"} <= names

    export_parcels(reading.parcels[:1], reading.crs, shp)
    assert "QA-X03" in look_at(dock, source).why_not(), "two of three parcels are missing in the shapefile"


def test_degrees_of_wgs84_are_shown_and_wait_for_a_plane(dock: LandReviewDock, tmp_path: Path) -> None:
    path = tmp_path / "wgs84.kml"
    ring = "112.6,28.1 112.601,28.1 112.601,28.101 112.6,28.101 112.6,28.1"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>1</name>'
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs>"
        "</Polygon></Placemark></kml>",
        encoding="utf-8",
    )
    intake = look_at(dock, FileSource(path))
    assert intake.bands.outlines()[0].constGet().numGeometries() == 1
    assert not intake.take_in.isEnabled()
    assert "W-CRS-WGS84" in intake.take_in.toolTip()
