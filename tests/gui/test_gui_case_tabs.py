# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels, materials, history: what was handed in, what is missing, what was done and by whom."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from gui_waiting import settle
from qgis.PyQt.QtCore import QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QDropEvent, QGuiApplication

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.opinion import Mark, Role
from landreview_plugin.core.tables import table
from landreview_plugin.gui.case_page.tabs import TABS
from landreview_plugin.gui.history.tab import HistoryTab
from landreview_plugin.gui.materials.tab import MaterialsTab
from landreview_plugin.gui.materials.words import condition_words
from landreview_plugin.gui.parcel_table import Column
from landreview_plugin.gui.parcels.tab import ParcelsTab
from landreview_plugin.gui.session import Session
from landreview_plugin.sources.parcels import read_parcels


@pytest.fixture
def shown(session: Session) -> Callable[..., object]:
    """Make a tab and show a case in it; it follows the case as the page lets it."""
    session.iface.messageBar().clearWidgets()
    made = []

    def show(make: type, case: CaseFile) -> object:
        tab = make(session)
        tab.resize(400, 500)
        tab.show()
        tab.show_case(session.view(case.id))
        session.case_changed.connect(lambda case_id: tab.show_case(session.view(case_id)))
        made.append(tab)
        return tab

    yield show
    for tab in made:
        tab.show_case(None)
        tab.hide()
        tab.deleteLater()


def messages(session: Session) -> str:
    return "\n".join(item.text() for item in session.iface.messageBar().items())


def test_tabs_stand_in_the_order_of_the_work() -> None:
    names = [make.__name__ for make in TABS]
    assert names[:3] == ["OverviewTab", "ParcelsTab", "MaterialsTab"]
    assert names[-1] == "HistoryTab"


# parcels


def test_parcels_show_stated_and_computed_area_before_the_review(
    shown: Callable[..., object], session: Session, case: CaseFile
) -> None:
    tab = shown(ParcelsTab, case)
    cells = [tab.table.parcels.index(0, column).data() for column in Column]
    assert cells[Column.NUMBER] == "1"
    assert cells[Column.VERDICT] == "—"
    assert cells[Column.STATED] == "18538.00"
    assert 18_000 < float(cells[Column.AREA]) < 19_000
    assert tab.summary.text().startswith("3 parcels")
    assert not tab.problems.isHidden() or not session.view(case.id).reading.problems


def test_before_a_review_the_parcels_are_drawn_and_framed(
    shown: Callable[..., object], session: Session, case: CaseFile
) -> None:
    tab = shown(ParcelsTab, case)
    outlines = tab.bands.outlines()[0]
    assert outlines.constGet().numGeometries() == 3
    assert session.iface.mapCanvas().extent().contains(outlines.boundingBox())
    tab.show_case(None)
    assert tab.bands.outlines() == []


def test_after_the_review_each_parcel_has_its_verdict_and_the_reviews_area(
    shown: Callable[..., object], session: Session, reviewed: CaseFile
) -> None:
    tab = shown(ParcelsTab, reviewed)
    result = session.view(reviewed.id).plain_result
    for row, parcel in zip(tab.table.parcels.rows, result.parcels, strict=True):
        assert (row.parcel.number, row.verdict, row.area_m2) == (parcel.number, parcel.verdict, parcel.area_m2)
    assert "conflict" in tab.table.parcels.index(0, Column.VERDICT).data()


def test_opening_a_case_does_not_wait_for_its_parcels(session: Session, case: CaseFile) -> None:
    tab = ParcelsTab(session)
    tab.show_case(session.view(case.id))
    assert tab.reading is None
    settle()
    assert tab.reading is not None
    tab.show_case(None)
    tab.deleteLater()


def test_zoom_goes_to_the_selected_parcels_or_to_all(
    shown: Callable[..., object], session: Session, case: CaseFile
) -> None:
    tab = shown(ParcelsTab, case)
    canvas = session.iface.mapCanvas()
    tab.zoom.click()
    every = canvas.extent().width()
    tab.table.selectRow(2)
    tab.zoom.click()
    assert canvas.extent().width() < every


