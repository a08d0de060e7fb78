# SPDX-License-Identifier: GPL-2.0-or-later
"""Running the service: settings, logs, figures, readiness, stopping, one command."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from datacenter_process import Process
from datacenter_service import Client, free_port, running
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from datacenter.logs import JsonLines
from datacenter.settings import Settings, from_environment, printed, required
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
        (("migrate",), {"LANDREVIEW_ADMIN_URL": NOWHERE}, ("E-CENTRE-COMMAND", "127.0.0.1")),
        (
            ("restore", "/nowhere"),
            {"LANDREVIEW_ADMIN_URL": NOWHERE, "LANDREVIEW_BLOBS": "/"},
            ("E-CENTRE-COMMAND", "/nowhere"),
        ),
        (("add-office", "43", "x"), {"LANDREVIEW_ADMIN_URL": NOWHERE}, ("E-CENTRE-COMMAND", "127.0.0.1")),
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


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_does_not_wait_for_readers_who_wait_for_news(
    as_: As, settings: Settings, tmp_path: Path, workers: int
) -> None:
    """There are always some, and a container that has not ended after ten seconds is killed."""
    cursor = as_("leader", "4309").end_of_feed()
    service = Process(replace(settings, port=free_port(), blobs=tmp_path, workers=workers))
    service.start()
    service.wait()
    readers = [Client.of(service.base, "leader", "4309") for _ in range(4)]
    with ThreadPoolExecutor(len(readers)) as pool:
        waiting = [pool.submit(reader.get, "/v1/changes", params={"cursor": cursor, "wait": 25}) for reader in readers]
        time.sleep(0.5)
        assert service.stop() < 5
        answers = [each.result() for each in waiting]
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.json()["changes"] == [] and answer.json()["cursor"] for answer in answers)


def test_a_service_without_its_database_lives_is_not_ready_and_says_so(settings: Settings) -> None:
    lost = replace(settings, port=free_port(), database_url=settings.database_url.replace("/landreview?", "/nowhere?"))
    with running(lost) as base:
        assert requests.get(f"{base}/health", timeout=10).status_code == 200
        ready = requests.get(f"{base}/ready", timeout=30)
    assert (ready.status_code, ready.json()["database"]) == (503, "away")


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
