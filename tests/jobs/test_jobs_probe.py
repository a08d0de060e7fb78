# SPDX-License-Identifier: GPL-2.0-or-later
"""A binding is tried as a review would use it, and each aspect is said with its sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr, osr

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.catalogue import CatalogueEntry, SignedNone
from landreview_plugin.core.office_plane import office_plane
from landreview_plugin.core.profile import load_profile
from landreview_plugin.core.progress import CancelledError, Silent
from landreview_plugin.jobs.probe import Probe, probe
from landreview_plugin.jobs.probe_words import ASPECTS, Aspect, Sign

AT = dt.date(2026, 9, 1)
PLANE = crs_from_epsg(4526)
Try = Callable[..., Probe]


@pytest.fixture
def tried(county: Path) -> Try:
    """Try ``key`` on a layer of the made-up county."""

    def call(key: str, layer: str, **more: Any) -> Probe:
        given = {"data_date": "2026-06-30", "coverage": f"{county}|layername=XZQ_XJ"} | more
        entry = CatalogueEntry.model_validate({"key": key, "source": f"{county}|layername={layer}"} | given)
        return probe(entry, county.parent, PLANE, AT, Silent())

    return call


def signs(found: Probe) -> dict[Aspect, Sign]:
    return {said.aspect: said.sign for said in found.said}


def sentence(found: Probe, aspect: Aspect) -> str:
    return next(said.sentence.en for said in found.said if said.aspect is aspect)


def test_a_good_binding_has_a_good_word_for_every_aspect(tried: Try) -> None:
    found = tried("pbf", "YJJBNT", where="DLBM like '01%'")
    assert found.sign is Sign.OK
    assert set(signs(found)) == set(Aspect)
    assert sentence(found, Aspect.COUNT) == "171 features"
    assert "EPSG:4526" in sentence(found, Aspect.CRS)
    assert "63 days old" in sentence(found, Aspect.DATE)
    assert dict(found.roles) == {"class": "DLBM", "number": "YJJBNTTBBH"}
    assert "YJJBNTMJ" in found.field_names


@pytest.mark.parametrize(
    ("key", "layer", "more", "aspect", "sign", "words"),
    [
        ("pbf", "GONE", {}, Aspect.FOUND, Sign.FAIL, "no layer GONE"),
        ("pbf", "YJJBNT", {"source": "gone.gpkg"}, Aspect.FOUND, Sign.FAIL, "E-SRC-MISSING"),
        ("pbf", "DZZH", {}, Aspect.GEOMETRY, Sign.FAIL, "points; polygons are needed"),
        ("plan_zone", "YJJBNT", {}, Aspect.FIELDS, Sign.FAIL, "no field for class"),
        ("pbf", "YJJBNT", {"fields": {"class": "DLDM"}}, Aspect.FOUND, Sign.FAIL, "E-ATT-FIELD"),
        ("dltb", "DLTB", {"fields": {"class": "TBBH"}}, Aspect.FIELDS, Sign.WARN, "TBBH: "),
        ("mining", "CKQ", {"where": "矿权类型 ="}, Aspect.FILTER, Sign.FAIL, "E-RULE-EXPR"),
        ("mining", "CKQ", {"where": "类型 = '采矿权'"}, Aspect.FILTER, Sign.FAIL, "no field 类型"),
        ("mining", "CKQ", {"where": "矿权类型 = '煤'"}, Aspect.FILTER, Sign.WARN, "0 pass"),
        ("pbf", "YJJBNT", {"data_date": None}, Aspect.DATE, Sign.WARN, "no date"),
        ("pbf", "YJJBNT", {"data_date": "2026-10-01"}, Aspect.DATE, Sign.FAIL, "later than 2026-09-01"),
        ("pbf", "YJJBNT", {"max_age_days": 30}, Aspect.DATE, Sign.FAIL, "too old"),
        ("pbf", "YJJBNT", {"coverage": ""}, Aspect.COVERAGE, Sign.WARN, "can never be clear"),
        ("pbf", "YJJBNT", {"coverage": "gone.gpkg"}, Aspect.COVERAGE, Sign.WARN, "can never be clear"),
    ],
)
def test_each_flaw_is_named_at_its_aspect(
    tried: Try, key: str, layer: str, more: dict[str, Any], aspect: Aspect, sign: Sign, words: str
) -> None:
    found = tried(key, layer, **more)
    assert signs(found)[aspect] is sign
    assert words in sentence(found, aspect)
    assert found.sign is sign


def test_a_coverage_smaller_than_the_data_is_said(tried: Try, county: Path) -> None:
    found = tried("dltb", "DLTB", coverage=f"{county}|layername=CZKFBJ")
    assert signs(found)[Aspect.COVERAGE] is Sign.WARN and "beyond" in sentence(found, Aspect.COVERAGE)


@pytest.fixture
def made(tmp_path: Path) -> Callable[[int, list[str]], Path]:
    """A GeoPackage with polygons given as WKT in an EPSG code."""

    def make(epsg: int, polygons: list[str]) -> Path:
        path = tmp_path / f"{epsg}.gpkg"
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        srs = osr.SpatialReference()
        srs.ImportFromEPSG(epsg)
        layer = source.CreateLayer("river", srs, ogr.wkbPolygon)
        for wkt in polygons:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
            layer.CreateFeature(feature)
        return path

    return make


def of_river(source: Path) -> Probe:
    entry = CatalogueEntry(key="river", source=source.name, data_date=AT)
    return probe(entry, source.parent, PLANE, AT, Silent())


def test_an_empty_layer_is_no_good_news(made: Callable[..., Path]) -> None:
    found = of_river(made(4526, []))
    assert signs(found)[Aspect.COUNT] is Sign.WARN and "clear everywhere" in sentence(found, Aspect.COUNT)


def test_another_datum_is_refused_and_another_zone_brought_over(made: Callable[..., Path]) -> None:
    square = "POLYGON((38612000 3120000,38613000 3120000,38613000 3121000,38612000 3120000))"
    old = of_river(made(2362, [square]))
    assert old.sign is Sign.FAIL and "E-CRS-OLD" in sentence(old, Aspect.FOUND)
    degrees = of_river(made(4490, ["POLYGON((114.1 28.2,114.2 28.2,114.2 28.3,114.1 28.2))"]))
    assert signs(degrees)[Aspect.CRS] is Sign.OK and "brought to EPSG:4526" in sentence(degrees, Aspect.CRS)


def test_invalid_polygons_are_counted(made: Callable[..., Path]) -> None:
    bow = "POLYGON((38612000 3120000,38613000 3121000,38613000 3120000,38612000 3121000,38612000 3120000))"
    found = of_river(made(4526, [bow]))
    assert signs(found)[Aspect.GEOMETRY] is Sign.WARN and "1 invalid" in sentence(found, Aspect.GEOMETRY)


def test_a_signed_none_says_who_signed() -> None:
    entry = CatalogueEntry(key="explore", none=SignedNone(reason="本县无探矿权", by="局长", date=AT))
    found = probe(entry, Path(), PLANE, AT, Silent())
    assert found.sign is Sign.OK and "局长" in sentence(found, Aspect.FOUND)
    early = probe(entry, Path(), PLANE, AT - dt.timedelta(days=1), Silent())
    assert early.sign is Sign.FAIL


def test_without_a_plane_of_the_office_a_layer_is_tried_in_its_own(made: Callable[..., Path]) -> None:
    path = made(32650, ["POLYGON((500000 3120000,501000 3120000,501000 3121000,500000 3120000))"])
    entry = CatalogueEntry(key="river", source=str(path), data_date=AT)
    found = probe(entry, path.parent, None, AT, Silent())
    assert signs(found)[Aspect.CRS] is Sign.OK
    gone = probe(entry.model_copy(update={"source": "gone.gpkg"}), path.parent, None, AT, Silent())
    assert gone.sign is Sign.FAIL


def test_a_test_can_be_cancelled(tried: Try, county: Path) -> None:
    class Cancels:
        def step(self, done: float, message: str = "") -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        probe(CatalogueEntry(key="pbf", source=f"{county}|layername=YJJBNT"), county.parent, PLANE, AT, Cancels())


def test_every_aspect_has_a_name_in_both_languages() -> None:
    assert set(ASPECTS) == set(Aspect)


@pytest.mark.parametrize(
    ("profile", "code", "epsg"),
    [("demo", "", "EPSG:4526"), ("hunan", "430100", "EPSG:4526"), ("hunan", "", "EPSG:4525"), ("plain", "", "")],
)
def test_the_plane_of_an_office_is_the_zone_of_its_county(profile: str, code: str, epsg: str) -> None:
    plane = office_plane(load_profile(profile), code)
    assert (plane.code if plane else "") == epsg