def test_the_point_table_is_written_and_can_be_read_back(
    shown: Callable[..., object], session: Session, case: CaseFile, tmp_path: Path
) -> None:
    tab = shown(ParcelsTab, case)
    target = tmp_path / "界址点 & 表.csv"
    tab.write_point_table(target)
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["地块号", "圈号", "点号", "X", "Y", "边长"]
    assert {row[0] for row in rows[1:]} == {"1", "2", "3"}
    assert str(target) in messages(session)


def test_selected_parcels_are_exported(shown: Callable[..., object], case: CaseFile, tmp_path: Path) -> None:
    tab = shown(ParcelsTab, case)
    tab.table.selectRow(1)
    tab.write_parcels(tmp_path / "one.gpkg")
    assert [parcel.number for parcel in read_parcels(str(tmp_path / "one.gpkg")).parcels] == ["2"]


def test_rows_copy_as_numbers_for_a_spreadsheet(shown: Callable[..., object], case: CaseFile) -> None:
    tab = shown(ParcelsTab, case)
    tab.table.selectRow(0)
    tab.table.actions()[0].trigger()
    cells = QGuiApplication.clipboard().text().split("\t")
    assert cells[Column.STATED] == "18538.00"
    assert float(cells[Column.AREA])


# materials


def branch(tab: MaterialsTab, code: str) -> object:
    tops = [tab.tree.topLevelItem(i) for i in range(tab.tree.topLevelItemCount())]
    return next(item for item in tops if item.data(0, Qt.ItemDataRole.UserRole) == code)


def test_mandatory_materials_that_are_missing_are_marked(shown: Callable[..., object], case: CaseFile) -> None:
    tab = shown(MaterialsTab, case)
    assert "7 mandatory materials are missing" in tab.summary.text()
    assert branch(tab, "M-QS1").text(1) == "missing" and branch(tab, "M-QS1").font(1).bold()
    assert branch(tab, "M-LD").text(1) == "needed when forest land is occupied"
    assert branch(tab, "").child(0).text(0) == "03_three_parcels.txt"


