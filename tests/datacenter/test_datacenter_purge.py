# SPDX-License-Identifier: GPL-2.0-or-later
"""The feed's purge: who was away too long is told so, who starts anew hears of every case, nobody else notices."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from datacenter_service import Client, copied, purge, running, settings_for, unused

from datacenter.cluster import PrivateCluster
from datacenter.made_up import MadeUpCase, order
from datacenter.settings import Settings

COUNT_OF_CASES, NOTES = 4, 5


@pytest.fixture
def own(cluster: PrivateCluster, tmp_path: Path) -> Settings:
    """A centre of its own: a purge is for all."""
    name = unused("purge")
    copied(cluster, name)
    return settings_for(cluster, name, tmp_path, feed_days=30.0)


@pytest.fixture
def county(own: Settings) -> Iterator[Client]:
    """A technician of 430998 at it, with four cases of six events each in the centre's log."""
    with running(own) as base:
        client = Client.of(base, "technician", "430998")
        for case in (MadeUpCase() for _ in range(COUNT_OF_CASES)):
            assert client.command(case.case, case.submit()).status_code == 200
            for n in range(NOTES):
                assert client.command(case.case, order("annotate", 1, text=str(n))).status_code == 200
        yield client


def grow_old(own: Settings, days: int = 40) -> None:
    """Everything that is in the feed now came some time ago."""
    with psycopg.connect(own.admin_url) as connection:
        connection.execute("UPDATE centre.feed SET at_server = at_server - make_interval(days => %s)", (days,))


def places(own: Settings) -> list[tuple[str, str, int]]:
    """What is in the feed: case, stream and number."""
    with psycopg.connect(own.admin_url) as connection:
        return connection.execute("SELECT case_id::text, stream, no FROM centre.feed ORDER BY xid, seq").fetchall()


def begin_purge(own: Settings, piece: int) -> int:
    """A purge that is broken off after one piece of this many places; how many of them went."""
    with psycopg.connect(own.admin_url, autocommit=True) as connection:
        connection.execute("SELECT centre.raise_floor(now() - interval '30 days')")
        found = connection.execute("SELECT gone FROM centre.purge_feed('0', 0, %s)", (piece,)).fetchone()
    assert found is not None
    return int(found[0])


def first_cursor(client: Client) -> str:
    """Of a reader that left off after two events."""
    return str(client.get("/v1/changes", params={"limit": 2}).json()["cursor"])


def status(client: Client, cursor: str) -> tuple[int, str]:
    answer = client.get("/v1/changes", params={"cursor": cursor})
    return answer.status_code, answer.json().get("code", "")


def test_who_was_away_too_long_is_told_and_who_starts_anew_hears_of_every_case(own: Settings, county: Client) -> None:
    before, early = county.all_changes(), first_cursor(county)
    grow_old(own)
    new = MadeUpCase()
    assert county.command(new.case, new.submit()).status_code == 200
    end = county.end_of_feed()
    gone = purge(own)
    after = county.all_changes(limit=2)
    assert status(county, early) == (410, "E-CENTRE-CURSOR")
    assert status(county, end) == (200, "")
    assert {change.event.case for change in after} == {change.event.case for change in before} | {new.case}
    assert len(before) + 3 - gone == len(after)
    newest = {(c.event.case, c.stream): c.event.no for c in before}
    assert [newest[c.event.case, c.stream] for c in after[:-3]] == [c.event.no for c in after[:-3]]
    assert purge(own) == 0


def test_what_was_purged_from_the_feed_is_in_the_history(own: Settings, county: Client) -> None:
    case = county.all_changes()[0].event.case
    grow_old(own)
    assert purge(own) > 0
    log = county.get(f"/v1/cases/{case}/history", params={"stream": "centre"}).json()["changes"]
    assert [change["event"]["no"] for change in log] == list(range(1, NOTES + 2))


def test_a_purge_while_somebody_reads_from_the_start_ends_in_410_or_at_the_end_but_never_in_a_gap(
    own: Settings, county: Client
) -> None:
    """The reading goes by single events, so it is below the floor for long: it must neither lose nor start for ever."""
    grow_old(own)
    assert purge(own) > 0
    slow = county.get("/v1/changes", params={"limit": 1}).json()["cursor"]
    rest = county.all_changes(slow, limit=1)
    assert len({change.event.case for change in rest}) >= COUNT_OF_CASES - 1
    case = MadeUpCase()
    assert county.command(case.case, case.submit()).status_code == 200
    assert county.command(case.case, order("annotate", 1, text="later")).status_code == 200
    grow_old(own)
    assert purge(own) > 0
    assert status(county, slow) == (410, "E-CENTRE-CURSOR")


