# SPDX-License-Identifier: GPL-2.0-or-later
"""A review from a service that sends only its first features: never "no conflict"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from land_services import Behaviour, serving
from osgeo import gdal

from landreview_plugin.core.model.result import Finding, Verdict
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.kit import load_frame
from landreview_plugin.jobs.quick_check import QuickChecker, QuickQuestion
from landreview_plugin.sources import reference
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.parcels import read_parcels
from landreview_plugin.sources.reference_ogr import OgrRows

Catalogues = Callable[..., Path]


@pytest.fixture
def land(county: Path) -> shapely.Polygon:
    """A triangle of 100 m well inside the county; the other half of its box is not asked for."""
    x, y = read_parcels(f"{county}|layername=SQDK").parcels[0].geometry.centroid.coords[0]
    return shapely.Polygon([(x, y), (x + 100, y), (x, y + 100)])


@pytest.fixture
def farmland(land: shapely.Polygon) -> Behaviour:
    """49 patches beside the triangle come first; the one on it is the last."""
    x, y = land.bounds[:2]
    beside = [(x + 80 + i / 10, y + 80, x + 81 + i / 10, y + 90) for i in range(49)]
    return Behaviour([*beside, (x + 10, y + 10, x + 20, y + 20)])


def found(catalogues: Catalogues, source: str, land: shapely.Polygon) -> Finding:
    """The finding on permanent basic farmland, which the service holds."""
    path = catalogues(change={"pbf": {"source": source}})
    checker = QuickChecker(load_frame("demo", str(path), ""), path.parent)
    answer = checker.check(QuickQuestion(land, parse_crs("EPSG:4526"), "CZPC", dt.date(2026, 9, 1)), Silent())
    return next(finding for finding in answer.result.findings if finding.layer == "pbf")


SERVICES = ["WFS:{}/wfs?VERSION=2.0.0", "WFS:{}/wfs?VERSION=1.1.0", "ESRIJSON:{}/query?f=json"]


@pytest.mark.parametrize("address", SERVICES)
def test_a_service_that_sends_everything_shows_the_conflict(
    address: str, catalogue: Catalogues, land: shapely.Polygon, farmland: Behaviour
) -> None:
    with serving(farmland) as here:
        assert found(catalogue, address.format(here), land).verdict is Verdict.CONFLICT


@pytest.mark.parametrize("address", SERVICES)
def test_a_service_that_sends_only_the_first_is_not_checked_and_says_how_many(
    address: str, catalogue: Catalogues, land: shapely.Polygon, farmland: Behaviour
) -> None:
    farmland.limit = 20
    with serving(farmland) as here:
        finding = found(catalogue, address.format(here), land)
    assert finding.verdict is Verdict.NOT_CHECKED and finding.reason is not None
    assert "the service states 50 features and sent 20" in finding.reason.en
    assert "服务声明有50个要素，只返回了20个" in finding.reason.zh


@pytest.mark.parametrize("fault", ["cut", "exception"])
def test_a_service_that_fails_is_not_checked(
    fault: str, catalogue: Catalogues, land: shapely.Polygon, farmland: Behaviour
) -> None:
    farmland.fault = fault
    with serving(farmland) as here:
        assert found(catalogue, SERVICES[0].format(here), land).verdict is Verdict.NOT_CHECKED


@pytest.mark.parametrize("address", SERVICES)
def test_without_the_comparison_it_would_be_clear(
    address: str,
    catalogue: Catalogues,
    land: shapely.Polygon,
    farmland: Behaviour,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: this is what GDAL alone leads to."""
    farmland.limit = 20

    def believing(_dataset: gdal.Dataset, layer: object, *_: object) -> OgrRows:
        return OgrRows(layer)

    monkeypatch.setattr(reference, "ServiceRows", believing)
    monkeypatch.setattr(reference.OpenedReference, "feature_count", 20)
    with serving(farmland) as here:
        assert found(catalogue, address.format(here), land).verdict is Verdict.CLEAR
