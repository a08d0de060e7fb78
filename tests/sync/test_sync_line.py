# SPDX-License-Identifier: GPL-2.0-or-later
"""Bad lines: whatever happens to a request or an answer, a case arrives once and whole. Each with its counter-test."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sync_centre import RETURN, SUBMIT, Office, Offices
from sync_offices import COUNTY, contents_of, fill, take_in
from sync_proxy import ALL, Fault, bad_line, once, seeded

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.jobs import JobState
from landreview_plugin.sync import http, protocol
from landreview_plugin.sync.patience import Circuit, backoff_s
from landreview_plugin.sync.status import SyncState, status_of

QUICK = {"connect_s": 2.0, "silence_s": 0.4}
HARMFUL = [fault for fault in ALL if fault is not Fault.NONE]


def _with_paper(office: Office, folder: Path, size: int, seed: int = 1) -> str:
    import random

    case = fill(office.store, take_in(office.store), folder)
    paper = folder / f"附图{seed}.bin"
    chance = random.Random(seed)
    with paper.open("wb") as file:
        for start in range(0, size, 1_000_000):
            file.write(chance.randbytes(min(1_000_000, size - start)))
    return Desk(office.store, COUNTY).attach(case, [paper]).id


def _until_received(office: Office, rounds: int = 30) -> None:
    for _ in range(rounds):
        try:
            office.sync()
        except http.LineError:
            continue
        if not office.store.outbox.jobs(JobState.QUEUED, JobState.SENDING) and not office.store.inbox.arrivals():
            return
    raise AssertionError("it did not get through")


@pytest.mark.parametrize("path", [b"/commands", b"PUT /v1/blobs", b"missing"])
def test_a_fault_of_any_kind_on_the_way_up_costs_nothing_but_time(
    offices: Offices, tmp_path: Path, path: bytes
) -> None:
    county, city, _ = offices.all()
    for n, fault in enumerate(HARMFUL):
        case_id = _with_paper(county, tmp_path, 100_000, seed=n)
        county.order(case_id, SUBMIT)
        with bad_line(offices.city.base, once(fault, path), seed=3) as line:
            county.reach(line.base, **QUICK)
            _until_received(county)
            assert line.met[fault] >= 1, "the fault was not met: the test would prove nothing"
        city.sync()
        assert len(city.store.inbox.centre_log(case_id)) == 1
        assert contents_of(city.store, case_id) == contents_of(county.store, case_id)


@pytest.mark.parametrize("path", [b"/changes", b"GET /v1/blobs", b"bundles"])
def test_a_fault_of_any_kind_on_the_way_down_costs_nothing_but_time(
    offices: Offices, tmp_path: Path, path: bytes
) -> None:
    county, city, _ = offices.all()
    for n, fault in enumerate(HARMFUL):
        case_id = _with_paper(county, tmp_path, 600_000, seed=n)
        county.order(case_id, SUBMIT)
        county.sync()
        with bad_line(county.base, once(fault, path), seed=4) as line:
            city.reach(line.base, **QUICK)
            _until_received(city)
            assert line.met[fault] >= 1
        assert contents_of(city.store, case_id) == contents_of(county.store, case_id)


def test_without_the_idempotency_key_a_lost_answer_doubles(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counter-test: a fresh id for each try is what a client without the key does."""
    from landreview_plugin.core.evidence.identity import new_id
    from landreview_plugin.sync.client import Centre
    from landreview_plugin.sync.outgoing import Order

    county = offices.county
    case_id = take_in(county.store).id
    county.order(case_id, SUBMIT)
    county.sync()
    kept = Centre.command

    def keyless(self: Centre, case: str, text: str) -> protocol.Receipt:
        command = protocol.Command.model_validate_json(text)
        return kept(self, case, command.model_copy(update={"id": new_id()}).model_dump_json())

    for name, doubled in (("with", 1), ("without", 2)):
        if name == "without":
            monkeypatch.setattr(Centre, "command", keyless)
            monkeypatch.setattr("landreview_plugin.sync.sending.received", lambda store, job, receipt: job)
        note = Order(kind=protocol.CommandType.ANNOTATE, text=name)
        job = county.order(case_id, note)
        with bad_line(county.base, once(Fault.LOSE_ANSWER, b"/commands")) as line:
            county.reach(line.base, **QUICK)
            county.tries = 1
            county.reach(line.base, **QUICK)
            county.syncer.sender.send(job)
            county.syncer.sender.send(county.store.outbox.job(job.id))
        county.reach(county.base)
        county.syncer.reader.read()
        log = county.store.inbox.centre_log(case_id)
        assert sum(name == _text(entry.event.body) for entry in log) == doubled


def _text(body: str) -> object:
    import json

    return json.loads(body)["text"]


