# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases between offices in the panel: handed over, received, returned, refused, on a stick, against a real centre."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from datacenter_fixtures import cluster  # noqa: F401 - a fixture
from datacenter_service import PASSWORD, Client, free_port
from gui_centre import sign_in
from gui_waiting import settle, until
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox
from sync_centre import Office, fresh_centre
from sync_offices import CITY, fill, take_in
from test_datacenter_layers import edit, publish, survey  # noqa: F401 - a fixture

from landreview_plugin.core.catalogue import load_catalogue
from landreview_plugin.core.model.case_file import CaseFile, Transfer
from landreview_plugin.gui.dock import LandReviewDock
from landreview_plugin.gui.options.server import ServerSection
from landreview_plugin.gui.session import Session
from landreview_plugin.gui.sync import rounds as rounds_room
from landreview_plugin.gui.sync.aside import aside
from landreview_plugin.gui.sync.differences import DifferencesDialog
from landreview_plugin.gui.sync.layer_dialog import LayerDialog
from landreview_plugin.gui.sync.order_dialog import OrderDialog
from landreview_plugin.gui.sync.passphrase import PassphraseDialog
from landreview_plugin.gui.work_task import WorkTask
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.store.differences import Choice
from landreview_plugin.store.entries import Actor
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.exchange import RECEIPTS_SUFFIX
from landreview_plugin.sync.orders import return_order
from landreview_plugin.sync.outgoing import Order
from landreview_plugin.sync.protocol import CommandType
from landreview_plugin.sync.status import SyncState

COUNTY_USER = "technician@430998"


@pytest.fixture
def base(cluster: object, tmp_path: Path) -> Iterator[str]:  # noqa: F811
    """Address of an empty centre."""
    with fresh_centre(cluster, tmp_path / "centre") as address:  # type: ignore[arg-type]
        yield address


