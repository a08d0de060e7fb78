# SPDX-License-Identifier: GPL-2.0-or-later
"""The opinion tab: obstacles that lead to findings, drafts from the office's blocks, signing, printing."""

from __future__ import annotations

import dataclasses
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gui_waiting import until
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QSignalSpy

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.opinion import Mark, Role
from landreview_plugin.core.model.result import Finding, RuleSeverity, Verdict
from landreview_plugin.core.workflow.opinion_blocks import BUILT_IN, FILE_NAME
from landreview_plugin.gui.case_page.page import CasePage
from landreview_plugin.gui.case_view import CaseView
from landreview_plugin.gui.findings.tab import FindingsTab
from landreview_plugin.gui.opinion.tab import OpinionTab
from landreview_plugin.gui.session import Session
from landreview_plugin.report.formats import available


@pytest.fixture
def view(session: Session, reviewed: CaseFile) -> CaseView:
    return session.view(reviewed.id)


@pytest.fixture
def tab(session: Session, view: CaseView) -> Iterator[OpinionTab]:
    """The tab with a case, looked at and ready, read again when the case changes."""
    made = OpinionTab(session)
    made.resize(420, 640)
    made.show_case(view)
    made.show()
    session.case_changed.connect(lambda case_id: made.show_case(session.view(case_id)))
    until(lambda: made._ground)
    yield made
    made.hide()
    made.deleteLater()


def prohibited(view: CaseView) -> Finding:
    hits = (f for f in view.plain_result.findings if f.verdict is Verdict.CONFLICT)
    return next(finding for finding in hits if finding.severity is RuleSeverity.PROHIBIT)


def settle_everything(session: Session, view: CaseView, tmp_path: Path) -> CaseView:
    """A head's judgement of all that is not clear, approvals attached."""
    approval = tmp_path / "批复.pdf"
    approval.write_bytes(b"%PDF-1.4")
    session.set_settings(dataclasses.replace(session.settings, role="leader", person="王局长"))
    case, findings = session.view(view.case.id).case, view.plain_result.findings
    hard = [f.id for f in findings if f.verdict is Verdict.CONFLICT and f.severity is RuleSeverity.PROHIBIT]
    soft = [f.id for f in findings if f.verdict is not Verdict.CLEAR and f.id not in hard]
    case = session.desk().judge(case, hard, Mark.OVERRULED, "常务会议纪要", role=Role.LEADER)
    session.desk().judge(case, soft, Mark.JUSTIFIED, "省厅批复", role=Role.LEADER, files=[approval])
    session.case_changed.emit(view.case.id)
    return session.view(view.case.id)


# obstacles


def test_obstacles_are_listed_and_forbid_to_pass(tab: OpinionTab, view: CaseView) -> None:
    assert tab.obstacles.count() > 2
    assert str(tab.obstacles.count()) in tab.in_the_way.text()
    assert not tab.form.passes.isEnabled() and tab.form.passes.toolTip()
    texts = [tab.obstacles.item(row).text() for row in range(tab.obstacles.count())]
    hard = prohibited(view)
    assert any(hard.rule in text for text in texts)


def test_an_obstacle_leads_to_its_finding(tab: OpinionTab, session: Session, view: CaseView) -> None:
    asked = QSignalSpy(session.finding_wanted)
    tab.obstacles.itemDoubleClicked.emit(tab.obstacles.item(0))
    assert asked[0][0] in {finding.id for finding in view.plain_result.findings}


def test_the_case_page_brings_the_finding_to_the_front(session: Session, view: CaseView) -> None:
    page = CasePage(session)
    page.show_case(view)
    finding = next(f for f in view.plain_result.findings if f.verdict is Verdict.CONFLICT)
    session.finding_wanted.emit(finding.id)
    findings = page.tabs.currentWidget()
    assert isinstance(findings, FindingsTab)
    assert findings.chosen().id == finding.id
    page.show_case(None)


# words


def test_the_draft_follows_the_conclusion_and_has_the_cases_figures(tab: OpinionTab, view: CaseView) -> None:
    tab.form.refuses.setChecked(True)
    text = tab.form.words()
    assert view.case.project in text and view.case.number in text
    hard = prohibited(view)
    assert hard.rule in text and hard.basis[0].law in text
    assert "{" not in text


def test_a_text_that_was_edited_is_not_overwritten_by_a_click(tab: OpinionTab) -> None:
    tab.form.refuses.setChecked(True)
    tab.form.text.appendPlainText("我加的一句")
    tab.form.refuses.setChecked(False)
    tab.form.refuses.setChecked(True)
    assert tab.form.words().endswith("我加的一句")
    tab.form.draft.click()
    assert "我加的一句" not in tab.form.words()
    tab.form.text.undo()
    assert tab.form.words().endswith("我加的一句")


def test_a_block_is_put_in_where_the_cursor_stands(tab: OpinionTab) -> None:
    actions = [action for action in tab.form.insert.menu().actions() if action.text()]
    assert len(actions) > 3
    actions[2].trigger()
    assert tab.form.words() and "{" not in tab.form.words()


def test_a_text_that_was_begun_stays_with_its_case(
    tab: OpinionTab, session: Session, view: CaseView, case: CaseFile
) -> None:
    tab.form.text.setPlainText("写了一半")
    tab.show_case(session.view(case.id))
    assert tab.form.words() == ""
    tab.show_case(view)
    assert tab.form.words() == "写了一半"


