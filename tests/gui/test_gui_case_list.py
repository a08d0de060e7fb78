# SPDX-License-Identifier: GPL-2.0-or-later
"""The case list: found by words, filtered, ordered, counted; other windows' writes are noticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui_waiting import settle, until
from qgis.PyQt.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDropEvent, QImage, QPainter
from qgis.PyQt.QtWidgets import QStyleOptionViewItem

from landreview_plugin.core.model.case_file import CaseFile, Pause
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.gui.case_list.page import CaseListPage
from landreview_plugin.gui.session import Session
from landreview_plugin.gui.sync.line_state import Between
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.store.entries import Actor
from landreview_plugin.store.workspace import Workspace

AT = dt.date(2026, 9, 1)


@pytest.fixture
def cases(session: Session, reviewed: CaseFile, three_parcels: ParcelReading) -> list[CaseFile]:
    """A reviewed case in conflict, one just taken in, one waiting for a correction, one overdue, one elsewhere."""
    desk = session.desk()

    def taken_in(project: str, applicant: str = "", business_type: str = "CZPC") -> CaseFile:
        cover = Cover(business_type=business_type, reference_date=AT, project=project, applicant=applicant)
        return desk.take_in(three_parcels, cover)

    def changed(case: CaseFile, **fields: object) -> CaseFile:
        with desk.store.change(case, "amended", {}, desk.actor) as change:
            change.update(**fields)
        return change.case

    new = taken_in("竹溪村农业设施", "竹溪村")
    waiting = desk.take_step(taken_in("白鹭砂石矿", business_type="CKQN"), None)
    waiting = changed(waiting, pauses=(Pause(since=desk.today(), reason="correction"),))
    overdue = changed(taken_in("石塘医院"), accepted=dt.date(2026, 3, 2), stage="county.joint_meeting")
    elsewhere = changed(taken_in("市级项目"), holder="430100")
    return [desk.store.case(each.id) for each in (reviewed, new, waiting, overdue, elsewhere)]


@pytest.fixture
def page(session: Session, cases: list[CaseFile]) -> Iterator[CaseListPage]:
    made = CaseListPage(session)
    made.resize(400, 600)
    made.show()
    yield made
    made.hide()
    made.deleteLater()


def shown(page: CaseListPage) -> list[str]:
    return [row.line.project for row in page.model.shown]


def search(page: CaseListPage, text: str) -> None:
    page.filters.search.setText(text)
    settle(0.2)


def test_all_open_cases_stand_by_number(page: CaseListPage, cases: list[CaseFile]) -> None:
    assert [row.line.id for row in page.model.shown] == [c.id for c in sorted(cases, key=lambda c: c.number)]
    assert page.counts.total.text() == "5 cases"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("石塘", ["石塘园区道路", "石塘医院"]),
        ("竹溪村农业", ["竹溪村农业设施"]),
        ("ckqn-2026", ["白鹭砂石矿"]),
        ("石塘 医院", ["石塘医院"]),
        ("DK0018", ["石塘园区道路"]),
        ("DK001", []),
        ("100%_", []),
    ],
)
def test_search_finds_number_project_applicant_and_a_whole_parcel_number(
    page: CaseListPage, text: str, found: list[str]
) -> None:
    search(page, text)
    assert shown(page) == found


def test_what_does_not_match_leaves_a_word_of_advice(page: CaseListPage) -> None:
    search(page, "nowhere")
    assert page.stack.currentWidget() is page.empty
    assert "Clear the search" in page.empty.text()


def test_mine_are_those_that_i_can_go_on_with_and_waiting_are_the_others(page: CaseListPage) -> None:
    page.filters.whose["mine"].click()
    assert set(shown(page)) == {"石塘园区道路", "竹溪村农业设施", "石塘医院"}
    page.filters.whose["waiting"].click()
    assert set(shown(page)) == {"白鹭砂石矿", "市级项目"}


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("business_type", "CKQN", {"白鹭砂石矿"}),
        ("verdict", "conflict", {"石塘园区道路"}),
        ("verdict", "none", {"竹溪村农业设施", "白鹭砂石矿", "石塘医院", "市级项目"}),
        ("light", "red", {"石塘医院"}),
        ("light", "grey", {"白鹭砂石矿"}),
    ],
)
def test_filters(page: CaseListPage, name: str, value: str, found: set[str]) -> None:
    page.filters.menu.choose(name, value)
    assert set(shown(page)) == found
    page.filters.clear()
    assert len(shown(page)) == 5


def test_order_by_days_puts_the_overdue_first_and_what_has_no_deadline_last(page: CaseListPage) -> None:
    page.filters.menu.choose("order", "days")
    assert shown(page)[0] == "石塘医院"
    assert set(shown(page)[-2:]) == {"竹溪村农业设施", "市级项目"}


def test_order_by_verdict_puts_the_conflict_first(page: CaseListPage) -> None:
    page.filters.menu.choose("order", "verdict")
    assert shown(page)[0] == "石塘园区道路"


def test_the_bottom_line_counts_the_lights(page: CaseListPage) -> None:
    texts = {light.value: label.text() for light, label in page.counts.texts.items() if not label.isHidden()}
    assert texts == {"red": "1 red", "green": "1 green", "grey": "1 stopped"}


def test_the_selection_survives_a_filter_and_a_reload(page: CaseListPage, cases: list[CaseFile]) -> None:
    page.select(cases[3].id)
    search(page, "石塘")
    assert page.selected() == cases[3].id
    page.reload()
    assert page.selected() == cases[3].id


def test_what_another_window_writes_is_noticed(
    page: CaseListPage, session: Session, three_parcels: ParcelReading
) -> None:
    with Workspace(Path(session.settings.workspace)) as other:
        cover = Cover(business_type="CZPC", reference_date=AT, project="另一窗口")
        Desk(other, Actor(person="王五", office="430998")).take_in(three_parcels, cover)
    until(lambda: "另一窗口" in shown(page))


def test_our_own_writes_are_shown_at_once(page: CaseListPage, session: Session, cases: list[CaseFile]) -> None:
    amended = session.desk().amend(cases[1], Cover(business_type="CZPC", reference_date=AT, project="改名"))
    session.case_changed.emit(amended.id)
    assert "改名" in shown(page)


def test_archived_cases_are_another_list(page: CaseListPage, session: Session, cases: list[CaseFile]) -> None:
    with session.desk().store.change(cases[1], "archive", {}, session.desk().actor) as change:
        change.update(archived=True)
    session.cases_changed.emit()
    assert "竹溪村农业设施" not in shown(page)
    page.filters.menu.archived.trigger()
    assert shown(page) == ["竹溪村农业设施"]
    page.filters.menu.archived.trigger()
    assert len(shown(page)) == 4


def test_enter_opens_the_case(page: CaseListPage, cases: list[CaseFile]) -> None:
    opened: list[str] = []
    page.opened.connect(opened.append)
    page.select(cases[0].id)
    page.view.activated.emit(page.view.currentIndex())
    assert opened == [cases[0].id]


def test_a_row_is_told_in_full_to_tooltips_and_screen_readers(page: CaseListPage, cases: list[CaseFile]) -> None:
    index = page.model.index_of(cases[0].id)
    story = index.data(Qt.ItemDataRole.AccessibleTextRole)
    for part in (cases[0].number, "石塘园区道路", "technical review", "working days left", "conflict (prohibited)"):
        assert part in story
    assert story == index.data(Qt.ItemDataRole.ToolTipRole)


def test_two_lights_differ_without_colour(page: CaseListPage, cases: list[CaseFile]) -> None:
    """The shapes alone: painted rows, every pixel that is not background made black."""
    shapes = {mask(page, case) for case in cases[:4]}
    assert len(shapes) == 4


def mask(page: CaseListPage, case: CaseFile) -> tuple[bool, ...]:
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    option = QStyleOptionViewItem()
    option.initFrom(page.view)
    option.rect = image.rect().adjusted(0, 0, 300, 30)
    page.delegate.paint(painter, option, page.model.index_of(case.id))
    painter.end()
    return tuple(image.pixelColor(x, y).lightness() < 200 for x in range(24) for y in range(24))


def test_an_empty_store_teaches_where_to_begin(session: Session) -> None:
    page = CaseListPage(session)
    page.show()
    assert page.stack.currentWidget() is page.empty
    assert page.empty.text().startswith("No case yet. Drop a surveyor's file here")
    session.set_settings(replace(session.settings, catalogue=""))
    assert page.empty.text().startswith("First choose the catalogue")
    page.hide()


def test_a_file_dropped_on_the_list_is_to_be_taken_in(page: CaseListPage, data: Path) -> None:
    wanted: list[object] = []
    page.take_in.connect(wanted.append)
    file = data / "txt" / "03_three_parcels.txt"
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file))])
    where = QPoint(5, 5) if not hasattr(QDropEvent, "position") else QPointF(5, 5)
    event = QDropEvent(
        QPointF(where), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    assert [source.path for source in wanted] == [file]


def test_ten_thousand_rows_are_filtered_as_a_list_of_plain_rows(page: CaseListPage) -> None:
    """No item object a case: the model holds the rows themselves."""
    rows = page.model.rows * 2_000
    page.model.set_rows(rows, Between("430998"))
    assert page.model.rowCount() == 10_000
    search(page, "医院")
    assert page.model.rowCount() == 2_000
