# SPDX-License-Identifier: GPL-2.0-or-later
"""The areas tab: sums that close in every unit and every grouping, copying, land that no layer reaches."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from decimal import Decimal

import pytest
from gui_waiting import until
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QAbstractItemModelTester

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.gui.areas.model import Column
from landreview_plugin.gui.areas.tab import AreasTab
from landreview_plugin.gui.case_view import CaseView
from landreview_plugin.gui.session import Session
from landreview_plugin.report.area_sums import By
from landreview_plugin.report.units import areas
from landreview_plugin.settings import AreaUnit


@pytest.fixture
def view(session: Session, reviewed: CaseFile) -> CaseView:
    return session.view(reviewed.id)


@pytest.fixture
def result(view: CaseView) -> ReviewResult:
    assert view.plain_result is not None
    return view.plain_result


@pytest.fixture
def tab(session: Session, view: CaseView) -> Iterator[AreasTab]:
    """The tab with a case, as somebody looks at it."""
    made = AreasTab(session)
    made.resize(420, 600)
    made.show_case(view)
    made.show()
    until(made.model.rowCount)
    yield made
    made.hide()
    made.deleteLater()


def figures(tab: AreasTab, index: QModelIndex) -> list[Decimal]:
    return [Decimal(index.siblingAtColumn(1 + c).data()) for c in range(len(tab.model.columns))]


def choose(tab: AreasTab, by: By) -> None:
    tab.by.setCurrentIndex(tab.by.findData(by))
    tab.by.activated.emit(tab.by.currentIndex())


@pytest.mark.parametrize("unit", list(AreaUnit))
@pytest.mark.parametrize("by", list(By))
def test_every_column_closes_in_every_unit(
    tab: AreasTab, session: Session, result: ReviewResult, unit: AreaUnit, by: By
) -> None:
    session.set_settings(dataclasses.replace(session.settings, unit=unit))
    choose(tab, by)
    groups = [tab.model.index(row, 0) for row in range(tab.model.rowCount())]
    *parts, total = groups
    assert len(parts) > 1
    for column in range(len(tab.model.columns)):
        assert sum(figures(tab, part)[column] for part in parts) == figures(tab, total)[column]
        for part in parts:
            below = [tab.model.index(row, 0, part) for row in range(tab.model.rowCount(part))]
            assert sum(figures(tab, row)[column] for row in below) == figures(tab, part)[column]
    whole = areas(sum((parcel.area_m2 for parcel in result.parcels), Decimal(0)))
    assert figures(tab, total)[-1] == {"m2": whole.m2, "ha": whole.ha, "mu": whole.mu}[unit.value]


def test_ownership_stands_in_columns_that_add_up_to_the_total(tab: AreasTab) -> None:
    for row in range(tab.model.rowCount()):
        *owned, total = figures(tab, tab.model.index(row, 0))
        assert sum(owned) == total
    assert tab.model.columns[-1] is Column.TOTAL


def test_rows_by_parcel_are_the_parcels(tab: AreasTab, result: ReviewResult) -> None:
    choose(tab, By.PARCEL)
    names = [tab.model.index(row, 0).data() for row in range(tab.model.rowCount() - 1)]
    assert names == [parcel.number for parcel in result.parcels]


def test_the_table_copies_with_headings_and_numbers(tab: AreasTab) -> None:
    tab.copy.click()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert {len(cells) for cells in lines} == {1 + len(tab.model.columns)}
    assert len(lines) > tab.model.rowCount()
    assert all(Decimal(cell) >= 0 for cells in lines[1:] for cell in cells[1:])
    assert {len(cell.rpartition(".")[2]) for cells in lines[1:] for cell in cells[1:]} == {2}


def test_land_that_no_layer_reaches_is_listed_with_its_reason(tab: AreasTab, result: ReviewResult) -> None:
    assert result.uncovered
    assert tab.uncovered.rowCount() == len(result.uncovered)
    first = result.uncovered[0]
    assert tab.uncovered.index(0, 0).data() == first.parcel
    assert Decimal(tab.uncovered.index(0, 2).data()) == first.area_m2
    assert str(len(result.uncovered)) in tab.beyond_title.text()


def test_qt_finds_no_fault_in_the_model(tab: AreasTab) -> None:
    tester = QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for by in By:
        choose(tab, by)
    assert tester.model() is tab.model


def test_without_a_result_it_says_what_brings_areas(session: Session, case: CaseFile) -> None:
    tab = AreasTab(session)
    tab.show_case(session.view(case.id))
    assert tab.note.text() and tab.model.rowCount() == 0
    assert not tab.copy.isEnabled()


def test_a_road_of_thousands_of_parcels_does_not_stall(session: Session, view: CaseView, result: ReviewResult) -> None:
    first = result.parcels[0]
    rows = [row for row in result.areas if row.parcel == first.number]
    parcels = tuple(first.model_copy(update={"number": str(n)}) for n in range(2000))
    many = result.model_copy(
        update={
            "digest": "many",
            "parcels": parcels,
            "areas": tuple(row.model_copy(update={"parcel": p.number}) for p in parcels for row in rows),
        }
    )
    tab = AreasTab(session)
    tab.show()
    start = time.perf_counter()
    tab.show_case(dataclasses.replace(view, plain_result=many))
    assert time.perf_counter() - start < 1.0
    until(tab.model.rowCount)
    choose(tab, By.PARCEL)
    assert tab.model.rowCount() == 2001
    tab.hide()
