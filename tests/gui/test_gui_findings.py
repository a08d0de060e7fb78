# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings tab on the review of a made-up county: tree, filters, details, units, copying, crowds."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gui_waiting import until
from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt, QTimer, QUrl
from qgis.PyQt.QtTest import QAbstractItemModelTester, QSignalSpy
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox

from landreview_plugin.core.geodesy.rounding import Unit
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.opinion import Mark, Role
from landreview_plugin.core.model.result import Finding, ReviewResult, RuleSeverity, Verdict
from landreview_plugin.gui.case_view import CaseView
from landreview_plugin.gui.findings.detail import WHY
from landreview_plugin.gui.findings.filters import Shelf, Wanted
from landreview_plugin.gui.findings.judge_dialog import JudgeDialog
from landreview_plugin.gui.findings.model import NODE, Column, FindingsModel
from landreview_plugin.gui.findings.tab import FindingsTab
from landreview_plugin.gui.findings.tree import MEANINGS, Meaning, grouped, meaning_of
from landreview_plugin.gui.history.words import event_words
from landreview_plugin.gui.session import Session
from landreview_plugin.report.words import Words
from landreview_plugin.settings import AreaUnit, Settings

PROHIBITED = Meaning(Verdict.CONFLICT, RuleSeverity.PROHIBIT)
NOT_CHECKED = Meaning(Verdict.NOT_CHECKED)


@pytest.fixture
def settings(settings: Settings, catalogue: Callable[..., Path]) -> Settings:
    """A catalogue that binds no mining rights: something can't be checked."""
    return dataclasses.replace(settings, catalogue=str(catalogue(without="mining")))


@pytest.fixture
def view(session: Session, reviewed: CaseFile) -> CaseView:
    """The reviewed case."""
    return session.view(reviewed.id)


@pytest.fixture
def result(view: CaseView) -> ReviewResult:
    """Its result, with geometries."""
    assert view.result is not None
    return view.result


@pytest.fixture
def tab(session: Session, view: CaseView) -> FindingsTab:
    """The tab with that case."""
    made = FindingsTab(session)
    made.resize(420, 700)
    made.show_case(view)
    return made


def crowd(result: ReviewResult, parcels: int, rules: int) -> ReviewResult:
    """``parcels`` × ``rules`` conflicts, made out of one of the result's own."""
    first = next(finding for finding in result.findings if finding.verdict is Verdict.CONFLICT)
    findings = tuple(
        first.model_copy(update={"id": f"R-{r}/{p}", "rule": f"R-{r}", "parcel": str(p)})
        for r in range(rules)
        for p in range(parcels)
    )
    return result.model_copy(update={"findings": findings})


def rows(model: QAbstractItemModel, parent: QModelIndex = QModelIndex()) -> list[QModelIndex]:  # noqa: B008 - Qt's
    return [model.index(row, 0, parent) for row in range(model.rowCount(parent))]


def leaves(model: QAbstractItemModel) -> list[Finding]:
    return [finding.data(NODE) for group in rows(model) for rule in rows(model, group) for finding in rows(model, rule)]


# the tree


def test_every_finding_stands_in_the_tree_once(result: ReviewResult) -> None:
    found = [finding.id for group in grouped(result.findings) for rule in group.rules for finding in rule.findings]
    assert sorted(found) == sorted(finding.id for finding in result.findings)
    assert len(found) > 20


def test_groups_come_worst_first_and_what_was_not_checked_before_clear(result: ReviewResult) -> None:
    order = [MEANINGS.index(group.meaning) for group in grouped(result.findings)]
    assert order == sorted(order)
    assert MEANINGS.index(NOT_CHECKED) < MEANINGS.index(Meaning(Verdict.CLEAR))


