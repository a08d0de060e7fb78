# SPDX-License-Identifier: GPL-2.0-or-later
"""kill -9 of the service and of PostgreSQL under load: what was acknowledged is there, once, whole.

A few rounds in the short run; 100 with LANDREVIEW_LONG=1.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from datacenter_process import Office, Process
from datacenter_service import Client, populate, settings_for

from datacenter.cluster import PrivateCluster
from datacenter.made_up import MadeUpCase, order
from datacenter.settings import Settings
from datacenter.storage.upgrade import upgrade
from landreview_plugin.core.evidence.chain import verify
from landreview_plugin.core.model.event import Event

LONG = bool(os.environ.get("LANDREVIEW_LONG"))
ROUNDS = 100 if LONG else 5
OFFICES = 4


@pytest.fixture(scope="module")
def frail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PrivateCluster, Settings, Process]]:
    """A cluster of its own, with fsync, and a service as a process."""
    cluster = PrivateCluster.temporary()
    cluster.start()
    upgrade(cluster.create("landreview"))
    populate(cluster.url("landreview"))
    settings = settings_for(cluster, "landreview", tmp_path_factory.mktemp("frail"))
    service = Process(settings)
    service.start()
    service.wait()
    yield cluster, settings, service
    service.kill()
    cluster.remove()


def kill_in_turn(cluster: PrivateCluster, service: Process, rounds: int, seed: int) -> None:
    """Kill one or the other at random moments and start it again."""
    chance = random.Random(seed)
    for n in range(rounds):
        time.sleep(chance.uniform(0.1, 0.6))
        if n % 2:
            cluster.kill()
            cluster.start()
        else:
            service.kill()
            service.start()
        service.wait()


def under_load(base: str, work: Callable[[], None], *, keep_ids: bool = True) -> list[Office]:
    """Run ``work`` while offices hand over; gives the offices, all at rest."""
    offices = [Office(base, seed=n, keep_ids=keep_ids) for n in range(OFFICES)]
    for office in offices:
        office.start()
    work()
    time.sleep(0.5)
    for office in offices:
        office.stop.set()
    for office in offices:
        office.join(30)
    assert [office.wrong for office in offices] == [[]] * OFFICES
    return offices


def annotations(client: Client, cases: set[str]) -> Counter[tuple[str, str]]:
    """How often each annotation of these cases stands in the feed."""
    mine = [c for c in client.all_changes() if c.event.kind == "annotate" and c.event.case in cases]
    return Counter((change.event.case, json.loads(change.event.body)["text"]) for change in mine)


def test_what_was_acknowledged_is_there_once_and_whole(frail: tuple[PrivateCluster, Settings, Process]) -> None:
    cluster, settings, service = frail
    offices = under_load(service.base, lambda: kill_in_turn(cluster, service, ROUNDS, seed=7))
    receipts = {receipt.number: receipt for office in offices for receipt in office.acknowledged}
    assert len(receipts) == sum(office.wanted for office in offices) > 0
    client = Client.of(service.base, "leader", "430998")
    with psycopg.connect(settings.admin_url) as connection:
        stored = dict(connection.execute("SELECT number, answer FROM centre.receipts").fetchall())
        assert {number: receipt.model_dump_json() for number, receipt in receipts.items()}.items() <= stored.items()
        nothing_half(connection, settings.blobs)
    changes = client.all_changes()
    keys = Counter((c.event.case, c.stream, c.event.no) for c in changes)
    assert set(keys.values()) == {1}
    acknowledged = {(receipt.case, "centre", receipt.centre_no) for receipt in receipts.values()}
    assert acknowledged <= set(keys)
    assert max(annotations(client, {receipt.case for receipt in receipts.values()}).values()) == 1
    for office in offices:
        for sha256, data in office.files.items():
            assert client.get(f"/v1/blobs/{sha256}").content == data


def test_a_database_that_was_started_anew_fails_few_requests(
    frail: tuple[PrivateCluster, Settings, Process],
) -> None:
    """Each connection of the pool is broken then: they are looked at together, not each by a request that fails."""
    cluster, _, service = frail
    client = Client.of(service.base, "leader", "430998")
    with ThreadPoolExecutor(24) as many:  # until the pool has all its connections
        assert {each.status_code for each in many.map(client.get, ["/v1/cases"] * 200)} == {200}
    cluster.stop()
    cluster.start()
    answers = []
    for _ in range(40):
        answers.append(client.get("/v1/offices").status_code)
        time.sleep(0.05)
    assert answers.count(503) <= 3 and answers[-10:] == [200] * 10, answers


def nothing_half(connection: psycopg.Connection, blobs: Path) -> None:
    """Every case has its package, parts, parcels, both logs in order, its places in the feed, and every byte."""
    cases = connection.execute("SELECT id::text, package, event_count, centre_count FROM centre.cases").fetchall()
    assert cases
    for case, package, event_count, centre_count in cases:
        parts = connection.execute(
            "SELECT kind, sha256, size FROM centre.parts WHERE case_id = %s AND package = %s", (case, package)
        ).fetchall()
        assert {kind for kind, _, _ in parts} >= {"case", "parcels", "events"}
        for kind, sha256, size in parts:
            if kind == "attachment":
                assert (blobs / "whole" / sha256[:2] / sha256).stat().st_size == size
            else:
                row = connection.execute(
                    "SELECT octet_length(body), encode(sha256(body), 'hex') FROM centre.bodies"
                    " WHERE case_id = %s AND sha256 = %s",
                    (case, sha256),
                ).fetchone()
                assert row == (size, sha256)
        for stream, count in (("office", event_count), ("centre", centre_count)):
            rows = connection.execute(
                "SELECT e.no, e.kind, e.actor, e.office, e.at_client, e.body, e.prev, e.hash FROM centre.events e"
                " JOIN centre.feed f USING (case_id, stream, no) WHERE e.case_id = %s AND e.stream = %s ORDER BY e.no",
                (case, stream),
            ).fetchall()
            names = ("no", "kind", "actor", "office", "at_client", "body", "prev", "hash")
            log = [Event.model_validate({"case": case, **dict(zip(names, row, strict=True))}) for row in rows]
            assert len(log) == count and verify(log) is None
        parcels = connection.execute("SELECT count(*) FROM centre.parcels WHERE case_id = %s", (case,)).fetchone()
        assert parcels == (3,)


@pytest.mark.skipif(not LONG, reason="the negative control needs many rounds to show: LANDREVIEW_LONG=1")
def test_without_the_same_id_things_double(frail: tuple[PrivateCluster, Settings, Process]) -> None:
    cluster, _, service = frail
    offices = under_load(service.base, lambda: kill_in_turn(cluster, service, 40, seed=11), keep_ids=False)
    client = Client.of(service.base, "leader", "430998")
    cases = {receipt.case for office in offices for receipt in office.acknowledged}
    assert max(annotations(client, cases).values()) > 1


def test_an_answer_lost_on_the_way_doubles_without_the_same_id(frail: tuple[PrivateCluster, Settings, Process]) -> None:
    """The negative control of the short run: the command happened, its answer is thrown away, the client asks again."""
    client, case = Client.of(frail[2].base, "technician", "430998"), MadeUpCase()
    assert client.command(case.case, case.submit()).status_code == 200
    same, text = order("annotate", 1, text="同一编号"), "新编号"
    for _ in range(3):
        client.command(case.case, same)
        client.command(case.case, order("annotate", 1, text=text))
    found = annotations(client, {case.case})
    assert sorted(found.values()) == [1, 3]
