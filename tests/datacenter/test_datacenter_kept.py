# SPDX-License-Identifier: GPL-2.0-or-later
"""What the centre keeps goes through backup and restore, is sealed by anchors, and comes forward with each release."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import requests
from datacenter_service import Client, running, settings_for, unused

from datacenter.cluster import PrivateCluster
from datacenter.made_up import MadeUpCase, order
from datacenter.services.anchors import add_anchor, check_anchors
from datacenter.services.backup import back_up, digests, restore
from datacenter.settings import Settings
from datacenter.storage.upgrade import head, upgrade
from landreview_plugin.core.model.problems import LandReviewError

As = Callable[[str, str], Client]


# --- backup and restore --------------------------------------------------------------------------------------------


@pytest.fixture
def other(cluster: PrivateCluster, tmp_path: Path) -> Settings:
    """An empty database and an empty folder."""
    name = unused("other")
    cluster.create(name)
    return settings_for(cluster, name, tmp_path / "blobs")


def arguments_of_dumps() -> list[str]:
    """Command lines of the pg_dump processes of this machine, as everybody on it can read them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [line for line in found if "pg_dump" in line.split(" ")[0]]


def test_a_password_of_the_database_is_no_argument_of_a_program(settings: Settings, tmp_path: Path) -> None:
    url = settings.admin_url.replace("postgres@", "postgres:geheim@")
    assert "geheim" in url
    with psycopg.connect(settings.admin_url) as holding:
        holding.execute("LOCK TABLE centre.quarantine IN ACCESS EXCLUSIVE MODE")  # the dump waits here
        dump = threading.Thread(target=back_up, args=(url, settings.blobs, tmp_path))
        dump.start()
        until = time.monotonic() + 8
        while not (mine := [line for line in arguments_of_dumps() if str(tmp_path) in line]):
            assert time.monotonic() < until
            time.sleep(0.02)
    dump.join(60)
    assert all("geheim" not in line and "user=postgres" in line for line in mine)
    assert (tmp_path / "backup.json").exists()


def test_a_backup_may_take_longer_than_a_session_may_be_idle_in_a_transaction(
    settings: Settings, tmp_path: Path
) -> None:
    """The snapshot's session is idle while the dump is written; the cluster is told to end such sessions soon."""
    url = f"{settings.admin_url}&options=-c%20idle_in_transaction_session_timeout%3D200"
    with psycopg.connect(settings.admin_url) as holding:
        holding.execute("LOCK TABLE centre.quarantine IN ACCESS EXCLUSIVE MODE")  # the dump waits here
        dump = threading.Thread(target=back_up, args=(url, settings.blobs, tmp_path))
        dump.start()
        until = time.monotonic() + 8
        while not any(str(tmp_path) in line for line in arguments_of_dumps()):
            assert time.monotonic() < until
            time.sleep(0.02)
        time.sleep(0.6)
    dump.join(60)
    assert (tmp_path / "backup.json").exists()


def test_a_restored_backup_has_the_same_digests_and_goes_on(
    as_: As, settings: Settings, other: Settings, tmp_path: Path
) -> None:
    county, case, data = as_("technician", "430998"), MadeUpCase(), os.urandom(70_000)
    sha256 = hashlib.sha256(data).hexdigest()
    county.put(f"/v1/blobs/{sha256}", data=data)
    command = case.submit()
    assert county.command(case.case, command).status_code == 200
    cursor = county.get("/v1/changes").json()["cursor"]
    backed_up = back_up(settings.admin_url, settings.blobs, tmp_path / "backup")
    forgotten = county.command(case.case, order("annotate", 1, text="备份之后")).json()["number"]
    assert restore(other.admin_url, other.blobs, tmp_path / "backup") == backed_up
    assert int(backed_up["centre.events"].split()[0]) > 0
    with running(other) as base:
        again = Client.of(base, "technician", "430998")
        assert again.get("/v1/changes", params={"cursor": cursor}).status_code == 410
        assert again.get(f"/v1/blobs/{sha256}").content == data
        assert requests.get(f"{base}/ready", timeout=20).json()["spatial index"] == "ok"
        old, new = county.all_changes(), again.all_changes()
        assert {(c.event.case, c.stream, c.event.no) for c in old} == {(case.case, "centre", 2)} | {
            (c.event.case, c.stream, c.event.no) for c in new
        }
        assert [c.event.no for c in new if c.event.case == case.case and c.stream == "office"] == [1, 2]
        assert again.command(case.case, command).json()["rev"] == 1  # the receipt of before
        later = order("annotate", 1, text="恢复后")
        given = again.command(case.case, later).json()["number"]
        assert int(given.rpartition("-")[2]) >= int(forgotten.rpartition("-")[2]) + 100_000  # no number twice
        assert again.all_changes()[-1].event.kind == "annotate"