def test_a_rule_sums_its_parcels_and_never_adds_the_whole_case_to_them(result: ReviewResult) -> None:
    first = next(finding for finding in result.findings if finding.verdict is Verdict.CONFLICT)
    parcels = [
        first.model_copy(update={"id": p, "parcel": p, "area_printed": Decimal("0.05"), "count": 2}) for p in "123"
    ]
    whole = first.model_copy(update={"id": "*", "parcel": "", "area_printed": Decimal("0.15"), "count": 6})
    (group,) = grouped([*parcels, whole])
    assert (group.rules[0].area_m2, group.rules[0].count) == (Decimal("0.15"), 6)
    assert grouped([whole])[0].rules[0].area_m2 == Decimal("0.15")


def test_qt_finds_no_fault_in_the_model(result: ReviewResult, qgis_app: object) -> None:
    model = FindingsModel(Words("en"))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(grouped(result.findings), {})
    model.show(grouped(result.findings[:3]), {})
    model.show((), {})
    assert tester.model() is model


def test_the_row_of_each_finding_is_found(result: ReviewResult, qgis_app: object) -> None:
    model = FindingsModel(Words("en"))
    model.show(grouped(result.findings), {})
    assert all(model.find(finding).data(NODE).id == finding.id for finding in result.findings)
    model.show(grouped(result.findings[:1]), {})
    assert not model.find(result.findings[-1]).isValid()


# filters


def test_words_are_looked_for_in_rule_title_law_layer_parcel_and_reason(result: ReviewResult) -> None:
    shelf = Shelf(result)
    finding = next(f for f in result.findings if f.verdict is Verdict.CONFLICT and f.parcel and f.basis)
    for words in (finding.rule, finding.title.zh, finding.title.en.upper(), finding.layer, finding.basis[0].law):
        assert finding in shelf.select(Wanted(text=words)), words
    by_parcel = shelf.select(Wanted(text=finding.parcel.lower()))
    assert {each.parcel for each in by_parcel} == {finding.parcel}
    assert shelf.select(Wanted(text="no rule says this")) == ()


def test_a_meaning_is_chosen_by_its_chip(tab: FindingsTab) -> None:
    tab.filters.meanings[NOT_CHECKED].setChecked(True)
    assert leaves(tab.model)
    assert {meaning_of(finding) for finding in leaves(tab.model)} == {NOT_CHECKED}
    assert tab.filters.meanings[NOT_CHECKED].text() == str(len(leaves(tab.model)))


def test_the_box_keeps_what_lies_in_it_and_what_has_no_place(result: ReviewResult) -> None:
    shelf = Shelf(result)
    parcel = result.parcels[0]
    seen = shelf.select(Wanted(box=parcel.geometry.bounds))
    assert {finding.parcel for finding in seen} - {""} == {parcel.number}
    lost = result.findings[0].model_copy(update={"parcel": "", "geometry": None})
    placeless = Shelf(result.model_copy(update={"findings": (lost, *result.findings)}))
    assert placeless.select(Wanted(box=(0.0, 0.0, 1.0, 1.0))) == (lost,)


def test_open_means_that_it_keeps_the_case_from_being_passed_on(result: ReviewResult) -> None:
    seen = Shelf(result).select(Wanted(open_only=True))
    assert seen
    assert {finding.id for finding in seen} == {f.id for f in result.findings if f.verdict is not Verdict.CLEAR}


# the tab


def test_choosing_a_row_shows_its_figures_law_and_data(tab: FindingsTab, result: ReviewResult) -> None:
    finding = next(f for f in result.findings if f.verdict is Verdict.CONFLICT and f.features)
    assert tab.choose(finding.id)
    text = tab.detail.page.toPlainText()
    for part in (finding.rule, finding.reason.en, str(finding.area_printed), finding.basis[0].law, finding.parcel):
        assert part in text, part
    assert finding.features[0].label in text
    assert "2026-06-30" in text


def test_going_to_a_filtered_finding_takes_the_filters_off(tab: FindingsTab, result: ReviewResult) -> None:
    clear = next(finding for finding in result.findings if finding.verdict is Verdict.CLEAR)
    tab.filters.meanings[PROHIBITED].setChecked(True)
    assert clear not in leaves(tab.model)
    assert tab.choose(clear.id)
    assert tab.chosen() == clear
    assert not tab.choose("no such finding")


