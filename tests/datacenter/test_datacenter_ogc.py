# SPDX-License-Identifier: GPL-2.0-or-later
"""OGC API Features and vector tiles: QGIS's own client reads them, axes stand in the right order, nothing leaks."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely
from datacenter_service import Client
from osgeo import gdal, ogr
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
from test_datacenter_layers import publish

from datacenter.cluster import PrivateCluster
from datacenter.made_up import MadeUpCase
from datacenter.ogc.crs import uri_of

As = Callable[[str, str], Client]
WHOLE = "430998"


@pytest.fixture(scope="module")
def farmland(as_: As, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The farmland of the made-up county, published by it."""
    path = tmp_path_factory.mktemp("pbf") / "pbf.gpkg"
    gdal.VectorTranslate(str(path), str(data / "oracle" / "county_s.gpkg"), layers=["YJJBNT"])
    publish(as_("leader", WHOLE), path, key="pbf")
    return path


@pytest.fixture(scope="module")
def case(as_: As) -> MadeUpCase:
    one = MadeUpCase()
    assert as_("technician", WHOLE).command(one.case, one.submit()).status_code == 200
    return one


@pytest.fixture(scope="module")
def reader(as_: As, farmland: Path) -> Client:
    return as_("technician", WHOLE)


def source_shapes(path: Path) -> list[shapely.Geometry]:
    dataset = ogr.Open(str(path))
    return [shapely.from_wkb(bytes(f.GetGeometryRef().ExportToIsoWkb())) for f in dataset.GetLayer()]


