# SPDX-License-Identifier: GPL-2.0-or-later
"""From a file to a case: what a review would refuse is said early, and only what was looked at is stored."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from osgeo import ogr, osr

from landreview_plugin.core.geodesy.area import AreaMethod
from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.profile import load_profile
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.case_review import cover_of, review_case
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.jobs.intake import evidence, examined, refuse_changed
from landreview_plugin.jobs.kit import load_frame
from landreview_plugin.jobs.parcel_rows import parcel_rows
from landreview_plugin.sources.parcels import digest_of, files_of, read_parcels
from landreview_plugin.store.entries import Actor
from landreview_plugin.store.workspace import Workspace

AT = dt.date(2026, 9, 1)


@pytest.fixture
def file(data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(data / "txt" / "03_three_parcels.txt", tmp_path / "地块 & 1.txt"))


def test_the_offices_quality_checks_are_said_at_intake(file: Path) -> None:
    reading = read_parcels(str(file))
    seen = examined(reading, load_profile("demo"))
    assert {problem.code for problem in reading.problems} <= {problem.code for problem in seen.problems}
    assert "W-JUR-COUNTY" in {problem.code for problem in seen.problems}
    assert len({(p.code, p.place.parcel, p.place.xy) for p in seen.problems}) == len(seen.problems)


def test_what_could_not_be_read_rightly_is_not_checked_further(data: Path) -> None:
    reading = read_parcels(str(data / "bad" / "gpkg_bowtie.gpkg"))
    assert any(problem.refuses for problem in reading.problems)
    assert examined(reading, load_profile("demo")) == reading


SPIKE = ((0, 0), (0, 100), (50, 100), (50.2, 200), (50.4, 100), (100, 100), (100, 0))
LINE_OUT_AND_BACK = ((0, 0), (0, 100), (50, 100), (50, 200), (50, 100), (100, 100), (100, 0))
BOWTIE = ((0, 0), (100, 100), (100, 0), (0, 100))


def drawn(path: Path, *rings: Sequence[tuple[float, float]]) -> Path:
    """A GeoPackage with a parcel each ring."""
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    plane = osr.SpatialReference()
    plane.ImportFromEPSG(4526)
    layer = dataset.CreateLayer("parcels", plane, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("DKBH", ogr.OFTString))
    for n, ring in enumerate(rings, start=1):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["DKBH"] = f"DK{n}"
        corners = ", ".join(f"{38_412_000 + 300 * n + x} {3_120_000 + y}" for x, y in (*ring, ring[0]))
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON (({corners}))"))
        layer.CreateFeature(feature)
    dataset = layer = None
    return path


def test_a_repair_that_was_asked_for_is_made_checked_and_said(tmp_path: Path) -> None:
    reading = read_parcels(str(drawn(tmp_path / "a.gpkg", SPIKE)))
    before = examined(reading, load_profile("demo"))
    assert "QA-G06" in {problem.code for problem in before.problems if problem.refuses}
    after = examined(reading, load_profile("demo"), repairs=frozenset({"QA-G06", "W-TXT-SWAP"}))
    (entry,) = (problem for problem in after.problems if problem.code == "QA-G06")
    assert not entry.refuses and entry.repair is not None and "10020.00 → 10000.00" in entry.repair.en
    assert after.parcels[0].geometry.area == pytest.approx(10_000)
    assert after.sha256 == before.sha256, "the file is what it was"


def test_a_line_out_and_back_is_mended_though_the_reader_refused_it(tmp_path: Path) -> None:
    reading = read_parcels(str(drawn(tmp_path / "a.gpkg", LINE_OUT_AND_BACK)))
    assert {problem.code for problem in reading.problems if problem.refuses} == {"E-GEO-SELFX"}
    after = examined(reading, load_profile("demo"), repairs=frozenset({"QA-G06"}))
    assert not any(problem.refuses for problem in after.problems)
    assert [problem.code for problem in after.problems if problem.repair] == ["QA-G06"]


def test_a_repair_hides_no_other_fault(tmp_path: Path) -> None:
    reading = read_parcels(str(drawn(tmp_path / "a.gpkg", LINE_OUT_AND_BACK, BOWTIE)))
    after = examined(reading, load_profile("demo"), repairs=frozenset({"QA-G06"}))
    assert [(p.code, p.place.parcel) for p in after.problems if p.refuses] == [("E-GEO-SELFX", "DK2")]
    assert "QA-G06" in {problem.code for problem in after.problems if problem.repair}


def test_longitude_and_latitude_can_be_looked_at(tmp_path: Path) -> None:
    """What has no metres has no areas; the preview shows it all the same."""
    path = tmp_path / "wgs84.kml"
    ring = "112.6,28.1 112.601,28.1 112.601,28.101 112.6,28.101 112.6,28.1"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>1</name>'
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs>"
        "</Polygon></Placemark></kml>",
        encoding="utf-8",
    )
    reading = examined(read_parcels(str(path)), load_profile("demo"))
    assert len(reading.parcels) == 1
    assert [row.area_m2 for row in parcel_rows(reading, None, AreaMethod.ELLIPSOIDAL)] == [None]


def test_the_file_that_was_looked_at_is_taken_and_no_other(file: Path) -> None:
    reading = read_parcels(str(file))
    refuse_changed(reading, file)
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(LandReviewError, match="changed after it was read"):
        refuse_changed(reading, file)
    file.unlink()
    with pytest.raises(LandReviewError, match="moved or deleted"):
        refuse_changed(reading, file)


def test_a_shapefile_is_all_its_parts(data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(data / "bad" / "shp_no_prj", tmp_path / "shp"))
    shapefile = next(folder.glob("*.shp"))
    before = digest_of(shapefile)
    assert {path.suffix for path in evidence(shapefile, tmp_path)} >= {".shp", ".shx", ".dbf"}
    table = shapefile.with_suffix(".dbf")
    table.write_bytes(table.read_bytes() + b" ")
    assert digest_of(shapefile) != before


def test_an_archive_is_one_file(file: Path, tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, file.name)
    assert files_of(packed) == [packed]
    assert digest_of(packed) == read_parcels(str(packed)).sha256


def test_a_geodatabase_is_kept_as_one_zip(county: Path, tmp_path: Path) -> None:
    folder = tmp_path / "案卷.gdb"
    source = ogr.Open(str(county))
    target = ogr.GetDriverByName("OpenFileGDB").CreateDataSource(str(folder))
    target.CopyLayer(source.GetLayer("CZKFBJ"), "DK")
    target = None
    (packed,) = evidence(folder, tmp_path)
    assert packed.name == "案卷.gdb.zip"
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
    assert len(names) == len(files_of(folder)) and all(name.startswith("案卷.gdb/") for name in names)


def test_a_case_of_the_store_is_reviewed_with_its_own_cover_and_answers(
    county: Path, catalogue: object, tmp_path: Path
) -> None:
    reading = read_parcels(f"{county}|layername=SQDK")
    reading = reading.model_copy(update={"parcels": tuple(p for p in reading.parcels if p.number == "DK0018")})
    path = catalogue()
    frame = load_frame("demo", str(path), "")
    with Workspace(tmp_path / "store.gpkg") as store:
        desk = Desk(store, Actor(person="李四", office="430998"))
        case = desk.take_in(reading, Cover(business_type="CZPC", reference_date=AT, project="道路"))
        case = desk.answer(case, {"old_plan_in_force": "no"})
        folder = tmp_path / "out"
        done = review_case(case, reading, frame, path.parent, folder, Language.ZH, Silent())
        assert done.result.case == cover_of(case, frame)
        assert done.result.case.answers == {"old_plan_in_force": "no"}
        assert {"json", "gpkg"} <= set(done.files)
        entered = desk.enter_review(case, done.result, done.files)
        assert entered.verdict is done.result.verdict
        rows = parcel_rows(reading, done.result, None)
        assert rows[0].verdict is done.result.parcels[0].verdict


def test_a_full_disk_refuses_before_there_is_a_case(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace(tmp_path / "store.gpkg") as store:
        desk = Desk(store, Actor(person="李四", office="430998"))

        def full(source: Path) -> str:
            raise LandReviewError("E-STORE-FULL")

        monkeypatch.setattr(store.blobs, "put", full)
        with pytest.raises(LandReviewError, match="E-STORE-FULL"):
            desk.take_in(read_parcels(str(file)), Cover(business_type="CZPC", reference_date=AT), file)
        assert store.lines() == []
