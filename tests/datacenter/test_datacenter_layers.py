# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers: an office's file becomes a version, the next one a delta; below, an office gets its own part."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from datacenter_service import Client
from osgeo import gdal, ogr

from landreview_plugin.sync import layer_protocol as wire
from landreview_plugin.sync.layer_delta import apply_deltas
from landreview_plugin.sync.layer_file import content_hash

As = Callable[[str, str], Client]
WHOLE = "430998"


@pytest.fixture
def survey(county: Path, tmp_path: Path) -> Path:
    """The land use of the made-up county as an office would export it."""
    target = tmp_path / "survey.gpkg"
    gdal.VectorTranslate(str(target), str(county), layers=["DLTB"])
    return target


def send(client: Client, path: Path) -> str:
    """Send a file as blob; its hash."""
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    size = 4 * 1024 * 1024
    for start in range(0, len(data), size):
        piece = data[start : start + size]
        span = f"bytes {start}-{start + len(piece) - 1}/{len(data)}"
        answer = client.put(f"/v1/blobs/{sha256}", data=piece, headers={"Content-Range": span})
        assert answer.status_code in (201, 202), answer.text
    return sha256


def publish(client: Client, path: Path, key: str = "dltb", code: str = WHOLE, **given: str) -> wire.LayerManifest:
    body = {"file_sha256": send(client, path), "data_date": "2026-06-30"} | given
    answer = client.post(f"/v1/layers/{key}/{code}", json=body)
    assert answer.status_code == 200, answer.text
    return wire.LayerManifest.model_validate_json(answer.content)


def download(client: Client, version: wire.LayerManifest, what: str, target: Path) -> Path:
    answer = client.get(f"/v1/layers/{version.layer}/{version.jurisdiction}/{version.version}/{what}")
    assert answer.status_code == 200, answer.text
    expected = version.delta_sha256 if what == "delta" else version.file_sha256
    assert hashlib.sha256(answer.content).hexdigest() == expected
    target.write_bytes(answer.content)
    return target


def edit(path: Path, *statements: str) -> Path:
    """A changed copy, exported afresh: rows are numbered anew, as programs do."""
    changed, fresh = path.with_name("changed.gpkg"), path.with_name("fresh.gpkg")
    shutil.copy(path, changed)
    dataset = ogr.Open(str(changed), 1)
    for statement in statements:
        dataset.ExecuteSQL(statement)
    del dataset
    gdal.VectorTranslate(str(fresh), str(changed), layers=["DLTB"], options=["-unsetFid"])
    return fresh


def test_a_file_becomes_a_version_that_is_taken_whole(as_: As, survey: Path, tmp_path: Path) -> None:
    leader = as_("leader", WHOLE)
    made = publish(leader, survey)
    assert (made.layer, made.jurisdiction, made.base_version) == ("dltb", WHOLE, None)
    got = download(leader, made, "file", tmp_path / "got.gpkg")
    assert content_hash(got) == made.result_hash
    source, target = ogr.Open(str(survey)), ogr.Open(str(got))
    assert target.GetLayerByName("dltb").GetFeatureCount() == source.GetLayerByName("DLTB").GetFeatureCount()
    assert made.feature_count == target.GetLayerByName("dltb").GetFeatureCount()


def test_the_same_again_makes_no_version(as_: As, survey: Path) -> None:
    leader = as_("leader", WHOLE)
    assert publish(leader, survey) == publish(leader, survey)
    fresh = edit(survey)
    assert publish(leader, fresh) == publish(leader, survey), "the same rows in another file"