def items(client: Client, name: str = "pbf", **query: object) -> dict[str, Any]:
    answer = client.get(f"/ogc/collections/{name}/items", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_entrance_leads_to_everything(reader: Client) -> None:
    landing = reader.get("/ogc").json()
    assert {"self", "service-desc", "conformance", "data"} <= {link["rel"] for link in landing["links"]}
    for link in landing["links"]:
        assert reader.http.get(link["href"], timeout=10).status_code == 200, link
    classes = reader.get("/ogc/conformance").json()["conformsTo"]
    assert any(uri.endswith("/conf/core") for uri in classes) and any(uri.endswith("/conf/crs") for uri in classes)


def test_collections_are_the_parcels_and_the_layers_in_sight(reader: Client, as_: As) -> None:
    listed = {each["id"]: each for each in reader.get("/ogc/collections").json()["collections"]}
    assert {"parcels", "pbf"} <= set(listed)
    assert listed["pbf"]["storageCrs"] == uri_of(4490) and "永久基本农田" in listed["pbf"]["title"]
    stranger = as_("technician", "430101").get("/ogc/collections").json()["collections"]
    assert "pbf" not in {each["id"] for each in stranger}


def test_pages_hold_every_feature_once(reader: Client, farmland: Path) -> None:
    expected = len(source_shapes(farmland))
    url, seen = f"{reader.base}/ogc/collections/pbf/items?limit=7", []
    while url:
        page = reader.http.get(url, timeout=10).json()
        assert page["numberReturned"] == len(page["features"]) <= 7
        seen += [feature["id"] for feature in page["features"]]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert len(seen) == len(set(seen)) == expected > 7


def test_a_plane_gives_the_coordinates_that_were_handed_in(reader: Client, farmland: Path) -> None:
    """EPSG:4526 has north before east: y first in the answer. A tenth of a millimetre is kept."""
    found = items(reader, crs=uri_of(4526), limit=1000)["features"]
    back = [shapely.transform(shapely.geometry.shape(f["geometry"]), lambda xy: xy[:, ::-1]) for f in found]
    originals = source_shapes(farmland)
    assert len(back) == len(originals)
    for shape in originals:
        assert min(shape.hausdorff_distance(other) for other in back if other.intersects(shape)) < 0.001


def test_degrees_are_longitude_first_in_crs84_and_last_in_epsg_4490(reader: Client) -> None:
    plain = items(reader, limit=1)["features"][0]["geometry"]["coordinates"][0][0][0]
    epsg = items(reader, limit=1, crs=uri_of(4490))["features"][0]["geometry"]["coordinates"][0][0][0]
    assert 108 < plain[0] < 115 and 24 < plain[1] < 31
    assert epsg == plain[::-1]


def test_a_box_is_understood_in_each_system(reader: Client, farmland: Path) -> None:
    shape = source_shapes(farmland)[0]
    west, south, east, north = shape.bounds
    expected = sum(other.intersects(shapely.box(*shape.bounds)) for other in source_shapes(farmland))
    plane = items(reader, limit=1000, **{"bbox": f"{south},{west},{north},{east}", "bbox-crs": uri_of(4526)})
    assert abs(plane["numberReturned"] - expected) <= 1, "the box is turned a little between plane and degrees"
    assert 0 < plane["numberReturned"] < len(source_shapes(farmland))
    whole = items(reader, limit=1000, bbox="108,24,115,31")
    assert whole["numberReturned"] == whole["numberMatched"] == len(source_shapes(farmland))
    assert items(reader, bbox="100,24,101,25")["features"] == []


def test_filters_by_property_and_day(reader: Client) -> None:
    every = items(reader, limit=1000)["features"]
    number = every[0]["properties"]["YJJBNTTBBH"]
    some = items(reader, limit=1000, YJJBNTTBBH=number, DLBM="01")["features"]
    assert [f["id"] for f in some] == [f["id"] for f in every if f["properties"]["YJJBNTTBBH"] == number]
    assert items(reader, limit=1000, YJJBNTTBBH=number, DLBM="02")["features"] == []
    assert items(reader, datetime="2026-06-30")["features"] and not items(reader, datetime="../2026-06-29")["features"]


def test_one_feature_by_its_id(reader: Client) -> None:
    first = items(reader, limit=1)["features"][0]
    one = reader.get(f"/ogc/collections/pbf/items/{first['id']}").json()
    assert (one["id"], one["geometry"], one["properties"]) == (first["id"], first["geometry"], first["properties"])
    assert reader.get("/ogc/collections/pbf/items/430998.999999").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=-1", "limit=x", "bbox=1,2,3", "bbox=5,5,1,1", "bbox=nan,0,1,1", "bbox=a,b,c,d",
        "crs=EPSG:4326", "crs=http://www.opengis.net/def/crs/EPSG/0/2384", "datetime=yesterday", "datetime=../..",
        "datetime=2026-02-30", "nosuch=1", "limit=1&limit=2", "after=%27;--", "bbox-crs=x&bbox=1,2,3,4",
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_a_400(reader: Client, query: str) -> None:
    answer = reader.get(f"/ogc/collections/pbf/items?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "E-CENTRE-REQUEST"), answer.text


def test_parcels_of_cases_are_a_collection(as_: As, case: MadeUpCase) -> None:
    found = items(as_("technician", WHOLE), "parcels", limit=10_000)["features"]
    mine = [f for f in found if f["id"].startswith(case.case)]
    assert mine and mine[0]["properties"]["status"] == "submitted"
    assert not [f for f in items(as_("technician", "430997"), "parcels")["features"] if f["id"].startswith(case.case)]


def test_pages_for_people_escape_what_they_show(reader: Client) -> None:
    answer = reader.get("/ogc/collections/pbf/items", params={"limit": 3}, headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html") and "<table>" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"] and "<script" not in answer.text


def test_a_tile_holds_the_features_that_lie_in_it(reader: Client) -> None:
    lon, lat = items(reader, limit=1)["features"][0]["geometry"]["coordinates"][0][0][0]
    z = 14
    x = int((lon + 180) / 360 * 2**z)
    y = int((1 - mercator(lat)) / 2 * 2**z)
    answer = reader.get(f"/tiles/pbf/{z}/{x}/{y}.mvt")
    assert answer.status_code == 200 and answer.headers["cache-control"].startswith("private")
    gdal.FileFromMemBuffer("/vsimem/tile.mvt", answer.content)
    dataset = gdal.OpenEx("/vsimem/tile.mvt", gdal.OF_VECTOR, open_options=[f"X={x}", f"Y={y}", f"Z={z}"])
    assert dataset.GetLayer(0).GetFeatureCount() > 0 and dataset.GetLayer(0).GetName() == "pbf"
    again = reader.get(f"/tiles/pbf/{z}/{x}/{y}.mvt", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert reader.get("/tiles/pbf/3/8/0.mvt").status_code == 404
    assert reader.get("/tiles/pbf/14/0/0.mvt").content == b""


def mercator(lat: float) -> float:
    return math.asinh(math.tan(math.radians(lat))) / math.pi


def test_a_stranger_gets_empty_tiles(reader: Client, as_: As) -> None:
    lon, lat = items(reader, limit=1)["features"][0]["geometry"]["coordinates"][0][0][0]
    x, y = int((lon + 180) / 360 * 2**14), int((1 - mercator(lat)) / 2 * 2**14)
    assert reader.get(f"/tiles/pbf/14/{x}/{y}.mvt").content
    assert as_("technician", "430101").get(f"/tiles/pbf/14/{x}/{y}.mvt").content == b""


@pytest.fixture
def authcfg(qgis_app: QgsApplication, reader: Client, tmp_path: Path) -> Iterator[str]:
    """QGIS's own store of credentials with the token as header."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("master & 主", True)
    config = QgsAuthMethodConfig("APIHeader")
    config.setName("centre")
    config.setConfig("Authorization", str(reader.http.headers["Authorization"]))
    stored, config = manager.storeAuthenticationConfig(config)
    assert stored, "QGIS could not store the credentials"
    yield config.id()
    manager.removeAuthenticationConfig(config.id())


def test_qgis_reads_a_layer_with_its_own_client(authcfg: str, reader: Client, farmland: Path) -> None:
    uri = f"authcfg='{authcfg}' pagingEnabled='true' pageSize='20' typename='pbf' url='{reader.base}/ogc'"
    layer = QgsVectorLayer(uri, "pbf", "OAPIF")
    assert layer.isValid(), layer.error().message()
    found = list(layer.getFeatures())
    originals = source_shapes(farmland)
    assert len(found) == len(originals)
    fields = {field.name() for field in layer.fields()}
    assert {"DLBM", "landreview_jurisdiction"} <= fields
    box = QgsRectangle(found[0].geometry().boundingBox())
    request = QgsFeatureRequest().setFilterRect(box)
    assert found[0].id() in {feature.id() for feature in layer.getFeatures(request)}


def test_qgis_gets_what_a_condition_in_the_address_leaves(authcfg: str, reader: Client) -> None:
    """As docs/datacenter.md says: a filter set in QGIS 3.40 itself shows nothing."""
    number = items(reader, limit=1)["features"][0]["properties"]["YJJBNTTBBH"]
    uri = f"authcfg='{authcfg}' typename='pbf' url='{reader.base}/ogc?YJJBNTTBBH={number}'"
    layer = QgsVectorLayer(uri, "pbf", "OAPIF")
    assert layer.isValid(), layer.error().message()
    assert [feature["YJJBNTTBBH"] for feature in layer.getFeatures()] == [number]


def test_the_policies_keep_the_spatial_index(cluster: PrivateCluster, farmland: Path) -> None:
    """As the service's role, with a jurisdiction: the box is looked up in the index, not row by row."""
    query = (
        "EXPLAIN (FORMAT JSON) SELECT n FROM centre.features f WHERE layer = 'pbf'"
        " AND geom && ST_MakeEnvelope(112.4, 28.0, 112.41, 28.01, 4490)"
    )
    with psycopg.connect(cluster.url("landreview")) as connection:  # enough rows for a plan to mean something; undone
        connection.execute(
            "INSERT INTO centre.features SELECT 'pbf', '439999', 1, n, '439999', '{}',"
            " ST_MakeEnvelope(109 + n % 200 * 0.02, 25 + n / 200 * 0.02, 109 + n % 200 * 0.02 + 0.01,"
            " 25 + n / 200 * 0.02 + 0.01, 4490) FROM generate_series(1, 20000) n"
        )
        connection.execute("ANALYZE centre.features")
        connection.execute("SET LOCAL ROLE landreview_service")
        connection.execute("SELECT set_config('app.jurisdiction', '430998', true)")
        (plan,) = connection.execute(query).fetchone() or (None,)
        connection.rollback()
    assert "features_geom" in json.dumps(plan)