def drop(tab: MaterialsTab, item: object, *files: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    where = QPointF(tab.tree.visualItemRect(item).center())
    tab.tree.dropEvent(
        QDropEvent(where, Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )


def test_a_file_dropped_on_a_row_is_kept_for_that_material(
    shown: Callable[..., object], session: Session, case: CaseFile, tmp_path: Path
) -> None:
    tab = shown(MaterialsTab, case)
    file = tmp_path / "请示 & 附件.pdf"
    file.write_bytes(b"%PDF-1.4")
    drop(tab, branch(tab, "M-QS1"), file)
    assert branch(tab, "M-QS1").text(1) == "there"
    assert branch(tab, "M-QS1").child(0).text(0) == file.name
    assert "6 mandatory materials are missing" in tab.summary.text()
    assert [each.material for each in session.view(case.id).attachments] == ["", "M-QS1"]


def test_a_file_opens_as_a_copy_under_its_own_name(
    shown: Callable[..., object], session: Session, case: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    tab = shown(MaterialsTab, case)
    tab.tree.setCurrentItem(branch(tab, "").child(0))
    tab.open.click()
    path = Path(opened[0].toLocalFile())
    assert path.name == "03_three_parcels.txt"
    kept = session.desk().store.blobs.folder
    assert kept not in path.parents
    path.write_bytes(b"")  # whoever edits the copy leaves the evidence as it is
    session.desk().store.blobs.verified(session.view(case.id).attachments[0].sha256, ".txt")


def test_an_attachment_that_is_gone_is_named(shown: Callable[..., object], session: Session, case: CaseFile) -> None:
    tab = shown(MaterialsTab, case)
    stored = session.view(case.id).attachments[0]
    path = session.desk().store.blobs.get(stored.sha256, ".txt")
    path.chmod(0o600)
    path.unlink()
    assert tab.open_file(stored) is None
    assert "not in this case store" in messages(session)


def test_materials_of_a_case_elsewhere_can_only_be_read(
    shown: Callable[..., object], session: Session, case: CaseFile
) -> None:
    with session.desk().store.change(case, "forward", {}, session.desk().actor) as change:
        change.update(holder="430100")
    tab = shown(MaterialsTab, case)
    assert not tab.add.isEnabled() and "only be read" in tab.add.toolTip()
    assert not tab.tree.acceptDrops()


def test_every_condition_of_the_table_has_its_words() -> None:
    conditions = {row["condition"] for row in table("materials")} - {""}
    assert len(conditions) > 10
    assert not [condition for condition in conditions if condition_words(condition) == condition]


# history


def lines(tab: HistoryTab) -> list[str]:
    return [tab.model.index(row, 1).data() for row in range(tab.model.rowCount())]


def test_the_history_tells_every_step_in_words_the_newest_first(
    shown: Callable[..., object], session: Session, reviewed: CaseFile
) -> None:
    desk = session.desk()
    finding = next(f for f in session.view(reviewed.id).result.findings if f.area_m2 > 0)
    case = desk.judge(reviewed, finding.id, Mark.JUSTIFIED, "有批准文件", role=Role.REVIEWER)
    result = session.view(reviewed.id).plain_result
    case = desk.conclude(case, result, "不同意", passes=False, role=Role.REVIEWER)
    case = desk.take_step(case, result)
    tab = shown(HistoryTab, case)
    told = lines(tab)
    assert told[0] == "Correction asked for; the clock stands"
    assert told[1] == "Opinion: does not pass. 不同意"
    assert told[2] == f"Finding {finding.id} judged justified: 有批准文件"
    assert told[3] == "Reviewed (version 1): conflict"
    assert told[4] == "Accepted: acceptance check → county: technical review"
    assert told[5] == "Taken in: 4 parcels"
    assert tab.model.index(0, 2).data() == "李四 · technician"
    assert tab.chain.text() == "Log verified: 6 entries, each sealed to the one before"


def test_attached_files_are_named_in_the_history(shown: Callable[..., object], case: CaseFile) -> None:
    assert lines(shown(HistoryTab, case))[0] == "Attached: 03_three_parcels.txt"


def test_a_touched_entry_is_named(shown: Callable[..., object], session: Session, reviewed: CaseFile) -> None:
    connection = sqlite3.connect(session.settings.workspace)
    connection.execute("DROP TRIGGER events_stay")
    connection.execute("UPDATE events SET actor = '王五' WHERE case_id = ? AND no = 2", (reviewed.id,))
    connection.commit()
    connection.close()
    tab = shown(HistoryTab, reviewed)
    assert "entry 2: its content was changed" in tab.chain.text()
    assert "backup" in tab.chain.text()


def test_the_whole_history_is_copied(shown: Callable[..., object], case: CaseFile) -> None:
    tab = shown(HistoryTab, case)
    tab.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 2
    assert copied[1].split("\t")[1] == "Taken in: 3 parcels"


def test_a_long_opinion_is_short_in_the_table_and_whole_when_copied(
    shown: Callable[..., object], session: Session, reviewed: CaseFile
) -> None:
    result = session.view(reviewed.id).plain_result
    text = "经审查，存在以下问题：\n" + "占用永久基本农田，须调整用地边界。" * 20
    case = session.desk().conclude(reviewed, result, text, passes=False, role=Role.REVIEWER)
    tab = shown(HistoryTab, case)
    assert lines(tab)[0] == "Opinion: does not pass. 经审查，存在以下问题：…"
    assert text in tab.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    tab.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == tab.model.rowCount()
    assert text.replace("\n", " ") in copied[0]