def test_the_next_version_is_a_small_delta_also_when_rows_were_numbered_anew(
    as_: As, survey: Path, tmp_path: Path
) -> None:
    leader = as_("leader", WHOLE)
    first = publish(leader, survey)
    changed = edit(survey, "DELETE FROM DLTB WHERE fid = 3", "UPDATE DLTB SET DLBM = '0103' WHERE fid = 9")
    second = publish(leader, changed, data_date="2026-12-31")
    assert (second.version, second.base_version, second.base_hash) == (
        first.version + 1,
        first.version,
        first.result_hash,
    )
    assert 0 < second.delta_size < second.file_size / 10
    base = download(leader, first, "file", tmp_path / "base.gpkg")
    delta = download(leader, second, "delta", tmp_path / "delta")
    apply_deltas(base, [delta], tmp_path / "next.gpkg", result_hash=second.result_hash)
    whole = download(leader, second, "file", tmp_path / "whole.gpkg")
    assert content_hash(tmp_path / "next.gpkg") == content_hash(whole)
    listed = wire.LayerList.model_validate_json(leader.get(f"/v1/layers/dltb/{WHOLE}").content).layers
    assert [each.version for each in listed][:2] == [second.version, first.version]


def test_a_download_goes_on_where_it_stopped(as_: As, survey: Path) -> None:
    leader = as_("leader", WHOLE)
    made = publish(leader, survey)
    path = f"/v1/layers/dltb/{WHOLE}/{made.version}/file"
    parts = [leader.get(path, headers={"Range": span}) for span in ("bytes=0-99999", "bytes=100000-")]
    assert [part.status_code for part in parts] == [206, 206]
    assert hashlib.sha256(parts[0].content + parts[1].content).hexdigest() == made.file_sha256


@pytest.mark.parametrize(
    ("role", "office", "status"),
    [
        ("leader", "430998", 200),
        ("reviewer", "4309", 200),
        ("technician", "430998", 403),
        ("auditor", "430998", 403),
        ("leader", "430997", 403),
        ("leader", "430101", 403),
    ],
)
def test_who_may_publish(as_: As, survey: Path, role: str, office: str, status: int) -> None:
    sha256 = send(as_("leader", office), survey)
    body = {"file_sha256": sha256, "data_date": "2026-06-30"}
    send(as_("technician", WHOLE), survey)
    assert as_(role, office).post(f"/v1/layers/dltb/{WHOLE}", json=body).status_code == status


def test_a_sibling_sees_nothing_and_those_above_see_it(as_: As, survey: Path) -> None:
    made = publish(as_("leader", WHOLE), survey)
    path = f"/v1/layers/dltb/{WHOLE}/{made.version}/file"
    assert [as_("reviewer", office).get(path).status_code for office in ("430997", "430101", "4301")] == [404] * 3
    assert [as_("reviewer", office).get(path).status_code for office in ("43", "4309")] == [200] * 2
    listed = wire.LayerList.model_validate_json(as_("reviewer", "430997").get("/v1/layers").content)
    assert not [each for each in listed.layers if each.jurisdiction == WHOLE]


@pytest.fixture
def two_counties(survey: Path) -> Path:
    """A prefecture's layer: the first half lies in 430998, the other in 430997; the rest names no unit."""
    return edit(
        survey,
        "UPDATE DLTB SET ZLDWDM = '4309971012030000000' WHERE fid % 2 = 0",
        "UPDATE DLTB SET ZLDWDM = '4309981012030000000' WHERE fid % 2 = 1",
        "UPDATE DLTB SET ZLDWDM = NULL WHERE fid = 10",
    )


def test_an_office_below_gets_its_own_part(as_: As, two_counties: Path, tmp_path: Path) -> None:
    made = publish(as_("leader", "4309"), two_counties, code="4309")
    for office in ("430998", "430997"):
        client = as_("technician", office)
        mine = wire.LayerManifest.model_validate_json(client.get("/v1/layers/dltb/4309/newest").content)
        got = download(client, mine, "file", tmp_path / f"{office}.gpkg")
        assert (content_hash(got), mine.version, mine.delta_sha256) == (mine.result_hash, made.version, "")
        layer = (dataset := ogr.Open(str(got))).GetLayer()
        assert {(feature["ZLDWDM"] or "")[:6] for feature in layer} == {office, ""}
        assert layer.GetFeatureCount() == mine.feature_count < made.feature_count
        other = {"430998": b"430997101203", "430997": b"430998101203"}[office]
        assert other not in got.read_bytes(), "deleted rows are not left in free pages"
        del layer, dataset