def test_without_the_digest_a_flipped_bit_gets_through(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counter-test: with every digest taken as right, a damaged answer is believed."""
    county = offices.county
    case_id = take_in(county.store).id
    county.order(case_id, SUBMIT)
    county.sync()
    right = county.centre.state(case_id)

    def damaged(seed: int) -> bool:
        with bad_line(county.base, once(Fault.FLIP_ANSWER, b"/v1/cases"), seed=seed) as line:
            county.tries = 1
            county.reach(line.base, **QUICK)
            try:
                return county.centre.state(case_id) != right
            except LandReviewError:
                return False

    assert not any(damaged(seed) for seed in range(12))
    monkeypatch.setattr(http, "digest_holds", lambda header, data: True)
    assert any(damaged(seed) for seed in range(12))


def test_a_large_file_over_a_line_that_breaks_costs_little_more_than_its_size(offices: Offices, tmp_path: Path) -> None:
    """Short: 24 MB over a line that breaks every 3 MB; LANDREVIEW_LONG=1: 500 MB and every 5 MB."""
    long = bool(os.environ.get("LANDREVIEW_LONG"))
    size, every = (500_000_000, 5_000_000) if long else (24_000_000, 3_000_000)
    county, city, _ = offices.all()
    case_id = _with_paper(county, tmp_path, size)
    job = county.order(case_id, SUBMIT)
    with bad_line(county.base, lambda head: Fault.NONE, break_every=every) as line:
        county.reach(line.base, connect_s=2.0, silence_s=5.0)
        _until_received(county, 500)
        assert line.breaks >= size // every, "the line did not break: the test would prove nothing"
        assert line.body_bytes <= 1.1 * size
    assert size <= county.store.outbox.job(job.id).bytes_sent
    city.sync()
    assert contents_of(city.store, case_id) == contents_of(county.store, case_id)


def test_a_line_full_of_faults_gets_everything_through(offices: Offices, tmp_path: Path) -> None:
    county, city, _ = offices.all()
    ids = [_with_paper(county, tmp_path, 300_000, seed) for seed in range(3)]
    with bad_line(county.base, seeded(11, 0.4), seed=11) as line:
        for office in (county, city):
            office.reach(line.base, **QUICK)
        for case_id in ids:
            county.order(case_id, SUBMIT)
        _until_received(county, 60)
        _until_received(city, 60)
        for case_id in ids:
            city.order(case_id, RETURN)
        _until_received(city, 60)
        _until_received(county, 60)
        assert sum(line.met[fault] for fault in HARMFUL) > 20
    for case_id in ids:
        assert [e.event.kind for e in county.store.inbox.centre_log(case_id)] == ["submit", "return"]
        assert contents_of(city.store, case_id) == contents_of(county.store, case_id)
        assert status_of(county.store, case_id, "430998").state is SyncState.RETURNED


def test_while_the_line_is_away_a_job_waits_and_says_why(offices: Offices) -> None:
    county = offices.county
    case_id = take_in(county.store).id
    county.order(case_id, SUBMIT)
    with bad_line(county.base, once(Fault.REFUSE, b"", 10_000)) as line:
        county.reach(line.base, **QUICK)
        job = county.syncer.sender.send_due()[0]
    told = status_of(county.store, case_id, "430998")
    assert (told.state, told.read_only) == (SyncState.QUEUED, True)
    assert "E-SYNC-LINE" in told.next_step.zh and "自动重试" in told.next_step.zh
    assert job.attempts == 1 and job.next_at > job.created_at
    county.reach(county.base)
    _until_received(county)


SENDER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}, {datacenter!r}]
from sync_centre import Office
from sync_offices import COUNTY
from landreview_plugin.store.workspace import Workspace
office = Office(COUNTY, Workspace(Path(sys.argv[1])), sys.argv[2])
print("open", flush=True)
office.sync()
print("done", flush=True)
"""


def test_a_client_killed_at_any_point_goes_on_where_it_was(offices: Offices, tmp_path: Path, root: Path) -> None:
    import random

    county, city, _ = offices.all()
    case_id = _with_paper(county, tmp_path, 6_000_000)
    job = county.order(case_id, SUBMIT)
    here = Path(__file__).resolve().parent
    script = SENDER.format(root=str(root), here=str(here), datacenter=str(here.parent / "datacenter"))
    chance, killed = random.Random(5), 0
    with bad_line(county.base, seeded(1, 1.0, (Fault.DELAY,))) as line:
        for _ in range(4):
            with subprocess.Popen(
                [sys.executable, "-c", script, str(county.store.path), line.base], stdout=subprocess.PIPE, text=True
            ) as sender:
                assert sender.stdout is not None and sender.stdout.readline() == "open\n"
                time.sleep(chance.uniform(0.05, 0.5))
                killed += sender.poll() is None
                sender.send_signal(signal.SIGKILL)
    assert killed, "nothing was killed: the test would prove nothing"
    _until_received(county)
    assert county.store.outbox.job(job.id).state is JobState.RECEIVED
    city.sync()
    assert len(city.store.inbox.centre_log(case_id)) == 1
    assert contents_of(city.store, case_id) == contents_of(county.store, case_id)


def test_a_full_disk_stops_the_round_and_the_next_one_goes_on(offices: Offices, tmp_path: Path) -> None:
    county, city, _ = offices.all()
    case_id = _with_paper(county, tmp_path, 3_000_000)
    county.order(case_id, SUBMIT)
    county.sync()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        with pytest.raises(LandReviewError) as raised:
            city.sync()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert raised.value.code in {"E-STORE-FULL", "E-ENV-WRITE"}
    assert city.store.cases() == []
    city.sync()
    assert contents_of(city.store, case_id) == contents_of(county.store, case_id)


def test_back_off_doubles_with_jitter_and_has_a_bound() -> None:
    import random

    chance = random.Random(1)
    waits = [[backoff_s(attempt, chance) for _ in range(200)] for attempt in (0, 3, 30)]
    assert all(0.1 < wait <= 0.5 for wait in waits[0])
    assert all(1.0 <= wait <= 4.0 for wait in waits[1]) and max(waits[1]) > 2 * min(waits[1])
    assert max(waits[2]) <= 600


def test_the_circuit_opens_after_failures_in_a_row_and_lets_one_probe() -> None:
    import random

    at = [0.0]
    circuit = Circuit(failures=3, rest_s=2.0, chance=random.Random(1), clock=lambda: at[0])
    for _ in range(2):
        circuit.bad()
    circuit.good()
    for _ in range(2):
        circuit.bad()
    assert circuit.wait_s() == 0
    circuit.bad()
    assert 0 < circuit.wait_s() <= 2
    at[0] = 3.0
    assert circuit.wait_s() == 0
    circuit.bad()
    assert circuit.wait_s() > 0
