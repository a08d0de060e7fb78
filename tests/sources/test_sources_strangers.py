# SPDX-License-Identifier: GPL-2.0-or-later
"""Files from strangers: nothing is fetched from elsewhere, odd names and bytes stay harmless, the next step is said."""

from __future__ import annotations

import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from sources_files import BY_HAND, codes

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.parcels import read_parcels

RING = [[113.0, 28.0], [113.001, 28.0], [113.001, 28.001], [113.0, 28.001], [113.0, 28.0]]
KML = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}<Placemark>'
    "<name>甲</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing>"
    "</outerBoundaryIs></Polygon></Placemark></Document></kml>"
)


def features(**more: object) -> dict[str, Any]:
    feature = {
        "type": "Feature",
        "properties": {"DKBH": "1", "DKMC": "甲"},
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    }
    return {"type": "FeatureCollection", "features": [feature], **more}


class Listener:
    """A port that counts who knocks."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x"
        self.knocks = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            self.knocks += 1
            peer.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def link(url: str) -> dict[str, object]:
    return {"type": "link", "properties": {"href": url, "type": "proj4"}}


def test_gdal_alone_would_fetch_what_a_crs_points_to(tmp_path: Path, listener: Listener) -> None:
    """The negative control of the next test."""
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(features(crs=link(listener.url))), encoding="utf-8")
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        del dataset
    finally:
        gdal.PopErrorHandler()
    assert listener.knocks


@pytest.mark.parametrize(
    "spelling",
    ['"crs"', '"\\u0063rs"', '"CRS"', "'crs'", '"c\\u0072s"'],
    ids=["plain", "u0063", "case", "single", "u0072"],
)
@pytest.mark.parametrize("padding", [0, 20 << 20], ids=["small", "large"])
def test_nothing_is_fetched(tmp_path: Path, listener: Listener, spelling: str, padding: int) -> None:
    path = tmp_path / "a.geojson"
    text = json.dumps(features(pad=" " * padding, crs=link(listener.url))).replace('"crs"', spelling)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(path))
    assert caught.value.code == "E-SEC-LINK" and not listener.knocks


def test_a_crs_named_by_an_address_is_not_fetched_either(tmp_path: Path, listener: Listener) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(features(crs={"type": "name", "properties": {"name": listener.url}})), encoding="utf-8")
    try:
        read_parcels(str(path))
    except LandReviewError as error:
        assert error.code.startswith("E-")
    assert not listener.knocks


def test_a_property_called_crs_is_only_a_property(tmp_path: Path) -> None:
    content = features(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    content["features"][0]["properties"]["crs"] = "CGCS2000"
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert codes(path) == ["W-CRS-WGS84"]


def test_a_network_link_of_a_kml_is_not_followed(tmp_path: Path, listener: Listener) -> None:
    ring = " ".join(f"{x},{y},0" for x, y in RING)
    path = tmp_path / "a.kml"
    net = f"<NetworkLink><Link><href>{listener.url}</href></Link></NetworkLink>"
    path.write_text(KML.format(net, ring), encoding="utf-8")
    assert len(read_parcels(str(path)).parcels) == 1 and not listener.knocks


def test_latitudes_beyond_the_pole_are_exchanged_axes(tmp_path: Path) -> None:
    ring = " ".join(f"{y},{x},0" for x, y in RING)
    path = tmp_path / "a.kml"
    path.write_text(KML.format("", ring), encoding="utf-8")
    problems = [p for p in read_parcels(str(path), BY_HAND).problems if p.code == "E-CRS-RANGE"]
    assert problems and problems[0].reason is not None and "exchanged" in problems[0].reason.en


def test_texts_in_gbk_are_read_and_can_be_sent_on(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(json.dumps(features(name="地块"), ensure_ascii=False).encode("gbk"))
    reading = read_parcels(str(path))
    assert reading.parcels[0].name == "甲" and reading.problems[0].place.layer == "地块"
    assert "W-SRC-ENC" in codes(path)
    reading.model_dump_json().encode("utf-8")


@pytest.mark.parametrize("name", ["CON.txt", "a/nul", "COM1.shp", "lpt9.txt.txt", "a./b.txt", "a /b.txt", "x.txt:ads"])
def test_names_that_windows_takes_for_devices_or_other_places(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(path))
    assert caught.value.code == "E-SEC-PATH"


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("a.dwg", "DXF"),
        ("a.rar", "zip"),
        ("a.7z", "zip"),
        ("a.dbf", ".shp"),
        ("a.PRJ", ".shp"),
        ("a.xls", ".xlsx"),
        ("成果.et", ".xlsx"),
        ("红线图.PDF", "TXT"),
        ("报告.docx", "TXT"),
        ("宗地.mdb", "SHP"),
        ("宗地.wp", "SHP"),
        ("坐标.dat", ".csv"),
    ],
)
def test_what_cannot_be_read_says_what_to_hand_in_instead(tmp_path: Path, name: str, step: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(path))
    assert caught.value.code == "E-SRC-FORMAT" and caught.value.detail is not None
    assert step in caught.value.detail.en and step in caught.value.detail.zh


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b.txt", "", "nowhere/a.txt"])
def test_what_is_no_path_is_missing(name: str) -> None:
    with pytest.raises(LandReviewError) as caught:
        read_parcels(name)
    assert caught.value.code in {"E-SRC-MISSING", "E-SRC-FORMAT"}