def test_the_unit_turns_for_all_rows_and_is_kept(tab: FindingsTab, session: Session, result: ReviewResult) -> None:
    finding = next(f for f in result.findings if f.verdict is Verdict.CONFLICT and f.area_printed)
    desk = session.desk()
    for unit, figure in (
        (AreaUnit.M2, finding.area_printed),
        (AreaUnit.HA, round(finding.area_printed / 10000, 4)),
        (AreaUnit.MU, round(finding.area_printed * 3 / 2000, 4)),
    ):
        session.set_settings(dataclasses.replace(session.settings, unit=unit))
        shown = tab.model.find(finding).siblingAtColumn(Column.AREA).data()
        assert abs(Decimal(shown) - figure) <= Decimal("0.0001")
    assert session.desk() is desk, "a unit is no reason to open the store again"


def test_rows_copy_as_cells_with_numbers_that_are_numbers(tab: FindingsTab, result: ReviewResult) -> None:
    finding = next(f for f in result.findings if f.verdict is Verdict.CONFLICT and f.area_printed)
    tab.choose(finding.id)
    name, area, share, count = tab.tree.copied().split("\t")
    assert (name, Decimal(area), int(count)) == (finding.parcel, finding.area_printed, finding.count)
    assert share.endswith("%")


def test_what_was_not_checked_shows_no_number_that_could_be_taken_for_nothing(
    tab: FindingsTab, result: ReviewResult
) -> None:
    unseen = next(finding for finding in result.findings if finding.verdict is Verdict.NOT_CHECKED)
    index = tab.model.find(unseen)
    assert unseen.reason.en in index.parent().data(), "the row itself says why"
    assert [index.siblingAtColumn(column).data() for column in list(Column)[1:]] == ["—", "—", "—"]


def test_names_that_look_like_markup_stay_names(session: Session, view: CaseView, result: ReviewResult) -> None:
    hostile = "<b>DK&1</b><img src=x>"
    first = result.findings[0].model_copy(update={"parcel": hostile})
    changed = dataclasses.replace(view, plain_result=result.model_copy(update={"findings": (first,)}))
    tab = FindingsTab(session)
    tab.show_case(changed)
    tab.choose(first.id)
    assert hostile in tab.detail.page.toPlainText()


def test_without_a_case_or_a_review_the_page_says_what_to_do(session: Session, case: CaseFile, view: CaseView) -> None:
    tab = FindingsTab(session)
    tab.show_case(None)
    assert tab.nothing.text() and not tab.nothing.isHidden()
    tab.show_case(session.view(case.id))
    assert "Run review" in tab.nothing.text()
    tab.show_case(view)
    assert tab.nothing.isHidden()


# crowds


@pytest.mark.parametrize(("parcels", "rules"), [(1, 500), (10_000, 10)])
def test_crowds_show_and_filter_without_a_stall(
    session: Session, view: CaseView, result: ReviewResult, parcels: int, rules: int
) -> None:
    many = dataclasses.replace(view, plain_result=crowd(result, parcels, rules))
    tab = FindingsTab(session)
    tab.resize(420, 700)
    tab.show()
    start = time.perf_counter()
    tab.show_case(many)
    shown = time.perf_counter() - start
    start = time.perf_counter()
    tab.filters.text.setText("R-7")
    tab.filters.changed.emit()
    filtered = time.perf_counter() - start
    assert len(leaves(tab.model)) == parcels * sum("R-7" in f"R-{r}" for r in range(rules))
    # an order of magnitude: the machine is shared
    assert shown < 2.0 and filtered < 2.0
    tab.hide()


def test_rows_have_one_height_and_no_widgets(tab: FindingsTab) -> None:
    assert tab.tree.uniformRowHeights()
    assert all(tab.tree.indexWidget(index) is None for index in rows(tab.model))
    assert Unit("m2") is Unit.M2 and tab.tree.focusPolicy() & Qt.FocusPolicy.TabFocus


# judgements