def test_two_uploads_of_one_layer_make_versions_one_after_the_other(as_: As, survey: Path) -> None:
    leader = as_("leader", WHOLE)
    versions = [publish(leader, edit(survey, f"DELETE FROM DLTB WHERE fid = {n}")).version for n in (20, 21)]
    assert versions[1] == versions[0] + 1


def _no_database(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"no GeoPackage" * 100)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _a_view(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "PRAGMA legacy_alter_table=ON; ALTER TABLE DLTB RENAME TO t; CREATE VIEW DLTB AS SELECT * FROM t"
        )


def _no_class(path: Path) -> None:
    dataset = ogr.Open(str(path), 1)
    layer = dataset.GetLayer()
    layer.DeleteField(layer.GetLayerDefn().GetFieldIndex("DLBM"))
    del layer, dataset


def _empty(path: Path) -> None:
    dataset = ogr.Open(str(path), 1)
    dataset.ExecuteSQL("DELETE FROM DLTB")
    del dataset


def _other_datum(path: Path) -> None:
    gdal.VectorTranslate(str(path.with_name("x.gpkg")), str(path), reproject=False, dstSRS="EPSG:2384")
    path.with_name("x.gpkg").replace(path)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_no_database, "E-SYNC-LAYER"),
        (_cut_off, "E-S"),
        (_a_view, "E-SEC-TRIGGER"),
        (_no_class, "E-ATT-FIELD"),
        (_empty, "E-SRC-EMPTY"),
        (_other_datum, "E-CRS-DATUM"),
    ],
)
def test_what_is_no_version_is_refused_with_its_reason(
    as_: As, survey: Path, damage: Callable[[Path], None], code: str
) -> None:
    leader = as_("leader", WHOLE)
    before = leader.get("/v1/layers/dltb/430998").json()
    damage(survey)
    body = {"file_sha256": send(leader, survey), "data_date": "2026-06-30"}
    answer = leader.post(f"/v1/layers/dltb/{WHOLE}", json=body)
    assert (answer.status_code, answer.json()["code"].startswith(code)) == (422, True), answer.text
    assert leader.get("/v1/layers/dltb/430998").json() == before


def test_land_of_another_county_is_refused(as_: As, survey: Path) -> None:
    """The same eastings in the zone before: 290 km further west, outside Changsha's box."""
    leader = as_("leader", "4301")
    body = {"file_sha256": send(leader, survey), "data_date": "2026-06-30"}
    assert leader.post("/v1/layers/dltb/4301", json=body).status_code == 200
    moved = survey.with_name("moved.gpkg")
    sql = "UPDATE DLTB SET geom = (SELECT ST_Translate(geom, -1000000, 0, 0))"
    shutil.copy(survey, moved)
    dataset = ogr.Open(str(moved), 1)
    dataset.ExecuteSQL(sql, dialect="SQLITE")
    del dataset
    west = survey.with_name("west.gpkg")
    gdal.VectorTranslate(str(west), str(moved), options=["-a_srs", "EPSG:4525"])
    body = {"file_sha256": send(leader, west), "data_date": "2026-07-31"}
    answer = leader.post("/v1/layers/dltb/4301", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "E-CENTRE-LAYER"), answer.text
    assert "长沙市" in answer.json()["reason"]["zh"]


def test_a_trigger_in_the_file_never_runs(as_: As, survey: Path, tmp_path: Path) -> None:
    with sqlite3.connect(survey) as connection:
        connection.execute("CREATE TRIGGER evil AFTER INSERT ON DLTB BEGIN DELETE FROM DLTB; END")
    made = publish(as_("leader", WHOLE), survey)
    got = download(as_("leader", WHOLE), made, "file", tmp_path / "got.gpkg")
    with sqlite3.connect(got) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    assert "evil" not in names and made.feature_count > 100