def test_an_office_edits_its_blocks_in_a_file_of_its_own(
    tab: OpinionTab, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    tab.form.edit_blocks.emit()
    own = Path(session.settings.workspace).parent / FILE_NAME
    assert own.read_bytes() == BUILT_IN.read_bytes()
    assert opened[0].toLocalFile() == str(own)


def test_a_fault_in_the_offices_blocks_is_said_and_the_built_in_ones_serve(
    session: Session, view: CaseView, expects_log_errors: None
) -> None:
    (Path(session.settings.workspace).parent / FILE_NAME).write_text("blocks: [", encoding="utf-8")
    tab = OpinionTab(session)
    tab.show_case(view)
    tab.show()
    until(lambda: tab._ground)
    assert len(tab._ground.blocks.blocks) > 2
    tab.hide()


# signing


def test_a_refusal_is_signed_by_role_and_logged(tab: OpinionTab, session: Session, view: CaseView) -> None:
    assert not tab.form.give.isEnabled() and tab.form.give.toolTip()
    tab.form.refuses.setChecked(True)
    assert tab.form.give.isEnabled()
    tab.form.give.click()
    after = session.view(view.case.id)
    assert after.case.passed is False
    assert (after.opinions[-1].person, after.opinions[-1].role) == ("李四", Role.TECHNICIAN)
    assert session.desk().store.log(view.case.id)[-1].kind == "concluded"
    assert "李四" in tab.given.toPlainText()
    assert tab.form.words() == "", "what was signed is no unfinished text"


def test_with_the_heads_grounds_the_case_passes(
    tab: OpinionTab, session: Session, view: CaseView, tmp_path: Path
) -> None:
    settle_everything(session, view, tmp_path)
    until(lambda: tab._ground)
    assert tab.obstacles.count() == 0
    tab.form.passes.setChecked(True)
    assert "常务会议纪要" in tab.form.words()
    tab.form.give.click()
    assert session.view(view.case.id).case.passed is True
    assert "counts" in tab.given.toPlainText()


def test_a_hard_conflict_cannot_be_passed_on_behind_the_forms_back(
    tab: OpinionTab, session: Session, view: CaseView, expects_log_errors: None
) -> None:
    tab.form.passes.setEnabled(True)
    tab.form.passes.setChecked(True)
    tab.form.text.setPlainText("同意")
    tab.conclude()
    assert session.view(view.case.id).opinions == ()
    assert tab.form.words() == "同意", "what was written is not lost"


def test_an_older_opinion_is_shown_as_superseded(tab: OpinionTab, session: Session, view: CaseView) -> None:
    for text in ("第一次", "第二次"):
        case = session.view(view.case.id).case
        session.desk().conclude(case, view.plain_result, text, passes=False, role=Role.REVIEWER)
    tab.show_case(session.view(view.case.id))
    shown = tab.given.toPlainText()
    assert shown.index("第二次") < shown.index("第一次")
    assert "a later judgement counts" in shown


def test_without_a_review_it_says_what_comes_first(session: Session, case: CaseFile) -> None:
    tab = OpinionTab(session)
    tab.show_case(session.view(case.id))
    assert tab.headline.text() and tab.form.isHidden()
    assert not tab.print.isEnabled()


# printing


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_the_print_has_judgements_and_opinion_in_it(
    tab: OpinionTab, session: Session, view: CaseView, tmp_path: Path, name: str
) -> None:
    if available()[name] is not None:
        pytest.skip(available()[name].en)
    settled = settle_everything(session, view, tmp_path)
    session.desk().conclude(settled.case, view.plain_result, "同意上报此批次", passes=True, role=Role.LEADER)
    tab.show_case(session.view(view.case.id))
    path = tmp_path / "张三 & 李四" / f"意见.{name}"
    tab.printer.write(name, path)
    until(path.is_file)
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(each).decode("utf-8", "replace") for each in archive.namelist() if each.endswith(".xml")]
    whole = "".join(parts)
    for text in ("同意上报此批次", "常务会议纪要", "王局长", "批复.pdf"):
        assert text in whole, text


def test_the_pdf_is_written_with_maps_of_the_stored_result(
    tab: OpinionTab, tmp_path: Path, session: Session, view: CaseView
) -> None:
    stored = session.desk().store.blobs.get(view.results[-1].gpkg_sha256, ".gpkg")
    before = stored.read_bytes()
    path = tmp_path / "意见.pdf"
    tab.printer.write("pdf", path)
    until(path.is_file, 60.0)
    assert path.read_bytes().startswith(b"%PDF-") and path.stat().st_size > 20_000
    assert stored.read_bytes() == before, "what is stored is only read"


def test_a_format_that_cannot_be_written_is_grey_and_says_why(tab: OpinionTab) -> None:
    actions = {action.text().lower().rstrip("…"): action for action in tab.printer.actions()}
    for name, why_not in available().items():
        if name in actions:
            assert actions[name].isEnabled() is (why_not is None)
            assert bool(actions[name].toolTip()) and (why_not is None or why_not.en in actions[name].toolTip())


def test_a_place_that_cannot_be_written_is_said(tab: OpinionTab, tmp_path: Path, expects_log_errors: None) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    tab.printer.write("docx", blocked / "x.docx")
    until(lambda: not tab._session._tasks)
    assert not (blocked / "x.docx").exists()
