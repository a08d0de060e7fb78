# SPDX-License-Identifier: GPL-2.0-or-later
"""The centre's process is killed again and again while offices send and fetch: everything arrives once."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from pathlib import Path

from datacenter_process import Process
from sync_centre import RETURN, SUBMIT, Office, fresh_settings, three_offices
from sync_offices import COUNTY, contents_of, fill, take_in

from datacenter.cluster import PrivateCluster
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.jobs import JobState
from landreview_plugin.sync.http import LineError

CASES = 4
KILLS = 4


def test_a_centre_killed_at_any_moment_loses_and_doubles_nothing(cluster: PrivateCluster, tmp_path: Path) -> None:
    settings = fresh_settings(cluster, tmp_path)
    service = Process(settings)
    service.start()
    service.wait()
    stop, killed = threading.Event(), [0]

    def killer() -> None:
        chance = random.Random(3)
        while killed[0] < KILLS and not stop.wait(chance.uniform(0.1, 0.6)):
            service.kill()
            killed[0] += 1
            service.start()
            service.wait()

    try:
        with three_offices(tmp_path, service.base) as offices:
            county, city, _ = offices.all()
            thread = threading.Thread(target=killer, daemon=True)
            thread.start()
            ids = [_with_paper(county, tmp_path, seed) for seed in range(CASES)]
            for case_id in ids:
                county.order(case_id, SUBMIT)
            _through(county)
            _through(city, CASES)
            for case_id in ids:
                city.order(case_id, RETURN)
            _through(city, CASES)
            thread.join(60)
            stop.set()
            _through(county)
            assert killed[0] == KILLS, "nothing was killed: the test would prove nothing"
            for case_id in ids:
                assert [e.event.kind for e in county.store.inbox.centre_log(case_id)] == ["submit", "return"]
                assert contents_of(city.store, case_id) == contents_of(county.store, case_id)
    finally:
        stop.set()
        service.kill()


def _with_paper(office: Office, folder: Path, seed: int) -> str:
    case = fill(office.store, take_in(office.store), folder)
    paper = folder / f"附图{seed}.bin"
    paper.write_bytes(random.Random(seed).randbytes(2_000_000))
    return Desk(office.store, COUNTY).attach(case, [paper]).id


def _through(office: Office, cases: int = 0) -> None:
    """Rounds until nothing waits and ``cases`` are here."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(LineError):
            office.sync()
            waits = office.store.outbox.to_send() or office.store.inbox.arrivals()
            if not waits and len(office.store.cases()) >= cases:
                assert office.store.outbox.jobs(JobState.FAILED) == []
                return
        time.sleep(0.05)
    raise AssertionError("it did not get through")