def sign(*, ground: str, files: tuple[Path, ...] = ()) -> None:
    """Fill in the dialog that opens next, and agree."""

    def fill() -> None:
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, JudgeDialog) and w.isVisible())
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not ok.isEnabled() and ok.toolTip(), "nothing is entered without a ground"
        dialog.ground.setPlainText(ground)
        dialog.files.add(files)
        ok.click()

    QTimer.singleShot(0, fill)


@pytest.fixture
def page(tab: FindingsTab, session: Session) -> FindingsTab:
    """The tab, read again whenever the case changes, as the case page does."""
    session.case_changed.connect(lambda case_id: tab.show_case(session.view(case_id)))
    return tab


def first(result: ReviewResult, severity: RuleSeverity) -> Finding:
    return next(f for f in result.findings if f.verdict is Verdict.CONFLICT and f.severity is severity and f.parcel)


def test_a_judgement_stands_beside_the_finding_with_person_role_and_time(
    page: FindingsTab, session: Session, view: CaseView, result: ReviewResult
) -> None:
    finding = first(result, RuleSeverity.NEEDS_EXPLANATION)
    page.choose(finding.id)
    sign(ground="勘界图有误 <b>")
    page.bar.marks[Mark.MISTAKEN].click()
    (entered,) = session.view(view.case.id).judgements
    assert (entered.finding, entered.mark, entered.person, entered.role) == (
        finding.id,
        Mark.MISTAKEN,
        "李四",
        Role.TECHNICIAN,
    )
    assert page.chosen() is not None and page.chosen().id == finding.id, "the row stays chosen"
    assert page.chosen().verdict is Verdict.CONFLICT, "the machine's finding stays as it is"
    text = page.detail.page.toPlainText()
    assert "勘界图有误 <b>" in text and "李四" in text and "mistaken" in text
    assert "mistaken" in page.model.find(finding).data()
    assert session.desk().store.log(view.case.id)[-1].kind == "judged"


def test_several_findings_take_one_ground_in_one_entry_of_the_log(
    page: FindingsTab, session: Session, view: CaseView
) -> None:
    page.filters.meanings[NOT_CHECKED].setChecked(True)
    page.tree.selectAll()
    chosen = page.tree.marked()
    entries = len(session.desk().store.log(view.case.id))
    sign(ground="本县无采矿权，附局函")
    page.bar.marks[Mark.JUSTIFIED].click()
    assert {each.finding for each in session.view(view.case.id).judgements} == {finding.id for finding in chosen}
    assert len(chosen) > 1 and len(session.desk().store.log(view.case.id)) == entries + 1


def test_what_was_judged_is_open_no_more(page: FindingsTab, result: ReviewResult) -> None:
    finding = first(result, RuleSeverity.NEEDS_EXPLANATION)
    page.filters.open_only.setChecked(True)
    page.choose(finding.id)
    sign(ground="说明")
    page.bar.marks[Mark.JUSTIFIED].click()
    assert not page.model.find(finding).isValid()
    page.filters.open_only.setChecked(False)
    assert page.model.find(finding).isValid()


def test_files_are_attached_and_named(
    page: FindingsTab, session: Session, view: CaseView, result: ReviewResult, tmp_path: Path
) -> None:
    approval = tmp_path / "省厅批复 & 附图.pdf"
    approval.write_bytes(b"%PDF-1.4 " * 1000)
    finding = first(result, RuleSeverity.NEEDS_APPROVAL)
    page.choose(finding.id)
    sign(ground="省厅批复", files=(approval,))
    page.bar.marks[Mark.JUSTIFIED].click()
    until(lambda: session.view(view.case.id).judgements)
    (entered,) = session.view(view.case.id).judgements
    assert session.desk().store.blobs.verified(entered.attachments[0], ".pdf").read_bytes() == approval.read_bytes()
    assert approval.name in page.detail.page.toPlainText()
    assert finding.id not in Shelf(result, (entered,)).obstacles