@pytest.fixture(scope="module")
def still(cluster: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: F811
    """Address of an empty centre that stays so: for tests that send nothing to it. To start one takes seconds."""
    with fresh_centre(cluster, tmp_path_factory.mktemp("still")) as address:  # type: ignore[arg-type]
        yield address


@pytest.fixture
def city(base: str, tmp_path: Path) -> Iterator[Office]:
    """The office above, with a store and a line of its own."""
    with Workspace(tmp_path / "市局" / "landreview.gpkg") as store:
        made = Office(CITY, store, base)
        yield made
        made.centre.close()


@pytest.fixture
def dock(session: Session) -> Iterator[LandReviewDock]:
    made = LandReviewDock(session)
    made.resize(420, 700)
    made.show()
    yield made
    made.rounds.stop()
    made.hide()
    made.deleteLater()


@pytest.fixture
def ready(session: Session, tmp_path: Path) -> CaseFile:
    """A reviewed and concluded case at its last desk in the county."""
    return ready_case(session, tmp_path)


def ready_case(session: Session, folder: Path) -> CaseFile:
    store, actor = session.desk().store, session.desk().actor
    case = fill(store, take_in(store, actor), folder, actor)
    with store.change(case, "forward", {}, actor) as change:
        change.update(stage="county.government", accepted=case.reference_date)
    return change.case


def connect(session: Session, server: str, authcfg: str) -> None:
    session.set_settings(replace(session.settings, server=server, authcfg=authcfg))


@pytest.fixture
def connected(session: Session, base: str) -> Session:
    connect(session, base, sign_in(COUNTY_USER, PASSWORD))
    return session


def submit(dock: LandReviewDock, case: CaseFile, text: str = "") -> None:
    """What "OK" in the dialog does."""
    page = dock.page
    dock.open_case(case.id)
    order = page.hand_overs.order(page.view)
    assert order is not None
    assert page.hand_overs.queue(page.view, order.model_copy(update={"text": text}))


def in_step(dock: LandReviewDock) -> None:
    """A round has ended."""
    until(lambda: dock.rounds.task is None)
    settle()


def sync(dock: LandReviewDock) -> None:
    dock.rounds.start()
    in_step(dock)


def shown(dock: LandReviewDock) -> str:
    return str(dock.page.head.sync.text.text())


# --- hand over and receive


def test_a_case_that_never_left_shows_no_state(dock: LandReviewDock, case: CaseFile) -> None:
    dock.open_case(case.id)
    assert dock.page.status is not None and dock.page.status.state is SyncState.HERE
    assert not dock.page.head.sync.isVisible()


def test_submitting_sends_at_once_and_shows_the_receipt(
    connected: Session, dock: LandReviewDock, ready: CaseFile, city: Office
) -> None:
    submit(dock, ready, "请审查")
    in_step(dock)
    assert dock.page.status is not None and dock.page.status.state is SyncState.RECEIVED
    receipt = dock.page.status.receipt
    assert receipt is not None and receipt.number in shown(dock) and "received by 4309" in shown(dock)
    city.sync()
    assert city.case(ready.id).holder == "4309"
    assert dock.rounds.flaw is None and "In step" in dock.list._foot.text.text()


def test_what_only_waits_never_says_received(session: Session, dock: LandReviewDock, ready: CaseFile) -> None:
    """Without a centre the hand-over waits for a stick."""
    submit(dock, ready)
    settle()
    assert dock.page.status is not None and dock.page.status.state is SyncState.QUEUED
    assert "waiting" in shown(dock) and "received" not in shown(dock)
    assert not dock.page.head.step.isEnabled()
    assert "being handed over" in dock.page.head.step.toolTip()


def test_a_case_elsewhere_can_only_be_read_and_says_who_holds_it(
    connected: Session, dock: LandReviewDock, ready: CaseFile
) -> None:
    submit(dock, ready)
    in_step(dock)
    assert not dock.page.head.step.isEnabled() and "4309" in dock.page.head.step.toolTip()
    dock.show_list()
    model = dock.list.model
    assert "received by 4309" in model.data(model.index_of(ready.id), Qt.ItemDataRole.ToolTipRole)


def test_a_waiting_hand_over_can_be_withdrawn(session: Session, dock: LandReviewDock, ready: CaseFile) -> None:
    submit(dock, ready)
    dock.page.head.sync.withdraw.click()
    case = session.desk().store.case(ready.id)
    assert (case.transfer, case.stage) == (Transfer.NONE, ready.stage)
    assert not dock.page.head.sync.isVisible() and dock.page.head.step.isEnabled()


# --- returned


def test_a_returned_case_lists_what_to_correct_and_goes_again(
    connected: Session, dock: LandReviewDock, ready: CaseFile, city: Office
) -> None:
    submit(dock, ready)
    in_step(dock)
    city.sync()
    city.order(ready.id, return_order("430998", ("补充四至说明", "补盖公章")))
    city.sync()
    sync(dock)
    assert dock.page.status is not None and dock.page.status.state is SyncState.RETURNED
    assert "• 补充四至说明\n• 补盖公章" in dock.page.head.sync.more.text()
    assert dock.page.head.correct.isVisible()
    dock.show_list()
    model = dock.list.model
    assert "returned for correction" in model.data(model.index_of(ready.id), Qt.ItemDataRole.ToolTipRole)
    store, actor = connected.desk().store, connected.desk().actor
    with store.change(store.case(ready.id), "forward", {}, actor) as change:
        change.update(stage="county.government")
    submit(dock, ready)
    in_step(dock)
    assert dock.page.status.state is SyncState.RECEIVED


def test_the_city_sends_a_case_back_with_its_corrections(
    city: Office, session: Session, base: str, tmp_path: Path
) -> None:
    """The same panel at the office above."""
    connect(session, base, sign_in(COUNTY_USER, PASSWORD))
    case = ready_case(session, tmp_path)
    county = LandReviewDock(session)
    submit(county, case)
    in_step(county)
    county.rounds.stop()
    above = Session(
        replace(session.settings, workspace=tmp_path / "市局 2" / "s.gpkg", office="4309",
                authcfg=sign_in("leader@4309", PASSWORD)),
        session.iface,
    )  # fmt: skip
    dock = LandReviewDock(above)
    try:
        sync(dock)
        dock.open_case(case.id)
        assert dock.page.head.send_back.isVisible()
        assert dock.page.hand_overs.offices_below(dock.page.view) == ("430998",)
        assert dock.page.hand_overs.send_back(dock.page.view, return_order("430998", ("补正",)))
        in_step(dock)
        assert dock.page.status is not None and dock.page.status.state is not SyncState.FAILED
        sync(county)
        assert session.desk().store.case(case.id).transfer is Transfer.RETURNED
    finally:
        dock.rounds.stop()
        above.close()
        for each in (dock, county):
            each.deleteLater()


# --- lines that fail


def test_a_line_that_is_down_says_why_and_what_next_and_loses_nothing(
    session: Session, dock: LandReviewDock, ready: CaseFile, base: str
) -> None:
    authcfg = sign_in(COUNTY_USER, PASSWORD)
    connect(session, f"http://127.0.0.1:{free_port()}", authcfg)
    submit(dock, ready)
    in_step(dock)
    assert dock.page.status is not None and dock.page.status.state in (SyncState.QUEUED, SyncState.SENDING)
    assert dock.rounds.flaw is not None and "Not in step" in dock.list._foot.text.text()
    assert "tried again at" in dock.page.head.sync.more.text() and dock.page.head.sync.retry.isVisible()
    connect(session, base, authcfg)
    dock.page.head.sync.retry_wanted.emit()
    in_step(dock)
    assert dock.page.status.state is SyncState.RECEIVED and dock.rounds.flaw is None


def test_another_offices_sign_in_sends_nothing(
    session: Session, dock: LandReviewDock, ready: CaseFile, still: str
) -> None:
    connect(session, still, sign_in("leader@4309", PASSWORD))
    submit(dock, ready)
    in_step(dock)
    assert dock.rounds.flaw is not None and dock.rounds.flaw.code == "E-CENTRE-RIGHTS"
    assert session.desk().store.case(ready.id).transfer is Transfer.QUEUED


def test_a_refused_hand_over_says_why_and_is_tried_again(
    connected: Session, dock: LandReviewDock, ready: CaseFile
) -> None:
    dock.open_case(ready.id)
    order = Order(kind=CommandType.SUBMIT, to="439999", stage="prefecture.receive")
    assert dock.page.hand_overs.queue(dock.page.view, order)
    in_step(dock)
    row, status = dock.page.head.sync, dock.page.status
    assert status is not None and status.state is SyncState.FAILED
    assert status.text.zh and row.retry.isVisible() and row.withdraw.isEnabled() and row.more.text()
    row.retry.click()
    in_step(dock)
    assert dock.page.status is not None and dock.page.status.state is SyncState.FAILED
    row.withdraw.click()
    submit(dock, ready)
    in_step(dock)
    assert dock.page.status.state is SyncState.RECEIVED


def test_the_timer_asks_nobody_for_a_master_password(
    session: Session, dock: LandReviewDock, still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(session, still, sign_in(COUNTY_USER, PASSWORD))
    monkeypatch.setattr(rounds_room, "asks_for_password", lambda authcfg: bool(authcfg))
    dock.rounds._by_itself()
    assert dock.rounds.task is None
    monkeypatch.undo()
    dock.rounds._by_itself()
    assert dock.rounds.task is not None
    in_step(dock)
    assert dock.rounds.flaw is None


def test_a_round_is_cancelled_within_a_second(dock: LandReviewDock, session: Session) -> None:
    """A request hangs: the task leaves it."""
    ended: list[float] = []
    task: WorkTask[None] = session.start("x", aside(lambda progress: time.sleep(3)), lambda _: None)
    task.ended.connect(lambda: ended.append(time.monotonic()))
    until(lambda: task.isActive() and task.status() == task.TaskStatus.Running)
    asked = time.monotonic()
    task.cancel()
    until(lambda: ended)
    assert ended[0] - asked < 1.0


def test_two_rounds_never_run_at_once(session: Session, dock: LandReviewDock, still: str) -> None:
    connect(session, still, sign_in(COUNTY_USER, PASSWORD))
    dock.rounds.start()
    first = dock.rounds.task
    dock.rounds.start()
    assert first is not None and dock.rounds.task is first
    until(lambda: dock.rounds.task is not first)
    in_step(dock)


# --- sticks


@pytest.mark.parametrize("passphrase", ["", "口令 1"], ids=["plain", "sealed"])
def test_a_stick_takes_a_case_there_and_its_receipt_back(
    session: Session, dock: LandReviewDock, ready: CaseFile, tmp_path: Path, passphrase: str
) -> None:
    submit(dock, ready)
    stick, sticks = tmp_path / "移交 & 1.lrstick", dock.list._foot.sticks
    sticks.export_to(stick, passphrase)
    until(stick.exists)
    settle()
    assert shown(dock).startswith(("sending", "waiting"))
    with Workspace(tmp_path / "市局" / "landreview.gpkg"):
        pass
    above = Session(
        replace(session.settings, workspace=tmp_path / "市局" / "landreview.gpkg", office="4309"), session.iface
    )
    other = LandReviewDock(above)
    try:
        other.list._foot.sticks.take_from(stick, passphrase)
        answer = stick.with_suffix(RECEIPTS_SUFFIX)
        until(answer.exists)
        settle(0.2)
        assert above.desk().store.case(ready.id).holder == "4309"
    finally:
        other.rounds.stop()
        above.close()
        other.deleteLater()
    sticks.take_from(answer)
    until(lambda: dock.page.status is not None and dock.page.status.state is SyncState.RECEIVED)
    assert "received by 4309" in shown(dock)


def test_an_empty_outbox_writes_no_stick(session: Session, dock: LandReviewDock, tmp_path: Path) -> None:
    session.desk()
    bar = session.iface.messageBar()
    bar.clearWidgets()
    dock.list._foot.sticks.export_to(tmp_path / "x.lrstick")
    until(lambda: bar.items())
    assert "nothing waits" in bar.items()[0].text() and not (tmp_path / "x.lrstick").exists()


def test_a_file_that_is_no_stick_takes_nothing_over(session: Session, dock: LandReviewDock, tmp_path: Path) -> None:
    session.desk()
    bar = session.iface.messageBar()
    bar.clearWidgets()
    (tmp_path / "x.lrstick").write_bytes(b"PK nothing")
    dock.list._foot.sticks.take_from(tmp_path / "x.lrstick")
    until(lambda: bar.items())
    assert "no hand-over file" in bar.items()[0].text()
    assert not (tmp_path / f"x{RECEIPTS_SUFFIX}").exists()


def test_a_new_passphrase_is_typed_twice(qgis_app: object) -> None:
    dialog = PassphraseDialog(new=True)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled() and "not encrypted" in dialog.say.text()
    dialog.first.setText("a")
    assert not ok.isEnabled()
    dialog.again.setText("a")
    assert ok.isEnabled() and dialog.passphrase == "a"


# --- the dialog before


def test_a_return_needs_a_correction(qgis_app: object) -> None:
    dialog = OrderDialog("1", return_order("430998", ()), ["430998"])
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled() and "corrected" in dialog.say.text()
    dialog.corrections.setPlainText(" 补充四至说明 \n\n补盖公章")
    assert ok.isEnabled() and dialog.order.corrections == ("补充四至说明", "补盖公章")
    assert dialog.order.stage == "county.technical_review"


def test_the_office_is_given_in_digits(qgis_app: object) -> None:
    dialog = OrderDialog("1", Order(kind=CommandType.SUBMIT, to="4309", stage="prefecture.receive"), ["4309"])
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    dialog.text.setPlainText("请审查")
    assert ok.isEnabled() and (dialog.order.to, dialog.order.text) == ("4309", "请审查")
    dialog.to.setEditText("市局")
    assert not ok.isEnabled()


# --- differences


def test_a_person_chooses_between_two_versions_field_by_field(
    connected: Session, dock: LandReviewDock, ready: CaseFile, city: Office, tmp_path: Path
) -> None:
    """A second machine of the office, which knows nothing of the first, has changed the case."""
    submit(dock, ready)
    in_step(dock)
    city.sync()
    city.order(ready.id, return_order("430998", ("补正",)))
    city.sync()
    sync(dock)
    connected.leave_desk()
    second = tmp_path / "second" / "landreview.gpkg"
    with Workspace(Path(connected.settings.workspace)) as store:
        second.parent.mkdir()
        store.copy_database(second)
        shutil.copytree(store.blobs.folder, second.parent / f"{second.name}.files")
    actor = Actor(person="李四", office="430998", role="technician")
    with Workspace(second) as other:
        desk = Desk(other, actor)
        case = other.case(ready.id)
        desk.amend(case, _cover(case, project="另一台机器改的"))
        again = Office(actor, other, city.base)
        again.order(ready.id, Order(kind=CommandType.SUBMIT, to="4309", stage="prefecture.receive"))
        again.sync()
        again.centre.close()
    here = connected.desk().store.case(ready.id)
    connected.desk().amend(here, _cover(here, project="本机改的"))
    sync(dock)
    dock.open_case(ready.id)
    assert dock.page.status is not None and dock.page.status.state is SyncState.DIFFERS
    assert dock.page.head.sync.choose.isVisible()
    dialog = dock.page.hand_overs.choose(dock.page.view)
    assert isinstance(dialog, DifferencesDialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    texts = [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]
    row = texts.index("project")
    assert (dialog.table.item(row, 1).text(), dialog.table.item(row, 2).text()) == ("本机改的", "另一台机器改的")
    assert not ok.isEnabled()
    dialog.choose_all(Choice.THERE)
    assert ok.isEnabled()
    ok.click()
    in_step(dock)
    assert connected.desk().store.case(ready.id).project == "另一台机器改的"
    assert connected.desk().store.differences.set_aside(ready.id)


def _cover(case: CaseFile, **changes: object) -> Cover:
    return Cover(**({name: getattr(case, name) for name in Cover.model_fields} | changes))


# --- settings


@pytest.fixture
def section(session: Session) -> Iterator[ServerSection]:
    made = ServerSection(session)
    made.show_settings(session.settings)
    yield made
    made.deleteLater()


def said_by(section: ServerSection, server: str, authcfg: str) -> str:
    section.server.setText(server)
    section.auth.setConfigId(authcfg)
    section.test.click()
    until(lambda: section._task is None)
    settle()
    return str(section.found.text())


def test_the_connection_is_tested_step_by_step(section: ServerSection, still: str) -> None:
    said = said_by(section, still, sign_in(COUNTY_USER, PASSWORD))
    assert "✗" not in said and said.count("✓") == 5 and "technician@430998" in said


@pytest.mark.parametrize(
    ("wrong", "step", "code"),
    [
        ("name", "✗ Name", "E-SYNC-NAME"),
        ("port", "✗ Line (TCP)", "E-SYNC-TCP"),
        ("password", "✗ Sign-in", "E-CENTRE-"),
        ("office", "✗ Rights", "E-CENTRE-RIGHTS"),
        ("address", "✗", "E-SYNC-ADDRESS"),
    ],
)
def test_the_step_that_fails_is_named_with_what_to_do(
    section: ServerSection, still: str, wrong: str, step: str, code: str
) -> None:
    server = {
        "name": "https://no-such-centre.invalid",
        "port": f"http://127.0.0.1:{free_port()}",
        "address": "centre",
    }.get(wrong, still)
    user = "leader@4309" if wrong == "office" else COUNTY_USER
    said = said_by(section, server, sign_in(user, "wrong" if wrong == "password" else PASSWORD))
    assert step in said and code in said


def test_layers_of_a_centre_need_an_applied_address(section: ServerSection, session: Session, still: str) -> None:
    section.server.setText(still)
    assert not section.layers.isEnabled() and "apply" in section.layers.toolTip()
    connect(session, still, "")
    section._say()
    assert section.layers.isEnabled()


def test_a_centre_without_layers_says_so(session: Session, still: str) -> None:
    connect(session, still, sign_in(COUNTY_USER, PASSWORD))
    dialog = LayerDialog(session)
    dialog.look()
    until(lambda: dialog._task is None)
    settle()
    assert "no layer" in dialog.say.text() and not dialog.update_now.isEnabled()
    dialog.deleteLater()


def test_layers_are_ticked_brought_and_the_catalogue_follows(
    connected: Session,
    base: str,
    survey: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    leader = Client.of(base, "leader", "430998")
    publish(leader, survey)
    dialog = LayerDialog(connected)
    dialog.folder.setFilePath(str(tmp_path / "参考图层 & 1"))
    look(dialog)
    item = dialog.tree.topLevelItem(0)
    assert "dltb" in item.text(0) and item.text(3) == "not here" and dialog.ticked() == ()
    item.setCheckState(0, Qt.CheckState.Checked)
    bring(dialog)
    assert "1 layer" in dialog.say.text()
    here = connected.desk().store.layers.every()[0]
    assert Path(here.path).is_file()
    catalogue = tmp_path / "own.yaml"
    entry = f"  - key: dltb\n    source: '{here.path}|layername=dltb'\n    data_date: 2026-06-30\n"
    catalogue.write_text(f"jurisdiction: '430998'\nlayers:\n{entry}", encoding="utf-8")
    connected.set_settings(replace(connected.settings, catalogue=str(catalogue)))
    publish(leader, edit(survey, "DELETE FROM DLTB WHERE fid = 3"), data_date="2026-12-31")
    look(dialog)
    assert dialog.ticked() == (("dltb", here.jurisdiction),), "what lies here is ticked"
    bring(dialog)
    assert "follows: dltb" in dialog.say.text()
    assert str(load_catalogue(catalogue).layers[0].data_date) == "2026-12-31"
    dialog.deleteLater()


def look(dialog: LayerDialog) -> None:
    dialog.look()
    until(lambda: dialog._task is None)
    settle()


def bring(dialog: LayerDialog) -> None:
    dialog.update_now.click()
    until(lambda: dialog._task is None)
    settle()
