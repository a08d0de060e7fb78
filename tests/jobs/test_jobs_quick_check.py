# SPDX-License-Identifier: GPL-2.0-or-later
"""The quick check: the same answer as a review, from layers that stay open, for land drawn in any system."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import ogr
from shapely.geometry.base import BaseGeometry

from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.result import Verdict
from landreview_plugin.core.progress import CancelledError, Silent
from landreview_plugin.jobs.kit import load_frame
from landreview_plugin.jobs.quick_check import LayerVerdict, QuickAnswer, QuickChecker, QuickQuestion
from landreview_plugin.jobs.review_job import ReviewJob
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.parcels import read_parcels
from landreview_plugin.sources.transform import PlaneTransform

AT = dt.date(2026, 9, 1)
ZONE_38 = parse_crs("EPSG:4526")


@pytest.fixture
def checker(catalogue: Callable[..., Path]) -> QuickChecker:
    return made(catalogue())


def made(catalogue: Path) -> QuickChecker:
    return QuickChecker(load_frame("demo", str(catalogue), ""), catalogue.parent)


@pytest.fixture(scope="module")
def parcels(county: Path) -> dict[str, BaseGeometry]:
    """Land of the county's applications by number."""
    return {each.number: each.geometry for each in read_parcels(f"{county}|layername=SQDK").parcels}


def ask(checker: QuickChecker, land: BaseGeometry, crs: Crs = ZONE_38) -> QuickAnswer:
    return checker.check(QuickQuestion(land, crs, "CZPC", AT), Silent())


def row(answer: QuickAnswer, key: str) -> LayerVerdict:
    return next(each for each in answer.layers if each.use.key == key)


def test_it_finds_what_a_review_finds(
    checker: QuickChecker, parcels: dict[str, BaseGeometry], county: Path, catalogue: Callable[..., Path]
) -> None:
    reading = read_parcels(f"{county}|layername=SQDK")
    for number in ("DK0012", "DK0018", "DK0029"):
        one = tuple(each for each in reading.parcels if each.number == number)
        job = ReviewJob("", str(catalogue()), "CZPC", AT, profile="demo")
        reviewed = job.run(Silent(), reading=reading.model_copy(update={"parcels": one})).result
        quick = ask(checker, parcels[number]).result
        assert quick.verdict is reviewed.verdict
        assert {(f.rule, f.verdict, f.area_printed) for f in quick.findings} == {
            (f.rule, f.verdict, f.area_printed) for f in reviewed.findings
        }


def test_each_layer_has_one_row_and_the_worst_stands_first(
    checker: QuickChecker, parcels: dict[str, BaseGeometry]
) -> None:
    answer = ask(checker, parcels["DK0012"])
    keys = [each.use.key for each in answer.layers]
    assert len(keys) == len(set(keys))
    assert {each.layer for each in answer.result.findings} == set(keys)
    order = [list(Verdict).index(each.verdict) for each in answer.layers]
    assert order == sorted(order)
    assert row(answer, "pbf").verdict is Verdict.CONFLICT
    assert row(answer, "pbf").area_m2 > 0


def test_a_layer_that_is_not_bound_is_not_checked(
    catalogue: Callable[..., Path], parcels: dict[str, BaseGeometry]
) -> None:
    answer = ask(made(catalogue(without="pbf")), parcels["DK0012"])
    assert row(answer, "pbf").verdict is Verdict.NOT_CHECKED
    assert row(answer, "pbf").findings[0].reason.en


def test_layers_stay_open(checker: QuickChecker, parcels: dict[str, BaseGeometry]) -> None:
    ask(checker, parcels["DK0012"])
    opened = checker._layers.opened()
    ask(checker, parcels["DK0018"])
    assert len(opened) > 5
    assert all(one is other for one, other in zip(opened, checker._layers.opened(), strict=True))


def test_a_layer_that_was_replaced_is_read_anew(
    county: Path, catalogue: Callable[..., Path], parcels: dict[str, BaseGeometry], tmp_path: Path
) -> None:
    """Yesterday's farmland must not answer for today's."""
    farmland = tmp_path / "farmland.gpkg"
    shutil.copy(county, farmland)
    checker = made(catalogue(change={"pbf": {"source": f"{farmland}|layername=YJJBNT"}}))
    assert row(ask(checker, parcels["DK0012"]), "pbf").verdict is Verdict.CONFLICT
    source = ogr.Open(str(farmland), 1)
    layer = source.GetLayer("YJJBNT")
    for fid in [feature.GetFID() for feature in layer]:
        layer.DeleteFeature(fid)
    del layer, source
    assert row(ask(checker, parcels["DK0012"]), "pbf").verdict is not Verdict.CONFLICT


