# SPDX-License-Identifier: GPL-2.0-or-later
"""Services that send less than they have are found out; GDAL alone believes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from land_services import Behaviour, Box, serving
from osgeo import gdal

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.gdal_config import configured
from landreview_plugin.sources.gdal_errors import collected
from landreview_plugin.sources.reference import OpenedReference, open_reference
from landreview_plugin.sources.service import ServiceRows
from landreview_plugin.sources.transform import plane_transform

METRES: list[Box] = [(38_400_000 + 20 * i, 3_100_000, 38_400_010 + 20 * i, 3_100_010) for i in range(50)]
DEGREES: list[Box] = [(113 + 0.001 * i, 28, 113.0005 + 0.001 * i, 28.0005) for i in range(50)]
ARCGIS = "/arcgis/rest/services/land/FeatureServer/0/query?where=1%3D1&outFields=*&f=json"
ADDRESSES = {
    "WFS 2.0": "WFS:{}/wfs?VERSION=2.0.0",
    "WFS 1.1": "WFS:{}/wfs?VERSION=1.1.0",
    "OGC API": "OAPIF:{}/oapif",
    "ArcGIS": "ESRIJSON:{}" + ARCGIS,
    "GeoJSON": "{}/oapif/collections/pbf/items",
}
PLANES = {"OGC API": "EPSG:32649", "GeoJSON": "EPSG:32649"}
KINDS = list(ADDRESSES)


@contextmanager
def service(kind: str, **given: object) -> Iterator[tuple[Behaviour, OpenedReference]]:
    """A layer of 50 features, opened."""
    behaviour = Behaviour(**{"boxes": DEGREES if kind in PLANES else METRES, **given})  # type: ignore[arg-type]
    with serving(behaviour) as here:
        target = parse_crs(PLANES.get(kind, "EPSG:4526"))
        yield behaviour, open_reference(ADDRESSES[kind].format(here), base=Path(), target=target)


def read(reference: OpenedReference, kind: str, features: int = 50) -> int:
    """How many features come for a box around the first ones."""
    boxes = (DEGREES if kind in PLANES else METRES)[:features]
    low, high = np.min(boxes, axis=0)[:2], np.max(boxes, axis=0)[2:]
    plane = plane_transform(parse_crs("EPSG:4326"), parse_crs(PLANES[kind])) if kind in PLANES else None
    box = (*low.tolist(), *high.tolist())
    box = box if plane is None else plane.box_to_target(box)
    return sum(len(batch.fids) for batch in reference.batches(np.array([box]), ["DLBM"]))


def why_not(reference: OpenedReference, kind: str, features: int = 50) -> str:
    """The code of the refusal and what it says, in English."""
    with pytest.raises(LandReviewError) as refused:
        read(reference, kind, features)
    return f"{refused.value.code} {refused.value.detail.en}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_that_sends_everything_is_read(kind: str) -> None:
    with service(kind) as (_, reference):
        assert (reference.feature_count, read(reference, kind)) == (50, 50)


@pytest.mark.parametrize("kind", ["WFS 2.0", "OGC API", "ArcGIS"])
@pytest.mark.parametrize("matched", ["number", "unknown", "absent"])
def test_a_limit_with_pages_is_no_limit(kind: str, matched: str) -> None:
    with service(kind, limit=20, pages=True, matched=matched) as (_, reference):
        assert read(reference, kind) == 50


@pytest.mark.parametrize("kind", KINDS)
def test_fewer_than_the_service_states_is_no_answer(kind: str) -> None:
    with service(kind, limit=20) as (_, reference):
        assert why_not(reference, kind) == "E-SRC-SHORT the service states 50 features and sent 20"


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS 1.1", "OGC API"])
def test_a_part_is_compared_with_what_the_service_has_there(kind: str) -> None:
    with service(kind, limit=20) as (_, reference):
        matching = 42 if kind == "OGC API" else 41  # a box in another plane takes in a little more
        assert why_not(reference, kind, 41) == f"E-SRC-SHORT the service states {matching} features and sent 20"
        assert read(reference, kind, 12) == 12


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS 1.1", "OGC API"])
@pytest.mark.parametrize("matched", ["unknown", "absent", "limited"])
@pytest.mark.parametrize("limit", [17, 20])
def test_where_nothing_tells_how_many_there_are_it_is_asked_in_parts(kind: str, matched: str, limit: int) -> None:
    if (kind, matched, limit) == ("OGC API", "limited", 17):
        pytest.skip("numberMatched is the number of all by its standard, and 17 is no round number")
    with service(kind, limit=limit, matched=matched) as (_, reference):
        assert "asked again in parts" in why_not(reference, kind)


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS 1.1", "OGC API"])
@pytest.mark.parametrize("matched", ["unknown", "absent", "limited"])
def test_a_whole_answer_of_a_round_number_is_believed_when_its_parts_bring_nothing_new(kind: str, matched: str) -> None:
    with service(kind, matched=matched, limit=20) as (behaviour, reference):
        assert read(reference, kind, 18) == 18
    with service(kind, matched=matched) as (behaviour, reference):
        assert read(reference, kind) == 50


def test_features_that_lie_together_are_told_apart_from_a_limit() -> None:
    with service("WFS 2.0", limit=20, matched="absent") as (behaviour, reference):
        behaviour.boxes = [*METRES[:1], *((38_400_900 + i / 100, 3_100_000, 38_400_901, 3_100_001) for i in range(49))]
        assert "asked again in parts" in why_not(reference, "WFS 2.0")


@pytest.mark.parametrize("matched", ["unknown", "absent"])
def test_geojson_at_an_address_with_a_round_number_of_features_and_no_total_is_doubted(matched: str) -> None:
    with service("GeoJSON", limit=20, matched=matched) as (_, reference):
        assert "exactly 20 features" in why_not(reference, "GeoJSON")
    with service("GeoJSON", limit=21, matched=matched) as (_, reference):
        assert read(reference, "GeoJSON") == 21


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS 1.1", "OGC API"])
@pytest.mark.parametrize("fault", ["cut", "exception"])
@pytest.mark.parametrize("matched", ["number", "absent"])
def test_a_service_that_fails_in_the_middle_is_no_empty_layer(kind: str, fault: str, matched: str) -> None:
    with service(kind, matched=matched) as (behaviour, reference):
        behaviour.fault = fault
        assert reference.feature_count in {-1, 50}
        assert why_not(reference, kind).startswith("E-SRC-SERVICE")


@pytest.mark.parametrize("kind", ["WFS 2.0", "OGC API"])
def test_a_service_that_falls_silent_is_given_up(kind: str, hurried: None) -> None:
    with service(kind) as (behaviour, reference):
        behaviour.fault = "silent"
        assert why_not(reference, kind).startswith("E-SRC-SERVICE")


@pytest.mark.parametrize("kind", ["ArcGIS", "GeoJSON"])
@pytest.mark.parametrize("fault", ["cut", "exception", "silent"])
def test_a_service_that_fails_at_once_is_not_opened(kind: str, fault: str, hurried: None) -> None:
    with pytest.raises(LandReviewError) as refused, service(kind, fault=fault) as (_, reference):
        read(reference, kind)
    assert refused.value.code in {"E-SRC-SERVICE", "E-SRC-SHORT", "E-ATT-FIELD"}, "GDAL takes the error for a feature"


@pytest.mark.parametrize("kind", ["WFS 2.0", "WFS 1.1", "OGC API"])
@pytest.mark.parametrize("matched", ["number", "unknown", "absent"])
def test_an_empty_layer_of_a_service_is_empty_and_a_full_one_is_not(kind: str, matched: str) -> None:
    with service(kind, matched=matched) as (behaviour, reference):
        assert reference.feature_count in {50, -1}
        behaviour.boxes = []
    with service(kind, boxes=[], matched=matched) as (behaviour, reference):
        assert reference.feature_count == 0


def test_files_are_asked_nothing(data: Path) -> None:
    reference = open_reference("county_s.gpkg|layername=DLTB", base=data / "oracle", target=parse_crs("EPSG:4526"))
    assert not isinstance(reference._road, ServiceRows)


@pytest.mark.parametrize("kind", KINDS)
def test_gdal_alone_believes_the_short_answer(kind: str) -> None:
    """The negative control: no error, no warning, twenty of fifty."""
    behaviour = Behaviour(DEGREES if kind in PLANES else METRES, limit=20)
    with serving(behaviour) as here, collected() as said:
        dataset = gdal.OpenEx(ADDRESSES[kind].format(here), gdal.OF_VECTOR)
        assert sum(1 for _ in dataset.GetLayer(0)) in {10, 20}, "GDAL asks an OGC API for ten"
    assert not said


@pytest.mark.parametrize("kind", ["WFS 2.0", "OGC API"])
def test_gdal_alone_takes_a_failure_for_an_empty_layer(kind: str) -> None:
    behaviour = Behaviour(DEGREES if kind in PLANES else METRES)
    with serving(behaviour) as here, collected():
        dataset = gdal.OpenEx(ADDRESSES[kind].format(here), gdal.OF_VECTOR)
        layer = dataset.GetLayer(0)
        behaviour.fault = "exception"
        layer.ResetReading()
        assert sum(1 for _ in layer) == 0


@pytest.fixture
def hurried() -> Iterator[None]:
    """GDAL gives a silent server up after one second."""
    with configured("GDAL_HTTP_LOW_SPEED_TIME", "1"), configured("GDAL_HTTP_LOW_SPEED_LIMIT", "1"):
        yield