def test_nothing_goes_that_is_young_or_may_not_be_read_yet(own: Settings, county: Client) -> None:
    everything = county.all_changes()
    assert purge(own) == 0
    with psycopg.connect(own.admin_url) as writer:
        writer.execute("SELECT pg_current_xact_id()")
        case = everything[0].event.case
        assert county.command(case, order("annotate", 1, text="behind an open transaction")).status_code == 200
        grow_old(own)
        purge(own)
        listed = {change.event.case for change in county.all_changes()}
        assert listed == {
            change.event.case for change in everything
        }  # its newest event that may be read is still there
    assert max(c.event.no for c in county.all_changes() if c.event.case == case) == NOTES + 2


def test_who_is_at_the_end_of_a_long_quiet_feed_is_not_sent_back(own: Settings, county: Client) -> None:
    end = county.end_of_feed()
    grow_old(own)
    assert purge(own) > 0
    assert status(county, end) == (200, "")


def test_a_reader_beside_writers_and_purges_gets_every_event_or_is_sent_back(own: Settings, county: Client) -> None:
    """Everything that is older than now is purged all the time; where no 410 came between, no number is missing."""
    cursor, stop, failed = county.end_of_feed(), threading.Event(), []
    at_once = replace(own, feed_days=0.0)

    def purger() -> None:
        try:
            while not stop.is_set():
                purge(at_once)
        except Exception as error:  # shown by the assertion
            failed.append(error)

    thread = threading.Thread(target=purger)
    thread.start()
    case, last = MadeUpCase(), 0
    assert county.command(case.case, case.submit()).status_code == 200
    for n in range(30):
        assert county.command(case.case, order("annotate", 1, text=str(n))).status_code == 200
        page = county.get("/v1/changes", params={"cursor": cursor})
        sent_back = page.status_code == 410
        if sent_back:
            page = county.get("/v1/changes")
        cursor = page.json()["cursor"]
        log = [c["event"] for c in page.json()["changes"] if c["stream"] == "centre"]
        numbers = [event["no"] for event in log if event["case"] == case.case]
        if numbers and not sent_back:
            assert numbers[0] == last + 1 and numbers == list(range(numbers[0], numbers[-1] + 1))
        last = numbers[-1] if numbers else last
    stop.set()
    thread.join(20)
    assert (failed, last) == ([], 31)


@pytest.mark.parametrize("piece", [1, 5, 1000])
def test_pieces_of_any_size_leave_the_newest_of_each_log(own: Settings, county: Client, piece: int) -> None:
    grow_old(own)
    before = places(own)
    newest = {(case, stream): max(no for c, s, no in before if (c, s) == (case, stream)) for case, stream, _ in before}
    gone = purge(own, piece)
    assert places(own) == [place for place in before if place[2] == newest[place[:2]]]
    assert gone == len(before) - len(newest)


def test_a_purge_tells_who_was_away_before_anything_goes_and_goes_on_after_a_break(
    own: Settings, county: Client
) -> None:
    early = first_cursor(county)
    grow_old(own)
    assert begin_purge(own, 1) == 1
    assert status(county, early) == (410, "E-CENTRE-CURSOR")
    county.all_changes(limit=1)  # from the start, while pieces are still to go
    assert purge(own) == COUNT_OF_CASES * (1 + NOTES) - 1


def test_who_reads_from_the_start_while_pieces_go_hears_of_every_case(own: Settings, county: Client) -> None:
    """Never sent back meanwhile: the floor stands before the first piece goes."""
    grow_old(own)
    listed = {case for case, _, _ in places(own)}
    assert begin_purge(own, 3) > 0
    page = county.get("/v1/changes", params={"limit": 3}).json()
    assert purge(own, 2) > 0
    rest = county.all_changes(page["cursor"], limit=3)
    assert {change["event"]["case"] for change in page["changes"]} | {change.event.case for change in rest} == listed


def test_a_piece_never_goes_above_the_floor(own: Settings, county: Client) -> None:
    """Whoever calls it: what is young stays."""
    before = places(own)
    with psycopg.connect(own.admin_url, autocommit=True) as connection:
        assert connection.execute("SELECT * FROM centre.purge_feed('0', 0, 1000)").fetchall() == []
    assert places(own) == before


def test_the_daily_command_says_what_it_purged(own: Settings, county: Client, root: Path) -> None:
    grow_old(own)
    given = {"DATABASE_URL": own.database_url, "LANDREVIEW_BLOBS": str(own.blobs), "LANDREVIEW_FEED_DAYS": "30"}
    command = [sys.executable, "-m", "datacenter", "collect"]
    done = subprocess.run(command, cwd=root, env=os.environ | given, capture_output=True, encoding="utf-8", check=True)
    # two of the office's log and six of the centre's in each case; the newest of each stays
    assert done.stdout == f"0 files deleted, {COUNT_OF_CASES * (1 + NOTES)} places of the feed\n"