def _in(land: BaseGeometry, code: str, datum: str) -> tuple[BaseGeometry, Crs]:
    """Land of zone 38 in another system of the same datum; ``datum``: degrees that stand in between."""
    degrees = PlaneTransform(ZONE_38, parse_crs("EPSG:4490")).to_target(np.array([land], dtype=object))
    target = parse_crs(code)
    if code == datum:
        return degrees[0], target
    return PlaneTransform(parse_crs(datum), target).to_target(degrees)[0], target


@pytest.mark.parametrize(
    ("code", "datum", "said"),
    [
        ("EPSG:4490", "EPSG:4490", "I-CRS-PLANE"),
        ("EPSG:4326", "EPSG:4326", "W-CRS-WGS84"),
        ("EPSG:3857", "EPSG:4326", "W-CRS-WGS84"),
        ("EPSG:32649", "EPSG:4326", "W-CRS-WGS84"),
    ],
)
def test_land_drawn_in_degrees_or_on_a_web_map_is_brought_to_the_offices_plane(
    checker: QuickChecker, parcels: dict[str, BaseGeometry], code: str, datum: str, said: str
) -> None:
    exact = ask(checker, parcels["DK0018"])
    land, crs = _in(parcels["DK0018"], code, datum)
    answer = ask(checker, land, crs)
    assert answer.reading.crs == ZONE_38
    assert said in [problem.code for problem in answer.result.quality]
    assert row(answer, "plan_zone").area_m2 == pytest.approx(row(exact, "plan_zone").area_m2, rel=1e-4)


def test_without_an_open_layer_the_zone_is_that_of_the_land(
    checker: QuickChecker, parcels: dict[str, BaseGeometry]
) -> None:
    land, crs = _in(parcels["DK0018"], "EPSG:4490", "EPSG:4490")
    reading = ask(checker, land, crs).reading
    assert reading.crs is not None
    assert reading.crs.gauss_kruger is not None
    assert reading.crs.gauss_kruger.central_meridian_deg in {111.0, 114.0}


@pytest.mark.parametrize(
    ("land", "crs", "code"),
    [
        (shapely.box(38_370_000, 3_120_000, 38_370_100, 3_120_100), "EPSG:2362", "E-CRS-OLD"),
        (shapely.Polygon([(112, 28), (112.1, 28.1), (112.1, 28), (112, 28.1)]), "EPSG:4490", "E-GEO-SELFX"),
        (shapely.Polygon(), "EPSG:4526", "E-GEO-EMPTY"),
        (shapely.LineString([(112, 28), (113, 28)]), "EPSG:4490", "E-GEO-EMPTY"),
        (shapely.box(10, 50, 10.1, 50.1), "EPSG:4326", "E-CRS-RANGE"),
        (shapely.box(0, 0, 1e9, 1e9), "EPSG:27700", "E-CRS-DATUM"),
    ],
)
def test_what_cannot_be_checked_says_why(checker: QuickChecker, land: BaseGeometry, crs: str, code: str) -> None:
    with pytest.raises(LandReviewError) as caught:
        ask(checker, land, parse_crs(crs))
    assert caught.value.code == code


class Stop:
    """Somebody clicks again at the third sign of life."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, done: float, message: str = "") -> None:
        self.steps += 1
        if self.steps == 3:
            raise CancelledError


def test_the_next_click_stops_it_and_the_next_answer_is_right(
    checker: QuickChecker, parcels: dict[str, BaseGeometry]
) -> None:
    with pytest.raises(CancelledError):
        checker.check(QuickQuestion(parcels["DK0012"], ZONE_38, "CZPC", AT), Stop())
    assert row(ask(checker, parcels["DK0012"]), "pbf").verdict is Verdict.CONFLICT


def test_questions_take_turns(checker: QuickChecker, parcels: dict[str, BaseGeometry]) -> None:
    answers: dict[str, QuickAnswer] = {}
    numbers = ["DK0012", "DK0018", "DK0029", "DK0028"]

    def work(number: str) -> None:
        answers[number] = ask(checker, parcels[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for number in numbers:
        assert answers[number].result.digest == ask(checker, parcels[number]).result.digest


def test_a_layer_of_the_project_goes_before_a_file(
    checker: QuickChecker, parcels: dict[str, BaseGeometry], county: Path
) -> None:
    from landreview_plugin.core.overlay.memory import MemoryLayer

    empty = {f"{county}|layername=YJJBNT": lambda source, base, target: MemoryLayer([], {"DLBM": []}, crs=target)}
    answer = checker.check(QuickQuestion(parcels["DK0012"], ZONE_38, "CZPC", AT), Silent(), project=empty)
    assert row(answer, "pbf").verdict is not Verdict.CONFLICT


def test_the_reading_can_be_taken_in(checker: QuickChecker, parcels: dict[str, BaseGeometry]) -> None:
    reading = ask(checker, parcels["DK0018"]).reading
    assert isinstance(reading, ParcelReading)
    assert reading.crs == ZONE_38
    assert reading.parcels[0].geometry.equals(parcels["DK0018"])
