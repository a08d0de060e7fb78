# SPDX-License-Identifier: GPL-2.0-or-later
"""What people read of a hand-over, state by state, in both languages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sync_offices import COUNTY, fill, take_in

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.store import custody_rows
from landreview_plugin.store.custody_rows import Custody
from landreview_plugin.store.jobs import Job, JobState, Reason
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.commands import prepared, received, refused
from landreview_plugin.sync.outgoing import Order, hand_over
from landreview_plugin.sync.protocol import Command, CommandType, Receipt
from landreview_plugin.sync.status import SyncState, SyncStatus, status_of

SUBMIT = Order(kind=CommandType.SUBMIT, to="4309", stage="prefecture.receive")
AT = dt.datetime(2026, 9, 1, 2, 31, tzinfo=dt.UTC)


@pytest.fixture
def job(county_store: Workspace, tmp_path: Path) -> Job:
    """A full case in the outbox."""
    return hand_over(county_store, fill(county_store, take_in(county_store), tmp_path), SUBMIT, COUNTY)


def told(store: Workspace, job: Job) -> SyncStatus:
    return status_of(store, job.case_id, "430998")


def receipt_of(job: Job) -> Receipt:
    command = Command.model_validate_json(job.command)
    assert command.manifest is not None
    return Receipt(
        number="43-20260901-000017",
        command=command.id,
        case=job.case_id,
        type=command.type,
        rev=1,
        epoch=1,
        holder="4309",
        package=command.manifest.sha256(),
        head=command.manifest.head,
        event_count=command.manifest.event_count,
        centre_no=1,
        at_server=AT,
    )


def test_queued_then_waiting_with_its_reason(county_store: Workspace, job: Job) -> None:
    status = told(county_store, job)
    assert (status.state, status.text.zh, status.read_only) == (SyncState.QUEUED, "等待发送至4309", True)
    assert status.next_step.zh == ""
    reason = Reason(code="E-SYNC-LINE", detail=Text(zh="连接被重置", en="the connection was reset"))
    later = job.model_copy(update={"reason": reason, "next_at": AT})
    county_store.outbox.put(later)
    status = told(county_store, job)
    assert "连接被重置；10:31:00自动重试" in status.next_step.zh
    assert "was reset; it is tried again at 10:31:00" in status.next_step.en


def test_sending_counts_what_the_centre_has(county_store: Workspace, job: Job) -> None:
    county_store.outbox.put(job.model_copy(update={"state": JobState.SENDING}))
    assert told(county_store, job).text.zh == "正在发送 0%"
    parts = county_store.outbox.parts(job.id)
    for part in parts[:-1]:
        county_store.outbox.note_part(job.id, part.model_copy(update={"sent": part.size, "done": True}))
    status = told(county_store, job)
    size = sum(part.size for part in parts)
    assert status.share == pytest.approx(1 - parts[-1].size / size)
    assert status.state is SyncState.SENDING and status.text.en.startswith("sending ")


def test_all_bytes_sent_is_not_received(county_store: Workspace, job: Job) -> None:
    county_store.outbox.put(job.model_copy(update={"state": JobState.SENDING}))
    for part in county_store.outbox.parts(job.id):
        county_store.outbox.note_part(job.id, part.model_copy(update={"sent": part.size, "done": True}))
    status = told(county_store, job)
    assert (status.state, status.text.zh, status.receipt) == (SyncState.SENDING, "正在发送 100%", None)


def test_received_with_number_and_time(county_store: Workspace, job: Job) -> None:
    job = prepared(county_store, job)
    received(county_store, job, receipt_of(job))
    status = told(county_store, job)
    assert status.text.zh == "4309已收件 09-01 10:31（回执43-20260901-000017）"
    assert status.text.en == "received by 4309, 09-01 10:31 (receipt 43-20260901-000017)"
    assert (status.holder, status.since, status.read_only) == ("4309", AT, True)


@pytest.mark.parametrize("change", [{"package": "0" * 64}, {"command": "x"}, {"case": "x"}])
def test_a_receipt_for_something_else_receives_nothing(
    county_store: Workspace, job: Job, change: dict[str, str]
) -> None:
    job = prepared(county_store, job)
    with pytest.raises(LandReviewError) as raised:
        received(county_store, job, receipt_of(job).model_copy(update=change))
    assert raised.value.code == "E-SYNC-PACKAGE"
    assert told(county_store, job).state is SyncState.QUEUED


def test_failed_says_why_and_what_next(county_store: Workspace, job: Job) -> None:
    refused(county_store, job, LandReviewError("E-CENTRE-RIGHTS", detail=Text(zh="窗口：submit", en="window: submit")))
    status = told(county_store, job)
    assert (status.state, status.text.zh) == (
        SyncState.FAILED,
        "E-CENTRE-RIGHTS 本岗位或单位无此权限：窗口：submit",
    )
    assert status.next_step.zh == "请联系本单位管理员" and status.job == job.id


def test_elsewhere_is_read_only_with_holder_and_since(county_store: Workspace) -> None:
    case = take_in(county_store)
    with county_store.writing() as connection:
        custody_rows.put(connection, Custody(case_id=case.id, holder="43", since=AT, epoch=2, status="forwarded"))
        connection.execute("UPDATE cases SET holder = '43' WHERE id = ?", (case.id,))
    status = status_of(county_store, case.id, "430998")
    assert (status.state, status.text.zh, status.read_only) == (
        SyncState.ELSEWHERE,
        "43办理中（自2026-09-01 10:31）",
        True,
    )


def test_a_case_that_never_left_is_here(county_store: Workspace) -> None:
    status = status_of(county_store, take_in(county_store).id, "430998")
    assert (status.state, status.read_only, status.since) == (SyncState.HERE, False, None)
