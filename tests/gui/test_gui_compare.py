# SPDX-License-Identifier: GPL-2.0-or-later
"""Two versions of a case compared with real widgets: tables, map group, other versions, units."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from gui_waiting import until
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt

from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.progress import Silent
from landreview_plugin.gui.compare.dialog import CompareDialog, open_compare
from landreview_plugin.gui.compare.table import RowsView
from landreview_plugin.gui.copying import selected_text
from landreview_plugin.gui.overview.tab import OverviewTab
from landreview_plugin.gui.session import Session
from landreview_plugin.jobs.case_review import review_case
from landreview_plugin.settings import AreaUnit

CHANGED, GONE = "DK0029", "DK0028"
LAND, POINTS, FACTS, FINDINGS = range(4)


def correction(reading: ParcelReading) -> ParcelReading:
    """One parcel cut in half and renamed, one left out."""
    parcels = []
    for parcel in reading.parcels:
        if parcel.number == CHANGED:
            x0, y0, x1, y1 = parcel.geometry.bounds
            half = parcel.geometry.intersection(shapely.box(x0, y0, round((x0 + x1) / 2, 3), y1))
            facts = {"geometry": half, "name": "改名", "labels": (), "stated_area_ha": None}
            parcels.append(parcel.model_copy(update=facts))
        elif parcel.number != GONE:
            parcels.append(parcel)
    return reading.model_copy(update={"parcels": tuple(parcels)})


@pytest.fixture
def corrected(session: Session, reviewed: CaseFile, tmp_path: Path) -> CaseFile:
    """A reviewed case whose correction was reviewed, too."""
    view = session.view(reviewed.id)
    case = session.desk().correct(view.case, correction(view.reading))
    view = session.view(case.id)
    base = Path(session.settings.catalogue).parent
    done = review_case(view.case, view.reading, session.frame(), base, tmp_path / "2", Language.ZH, Silent())
    return session.desk().enter_review(view.case, done.result, done.files)


@pytest.fixture
def opened(session: Session, corrected: CaseFile) -> Iterator[CompareDialog]:
    dialog = open_compare(session, session.view(corrected.id))
    assert dialog is not None
    until(lambda: dialog.found is not None and dialog._task is None and dialog._sketch.layers())
    yield dialog
    with contextlib.suppress(RuntimeError):  # the test may have closed it
        dialog.reject()


def table(dialog: CompareDialog, number: int) -> RowsView:
    return dialog.tabs.widget(number)


def cells(dialog: CompareDialog, number: int) -> list[tuple[str, ...]]:
    return [row.cells for row in table(dialog, number).model.table.rows]


def groups() -> list[str]:
    return [group.name() for group in QgsProject.instance().layerTreeRoot().findGroups()]


def test_land_that_was_lost_is_listed_and_summed(opened: CompareDialog) -> None:
    assert opened.found is not None
    changes = {(row[0], row[1]) for row in cells(opened, LAND)}
    assert {(CHANGED, "land lost"), (GONE, "removed")} <= changes
    assert f"{opened.found.lost_m2:.2f}" in opened.sums.text()
    assert opened.found.gained_m2 == 0.0


def test_points_facts_and_findings_have_their_tables(opened: CompareDialog) -> None:
    assert {row[2] for row in cells(opened, POINTS)} <= {"moved", "added", "removed"}
    facts = {row[1]: row[2:] for row in cells(opened, FACTS)}
    assert set(facts) == {"Name", "Stated area (ha)"}
    assert facts["Name"][1] == "改名"
    fates = {(row[1], row[2]) for row in cells(opened, FINDINGS)}
    assert (GONE, "gone") in fates
    assert (CHANGED, "changed") in fates


def test_the_map_shows_both_outlines_and_what_was_lost(opened: CompareDialog, corrected: CaseFile) -> None:
    names = {layer.name() for layer in opened._sketch.layers()}
    assert {"Before", "After", "Land lost"} <= names
    assert any(corrected.number in name for name in groups())
    opened.reject()
    assert not any(corrected.number in name for name in groups())


def test_what_changed_stands_first_until_somebody_sorts(opened: CompareDialog) -> None:
    model = table(opened, LAND).view.model()
    shown = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert shown == sorted(shown, key=lambda change: change == "unchanged")
    assert shown[0] != "unchanged"


def test_figures_sort_as_numbers_and_copy_as_numbers(opened: CompareDialog) -> None:
    view = table(opened, LAND).view
    view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    column = [float(view.model().index(row, 2).data()) for row in range(view.model().rowCount())]
    assert column == sorted(column, reverse=True)
    view.selectRow(0)
    assert str(column[0]).rstrip("0").rstrip(".") in selected_text(view)


def test_the_unit_changes_the_figures_and_keeps_the_order(opened: CompareDialog, session: Session) -> None:
    before = cells(opened, LAND)
    session.set_settings(dataclasses.replace(session.settings, unit=AreaUnit.MU))
    after = cells(opened, LAND)
    assert [row[:2] for row in after] == [row[:2] for row in before]
    assert [row[2] for row in after] != [row[2] for row in before]


def test_other_versions_can_be_compared(opened: CompareDialog) -> None:
    first = opened.found
    opened.after.setCurrentIndex(0)
    until(lambda: opened.found is not first)
    assert opened.found is not None
    assert {row.change.value for row in opened.found.land} == {"unchanged"}
    assert table(opened, POINTS).nothing.text()


def test_without_a_review_of_one_version_nothing_is_said_of_findings(session: Session, reviewed: CaseFile) -> None:
    view = session.view(reviewed.id)
    case = session.desk().correct(view.case, correction(view.reading))
    dialog = open_compare(session, session.view(case.id))
    assert dialog is not None
    until(lambda: dialog.found is not None)
    assert cells(dialog, FINDINGS) == []
    assert "not reviewed" in table(dialog, FINDINGS).nothing.text()
    dialog.reject()


def test_one_version_has_nothing_to_compare(session: Session, reviewed: CaseFile) -> None:
    said: list[str] = []
    session.presenter.show_error = lambda error, retry=None: said.append(error.code)  # type: ignore[method-assign]
    assert open_compare(session, session.view(reviewed.id)) is None
    assert said == ["E-CASE-PARAM"]


def test_closing_while_it_runs_is_heard(session: Session, corrected: CaseFile) -> None:
    dialog = open_compare(session, session.view(corrected.id))
    assert dialog is not None
    ended: list[bool] = []
    task = dialog._task
    assert task is not None
    task.ended.connect(lambda: ended.append(True))
    dialog.reject()
    until(lambda: ended, 1.0)


def test_the_overview_leads_to_it_once_there_are_two_versions(
    session: Session, reviewed: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = OverviewTab(session)
    tab.show_case(session.view(reviewed.id))
    assert not tab.compare.isEnabled()
    assert tab.compare.toolTip()
    case = session.desk().correct(reviewed, correction(session.view(reviewed.id).reading))
    tab.show_case(session.view(case.id))
    opened: list[CompareDialog | None] = []
    monkeypatch.setattr(
        "landreview_plugin.gui.overview.tab.open_compare",
        lambda *given: opened.append(open_compare(*given)),
    )
    tab.compare.click()
    assert opened[0] is not None
    opened[0].reject()