def test_the_dialog_says_when_an_approval_is_missing(result: ReviewResult, tmp_path: Path, qgis_app: object) -> None:
    dialog = JudgeDialog([first(result, RuleSeverity.NEEDS_APPROVAL)], Mark.JUSTIFIED, "李四", Role.TECHNICIAN)
    assert dialog.note.text()
    file = tmp_path / "a.txt"
    file.write_text("x", encoding="utf-8")
    dialog.files.add([file, file, tmp_path / "not there"])
    assert dialog.files.files() == (file,) and not dialog.note.text()


def test_a_prohibition_is_the_heads_and_the_button_says_so(
    page: FindingsTab, session: Session, result: ReviewResult
) -> None:
    page.choose(first(result, RuleSeverity.PROHIBIT).id)
    for mark in (Mark.JUSTIFIED, Mark.OVERRULED):
        assert not page.bar.marks[mark].isEnabled() and page.bar.marks[mark].toolTip()
    session.set_settings(dataclasses.replace(session.settings, role="leader"))
    page.show_case(session.view(page._view.case.id))
    assert page.bar.marks[Mark.OVERRULED].isEnabled()
    sign(ground="县政府第3次常务会议纪要")
    page.bar.marks[Mark.OVERRULED].click()
    assert session.view(page._view.case.id).judgements[-1].role is Role.LEADER


def test_a_case_of_another_office_takes_no_judgement(page: FindingsTab, session: Session, view: CaseView) -> None:
    page.show_case(dataclasses.replace(view, case=view.case.model_copy(update={"holder": "430100"})))
    page.choose(view.plain_result.findings[0].id)
    assert not any(button.isEnabled() for button in page.bar.marks.values())
    assert "430100" in page.bar.marks[Mark.MISTAKEN].toolTip()


def test_an_older_view_may_not_judge_and_nothing_is_lost(
    page: FindingsTab, session: Session, view: CaseView, result: ReviewResult, qgis_iface: Any
) -> None:
    finding = first(result, RuleSeverity.NEEDS_EXPLANATION)
    page.choose(finding.id)
    session.desk().answer(view.case, {"x": "y"})  # another window
    sign(ground="说明")
    page.bar.marks[Mark.JUSTIFIED].click()
    assert session.view(view.case.id).judgements == ()
    assert page._view.case.rev == session.view(view.case.id).case.rev, "what is shown is what is there now"


def test_fix_leads_to_the_layer_that_was_not_checked(page: FindingsTab, result: ReviewResult) -> None:
    asked = QSignalSpy(page.fix_layer)
    unseen = next(finding for finding in result.findings if finding.verdict is Verdict.NOT_CHECKED)
    page.choose(unseen.id)
    assert not page.bar.fix.isHidden()
    editors: list[str] = []

    def close() -> None:
        editor = QApplication.activeModalWidget()
        editors.append(type(editor).__name__)
        editor.reject()

    QTimer.singleShot(0, close)
    page.bar.fix.click()
    assert list(asked) == [[unseen.layer]] and editors == ["CatalogueEditor"]
    page.choose(first(result, RuleSeverity.PROHIBIT).id)
    assert page.bar.fix.isHidden()


def test_why_this_number_leads_back_to_layer_rule_and_law(page: FindingsTab, result: ReviewResult) -> None:
    finding = first(result, RuleSeverity.PROHIBIT)
    page.choose(finding.id)
    assert "F:" not in page.detail.page.toPlainText()
    page.detail.page.anchorClicked.emit(QUrl(WHY))
    text = page.detail.page.toPlainText()
    for part in (f"F:{finding.id}", "before rounding", finding.basis[0].law):
        assert part in text, part


def test_the_log_names_the_findings_that_were_judged(page: FindingsTab, session: Session, view: CaseView) -> None:
    page.filters.meanings[NOT_CHECKED].setChecked(True)
    page.tree.selectAll()
    ids = [finding.id for finding in page.tree.marked()]
    sign(ground="附局函")
    page.bar.marks[Mark.JUSTIFIED].click()
    said = event_words(session.view(view.case.id).events[-1])
    assert ids[0] in said and f"({len(ids)})" in said and "附局函" in said
