# SPDX-License-Identifier: GPL-2.0-or-later
"""Trim suggestions and comparisons of versions as jobs: no window, no store on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from landreview_plugin.core.compare_parcels import Change
from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.core.progress import CancelledError, Silent
from landreview_plugin.core.trim.forbidden import why_not
from landreview_plugin.core.trim.useful import Limits
from landreview_plugin.jobs.compare_job import Side, compare_sides
from landreview_plugin.jobs.review_job import ReviewJob, write_result
from landreview_plugin.jobs.trim_job import TrimQuestion, suggest_for
from landreview_plugin.sources.crs import parse_crs
from landreview_plugin.sources.parcels import read_parcels
from landreview_plugin.sources.rezone import rezoned

AT = dt.date(2026, 9, 1)
NUMBERS = ("DK0018", "DK0029")


@pytest.fixture
def reading(county: Path) -> ParcelReading:
    every = read_parcels(f"{county}|layername=SQDK")
    return every.model_copy(update={"parcels": tuple(each for each in every.parcels if each.number in NUMBERS)})


@pytest.fixture
def reviewed(reading: ParcelReading, catalogue: Callable[..., Path], tmp_path: Path) -> tuple[ReviewResult, Path, Path]:
    """A result, its JSON and its GeoPackage."""
    job = ReviewJob("", str(catalogue()), "CZPC", AT, profile="demo")
    done = job.run(Silent(), reading=reading)
    files = write_result(done, tmp_path / "review", ("json", "gpkg"), Language.ZH, Silent())
    return done.result, files["json"], files["gpkg"]


def question(reading: ParcelReading, reviewed: tuple[ReviewResult, Path, Path], **more: object) -> TrimQuestion:
    result, _, shapes = reviewed
    hard = next(
        each for each in result.findings if each.parcel == "DK0029" and each.layer == "pbf" and not why_not(each)
    )
    plain = result.model_copy(
        update={"findings": tuple(each.model_copy(update={"geometry": None}) for each in result.findings)}
    )
    return TrimQuestion(reading, plain, shapes, hard.id, **more)  # type: ignore[arg-type]


def test_what_is_taken_off_is_what_the_review_measured(
    reading: ParcelReading, reviewed: tuple[ReviewResult, Path, Path]
) -> None:
    asked = question(reading, reviewed)
    answer = suggest_for(asked, Silent())
    finding = next(each for each in reviewed[0].findings if each.id == asked.finding)
    assert answer.ways[0].forbidden_m2 == pytest.approx(finding.area_m2, abs=0.01)
    assert [each.id for each in answer.findings] == [asked.finding]


def test_all_prohibitions_of_the_parcel_go_together(
    reading: ParcelReading, reviewed: tuple[ReviewResult, Path, Path]
) -> None:
    answer = suggest_for(question(reading, reviewed, every=True), Silent())
    assert len(answer.findings) > 1
    assert answer.ways[0].forbidden_m2 >= max(each.area_m2 for each in answer.findings) - 0.01


def test_limits_reach_the_search(reading: ParcelReading, reviewed: tuple[ReviewResult, Path, Path]) -> None:
    huge = Limits(smallest_area_m2=1e9)
    assert suggest_for(question(reading, reviewed, limits=huge), Silent()).ways[0].after is None


@pytest.mark.parametrize("gdal", ["codes", "gdal_raises"])
def test_a_file_that_is_no_result_is_named(
    request: pytest.FixtureRequest,
    reading: ParcelReading,
    reviewed: tuple[ReviewResult, Path, Path],
    tmp_path: Path,
    gdal: str,
) -> None:
    if gdal == "gdal_raises":
        request.getfixturevalue(gdal)
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"no database")
    result, json_file, _ = reviewed
    with pytest.raises(LandReviewError, match="E-SRC-CORRUPT"):
        suggest_for(question(reading, (result, json_file, broken)), Silent())


class Stop:
    """Cancels at one of the steps."""

    def __init__(self, at: int) -> None:
        self._left = at

    def step(self, done: float, message: str = "") -> None:
        self._left -= 1
        if self._left <= 0:
            raise CancelledError


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_suggestion_can_be_cancelled_at_every_step(
    reading: ParcelReading, reviewed: tuple[ReviewResult, Path, Path], at: int
) -> None:
    with pytest.raises(CancelledError):
        suggest_for(question(reading, reviewed), Stop(at))


def test_versions_of_two_zones_are_compared_in_the_later_ones_plane(
    reading: ParcelReading, reviewed: tuple[ReviewResult, Path, Path]
) -> None:
    """The surveyor handed in without the zone prefix first: a pure shift, and nothing differs."""
    shifted = rezoned(reading, parse_crs("EPSG:4547"))
    found = compare_sides(Side(1, shifted, reviewed[1]), Side(2, reading, reviewed[1]), Silent())
    assert {row.change for row in found.land} == {Change.UNCHANGED}
    assert found.crs == reading.crs
    assert found.findings == ()


def test_a_result_that_was_damaged_is_named(reading: ParcelReading, tmp_path: Path) -> None:
    broken = tmp_path / "result.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(LandReviewError, match="E-SRC-CORRUPT"):
        compare_sides(Side(1, reading, broken), Side(2, reading, None), Silent())


@pytest.mark.parametrize("at", [1, 2])
def test_a_comparison_can_be_cancelled(reading: ParcelReading, at: int) -> None:
    with pytest.raises(CancelledError):
        compare_sides(Side(1, reading, None), Side(2, reading, None), Stop(at))
