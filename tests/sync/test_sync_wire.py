# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases travel county → city → province and back over a real centre; everybody sees where they are."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from datacenter_service import purge, running
from sync_centre import DECIDE, FORWARD, RETURN, SUBMIT, Offices, fresh_centre, fresh_settings, three_offices
from sync_offices import CITY, COUNTY, contents_of, fill, reading_of, take_in
from sync_proxy import Fault, bad_line, once

from datacenter import cli
from datacenter.cluster import PrivateCluster
from landreview_plugin.core.evidence.chain import verify
from landreview_plugin.core.model.case_file import Transfer
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store import entries
from landreview_plugin.store.differences import Choice
from landreview_plugin.store.entries import now
from landreview_plugin.store.jobs import JobState
from landreview_plugin.store.turn import turn
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync import commands, outgoing
from landreview_plugin.sync.exchange import enter_receipts, export, take
from landreview_plugin.sync.outgoing import Order, hand_over
from landreview_plugin.sync.protocol import CommandType, Stream
from landreview_plugin.sync.status import SyncState, status_of
from landreview_plugin.sync.timeline import timeline


def test_a_case_goes_up_comes_back_once_and_is_decided(offices: Offices, tmp_path: Path) -> None:
    county, city, province = offices.all()
    case_id = fill(county.store, take_in(county.store), tmp_path).id
    county.order(case_id, SUBMIT)
    assert status_of(county.store, case_id, "430998").state is SyncState.QUEUED
    done = county.sync()
    assert [job.case_id for job in done.received] == [case_id]
    sent = status_of(county.store, case_id, "430998")
    assert (sent.state, sent.holder, sent.read_only) == (SyncState.RECEIVED, "4309", True)
    assert sent.receipt is not None and sent.receipt.number in sent.text.en

    city.sync()
    assert contents_of(city.store, case_id) == contents_of(county.store, case_id)
    assert status_of(city.store, case_id, "430900").state is SyncState.HERE
    city.order(case_id, RETURN)
    city.sync()
    county.sync()
    back = status_of(county.store, case_id, "430998")
    assert (back.state, back.corrections, back.read_only) == (SyncState.RETURNED, ("补充四至说明",), False)
    assert county.case(case_id).stage == "county.technical_review"

    Desk(county.store, COUNTY).answer(county.case(case_id), {"q": "a"})
    county.order(case_id, SUBMIT)
    offices.sync()
    city.order(case_id, FORWARD)
    city.sync()
    province.sync()
    province.order(case_id, DECIDE)
    province.sync()
    offices.sync()
    for office in offices.all():
        custody = office.store.custody(case_id)
        assert custody is not None
        assert (custody.holder, custody.status, custody.passes, custody.epoch) == ("43", "decided", True, 4)
        assert office.case(case_id).holder == "43"
        assert contents_of(office.store, case_id) == contents_of(province.store, case_id)
        log = [entry.event for entry in office.store.inbox.centre_log(case_id)]
        assert [event.kind for event in log] == ["submit", "return", "submit", "forward", "decide"]
        assert verify(log) is None
    for office in (county, city):
        told = status_of(office.store, case_id, office.actor.office)
        assert (told.state, told.text.zh, told.read_only) == (SyncState.ELSEWHERE, "43已批复：同意", True)
    told = status_of(province.store, case_id, "43")
    assert (told.state, told.read_only) == (SyncState.RECEIVED, False)
    assert told.text.en.startswith("entered at the centre")
    story = timeline(county.store, case_id)
    assert [moment.what.en for moment in story if moment.stream is Stream.CENTRE] == [
        "received by 4309",
        "back with 430998",
        "received by 4309",
        "received by 43",
        "decision entered",
    ]
    told_by = [moment.what.en for moment in story]
    assert told_by.index("handed over") + 1 == told_by.index("received by 4309")


def test_an_idle_round_is_one_request_under_a_kilobyte(offices: Offices) -> None:
    county = offices.county
    county.order(take_in(county.store).id, SUBMIT)
    county.sync()
    county.sync()
    http = county.centre.http
    before = http.requests, http.received_bytes, http.sent_bytes
    county.sync()
    assert http.requests - before[0] == 1
    assert http.received_bytes - before[1] + http.sent_bytes - before[2] < 1000


