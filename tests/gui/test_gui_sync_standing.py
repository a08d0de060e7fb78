# SPDX-License-Identifier: GPL-2.0-or-later
"""What a technician sees of a case between offices without asking: it differs, it counts on, it can only be read."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shapely.affinity
from datacenter_fixtures import cluster  # noqa: F401 - a fixture
from datacenter_service import PASSWORD
from gui_centre import MASTER, sign_in, unlocked
from gui_waiting import settle, until
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox
from sync_centre import Office
from sync_offices import take_in
from test_gui_sync import (  # noqa: F401 - fixtures
    COUNTY_USER,
    base,
    city,
    connect,
    dock,
    in_step,
    ready,
    said_by,
    section,
    shown,
    still,
    submit,
    sync,
)

from landreview_plugin.core.model.case_file import CaseFile, Transfer
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.gui.dock import LandReviewDock
from landreview_plugin.gui.options.server import ServerSection
from landreview_plugin.gui.read_only import why_read_only
from landreview_plugin.gui.session import Session
from landreview_plugin.gui.sync.aside import aside
from landreview_plugin.gui.sync.line_state import line_state
from landreview_plugin.jobs.case_list import Query, Whose, case_rows, matching
from landreview_plugin.project import access
from landreview_plugin.project.access import access_to
from landreview_plugin.store.differences import Choice, Difference
from landreview_plugin.store.jobs import JobState, Reason
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.outgoing import Order, hand_over
from landreview_plugin.sync.protocol import CommandType
from landreview_plugin.sync.status import SyncState
from landreview_plugin.sync.wkt import exact_wkt

SUBMIT = Order(kind=CommandType.SUBMIT, to="4309", stage="prefecture.receive")
ELSEWHERE_TEXT = "here it can only be read"


def story(dock: LandReviewDock, case: CaseFile) -> str:  # noqa: F811
    """What the list says of a case."""
    dock.show_list()
    model = dock.list.model
    return str(model.data(model.index_of(case.id), Qt.ItemDataRole.ToolTipRole))


# --- the list


def test_the_list_shows_that_a_person_must_choose(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
) -> None:
    assert "elsewhere" not in story(dock, ready)
    found = Difference(case_id=ready.id, field="cover/project", here="一", there="二", found_at=dt.datetime.now(dt.UTC))
    differences = session.desk().store.differences
    differences.keep(ready.id, [found])
    session.synced.emit()
    assert "changed here and elsewhere" in story(dock, ready)
    model = dock.list.model
    row = next(row for row in model.rows if row.line.id == ready.id)
    assert line_state(row.line, model.known) is SyncState.DIFFERS
    assert not dock.list.view.grab().isNull(), "painted with its sign"
    differences.choose(ready.id, {"cover/project": Choice.HERE})
    session.synced.emit()
    assert "elsewhere" not in story(dock, ready), "chosen: nothing is asked any more"


def test_list_and_page_say_the_same_when_the_receiver_has_passed_it_on(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
    base: str,  # noqa: F811
    city: Office,  # noqa: F811
) -> None:
    """A receipt is of the office that gave it: the one after it has given none."""
    connect(session, base, sign_in(COUNTY_USER, PASSWORD))
    submit(dock, ready)
    in_step(dock)
    assert "received by 4309" in story(dock, ready)
    city.sync()
    city.order(ready.id, Order(kind=CommandType.FORWARD, to="43", stage="province.receive"))
    city.sync()
    sync(dock)
    dock.open_case(ready.id)
    assert dock.page.status is not None and dock.page.status.state is SyncState.ELSEWHERE
    said = story(dock, ready)
    assert "with 43" in said and "received by" not in said


@pytest.mark.parametrize(("office", "mine"), [("4309", True), ("430900", True), ("430998", False)])
def test_an_office_knows_its_cases_by_either_form_of_its_code(session: Session, office: str, mine: bool) -> None:
    store, actor = session.desk().store, session.desk().actor
    case = take_in(store, actor)
    with store.change(case, "forward", {}, actor) as change:
        change.update(holder="4309")
    assert (why_read_only(change.case, office) == "") is mine
    rows = case_rows(store.lines(), dt.date(2026, 9, 1), session.desk().calendar)
    assert bool(matching(rows, Query(whose=Whose.MINE), office)) is mine


# --- bytes that go over the line


def test_the_page_counts_on_while_another_thread_sends(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
) -> None:
    submit(dock, ready)
    settle()
    status = dock.page.status
    assert status is not None and status.state is SyncState.QUEUED
    seen = []
    with Workspace(Path(session.settings.workspace)) as other:
        job = other.outbox.job(status.job)
        other.outbox.put(job.model_copy(update={"state": JobState.SENDING}))
        parts = other.outbox.parts(job.id)
        for part in parts[:-1]:
            other.outbox.note_part(job.id, part.model_copy(update={"sent": part.size, "done": True}), part.size)
            dock.page.listen()
            seen.append(dock.page.head.sync.bar.value())
    assert len(parts) > 2 and seen == sorted(seen) and 0 < seen[-1] < 100 and seen[0] < seen[-1]
    assert shown(dock) == f"sending {seen[-1]}%"
    assert dock.page.head.sync.bar.isVisible() and not dock.page.head.sync.retry.isVisible()


def test_while_it_is_sent_no_reason_of_an_earlier_try_is_shown(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
) -> None:
    submit(dock, ready)
    assert dock.page.status is not None
    outbox = session.desk().store.outbox
    job = outbox.job(dock.page.status.job).model_copy(update={"reason": Reason(code="E-SYNC-LINE")})
    outbox.put(job)
    dock.page.listen()
    assert "E-SYNC-LINE" in dock.page.head.sync.more.text() and dock.page.head.sync.retry.isVisible()
    outbox.put(job.model_copy(update={"state": JobState.SENDING}))
    dock.page.listen()
    assert shown(dock) == "sending 0%"
    assert not dock.page.head.sync.more.isVisible() and not dock.page.head.sync.retry.isVisible()


# --- two outlines of a parcel


def test_two_outlines_are_shown_on_the_map_and_go_with_the_window(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
) -> None:
    """Beside the table; each row leads to its land."""
    parcel = session.desk().store.hand_in(ready.id, ready.version).parcels[0]
    moved = shapely.affinity.translate(parcel.geometry, 25.0, 0.0)
    at, field = dt.datetime.now(dt.UTC), f"parcels/{parcel.number}/geometry"
    outlines = {"here": exact_wkt(parcel.geometry), "there": exact_wkt(moved)}
    text = Difference(case_id=ready.id, field="cover/project", here="一", there="二", found_at=at)
    land = Difference(case_id=ready.id, field=field, found_at=at, **outlines)
    session.desk().store.differences.keep(ready.id, [text, land])
    dock.open_case(ready.id)
    dialog = dock.page.hand_overs.choose(dock.page.view)
    assert dialog is not None
    layers = {layer.name(): layer for layer in dialog._sketch.layers()}
    assert set(layers) == {"Here", "At the centre"}
    west = [next(layer.getFeatures()).geometry().boundingBox().xMinimum() for layer in layers.values()]
    assert abs(abs(west[0] - west[1]) - 25.0) < 1e-6, "both outlines, where they are"
    assert "m²" in dialog.table.item(1, 1).text() and "POLYGON" not in dialog.table.item(1, 1).text()
    dialog.table.setCurrentCell(1, 0)  # blinks on the map; nothing is chosen by looking
    assert dock.page.hand_overs.choose(dock.page.view) is dialog, "one window a case"
    assert len(session.desk().store.differences.open_of(ready.id)) == 2
    dialog.reject()
    settle()
    assert not QgsProject.instance().mapLayersByName("At the centre")


def test_nobody_chooses_for_values_that_came_after_the_window(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
) -> None:
    """A round goes on while the window stands open."""
    differences = session.desk().store.differences
    seen = Difference(case_id=ready.id, field="cover/project", here="一", there="二", found_at=dt.datetime.now(dt.UTC))
    differences.keep(ready.id, [seen])
    dock.open_case(ready.id)
    dialog = dock.page.hand_overs.choose(dock.page.view)
    assert dialog is not None
    dialog.choose_all(Choice.THERE)
    differences.keep(ready.id, [seen.model_copy(update={"there": "三"})])
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    assert [each.choice for each in differences.of_case(ready.id)] == [Choice.NONE]
    fresh = dock.page.hand_overs.choose(dock.page.view)
    assert fresh is not None and fresh is not dialog and fresh.table.item(0, 2).text() == "三"
    fresh.choose_all(Choice.THERE)
    fresh.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    assert [each.choice for each in differences.of_case(ready.id)] == [Choice.THERE]


# --- what can't be done says why


def test_a_refused_hand_over_is_no_case_of_the_other_offices_desk(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
) -> None:
    """It stands at the other office's stage: this one must not go on with that office's work."""
    submit(dock, ready)
    assert dock.page.status is not None
    outbox = session.desk().store.outbox
    outbox.put(outbox.job(dock.page.status.job).model_copy(update={"state": JobState.FAILED}))
    dock.page.listen()
    assert not dock.page.head.step.isEnabled() and "withdraw it" in dock.page.head.step.toolTip()
    dock.page.head.sync.withdraw.click()
    assert dock.page.head.step.isEnabled()


@pytest.mark.parametrize("transfer", [Transfer.QUEUED, Transfer.NONE], ids=["being handed over", "elsewhere"])
def test_every_button_that_would_change_the_case_says_why_it_does_not(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    reviewed: CaseFile,
    transfer: Transfer,
) -> None:
    store, actor = session.desk().store, session.desk().actor
    if transfer is Transfer.QUEUED:
        hand_over(store, reviewed, SUBMIT, actor)
        why = "being handed over"
    else:
        with store.change(reviewed, "forward", {}, actor) as change:
            change.update(holder="4309")
        why = ELSEWHERE_TEXT
    dock.open_case(reviewed.id)
    tabs = {type(dock.page.tabs.widget(i)).__name__: dock.page.tabs.widget(i) for i in range(dock.page.tabs.count())}
    findings = tabs["FindingsTab"]
    index = findings.tree.model().index(0, 0)
    while findings.tree.model().rowCount(index):
        index = findings.tree.model().index(0, 0, index)
    findings.tree.setCurrentIndex(index)
    settle()
    overview = tabs["OverviewTab"]
    buttons = [
        dock.page.head.review,
        tabs["MaterialsTab"].add,
        overview.save_cover,
        overview.save_answers,
        overview.correct,
        *findings.bar.marks.values(),
        tabs["OpinionTab"].form.give,
    ]
    for button in buttons:
        assert not button.isEnabled(), button.text()
        assert why in button.toolTip(), (button.text(), button.toolTip())
    assert not dock.page.head.step.isEnabled() and dock.page.head.step.toolTip()


# --- sticks of one case


def test_the_case_page_writes_its_own_hand_over_alone(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
    tmp_path: Path,
) -> None:
    store, actor = session.desk().store, session.desk().actor
    other = take_in(store, actor)
    hand_over(store, other, SUBMIT, actor)
    dock.open_case(ready.id)
    head = dock.page.head
    assert not head.to_file.isEnabled() and "waits" in head.to_file.toolTip()
    submit(dock, ready)
    settle()
    assert head.to_file.isEnabled()
    stick = tmp_path / "一个案卷.lrstick"
    dock.page.sticks.export_to(stick, case_id=ready.id)
    until(stick.exists)
    settle(0.2)
    above = Session(replace(session.settings, workspace=tmp_path / "市局" / "s.gpkg", office="4309"), session.iface)
    there = LandReviewDock(above)
    try:
        there.page.sticks.take_from(stick)
        until(lambda: above.desk().store.lines())
        settle(0.2)
        assert [line.id for line in above.desk().store.lines()] == [ready.id]
    finally:
        there.rounds.stop()
        above.close()
        there.deleteLater()


# --- the line, tested while another work hangs in it


def test_the_connection_is_tested_while_a_round_hangs(
    session: Session,
    section: ServerSection,  # noqa: F811
    still: str,  # noqa: F811
) -> None:
    let_go, hangs = threading.Event(), threading.Event()

    def hang(progress: object) -> None:
        hangs.set()
        let_go.wait(20)

    task = session.start("hangs", aside(hang), lambda _: None)
    try:
        until(hangs.is_set)
        said = said_by(section, still, sign_in(COUNTY_USER, PASSWORD))
        assert said.count("✓") == 5 and not let_go.is_set()
    finally:
        let_go.set()
        until(lambda: not task.isActive())


def test_what_a_test_found_goes_when_address_or_sign_in_is_changed(
    section: ServerSection,  # noqa: F811
    still: str,  # noqa: F811
) -> None:
    said_by(section, still, sign_in(COUNTY_USER, PASSWORD))
    assert not section.found.isHidden()
    section.server.setText("https://centre.example")
    assert section.found.isHidden(), "a ✓ must not stand beside an address that nobody tested"
    said_by(section, still, section.auth.configId())
    section.auth.setConfigId("")
    assert section.found.isHidden()


def test_a_test_that_runs_ends_when_its_address_is_changed(
    section: ServerSection,  # noqa: F811
    still: str,  # noqa: F811
) -> None:
    section.server.setText(still)
    section.auth.setConfigId(sign_in(COUNTY_USER, PASSWORD))
    section.test.click()
    section.server.setText("https://centre.example")
    until(lambda: section._task is None)
    settle(0.3)
    assert section.found.isHidden()


# --- a sign-in that QGIS can't give


@pytest.fixture
def locked() -> Iterator[object]:
    """QGIS's authentication store, without its master password."""
    manager = unlocked()
    manager.clearMasterPassword()
    yield manager
    assert manager.setMasterPassword(MASTER, True)


