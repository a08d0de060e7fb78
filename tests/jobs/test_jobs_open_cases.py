# SPDX-License-Identifier: GPL-2.0-or-later
"""Other open cases of a store near a hand-in: found across zones, said when they can't be compared."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Language, Text
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import LandReviewError, Level, Problem
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.case_review import review_case
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.jobs.kit import load_frame
from landreview_plugin.jobs.open_cases import cases_around, open_cases
from landreview_plugin.jobs.review_job import ReviewJob
from landreview_plugin.sources.transform import plane_transform
from landreview_plugin.store.entries import Actor
from landreview_plugin.store.workspace import Workspace

AT = dt.date(2026, 9, 1)
BOX = shapely.box(500_000.0, 3_120_000.0, 500_100.0, 3_120_100.0)
COVER = Cover(business_type="CZPC", reference_date=AT)


def reading(shape: shapely.Geometry = BOX, epsg: int = 4546, number: str = "DK01") -> ParcelReading:
    return ParcelReading(
        source="a.txt", crs=crs_from_epsg(epsg), parcels=(Parcel(number=number, name="甲", geometry=shape),)
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Workspace(tmp_path / "案件 & 库" / "landreview.gpkg") as store:
        yield Desk(store, Actor(person="李四", office="430998", role="technician"))


def test_a_case_that_reaches_in_is_found_and_one_far_away_is_not(desk: Desk) -> None:
    near = desk.take_in(reading(), COVER)
    desk.take_in(reading(shapely.affinity.translate(BOX, 5000, 0)), COVER)
    (found,) = cases_around(desk.store, reading())
    assert found.number == near.number and found.reason is None
    assert shapely.equals_exact(found.shapes[0], BOX, tolerance=0)


@pytest.mark.parametrize("epsg", [4525, 4547])
def test_a_case_in_another_zone_or_with_the_prefix_is_compared(desk: Desk, epsg: int) -> None:
    source, target = crs_from_epsg(4546), crs_from_epsg(epsg)
    assert source is not None and target is not None
    transform = plane_transform(source, target)
    assert transform is not None
    desk.take_in(reading(transform.to_target(shapely.multipolygons([[BOX]]).reshape(1))[0], epsg), COVER)
    (found,) = cases_around(desk.store, reading())
    assert found.shapes[0].symmetric_difference(BOX).area < 0.5
    assert found.shapes[0].intersection(BOX).area == pytest.approx(BOX.area, abs=0.5)


def test_a_case_of_another_datum_is_named_with_the_reason(desk: Desk) -> None:
    desk.take_in(reading(epsg=2382), COVER)
    (found,) = cases_around(desk.store, reading())
    assert not len(found.shapes) and "E-CRS-OLD" in str(found.reason)


def test_neither_the_case_itself_nor_an_archived_one_nor_an_older_version_counts(desk: Desk) -> None:
    own = desk.take_in(reading(), COVER)
    assert not cases_around(desk.store, reading(), own.number)
    assert not cases_around(desk.store, reading(), own.id)
    moved = desk.correct(own, reading(shapely.affinity.translate(BOX, 5000, 0)))
    assert not cases_around(desk.store, reading())
    with desk.store.change(moved, "archived", {}, desk.actor) as change:
        change.update(archived=True)
    assert not cases_around(desk.store, reading(shapely.affinity.translate(BOX, 5000, 0)))


def test_a_case_between_scattered_parcels_is_not_even_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One box around a hand-in would hold half a county's cases: what is read follows what lies near."""
    desk.take_in(reading(), COVER)
    west, east = (reading(shapely.affinity.translate(BOX, by, by), number=str(by)) for by in (-5000, 5000))
    scattered = west.model_copy(update={"parcels": west.parcels + east.parcels})
    read: list[str] = []
    monkeypatch.setattr(desk.store, "hand_in", lambda case_id, version: read.append(case_id))
    assert not cases_around(desk.store, scattered) and not read


def test_no_store_is_made_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(LandReviewError) as caught:
        open_cases(tmp_path / "none.gpkg", reading())
    assert caught.value.code == "E-SRC-MISSING" and not list(tmp_path.iterdir())


def test_a_review_stops_at_land_that_another_case_wants(desk: Desk, tmp_path: Path) -> None:
    other = desk.take_in(reading(), COVER)
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text("jurisdiction: '430998'\nlayers: []\n", encoding="utf-8")
    job = ReviewJob("", str(catalogue), "CZPC", AT, profile="plain", rulepack="hunan", workspace=str(desk.store.path))
    with pytest.raises(LandReviewError) as caught:
        job.run(Silent(), reading=reading())
    assert caught.value.code == "QA-T03" and other.number in str(caught.value.detail)
    beside = reading(shapely.affinity.translate(BOX, 100, 0))
    assert not [p for p in job.run(Silent(), reading=beside).result.quality if p.rule == "QA-T03"]


def test_the_log_of_a_case_counts_what_was_mended_in_reading(desk: Desk) -> None:
    mended = Problem(code="W-GEO-DUPPT", level=Level.WARNING, repair=Text(zh="已去除", en="dropped"))
    only_said = Problem(code="W-TXT-COUNT", level=Level.WARNING)
    handed_in = reading().model_copy(update={"problems": (mended, mended, only_said)})
    case = desk.correct(desk.take_in(handed_in, COVER), reading())
    taken_in, corrected = desk.store.log(case.id)
    assert json.loads(taken_in.body)["repairs"] == {"W-GEO-DUPPT": 2}
    assert "repairs" not in json.loads(corrected.body)


def test_the_review_of_a_case_of_the_store_knows_the_others(desk: Desk, tmp_path: Path) -> None:
    own, other = desk.take_in(reading(), COVER), desk.take_in(reading(number="DK02"), COVER)
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text("jurisdiction: '430998'\nlayers: []\n", encoding="utf-8")
    frame = load_frame("plain", str(catalogue), "hunan")
    others = cases_around(desk.store, reading(), own.id)
    with pytest.raises(LandReviewError) as caught:
        review_case(own, reading(), frame, tmp_path, tmp_path / "out", Language.ZH, Silent(), others=others)
    assert caught.value.code == "QA-T03" and other.number in str(caught.value.detail)
    done = review_case(own, reading(), frame, tmp_path, tmp_path / "out", Language.ZH, Silent())
    assert done.files["gpkg"].is_file()