def test_what_one_does_not_hold_is_read_only_and_may_be_annotated(offices: Offices) -> None:
    county, city, _ = offices.all()
    case_id = take_in(county.store).id
    county.order(case_id, SUBMIT)
    offices.sync()
    with pytest.raises(LandReviewError) as raised:
        Desk(county.store, COUNTY).answer(county.case(case_id), {"q": "a"})
    assert raised.value.code == "E-CASE-HOLDER"
    for text in ("图件将另附", "另附图件"):
        county.order(case_id, Order(kind=CommandType.ANNOTATE, text=text))
    offices.sync()
    log = city.store.inbox.centre_log(case_id)
    assert [entry.event.kind for entry in log] == ["submit", "annotate", "annotate"], "all of a case in one round"
    assert json.loads(log[-1].event.body)["text"] == "另附图件"
    city.order(case_id, FORWARD)
    assert len(city.sync().received) == 1


def test_what_the_centre_refuses_is_told_and_holds_no_other(offices: Offices) -> None:
    county = offices.county
    wrong, right = take_in(county.store).id, take_in(county.store).id
    county.order(wrong, SUBMIT.model_copy(update={"to": "4399"}))
    county.order(right, SUBMIT)
    done = county.sync()
    assert [job.case_id for job in done.failed] == [wrong]
    assert [job.case_id for job in done.received] == [right]
    told = status_of(county.store, wrong, "430998")
    assert told.state is SyncState.FAILED and "E-CENTRE-OFFICE" in told.text.zh and "add-office" in told.next_step.zh


def test_a_stick_and_the_wire_may_both_carry_the_same_hand_over(offices: Offices, tmp_path: Path) -> None:
    """An office without a line for a week writes a stick; then the line comes back before the stick arrived."""
    county, city, _ = offices.all()
    case_id = take_in(county.store).id
    job = county.order(case_id, SUBMIT)
    export(county.store, [job], "430998", tmp_path / "u.lrstick")
    take(city.store, "4309", tmp_path / "u.lrstick", tmp_path / "u.lrreceipt")
    county.sync()
    city.sync()
    assert county.store.outbox.job(job.id).state is JobState.RECEIVED
    assert contents_of(city.store, case_id) == contents_of(county.store, case_id)
    assert city.case(case_id).holder == county.case(case_id).holder == "4309"
    assert len(city.store.inbox.centre_log(case_id)) == 1


def test_what_a_stick_carried_is_told_to_the_centre_when_there_is_a_line(offices: Offices, tmp_path: Path) -> None:
    county, city, province = offices.all()
    case_id = take_in(county.store).id
    export(county.store, [county.order(case_id, SUBMIT)], "430998", tmp_path / "u.lrstick")
    take(city.store, "4309", tmp_path / "u.lrstick", tmp_path / "u.lrreceipt")
    enter_receipts(county.store, tmp_path / "u.lrreceipt")
    assert status_of(county.store, case_id, "430998").state is SyncState.RECEIVED
    city.order(case_id, FORWARD)
    waiting = city.sync().waiting
    assert [job.reason.code for job in waiting] == ["E-SYNC-LINE"]  # the centre has not heard of the county's yet
    county.sync()
    city.sync()
    province.sync()
    assert province.case(case_id).holder == "43"
    assert [e.event.kind for e in province.store.inbox.centre_log(case_id)] == ["submit", "forward"]
    assert county.store.outbox.to_send() == city.store.outbox.to_send() == []


