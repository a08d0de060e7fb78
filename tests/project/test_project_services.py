# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of the project from a service that sends less than it has; QGIS itself shows no error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from land_services import Behaviour, Box, serving
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsFeature, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QThread

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.project.layers import handle_of
from landreview_plugin.project.parcels import read_features
from landreview_plugin.project.services import service_of
from landreview_plugin.project.snapshot import LayerSnapshot
from landreview_plugin.sources.crs import parse_crs

METRES: list[Box] = [(38_400_000 + 20 * i, 3_100_000, 38_400_010 + 20 * i, 3_100_010) for i in range(50)]
DEGREES: list[Box] = [(113 + 0.001 * i, 28, 113.0005 + 0.001 * i, 28.0005) for i in range(50)]
PLACE = "pagingEnabled='default' srsname='EPSG:{srs}' typename='{name}' url='{here}' restrictToRequestBBOX='1'"
WFS = PLACE.format(srs=4526, name="land:pbf", here="{}/wfs")
SOURCES = {
    "WFS 2.0": (WFS + " version='2.0.0'", "WFS"),
    "WFS auto": (WFS + " version='auto'", "WFS"),
    "WFS 1.1": (WFS + " version='1.1.0'", "WFS"),
    "OGC API": (PLACE.format(srs=4326, name="pbf", here="{}/oapif"), "OAPIF"),
    "ArcGIS": ("crs='EPSG:4526' url='{}/arcgis/rest/services/land/FeatureServer/0'", "arcgisfeatureserver"),
    "GDAL": ("WFS:{}/wfs?VERSION=2.0.0|layername=land:pbf", "ogr"),
}
KINDS = list(SOURCES)
ASKED = ["WFS 2.0", "WFS 1.1", "OGC API"]


@contextmanager
def layer(kind: str, more: str = "", **given: Any) -> Iterator[tuple[Behaviour, QgsVectorLayer]]:
    """A layer of 50 features in QGIS."""
    behaviour = Behaviour(**{"boxes": DEGREES if kind == "OGC API" else METRES, **given})
    source, provider = SOURCES[kind]
    with serving(behaviour) as here:
        made = QgsVectorLayer(source.format(here) + more, "基本农田", provider)
        assert made.isValid()
        yield behaviour, made


