# SPDX-License-Identifier: GPL-2.0-or-later
"""The outbox: what is queued is on disk, locks its case, and goes out as it was queued."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sync_offices import CITY, COUNTY, fill, take_in

from landreview_plugin.core.model.case_file import Transfer
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.entries import now
from landreview_plugin.store.jobs import JobState
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.outgoing import Order, hand_over, package_of, retry, withdraw
from landreview_plugin.sync.package import pack
from landreview_plugin.sync.protocol import CommandType
from landreview_plugin.sync.reading import read_package

SUBMIT = Order(kind=CommandType.SUBMIT, to="4309", stage="prefecture.receive")


def test_a_queued_case_is_locked_and_its_package_complete(county_store: Workspace, tmp_path: Path) -> None:
    case = fill(county_store, take_in(county_store), tmp_path)
    job = hand_over(county_store, case, SUBMIT, COUNTY)
    case = county_store.case(case.id)
    assert (case.transfer, case.stage, job.state) == (Transfer.QUEUED, "prefecture.receive", JobState.QUEUED)
    assert county_store.log(case.id)[-1].kind == "submitted"
    package = package_of(county_store, job)
    assert read_package(package).events == county_store.log(case.id)
    assert package.manifest == pack(county_store, case.id).manifest
    with pytest.raises(LandReviewError) as raised:
        Desk(county_store, COUNTY).answer(case, {"q": "a"})
    assert raised.value.code == "E-SYNC-UNDERWAY"


def test_a_case_is_not_handed_over_twice(county_store: Workspace) -> None:
    case = take_in(county_store)
    hand_over(county_store, case, SUBMIT, COUNTY)
    with pytest.raises(LandReviewError) as raised:
        hand_over(county_store, county_store.case(case.id), SUBMIT, COUNTY)
    assert raised.value.code == "E-SYNC-UNDERWAY"
    assert len(county_store.outbox.jobs()) == 1


def test_only_the_holder_hands_over_and_anybody_annotates(county_store: Workspace) -> None:
    case = take_in(county_store)
    with pytest.raises(LandReviewError) as raised:
        hand_over(county_store, case, SUBMIT, CITY)
    assert raised.value.code == "E-CASE-HOLDER"
    job = hand_over(county_store, case, Order(kind=CommandType.ANNOTATE, text="请核对"), CITY)
    assert (job.facts, job.manifest) == ({"text": "请核对"}, "")
    assert county_store.case(case.id) == case
    assert withdraw(county_store, job, CITY) == case
    assert county_store.outbox.job(job.id).state is JobState.WITHDRAWN


def test_an_office_is_the_same_with_and_without_zeros(county_store: Workspace) -> None:
    city = CITY.model_copy(update={"office": "430900"})
    case = take_in(county_store, city)
    assert hand_over(county_store, case, Order(kind=CommandType.SUBMIT, to="43"), CITY).target == "43"


def test_what_was_queued_can_be_withdrawn_until_it_may_be_there(county_store: Workspace) -> None:
    case = take_in(county_store)
    job = hand_over(county_store, case, SUBMIT, COUNTY)
    back = withdraw(county_store, job, COUNTY)
    assert (back.stage, back.transfer) == (case.stage, Transfer.NONE)
    assert county_store.outbox.job(job.id).state is JobState.WITHDRAWN
    county_store.check_log(case.id)
    job = hand_over(county_store, back, SUBMIT, COUNTY)
    tried = county_store.outbox.put(job.model_copy(update={"command": '{"id": "1"}', "state": JobState.SENDING}))
    with pytest.raises(LandReviewError) as raised:
        withdraw(county_store, tried, COUNTY)
    assert raised.value.code == "E-SYNC-UNDERWAY"


def test_a_failed_job_is_tried_again_unless_the_case_was_changed(county_store: Workspace) -> None:
    case = take_in(county_store)
    failed = hand_over(county_store, case, SUBMIT, COUNTY).model_copy(update={"state": JobState.FAILED})
    county_store.outbox.put(failed)
    assert county_store.case(case.id).transfer is Transfer.FAILED
    assert retry(county_store, failed).state is JobState.QUEUED
    county_store.outbox.put(failed)
    Desk(county_store, COUNTY).answer(county_store.case(case.id), {"q": "a"})
    with pytest.raises(LandReviewError) as raised:
        retry(county_store, failed)
    assert raised.value.code == "E-CASE-STEP"
    assert withdraw(county_store, failed, COUNTY).transfer is Transfer.NONE


def test_jobs_of_one_case_go_in_order_and_of_others_beside(county_store: Workspace) -> None:
    first, second = take_in(county_store), take_in(county_store)
    note = Order(kind=CommandType.ANNOTATE, text="1")
    a = hand_over(county_store, first, note, COUNTY)
    hand_over(county_store, first, note, COUNTY)
    b = hand_over(county_store, second, SUBMIT, COUNTY)
    assert [job.id for job in county_store.outbox.due(now())] == [a.id, b.id]
    later = a.model_copy(update={"next_at": now() + dt.timedelta(hours=1)})
    county_store.outbox.put(later)
    assert [job.id for job in county_store.outbox.due(now())] == [b.id]


def test_files_of_a_queued_job_are_never_tidied_away(county_store: Workspace, tmp_path: Path) -> None:
    job = hand_over(county_store, fill(county_store, take_in(county_store), tmp_path), SUBMIT, COUNTY)
    for path in county_store.blobs.all():
        path.chmod(0o600)
        import os

        os.utime(path, (0, 0))
    county_store.tidy()
    read_package(package_of(county_store, job))


QUEUER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}]
from sync_offices import COUNTY, take_in
from test_sync_outbox import SUBMIT
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.outgoing import hand_over
with Workspace(Path(sys.argv[1])) as store:
    print("open", flush=True)
    while True:
        print(hand_over(store, take_in(store), SUBMIT, COUNTY).id, flush=True)
"""


def test_a_kill_leaves_a_case_queued_whole_or_not_at_all(county_store: Workspace, root: Path) -> None:
    script = QUEUER.format(root=str(root), here=str(Path(__file__).resolve().parent))
    said: list[str] = []
    for round_s in (0.05, 0.15, 0.3):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(county_store.path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None and writer.stdout.readline() == "open\n"
            time.sleep(round_s)
            writer.send_signal(signal.SIGKILL)
            said += writer.stdout.read().split("\n")[:-1]
    assert said, "nothing was queued: the test would prove nothing"
    jobs = {job.id: job for job in county_store.outbox.jobs()}
    assert set(said) <= set(jobs)
    queued = {job.case_id for job in jobs.values()}
    for case in county_store.cases():
        assert (case.transfer is Transfer.QUEUED) == (case.id in queued)
    for job in jobs.values():
        assert read_package(package_of(county_store, job)).case.id == job.case_id