def test_the_centre_takes_a_stick_and_its_receipts_come_back(
    cluster: PrivateCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = fresh_settings(cluster, tmp_path)
    with running(settings) as base, three_offices(tmp_path, base) as offices:
        county, city, _ = offices.all()
        case_id = fill(county.store, take_in(county.store), tmp_path).id
        stick, receipts = tmp_path / "u.lrstick", tmp_path / "u.lrreceipt"
        export(county.store, [county.order(case_id, SUBMIT)], "430998", stick)
        monkeypatch.setenv("DATABASE_URL", settings.database_url)
        monkeypatch.setenv("LANDREVIEW_BLOBS", str(settings.blobs))
        for _ in range(2):
            assert cli.main(["take-stick", str(stick), str(receipts), "technician@430998"]) == 0
        assert "1 of 1 received" in capsys.readouterr().out
        assert [job.state for job in enter_receipts(county.store, receipts)] == [JobState.RECEIVED]
        assert county.store.outbox.to_send() == []
        city.sync()
        assert contents_of(city.store, case_id) == contents_of(county.store, case_id)
        assert len(city.store.inbox.centre_log(case_id)) == 1
        assert cli.main(["take-stick", str(receipts), str(tmp_path / "x"), "technician@430998"]) == 1
        assert "E-SYNC-STICK" in capsys.readouterr().err


def test_what_another_person_of_the_office_sent_is_not_sent_again(offices: Offices) -> None:
    """The answer to the first one's command is lost; at the centre the second one is somebody else."""
    county, city, province = offices.all()
    for office, order, kinds in (
        (county, SUBMIT, ["submit"]),
        (city, FORWARD, ["submit", "forward"]),
        (province, DECIDE, ["submit", "forward", "decide"]),
    ):
        case_id = county.store.cases()[0].id if county.store.cases() else take_in(county.store).id
        office.sync()
        office.order(case_id, order)
        with bad_line(office.base, once(Fault.LOSE_ANSWER, b"/commands", 99)) as line:
            office.reach(line.base, silence_s=0.5)
            assert [job.reason.code for job in office.sync().waiting] == ["E-SYNC-LINE"]
        office.user = f"reviewer@{office.actor.office}" if office is not province else "leader@43"
        office.reach(office.base)
        assert len(office.sync().received) == 1
        assert [e.event.kind for e in office.store.inbox.centre_log(case_id)] == kinds


def test_a_restored_centre_is_told_again_what_it_forgot(
    cluster: PrivateCluster, offices: Offices, tmp_path: Path
) -> None:
    """The centre comes back from a backup of before: another life of the feed, and two hand-overs are missing."""
    county, city, _ = offices.all()
    with bad_line(county.base, lambda head: Fault.NONE) as line:
        for office in (county, city):
            office.reach(line.base)
        case_id = fill(county.store, take_in(county.store), tmp_path).id
        county.order(case_id, SUBMIT)
        county.sync()
        city.sync()
        city.order(case_id, RETURN)
        city.sync()
        county.sync()
        before = [entry.event for entry in county.store.inbox.centre_log(case_id)]
        (tmp_path / "restored").mkdir()
        with fresh_centre(cluster, tmp_path / "restored") as restored:
            line.turn_to(restored)
            for office in (county, city):
                office.reach(line.base)
            for _ in range(3):
                county.sync()
                city.sync()
            for office in (county, city):
                log = [entry.event for entry in office.store.inbox.centre_log(case_id)]
                assert [event.kind for event in log] == ["submit", "return"]
                assert log != before and verify(log) is None
                assert office.case(case_id).holder == "430998"
                assert office.store.outbox.to_send() == []
                assert len(office.store.differences.set_aside(case_id)) == 1
            assert county.centre.state(case_id).holder == "430998"
            for office in (county, city):
                office.reach(county.base)


def test_who_was_away_longer_than_the_feed_keeps_reads_from_the_start(
    cluster: PrivateCluster, offices: Offices, tmp_path: Path
) -> None:
    county, city, _ = offices.all()
    (tmp_path / "other").mkdir()
    settings = fresh_settings(cluster, tmp_path / "other")
    with running(settings) as base:
        for office in (county, city):
            office.reach(base)
        ids = [fill(county.store, take_in(county.store), tmp_path).id for _ in range(2)]
        county.order(ids[0], SUBMIT)
        county.sync()
        city.sync()
        county.order(ids[1], SUBMIT)
        county.sync()
        city.order(ids[0], RETURN)
        city.sync()
        assert purge(replace(settings, feed_days=-1.0)) > 0, "everything is older than tomorrow"
        for _ in range(2):
            county.sync()
            city.sync()
        for office in (county, city):
            for case_id, kinds in zip(ids, (["submit", "return"], ["submit"]), strict=True):
                log = [entry.event for entry in office.store.inbox.centre_log(case_id)]
                assert [event.kind for event in log] == kinds and verify(log) is None
            assert office.case(ids[0]).holder == "430998" and office.case(ids[1]).holder == "4309"
            assert office.store.outbox.to_send() == []
            assert office.store.differences.set_aside(ids[0]) == []  # nothing was told again: the centre forgot nothing
        for office in (county, city):
            office.reach(offices.county.base)


def test_a_second_machine_of_the_office_gets_all_cases(offices: Offices, tmp_path: Path) -> None:
    county = offices.county
    ids = [fill(county.store, take_in(county.store), tmp_path).id for _ in range(3)]
    for case_id in ids:
        county.order(case_id, SUBMIT)
    county.sync()
    with Workspace(tmp_path / "second" / "landreview.gpkg") as second:
        county.store = second
        county.reach(county.base)
        assert county.sync().fetched == 3
        assert {case.id for case in second.cases()} == set(ids)
        assert take_in(second).number == "430998-CZPC-2026-0004"


def test_changed_here_and_there_a_person_chooses_and_nothing_is_lost(offices: Offices, tmp_path: Path) -> None:
    county, city, _ = offices.all()
    case = fill(county.store, take_in(county.store), tmp_path)
    backup = tmp_path / "backup.gpkg"
    county.store.copy_database(backup)
    Desk(county.store, COUNTY).answer(case, {"q": "there", "same": "1"})
    county.order(case.id, SUBMIT)
    offices.sync()
    city.order(case.id, RETURN)
    city.sync()
    blobs = county.store.blobs.folder
    with Workspace(backup) as restored:
        blobs.rename(restored.blobs.folder)
        mine = Desk(restored, COUNTY).answer(restored.case(case.id), {"q": "here", "mine": "2", "same": "1"})
        Desk(restored, COUNTY).correct(mine, reading_of(easting=38_612_001.0))
        county.store = restored
        county.reach(county.base)
        done = county.sync()
        assert [arrival.reason.code for arrival in done.not_fetched] == ["E-SYNC-DIFFERS"]
        assert status_of(restored, case.id, "430998").state is SyncState.DIFFERS
        found = {each.field: each for each in restored.differences.of_case(case.id)}
        assert (found["answers/q"].here, found["answers/q"].there) == ("here", "there")
        assert found["parcels/DK01/geometry"].here.startswith("POLYGON ((38612001 ")
        assert restored.case(case.id).answers["q"] == "here"

        choices = dict.fromkeys(found, Choice.THERE) | {
            "parcels/DK01/geometry": Choice.HERE,
            "answers/mine": Choice.HERE,
        }
        restored.differences.choose(case.id, choices)
        county.sync()
        settled = restored.case(case.id)
        assert settled.answers == {"q": "there", "mine": "2", "same": "1"}
        assert restored.hand_in(case.id, settled.version).parcels[0].geometry.bounds[0] == 38_612_001
        restored.check_log(case.id)
        assert restored.log(case.id)[-1].kind == "settled"
        aside = restored.differences.set_aside(case.id)[0]
        assert isinstance(aside, dict) and '"q":"here"' in aside["case"] and '"kind":"corrected"' in aside["events"]
        assert restored.differences.of_case(case.id) == []
        with pytest.raises(Exception, match="append-only"), restored.writing() as connection:
            connection.execute("DELETE FROM events")
        county.order(case.id, SUBMIT)
        offices.sync()
        assert contents_of(city.store, case.id) == contents_of(restored, case.id)


def test_a_clock_that_is_wrong_by_a_day_delays_and_loses_nothing(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = entries.now
    for days in (1, -1):
        for module in (commands, outgoing):
            monkeypatch.setattr(module, "now", lambda days=days: real() + dt.timedelta(days=days))
        case_id = take_in(offices.county.store).id
        job = offices.county.order(case_id, SUBMIT)
        offices.sync()
        receipt = status_of(offices.county.store, case_id, "430998").receipt
        assert offices.county.store.outbox.job(job.id).state is JobState.RECEIVED
        assert receipt is not None and receipt.warnings
        assert abs(receipt.at_server - now()) < dt.timedelta(minutes=1)
        assert offices.city.case(case_id).transfer is Transfer.NONE


def test_two_windows_of_one_store_send_each_job_once(offices: Offices) -> None:
    county, city, _ = offices.all()
    case_id = take_in(county.store).id
    job = hand_over(county.store, county.case(case_id), SUBMIT, COUNTY)
    with Workspace(county.store.path) as window:
        from landreview_plugin.sync.sending import Sender

        stale = window.outbox.job(job.id)
        county.sync()
        again = Sender(window, county.centre).send(stale)
        assert again.state is JobState.RECEIVED
        with turn(window.path), pytest.raises(LandReviewError) as raised:
            county.sync()
        assert raised.value.code == "E-STORE-BUSY"
    city.sync()
    assert len(city.store.inbox.centre_log(case_id)) == 1
    assert CITY.office == city.case(case_id).holder