def test_a_dump_restored_by_other_means_is_noticed_at_the_start(
    as_: As, settings: Settings, other: Settings, tmp_path: Path
) -> None:
    """``pg_restore`` by hand into another database: cursors of before are void all the same."""
    cursor = as_("technician", "430998").get("/v1/changes").json()["cursor"]
    back_up(settings.admin_url, settings.blobs, tmp_path / "backup")
    restore(other.admin_url, other.blobs, tmp_path / "backup")
    with psycopg.connect(other.admin_url) as connection:  # as if the row had come over as it was
        feed_id = cursor.split(".")[0]
        connection.execute("UPDATE centre.life SET feed_id = %s, database = 1", (feed_id,))
    with running(other) as base:
        again = Client.of(base, "technician", "430998")
        assert again.get("/v1/changes", params={"cursor": cursor}).status_code == 410


@pytest.mark.parametrize("what", ["dump", "file", "row"])
def test_a_damaged_backup_is_refused(settings: Settings, other: Settings, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "backup"
    data = os.urandom(100)
    whole = settings.blobs / "whole" / "zz"
    back_up(settings.admin_url, settings.blobs, folder)
    if what == "dump":
        with the_dump(folder).open("ab") as file:
            file.write(b"x")
    elif what == "file":
        (folder / "files" / ("0" * 64)).write_bytes(data)
    else:
        facts = json.loads((folder / "backup.json").read_text(encoding="utf-8"))
        facts["digests"]["centre.events"] = "0 0"
        (folder / "backup.json").write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(LandReviewError, match="E-CENTRE-DAMAGED"):
        restore(other.admin_url, other.blobs, folder)
    assert not whole.exists()
    with psycopg.connect(other.admin_url) as connection:
        there = connection.execute("SELECT to_regnamespace('centre') IS NOT NULL").fetchone()
    assert there == (what == "row",)


def the_dump(folder: Path) -> Path:
    """The one dump of a backup."""
    (found,) = folder.glob("database-*.dump")
    return found


def test_a_backup_that_is_broken_off_leaves_the_one_before_and_the_next_one_takes_its_place(
    settings: Settings, other: Settings, tmp_path: Path, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_given: object) -> None:
        raise OSError("power")

    folder, case = tmp_path / "backup", MadeUpCase()
    first = back_up(settings.admin_url, settings.blobs, folder)
    assert as_("technician", "430998").command(case.case, case.submit()).status_code == 200
    with monkeypatch.context() as power:
        power.setattr("datacenter.services.backup.write_text", cut)  # after the dump and before the facts
        with pytest.raises(OSError, match="power"):
            back_up(settings.admin_url, settings.blobs, folder)
    (folder / "files" / f".{'a' * 40}.12345678").write_bytes(b"half a file")
    assert restore(other.admin_url, other.blobs, folder) == first
    assert back_up(settings.admin_url, settings.blobs, folder) != first
    assert {path.name for path in folder.iterdir()} == {the_dump(folder).name, "backup.json", "files"}


def test_a_dump_that_fails_leaves_no_part_of_it(settings: Settings, tmp_path: Path) -> None:
    with psycopg.connect(settings.admin_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE may_read_nothing LOGIN")
    try:
        with pytest.raises(LandReviewError, match="E-CENTRE-COMMAND.*permission denied"):
            back_up(settings.admin_url.replace("postgres@", "may_read_nothing@"), settings.blobs, tmp_path)
    finally:
        with psycopg.connect(settings.admin_url, autocommit=True) as connection:
            connection.execute("DROP ROLE may_read_nothing")
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


# --- anchors --------------------------------------------------------------------------------------------------------


def test_anchors_show_what_even_the_owner_of_the_database_changed(
    as_: As, settings: Settings, other: Settings, tmp_path: Path
) -> None:
    back_up(settings.admin_url, settings.blobs, tmp_path / "backup")
    restore(other.admin_url, other.blobs, tmp_path / "backup")
    file, key = tmp_path / "anchors", b"k" * 32
    now = dt.datetime.now(dt.UTC)
    add_anchor(other.admin_url, file, key, until=now)
    add_anchor(other.admin_url, file, key, until=now + dt.timedelta(seconds=1))
    assert check_anchors(other.admin_url, file, key) == 2
    with pytest.raises(LandReviewError, match="seal"):
        check_anchors(other.admin_url, file, b"another key")
    with psycopg.connect(other.admin_url) as connection:
        connection.execute("ALTER TABLE centre.audit DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM centre.audit WHERE id = (SELECT min(id) FROM centre.audit)")
    with pytest.raises(LandReviewError, match="audit"):
        check_anchors(other.admin_url, file, key)
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text(lines[1] + "\n", encoding="utf-8")
    with pytest.raises(LandReviewError, match="seal"):
        check_anchors(other.admin_url, file, key)


def test_an_anchor_that_was_cut_off_and_a_file_that_is_not_there_hold_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    file, key = tmp_path / "anchors", b"k" * 32
    with pytest.raises(FileNotFoundError):
        check_anchors(settings.admin_url, file, key)
    add_anchor(settings.admin_url, file, key)
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    for run in (check_anchors, add_anchor):
        with pytest.raises(LandReviewError, match="E-CENTRE-DAMAGED.*anchors, 1: "):
            run(settings.admin_url, file, key)


# --- migrations -----------------------------------------------------------------------------------------------------

RELEASED = tuple(f"{number:04}" for number in range(1, int(head())))
"""Every revision that an office may run; each comes forwards to this release with its rows."""


@pytest.mark.parametrize("revision", RELEASED)
def test_every_released_revision_comes_forward_with_its_rows(cluster: PrivateCluster, revision: str) -> None:
    url = cluster.create(unused(f"old_{revision}"))
    upgrade(url, revision)
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO centre.offices VALUES ('43', '湖南省')")
        connection.execute(
            "INSERT INTO centre.cases (id, number, code, holder, holder_since, sender, epoch, rev, status, package,"
            " head, event_count, cover, changed_at) VALUES (gen_random_uuid(), 'n', '430998', '4309', now(),"
            " '430998', 1, 1, 'submitted', '', '', 0, '{}', now())"
        )
        before = digests(connection)
    assert upgrade(url) == head()
    assert upgrade(url) == head()
    with psycopg.connect(url) as connection:
        after = digests(connection)
        assert connection.execute("SELECT revision, leakproof FROM centre.release").fetchone() == (head(), True)
    assert int(after["centre.cases"].split()[0]) == int(before["centre.cases"].split()[0]) == 1


def test_a_migration_that_fails_changes_nothing_and_says_where_the_database_is(cluster: PrivateCluster) -> None:
    url = cluster.create(unused("failed"))
    upgrade(url, "0003")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE centre.reviews (in_the_way int)")
        before = digests(connection)
    with pytest.raises(LandReviewError, match="it is at 0003: relation .reviews. already exists") as failed:
        upgrade(url)
    assert failed.value.code == "E-CENTRE-MIGRATE"
    with psycopg.connect(url) as connection:
        assert digests(connection) == before
        connection.execute("DROP TABLE centre.reviews")
    assert upgrade(url) == head()


def test_a_migration_does_not_wait_for_ever_for_who_works_with_the_tables(
    cluster: PrivateCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datacenter.storage.upgrade._PATIENCE", "SET lock_timeout = '200ms'")
    url = cluster.create(unused("busy"))
    upgrade(url, "0005")
    with psycopg.connect(url) as reader:
        reader.execute("LOCK TABLE centre.feed IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(LandReviewError, match="lock timeout"):
            upgrade(url)
    assert upgrade(url) == head()


def test_two_services_that_start_at_once_migrate_once(cluster: PrivateCluster) -> None:
    url, failed = cluster.create(unused("race")), []

    def run() -> None:
        try:
            upgrade(url)
        except Exception as error:  # shown by the assertion
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
