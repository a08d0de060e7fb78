# SPDX-License-Identifier: GPL-2.0-or-later
"""The store: a GeoPackage that others open, too, in which a case and its log change together or not at all."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path

import pytest
import shapely
from conftest_store import CLERK, COVER, reading_of
from osgeo import gdal, ogr

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.workspace import Workspace


def test_a_case_comes_back_as_it_was_taken_in(store: Workspace, case: CaseFile) -> None:
    assert store.cases() == [case]
    assert case.number == "430998-CZPC-2026-0001"
    back = store.hand_in(case.id, 1)
    assert back.parcels == reading_of().parcels
    assert back.crs == reading_of().crs
    assert shapely.equals_exact(back.parcels[0].geometry, reading_of().parcels[0].geometry)


def test_numbers_are_never_used_again(store: Workspace, desk: Desk, case: CaseFile) -> None:
    second = desk.take_in(reading_of(), COVER)
    assert second.number == "430998-CZPC-2026-0002"
    other_year = desk.take_in(
        reading_of(), COVER.model_copy(update={"reference_date": COVER.reference_date.replace(year=2025)})
    )
    assert other_year.number == "430998-CZPC-2025-0001"


def test_a_number_given_twice_is_refused(desk: Desk) -> None:
    cover = COVER.model_copy(update={"number": "430998-CZPC-2026-0777"})
    desk.take_in(reading_of(), cover)
    with pytest.raises(LandReviewError) as raised:
        desk.take_in(reading_of(), cover)
    assert raised.value.code == "E-CASE-STEP"
    assert len(desk.store.cases()) == 1


def test_gdal_opens_it_as_a_geopackage_with_the_parcels_where_they_lie(
    path: Path, store: Workspace, case: CaseFile
) -> None:
    source = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_READONLY)
    layer = source.GetLayerByName("parcels")
    assert source.GetDriver().ShortName == "GPKG"
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "4490"
    feature = layer.GetNextFeature()
    centre = feature.GetGeometryRef().Centroid()
    assert (centre.GetX(), centre.GetY()) == pytest.approx((115.1468, 28.1910), abs=0.01)
    assert {source.GetLayer(i).GetName() for i in range(source.GetLayerCount())} >= {"cases", "events", "parcels"}


def test_the_shown_outline_agrees_with_proj(store: Workspace, case: CaseFile, path: Path) -> None:
    from osgeo import osr

    shown = shapely.from_wkb(bytes(sqlite3.connect(path).execute("SELECT geom FROM parcels").fetchone()[0][40:]))
    plane, degrees = osr.SpatialReference(), osr.SpatialReference()
    plane.ImportFromEPSG(4526)
    degrees.ImportFromEPSG(4490)
    for reference in (plane, degrees):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    expected = ogr.CreateGeometryFromWkb(shapely.to_wkb(reading_of().parcels[0].geometry))
    expected.Transform(osr.CoordinateTransformation(plane, degrees))
    there = shapely.from_wkb(bytes(expected.ExportToWkb()))
    assert shapely.hausdorff_distance(shown, there) < 1e-8  # 1 mm


def test_a_parcel_that_has_no_place_on_the_earth_is_kept_and_not_shown(desk: Desk, path: Path) -> None:
    square, far = reading_of().parcels[0], shapely.box(1e300, 1e300, 2e300, 2e300)
    parcels = (square, square.model_copy(update={"number": "DK02", "geometry": far}))
    case = desk.take_in(reading_of().model_copy(update={"parcels": parcels}), COVER)
    assert desk.store.hand_in(case.id, 1).parcels[1].geometry.equals(far)
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT number, geom IS NULL, min_x FROM parcels ORDER BY seq").fetchall()
    assert [row[:2] for row in rows] == [("DK01", 0), ("DK02", 1)] and rows[1][2] is None


def test_every_change_stands_in_the_log(store: Workspace, desk: Desk, case: CaseFile, tmp_path: Path) -> None:
    paper = tmp_path / "批复.pdf"
    paper.write_bytes(b"%PDF-1.4 approval")
    case = desk.attach(case, [paper], "M-YS")
    case = desk.take_step(case, None)
    log = store.log(case.id)
    assert [event.kind for event in log] == ["taken_in", "attached", "accept"]
    assert json.loads(log[1].body)["files"][0]["name"] == "批复.pdf"
    assert {event.actor for event in log} == {CLERK.person}
    store.check_log(case.id)
    assert case.rev == 3


def test_the_log_can_not_be_changed_and_a_forged_one_is_named(
    path: Path, store: Workspace, desk: Desk, case: CaseFile
) -> None:
    other = sqlite3.connect(path)
    for statement in ("UPDATE events SET actor = 'x'", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other.execute(statement)
    other.rollback()
    other.execute("DROP TRIGGER events_stay")
    other.execute("UPDATE events SET actor = 'x' WHERE no = 1")
    other.commit()
    with pytest.raises(LandReviewError) as raised:
        store.check_log(case.id)
    assert raised.value.detail and "1" in raised.value.detail.en


def test_a_step_that_fails_leaves_nothing(store: Workspace, case: CaseFile) -> None:
    with pytest.raises(RuntimeError), store.change(case, "broken", {}, CLERK) as change:
        change.update(project="half")
        change.hand_in(reading_of(number="DK99"))
        raise RuntimeError
    assert store.case(case.id) == case
    assert len(store.log(case.id)) == 1
    with pytest.raises(LandReviewError):
        store.hand_in(case.id, 2)


def test_a_step_of_a_whole_is_undone_alone_and_goes_with_the_whole(store: Workspace, desk: Desk, path: Path) -> None:
    """As a page of cases comes in: one that is refused holds no other, and all that came is on disk at once."""
    with store.writing():
        desk.take_in(reading_of(), COVER)
        with pytest.raises(LandReviewError, match="E-STORE-GONE"), store.writing() as connection:
            connection.execute("DELETE FROM serials")
            store.case("nobody's")
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as other:
            assert other.execute("SELECT count(*) FROM cases").fetchone() == (0,)
        desk.take_in(reading_of(), COVER)
    assert [case.number[-4:] for case in store.cases()] == ["0001", "0002"]
    with pytest.raises(LandReviewError), store.writing():
        desk.take_in(reading_of(), COVER)
        store.case("nobody's")
    assert len(store.cases()) == 2


def test_two_windows_share_a_store_and_the_slower_one_is_told(
    path: Path, store: Workspace, desk: Desk, case: CaseFile
) -> None:
    with Workspace(path) as other:
        before = store.revision()
        Desk(other, CLERK).take_step(other.case(case.id), None)
        assert store.revision() != before
        with pytest.raises(LandReviewError) as raised:
            desk.take_step(case, None)
        assert raised.value.code == "E-STORE-STALE"
        assert len(store.log(case.id)) == 2


def test_search_finds_number_project_applicant_and_parcel(store: Workspace, desk: Desk, case: CaseFile) -> None:
    desk.take_in(reading_of(number="KS-7"), COVER.model_copy(update={"project": "100%_道路", "applicant": "石塘"}))
    assert [found.number[-4:] for found in store.find("0001")] == ["0001"]
    assert [found.number[-4:] for found in store.find("KS-7")] == ["0002"]
    assert [found.number[-4:] for found in store.find("石塘")] == ["0002"]
    assert [found.number[-4:] for found in store.find("%_")] == ["0002"]
    assert store.find("' OR 1=1 --") == []


def test_neighbours_are_the_open_cases_that_reach_into_a_box(store: Workspace, desk: Desk, case: CaseFile) -> None:
    far = desk.take_in(reading_of(easting=38_650_000), COVER)
    near = desk.take_in(reading_of(easting=38_612_050), COVER)
    box = sqlite3.connect(store.path).execute("SELECT min_x, min_y, max_x, max_y FROM parcels").fetchone()
    assert {row[0] for row in store.neighbours(box, case.id)} == {near.id}
    assert far.id not in {row[0] for row in store.neighbours(box)}


def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "note.gpkg"
    text.write_bytes(b"this is no database at all, but long enough to be looked at" * 20)
    other = tmp_path / "other.gpkg"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE roads (id INTEGER)")
    for file in (text, other):
        before = file.read_bytes()
        with pytest.raises(LandReviewError) as raised:
            Workspace(file)
        assert raised.value.code == "E-STORE-CORRUPT"
        assert file.read_bytes() == before or file == other  # SQLite may note the journal mode in a real database


def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "a file where the folder should be"
    blocked.write_bytes(b"")
    with pytest.raises(LandReviewError) as raised:
        Workspace(blocked / "landreview.gpkg")
    assert raised.value.code in {"E-ENV-WRITE", "E-STORE-READONLY"}
    assert "landreview.gpkg" in raised.value.place.file


def test_attachments_are_kept_by_content_and_checked(
    store: Workspace, desk: Desk, case: CaseFile, tmp_path: Path
) -> None:
    paper = tmp_path / "a.PDF"
    paper.write_bytes(b"%PDF-1.4 one")
    case = desk.attach(case, [paper], "M-YS")
    desk.attach(case, [paper], "M-CB")
    (first, second) = store.attachments(case.id)
    assert first.sha256 == second.sha256
    kept = store.blobs.get(first.sha256, ".pdf")
    assert len(list(store.blobs.all())) == 1
    assert not kept.stat().st_mode & stat.S_IWRITE
    kept.chmod(stat.S_IREAD | stat.S_IWRITE)
    kept.write_bytes(b"%PDF-1.4 two")
    with pytest.raises(LandReviewError) as raised:
        store.blobs.verified(first.sha256, ".pdf")
    assert raised.value.code == "E-STORE-BLOB"
    store.blobs.put(paper)  # handing it in again heals it
    assert store.blobs.verified(first.sha256, ".pdf")


def test_a_missing_attachment_is_named_before_anything_changes(
    store: Workspace, desk: Desk, case: CaseFile, tmp_path: Path
) -> None:
    with pytest.raises(LandReviewError) as raised:
        desk.attach(case, [tmp_path / "gone.pdf"])
    assert raised.value.code == "E-STORE-GONE"
    assert store.case(case.id).rev == 1


def test_loose_files_are_collected_and_named_ones_stay(
    store: Workspace, desk: Desk, case: CaseFile, tmp_path: Path
) -> None:
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"kept")
    desk.attach(case, [paper])
    loose = tmp_path / "b.pdf"
    loose.write_bytes(b"a crash came between file and row")
    kept = store.blobs.path(store.blobs.put(loose), ".pdf")
    assert store.tidy() == 0, "another window may be about to name it"
    a_week_ago = time.time() - 7 * 86_400
    for file in store.blobs.all():
        os.utime(file, (a_week_ago, a_week_ago))
    assert store.tidy() == 1 and not kept.exists()
    assert store.tidy() == 0
    assert store.attachments(case.id)[0].sha256 in {path.stem for path in store.blobs.all()}