class Worker(QThread):
    """A thread of Qt's, as tasks have: in one of Python's the network of QGIS has no timers."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def read(found: QgsVectorLayer) -> int | str:
    """How many features come, or why they are not believed; read off the main thread, as a review does."""
    handle, result = handle_of(found), list[int | str]()
    plane = parse_crs("EPSG:32649" if found.providerType() == "OAPIF" else "EPSG:4526")
    whole = [0, 0, 1e6, 9e6] if found.providerType() == "OAPIF" else [38_000_000, 0, 39_000_000, 9e6]

    def work() -> None:
        try:
            opened = handle.open(plane)
            batches = opened.batches(np.array([whole], dtype=float), ["DLBM"])
            result.append(sum(len(batch.fids) for batch in batches))
        except LandReviewError as error:
            result.append(f"{error.code} {error.detail.en if error.detail else ''}")

    thread = Worker(work)
    thread.start()
    while thread.isRunning():
        QCoreApplication.processEvents()
        time.sleep(0.005)
    thread.wait()
    return result[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_that_sends_everything_is_read(kind: str, qgis_new_project: None) -> None:
    with layer(kind) as (_, found):
        assert read(found) == 50


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS auto", "WFS 1.1", "OGC API", "GDAL"])
def test_fewer_than_the_service_states_is_no_answer(kind: str, qgis_new_project: None) -> None:
    with layer(kind, limit=20) as (_, found):
        assert read(found) == "E-SRC-SHORT the service states 50 features and sent 20"


def test_arcgis_is_read_by_its_list_of_ids_whatever_its_limit(qgis_new_project: None) -> None:
    with layer("ArcGIS", limit=20) as (_, found):
        assert read(found) == 50


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS 1.1", "OGC API"])
@pytest.mark.parametrize("matched", ["absent", "unknown"])
def test_a_round_number_from_a_service_that_does_not_say_how_many_it_has_is_doubted(
    kind: str, matched: str, qgis_new_project: None
) -> None:
    with layer(kind, limit=20, matched=matched) as (_, found):
        assert "exactly 20 features" in str(read(found))


def test_a_number_that_wfs_1_bounds_by_its_limit_is_doubted(qgis_new_project: None) -> None:
    many = [(x, 3_100_000.0, x + 10, 3_100_010.0) for x in (38_400_000.0 + 20 * i for i in range(250))]
    with layer("WFS 1.1", boxes=many, limit=200, matched="limited") as (_, found):
        assert "exactly 200 features" in str(read(found))


@pytest.mark.parametrize("kind", ["WFS 2.0", "OGC API"])
def test_a_limit_that_the_user_set_for_the_layer_is_a_limit(kind: str, qgis_new_project: None) -> None:
    with layer(kind, " maxNumFeatures='17'") as (_, found):
        assert read(found) == "E-SRC-SHORT the service states 50 features and sent 17"
    with layer(kind, " maxNumFeatures='17'", matched="absent") as (_, found):
        assert "exactly 17 features" in str(read(found))


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS 1.1", "OGC API", "ArcGIS"])
@pytest.mark.parametrize("fault", ["cut", "exception"])
def test_a_service_that_fails_is_no_empty_layer(kind: str, fault: str, qgis_new_project: None) -> None:
    with layer(kind) as (behaviour, found):
        assert found.featureCount() == 50
        behaviour.fault = fault
        assert read(found) == "E-SRC-SHORT the service states 50 features and sent 0"


def test_a_filter_that_nothing_meets_is_an_answer(qgis_new_project: None) -> None:
    with layer("OGC API") as (_, found):
        assert found.setSubsetString("DLBM = '9999'")
        assert read(found) == 0


@pytest.mark.parametrize("kind", ["WFS 2.0", "OGC API", "ArcGIS"])
@pytest.mark.parametrize("fault", ["cut", "exception"])
def test_nothing_through_a_filter_of_a_service_that_fails_is_no_answer(
    kind: str, fault: str, qgis_new_project: None
) -> None:
    with layer(kind) as (behaviour, found):
        assert found.setSubsetString("DLBM = '0101'")
        behaviour.fault = fault
        found.dataProvider().reloadData()
        assert str(read(found)).startswith("E-SRC-S")


def test_a_sign_in_that_qgis_loses_with_a_filter_is_no_empty_layer(qgis_new_project: None) -> None:
    with layer("OGC API", f" authcfg={signed_in('Bearer t')}", token="Bearer t") as (_, found):  # noqa: S106
        assert read(found) == 50
        assert found.setSubsetString("DLBM = '0101'")
        assert sum(1 for _ in found.getFeatures()) == 0 and not found.dataProvider().errors(), "QGIS alone believes it"
        assert "E-SRC-SERVICE" in str(read(found)) and "sign in" in str(read(found))


@pytest.mark.parametrize("kind", ["WFS 2.0", "OGC API"])
def test_parcels_of_a_service_that_sends_its_first_ones_are_refused(kind: str, qgis_new_project: None) -> None:
    with layer(kind, limit=20) as (_, found), pytest.raises(LandReviewError) as raised:
        read_features(LayerSnapshot(found))
    assert raised.value.code == "E-SRC-SHORT"


def signed_in(value: str) -> str:
    """A sign-in that is sent as a header; its id."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("master & 主", True)
    config = QgsAuthMethodConfig("APIHeader")
    config.setName("services")
    config.setConfig("Authorization", value)
    stored, config = manager.storeAuthenticationConfig(config)
    assert stored
    return str(config.id())


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS 1.1", "OGC API"])
def test_qgis_alone_believes_the_short_answer(kind: str, qgis_new_project: None) -> None:
    """The negative control: twenty of fifty, and nothing is said."""
    with layer(kind, limit=20) as (_, found):
        assert sum(1 for _ in found.getFeatures()) == 20
        assert not found.dataProvider().errors()


def test_curve_polygons_without_an_arc_are_read(qgis_new_project: None) -> None:
    """ArcGIS layers come so; it is no service that is asked here, but a layer in memory."""
    found = QgsVectorLayer("CurvePolygon?crs=EPSG:4526", "x", "memory")
    ring = "38400000 3100000, 38400010 3100000, 38400010 3100010, 38400000 3100000"
    feature = QgsFeature(found.fields())
    feature.setGeometry(QgsGeometry.fromWkt(f"CurvePolygon(({ring}))"))
    found.dataProvider().addFeatures([feature])
    opened = handle_of(found).open(parse_crs("EPSG:4526"))
    assert sum(len(batch.fids) for batch in opened.batches(np.array([[0, 0, 4e7, 4e6]]), [])) == 1
    assert opened.notes() == ()


def test_a_file_is_no_service(county: Path, qgis_new_project: None) -> None:
    found = QgsVectorLayer(f"{county}|layername=DLTB", "地类图斑", "ogr")
    assert service_of(found) is None
