# SPDX-License-Identifier: GPL-2.0-or-later
"""``lr`` in the locator bar finds cases and parcels through QGIS's own locator, and opens what was chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsLocator,
    QgsLocatorContext,
    QgsLocatorResult,
    QgsSettings,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QEventLoop, QTimer

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.gui.locator import CaseLocator, give_prefix
from landreview_plugin.gui.session import Session
from landreview_plugin.jobs.desk import Cover

COVER = Cover(business_type="CZPC", reference_date=dt.date(2026, 9, 1), project="第四批次")


@pytest.fixture
def opened() -> list[str]:
    """Ids of the cases that were asked for."""
    return []


@pytest.fixture
def canvas(qgis_app: QgsApplication) -> Iterator[QgsMapCanvas]:
    made = QgsMapCanvas()
    made.resize(400, 400)
    made.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4526"))
    yield made
    made.deleteLater()


@pytest.fixture
def locator(session: Session, opened: list[str], canvas: QgsMapCanvas) -> Iterator[QgsLocator]:
    made = QgsLocator()
    give_prefix()
    made.registerFilter(CaseLocator(lambda: Path(session.settings.workspace), opened.append, canvas))
    yield made
    made.cancel()


def search(locator: QgsLocator, text: str) -> list[QgsLocatorResult]:
    """What QGIS finds, in its own threads."""
    found: list[QgsLocatorResult] = []
    loop = QEventLoop()

    def keep(result: QgsLocatorResult) -> None:
        found.append(QgsLocatorResult(result))  # a copy: what the signal carries is gone after it

    locator.foundResult.connect(keep)
    locator.finished.connect(loop.quit)
    QTimer.singleShot(10_000, loop.quit)
    locator.fetchResults(text, QgsLocatorContext())
    if locator.isRunning():
        loop.exec()
    QgsApplication.processEvents()
    locator.foundResult.disconnect(keep)
    return found


def shown(results: list[QgsLocatorResult]) -> set[str]:
    return {result.displayString for result in results}


@pytest.mark.parametrize("words", ["2026-0001", "第三批次", "青岚", "& <b>"])
def test_a_case_is_found_by_number_project_or_applicant(locator: QgsLocator, case: CaseFile, words: str) -> None:
    assert case.number in shown(search(locator, f"lr {words}"))


def test_a_parcel_is_found_with_its_case(locator: QgsLocator, session: Session, case: CaseFile) -> None:
    number = session.desk().store.hand_in(case.id, 1).parcels[0].number
    found = [each for each in search(locator, f"lr {number}") if each.displayString.startswith(number)]
    assert found and found[0].description == case.number


def test_choosing_a_case_opens_it(locator: QgsLocator, case: CaseFile, opened: list[str]) -> None:
    (result,) = [each for each in search(locator, "lr 第三批次") if each.displayString == case.number]
    result.filter.triggerResult(result)
    assert opened == [case.id]


def test_choosing_a_parcel_brings_the_map_to_it(
    locator: QgsLocator, session: Session, case: CaseFile, canvas: QgsMapCanvas, opened: list[str]
) -> None:
    reading = session.desk().store.hand_in(case.id, 1)
    parcel = reading.parcels[0]
    result = next(r for r in search(locator, f"lr {parcel.number}") if r.displayString.startswith(parcel.number))
    result.filter.triggerResult(result)
    assert opened == [case.id]
    centre, extent = parcel.geometry.centroid, canvas.extent()
    assert extent.xMinimum() < centre.x < extent.xMaximum() and extent.yMinimum() < centre.y < extent.yMaximum()
    assert extent.width() < 20 * max(parcel.geometry.bounds[2] - parcel.geometry.bounds[0], 100)


@pytest.mark.parametrize("words", ["lr x", "lr", "lr nothing of that name"])
def test_short_or_strange_words_find_nothing(locator: QgsLocator, case: CaseFile, words: str) -> None:
    assert not search(locator, words)


def test_without_a_store_nothing_is_found_and_none_is_made(
    qgis_app: QgsApplication, tmp_path: Path, opened: list[str]
) -> None:
    path = tmp_path / "none" / "landreview.gpkg"
    locator = QgsLocator()
    locator.registerFilter(CaseLocator(lambda: path, opened.append, None))
    assert not search(locator, "2026")
    assert not path.parent.exists()


def test_without_the_prefix_only_a_few_stand_among_the_results_of_others(
    locator: QgsLocator, session: Session, case: CaseFile
) -> None:
    reading = session.desk().store.hand_in(case.id, 1)
    for _ in range(7):
        session.desk().take_in(reading, COVER)
    assert len([r for r in search(locator, "2026-00") if r.group == "Cases"]) == 5
    assert len([r for r in search(locator, "lr 2026-00") if r.group == "Cases"]) == 8


def test_a_prefix_that_the_person_chose_stays(qgis_app: QgsApplication, opened: list[str]) -> None:
    key = "locator-filters/items/landreview_cases/prefix"
    before = QgsSettings().value(key)
    QgsSettings().setValue(key, "aj")
    give_prefix()
    locator = QgsLocator()
    filter_ = CaseLocator(Path, opened.append, None)
    locator.registerFilter(filter_)
    assert filter_.activePrefix() == "aj"
    QgsSettings().setValue(key, before)
