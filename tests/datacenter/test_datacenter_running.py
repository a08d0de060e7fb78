# SPDX-License-Identifier: GPL-2.0-or-later
"""Running the service: settings, logs, figures, readiness, backup and restore, anchors, migrations, one command."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import requests
from datacenter_service import Client, free_port, running, settings_for
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from datacenter.cluster import PrivateCluster
from datacenter.logs import JsonLines
from datacenter.made_up import MadeUpCase, order
from datacenter.services.anchors import add_anchor, check_anchors
from datacenter.services.backup import back_up, digests, restore
from datacenter.settings import Settings, from_environment, printed, required
from datacenter.storage.upgrade import head, upgrade
from landreview_plugin.core.model.problems import LandReviewError

As = Callable[[str, str], Client]


# --- settings ----------------------------------------------------------------------------------------------------


def test_settings_are_printed_without_passwords() -> None:
    settings = from_environment({"DATABASE_URL": "postgresql://service:geheim@db/landreview", "LANDREVIEW_PORT": "81"})
    table = printed(settings)
    assert "geheim" not in table and "service:***@db" in table
    assert re.search(r"LANDREVIEW_PORT +81 +port", table)


@pytest.mark.parametrize(("name", "value"), [("LANDREVIEW_PORT", "eighty"), ("LANDREVIEW_POOL", "-1")])
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(LandReviewError, match=name):
        from_environment({name: value})


def test_what_is_missing_is_named() -> None:
    with pytest.raises(LandReviewError, match="DATABASE_URL"):
        required(from_environment({}), "database_url")
    with pytest.raises(LandReviewError, match="LANDREVIEW_BLOBS"):
        required(from_environment({}), "blobs")


NOWHERE = "postgresql://nobody@127.0.0.1:1/nowhere"


@pytest.mark.parametrize(
    ("command", "given", "told"),
    [
        (("serve",), {}, ("E-CENTRE-SETTINGS", "DATABASE_URL")),
        (("migrate",), {"LANDREVIEW_ADMIN_URL": NOWHERE}, ("E-CENTRE-BUSY", "127.0.0.1")),
        (("add-office", "43", "x"), {"LANDREVIEW_ADMIN_URL": NOWHERE}, ("E-CENTRE-BUSY", "127.0.0.1")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_command_says_one_sentence_and_no_traceback(
    root: Path, command: tuple[str, ...], given: dict[str, str], told: tuple[str, str]
) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "LANDREVIEW"))}
    done = subprocess.run(
        [sys.executable, "-m", "datacenter", *command],
        cwd=root,
        env=environment | given,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(told[0]) and told[1] in done.stderr
    assert "Traceback" not in done.stderr


# --- logs, figures, readiness --------------------------------------------------------------------------------------


def test_a_log_line_is_one_object(as_: As) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("datacenter.requests")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        answer = as_("leader", "4309").get("/v1/me")
    finally:
        logger.removeHandler(handler)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    mine = next(line for line in lines if line["request"] == answer.headers["X-Request-Id"])
    assert (mine["route"], mine["status"], mine["person"]) == ("/v1/me", 200, "leader@4309@4309")
    assert "Bearer" not in stream.getvalue()


def test_figures_count_requests_by_route(as_: As) -> None:
    client = as_("leader", "4309")

    def count() -> float:
        text = client.get("/metrics").text
        found = re.search(r'landreview_requests_total\{method="GET",route="/v1/offices",status="200"\} ([0-9.]+)', text)
        return float(found[1]) if found else 0.0

    before = count()
    client.get("/v1/offices")
    assert count() == before + 1


def test_the_lag_of_the_feed_is_what_the_last_process_asked_saw(root: Path, tmp_path: Path) -> None:
    """Of several processes one is asked at a time: what another one saw when the feed was held back is over."""
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for lag in ("90", "0"):
        code = f"from datacenter.metrics import FEED_LAG; FEED_LAG.set({lag})"
        subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, timeout=60, check=True)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(tmp_path))  # type: ignore[no-untyped-call]
    assert registry.get_sample_value("landreview_feed_lag_seconds") == 0


def test_a_service_without_its_database_lives_is_not_ready_and_says_so(settings: Settings) -> None:
    lost = replace(settings, port=free_port(), database_url=settings.database_url.replace("/landreview?", "/nowhere?"))
    with running(lost) as base:
        assert requests.get(f"{base}/health", timeout=10).status_code == 200
        ready = requests.get(f"{base}/ready", timeout=30)
    assert (ready.status_code, ready.json()["database"]) == (503, "away")


# --- backup and restore --------------------------------------------------------------------------------------------


@pytest.fixture
def other(cluster: PrivateCluster, tmp_path: Path) -> Settings:
    """An empty database and an empty folder."""
    name = f"other_{free_port()}"
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
        with (folder / "database.dump").open("ab") as file:
            file.write(b"x")
    elif what == "file":
        (folder / "files" / ("0" * 64)).write_bytes(data)
    else:
        facts = json.loads((folder / "backup.json").read_text(encoding="utf-8"))
        facts["digests"]["centre.events"] = "0 0"
        (folder / "backup.json").write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(LandReviewError, match="E-STORE-CORRUPT"):
        restore(other.admin_url, other.blobs, folder)
    assert not whole.exists()


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


# --- migrations -----------------------------------------------------------------------------------------------------

RELEASED = tuple(f"{number:04}" for number in range(1, int(head())))
"""Every revision that an office may run; each comes forwards to this release with its rows."""


@pytest.mark.parametrize("revision", RELEASED)
def test_every_released_revision_comes_forward_with_its_rows(cluster: PrivateCluster, revision: str) -> None:
    url = cluster.create(f"old_{revision}_{free_port()}")
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
    url = cluster.create(f"failed_{free_port()}")
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
    url = cluster.create(f"busy_{free_port()}")
    upgrade(url, "0005")
    with psycopg.connect(url) as reader:
        reader.execute("LOCK TABLE centre.feed IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(LandReviewError, match="lock timeout"):
            upgrade(url)
    assert upgrade(url) == head()


def test_two_services_that_start_at_once_migrate_once(cluster: PrivateCluster) -> None:
    url, failed = cluster.create(f"race_{free_port()}"), []

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


# --- one command ----------------------------------------------------------------------------------------------------


def test_one_command_shows_a_centre_and_leaves_nothing_behind(root: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)  # as root, PostgreSQL runs as another user
    environment = os.environ | {"LANDREVIEW_PORT": str(free_port()), "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "datacenter", "demo"]
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stdout is not None
        told: list[str] = []
        while not told or ("kill" not in told[-1] and told[-1]):
            told.append(process.stdout.readline())
        base, number = (re.search(what, "".join(told)) for what in (r"http://[0-9.:]+", r"kill ([0-9]+)"))
        assert base and number and int(number[1]) == process.pid, told
        user = {"user": "leader@4309", "password": "landreview-demo"}
        token = requests.post(f"{base[0]}/v1/sign-in", json=user, timeout=20).json()["access"]
        listed = requests.get(f"{base[0]}/v1/cases", headers={"Authorization": f"Bearer {token}"}, timeout=20).json()
        assert sorted(case["status"] for case in listed["cases"]) == ["decided"] * 3 + ["submitted"] * 6
    finally:
        process.terminate()
        ended = process.wait(30)
    assert ended == 0
    assert list(folder.iterdir()) == []
    folder.rmdir()


def test_a_demo_never_sends_its_cases_to_a_centre_that_is_there_already(root: Path, service: str, as_: As) -> None:
    before = len(as_("leader", "4309").all_changes())
    environment = os.environ | {"LANDREVIEW_PORT": service.rpartition(":")[2]}
    command = [sys.executable, "-m", "datacenter", "demo"]
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("E-CENTRE-SETTINGS") and environment["LANDREVIEW_PORT"] in done.stderr
    assert len(as_("leader", "4309").all_changes()) == before