def test_a_sign_in_that_is_gone_is_said_and_nothing_is_sent(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
    still: str,  # noqa: F811
) -> None:
    unlocked()
    connect(session, still, "gone123")
    bar = session.iface.messageBar()
    bar.clearWidgets()
    submit(dock, ready)
    in_step(dock)
    text = bar.items()[-1].text()
    assert "stored sign-in" in text and "gone123" in text
    assert dock.rounds.task is None
    assert session.desk().store.case(ready.id).transfer is Transfer.QUEUED


def test_a_locked_store_is_said_with_the_next_step(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    still: str,  # noqa: F811
    locked: object,
) -> None:
    connect(session, still, "any1234")
    bar = session.iface.messageBar()
    bar.clearWidgets()
    dock.rounds.start()
    settle()
    text = bar.items()[-1].text()
    assert "master password" in text.lower() and dock.rounds.task is None


def test_on_a_screen_nobody_is_told_of_files_for_cron(locked: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who leaves QGIS's question unanswered."""
    monkeypatch.setattr(QgsApplication, "platform", staticmethod(lambda: "desktop"))
    monkeypatch.setattr(access, "_unlocked", lambda manager: False)
    with pytest.raises(LandReviewError) as caught:
        access_to("https://centre.invalid", "any1234")
    assert caught.value.code == "E-SYNC-AUTH" and "was not given" in str(caught.value.detail)


# --- the office that decides


def test_the_province_decides_and_archives_by_its_next_step(
    session: Session,
    dock: LandReviewDock,  # noqa: F811
    ready: CaseFile,  # noqa: F811
    city: Office,  # noqa: F811
    base: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Decision and archiving are entered at the centre, where the county reads them."""
    connect(session, base, sign_in(COUNTY_USER, PASSWORD))
    submit(dock, ready)
    in_step(dock)
    city.sync()
    city.order(ready.id, Order(kind=CommandType.FORWARD, to="43", stage="province.receive"))
    city.sync()
    authcfg = sign_in("leader@43", PASSWORD)
    above = Session(
        replace(session.settings, workspace=tmp_path / "省厅" / "s.gpkg", office="43", role="leader", authcfg=authcfg),
        session.iface,
    )
    province = LandReviewDock(above)
    try:
        sync(province)
        store, actor = above.desk().store, above.desk().actor
        with store.change(store.case(ready.id), "forward", {}, actor) as change:
            change.update(stage="province.government")
        take_next_step(province, ready, CommandType.DECIDE, "同意")
        assert store.custody(ready.id).status == "decided" and store.custody(ready.id).passes is True
        with store.change(store.case(ready.id), "forward", {}, actor) as change:
            change.update(stage="all.archive")
        take_next_step(province, ready, CommandType.ARCHIVE)
        assert store.case(ready.id).archived
        sync(dock)
        dock.open_case(ready.id)
        assert shown(dock) == "decided by 43: passed"
    finally:
        province.rounds.stop()
        above.close()
        province.deleteLater()


def take_next_step(dock: LandReviewDock, case: CaseFile, kind: CommandType, text: str = "") -> None:  # noqa: F811
    """What the button and "OK" in its dialog do."""
    page = dock.page
    dock.open_case(case.id)
    order = page.hand_overs.order(page.view)
    assert order is not None and order.kind is kind and page.head.step.isEnabled()
    assert page.hand_overs.queue(page.view, order.model_copy(update={"text": text}))
    in_step(dock)
    assert dock.rounds.flaw is None
