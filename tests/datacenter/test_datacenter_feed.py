# SPDX-License-Identifier: GPL-2.0-or-later
"""The feed gives each event once and in order, however many write; the naive cursor beside it loses some."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
import requests
from datacenter_service import Client, free_port, running, unused

from datacenter.cluster import PrivateCluster
from datacenter.made_up import MadeUpCase, order
from datacenter.settings import Settings
from landreview_plugin.sync import protocol as wire

As = Callable[[str, str], Client]
WRITERS = 16
EVENTS_EACH = 40


def test_events_of_one_stream_come_by_number_and_the_cursor_ends(as_: As) -> None:
    county, case = as_("technician", "430998"), MadeUpCase()
    assert county.command(case.case, case.submit()).status_code == 200
    for n in range(5):
        assert county.command(case.case, order("annotate", 1, text=str(n))).status_code == 200
    small = [c for c in county.all_changes(limit=2) if c.event.case == case.case]
    large = [c for c in county.all_changes() if c.event.case == case.case]
    assert small == large
    assert [c.event.no for c in large if c.stream == "centre"] == [1, 2, 3, 4, 5, 6]
    assert json.loads(large[-1].event.body)["text"] == "4"


def test_a_waiting_reader_is_woken_by_its_own_event_and_not_by_others(as_: As) -> None:
    county, neighbour = as_("technician", "430998"), as_("technician", "430997")
    cursors = {client.name: client.end_of_feed() for client in (county, neighbour)}
    took: dict[str, tuple[float, int]] = {}

    def wait(office: str, seconds: float) -> None:
        client = Client.of(county.base, "technician", office)
        begun = time.monotonic()
        page = client.get("/v1/changes", params={"cursor": cursors[client.name], "wait": seconds}).json()
        took[office] = (time.monotonic() - begun, len(page["changes"]))

    threads = [threading.Thread(target=wait, args=pair) for pair in (("430998", 20.0), ("430997", 1.5))]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    case = MadeUpCase()
    assert county.command(case.case, case.submit()).status_code == 200
    for thread in threads:
        thread.join()
    assert took["430998"][0] < 5 and took["430998"][1] > 0
    assert took["430997"][0] >= 1.4 and took["430997"][1] == 0


@pytest.mark.parametrize(
    ("cursor", "status", "code"),
    [
        ("nonsense", 422, "E-CENTRE-REQUEST"),
        ("0123456789ab.1.1", 410, "E-CENTRE-CURSOR"),
        ("0123456789ab.99999999999999999999.1", 422, "E-CENTRE-REQUEST"),
    ],
)
def test_a_cursor_of_another_life_is_gone(as_: As, cursor: str, status: int, code: str) -> None:
    refused = as_("technician", "430998").get("/v1/changes", params={"cursor": cursor})
    assert (refused.status_code, refused.json()["code"]) == (status, code)


@pytest.fixture
def cases(as_: As) -> list[str]:
    """A case for each writer."""
    county = as_("technician", "430998")
    made = [MadeUpCase() for _ in range(WRITERS)]
    for case in made:
        assert county.command(case.case, case.submit()).status_code == 200
    return [case.case for case in made]


def write(settings: Settings, case: str, seed: int) -> int:
    """Events as the service writes them, but slow, and a fifth is rolled back. Gives the number committed."""
    chance, committed = random.Random(seed), 0
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        for n in range(EVENTS_EACH):
            try:
                with connection.transaction():
                    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (case,))
                    connection.execute("SELECT set_config('app.jurisdiction', '430998', true)")
                    connection.execute(
                        "INSERT INTO centre.events SELECT id, code, 'office', %s, 'noise', '', code,"
                        " '2026-08-01T09:00:00+08:00', '{}', '', '', now(), rev, holder, epoch"
                        " FROM centre.cases WHERE id = %s",
                        (100 + n, case),
                    )
                    connection.execute(
                        "INSERT INTO centre.feed (case_id, code, stream, no, at_server)"
                        " SELECT id, code, 'office', %s, now() FROM centre.cases WHERE id = %s",
                        (100 + n, case),
                    )
                    time.sleep(chance.choice((0, 0, 0.002, 0.02)))
                    if chance.random() < 0.2:
                        raise psycopg.Rollback
                    committed += 1
            except psycopg.Rollback:
                continue
    return committed


class Reader(threading.Thread):
    """Reads the feed by a condition until it is told that the writers are done."""

    def __init__(self, settings: Settings, query: str) -> None:
        super().__init__(daemon=True)
        self.seen: Counter[tuple[str, int]] = Counter()
        self.order: dict[str, list[int]] = {}
        self.done = False
        self._settings, self._query = settings, query

    def run(self) -> None:
        place = ("0", 0)
        with psycopg.connect(self._settings.database_url) as connection:
            while True:
                last = self.done
                found = list(self._page(connection, place))
                for xid, seq, case, no in found:
                    place = (xid, seq)
                    self.seen[case, no] += 1
                    self.order.setdefault(case, []).append(no)
                if last and not found:
                    return

    def _page(self, connection: psycopg.Connection, place: tuple[str, int]) -> Iterator[tuple[str, int, str, int]]:
        with connection.transaction():
            connection.execute("SELECT set_config('app.jurisdiction', '430998', true)")
            yield from connection.execute(self._query, {"xid": place[0], "seq": place[1]})


BOUNDED = """
SELECT xid::text, seq, case_id::text, no FROM centre.feed
WHERE (xid, seq) > (%(xid)s::text::xid8, %(seq)s) AND xid < pg_snapshot_xmin(pg_current_snapshot()) AND no >= 100
ORDER BY feed.xid, seq LIMIT 50
"""
NAIVE = """
SELECT xid::text, seq, case_id::text, no FROM centre.feed
WHERE seq > %(seq)s AND no >= 100 AND %(xid)s::text <> '' ORDER BY seq LIMIT 50
"""


def test_sixteen_writers_with_rollbacks_and_slow_transactions(settings: Settings, cases: list[str]) -> None:
    bounded, naive = Reader(settings, BOUNDED), Reader(settings, NAIVE)
    readers = [bounded, Reader(settings, BOUNDED), naive]
    for reader in readers:
        reader.start()
    with ThreadPoolExecutor(WRITERS) as pool:
        committed = sum(pool.map(lambda pair: write(settings, pair[1], pair[0]), enumerate(cases)))
    for reader in readers:
        reader.done = True
    for reader in readers:
        reader.join(30)
    for reader in readers[:2]:
        assert sum(reader.seen.values()) == committed == len(reader.seen)
        assert all(numbers == sorted(numbers) for numbers in reader.order.values())
    # the negative control: a reader that trusts the sequence alone has lost some of the same events
    assert len(naive.seen) < committed


def test_an_office_where_nothing_happens_does_not_read_over_all_others_again(as_: As) -> None:
    county, quiet = as_("technician", "430998"), as_("technician", "430101")
    before = quiet.end_of_feed()
    case = MadeUpCase()
    assert county.command(case.case, case.submit()).status_code == 200
    after = quiet.get("/v1/changes", params={"cursor": before}).json()
    assert after["changes"] == [] and after["cursor"] != before
    own = MadeUpCase("430101")
    assert quiet.command(own.case, own.submit(to="4301")).status_code == 200
    page = quiet.get("/v1/changes", params={"cursor": after["cursor"]}).json()
    assert {change["event"]["case"] for change in page["changes"]} == {own.case}


def test_readers_of_the_service_miss_nothing_while_offices_hand_over(as_: As) -> None:
    """Through HTTP: a busy and a quiet office read on and on while both hand over at once."""
    base, stop, made = as_("leader", "430998").base, threading.Event(), Counter[str]()
    readers = {office: Client.of(base, "leader", office) for office in ("430998", "4301")}
    seen: dict[str, Counter[tuple[str, str, int]]] = {office: Counter() for office in readers}
    start = {office: client.end_of_feed() for office, client in readers.items()}

    def hand_over(office: str) -> None:
        client = Client.of(base, "technician", office)
        for _ in range(6):
            case = MadeUpCase(office)
            assert client.command(case.case, case.submit(to=office[:4])).status_code == 200
            made[office] += 3

    def read(office: str) -> None:
        cursor, last = start[office], False
        while True:
            page = wire.ChangePage.model_validate_json(
                readers[office].get("/v1/changes", params={"cursor": cursor, "limit": 7}).content
            )
            seen[office].update((c.event.case, c.stream.value, c.event.no) for c in page.changes)
            cursor = page.cursor
            if last and not page.changes:
                return
            last = stop.is_set()

    reading = [threading.Thread(target=read, args=(office,)) for office in readers]
    writing = [threading.Thread(target=hand_over, args=(office,)) for office in ["430998"] * 5 + ["430101"]]
    for thread in [*reading, *writing]:
        thread.start()
    for thread in writing:
        thread.join()
    stop.set()
    for thread in reading:
        thread.join(30)
    assert set(seen["430998"].values()) == set(seen["4301"].values()) == {1}
    assert (len(seen["430998"]), len(seen["4301"])) == (made["430998"], made["430101"])


def test_an_open_transaction_holds_the_feed_back_and_the_figures_say_so(
    as_: As, settings: Settings, cases: list[str]
) -> None:
    county = as_("technician", "430998")
    with psycopg.connect(settings.admin_url) as blocker:
        blocker.execute("SELECT pg_current_xact_id()")
        before = len(county.all_changes())
        assert county.command(cases[0], order("annotate", 1, text="等")).status_code == 200
        time.sleep(0.3)
        assert len(county.all_changes()) == before
        figures = county.get("/metrics").text
        lag = next(line for line in figures.splitlines() if line.startswith("landreview_feed_lag_seconds "))
        assert float(lag.split()[1]) > 0.25
    assert len(county.all_changes()) == before + 1


HOLDERS = ("session", "prepared")


@pytest.mark.parametrize("kind", HOLDERS)
def test_who_holds_the_feed_back_in_any_database_is_named_until_it_ends(
    as_: As, settings: Settings, cluster: PrivateCluster, cases: list[str], kind: str
) -> None:
    county, other = as_("technician", "430998"), unused("other")
    with psycopg.connect(cluster.create(other), autocommit=True) as blocker:
        blocker.execute("BEGIN")
        blocker.execute("SELECT pg_current_xact_id()")
        if kind == "prepared":
            blocker.execute("PREPARE TRANSACTION 'forgotten'")
        before = len(county.all_changes())
        assert county.command(cases[0], order("annotate", 1, text="等")).status_code == 200
        time.sleep(0.3)
        with running(replace(settings, port=free_port(), feed_alarm_seconds=0.2)) as base:
            told = requests.get(f"{base}/ready", timeout=10)
            process = f"process {blocker.info.backend_pid} of PostgreSQL"
            name = process if kind == "session" else "prepared transaction forgotten"
            assert told.status_code == 503 and f"{name} (postgres in {other})" in told.json()["feed"]
            blocker.execute("ROLLBACK" if kind == "session" else "ROLLBACK PREPARED 'forgotten'")
            assert requests.get(f"{base}/ready", timeout=10).json()["feed"] == "ok"
    assert len(county.all_changes()) == before + 1
