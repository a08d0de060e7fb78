# SPDX-License-Identifier: GPL-2.0-or-later
"""What nobody should send: tricks, floods and slow clients are refused and bounded."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
import requests
from datacenter_service import Client, free_port, running

from datacenter.made_up import MadeUpCase, order
from datacenter.settings import Settings
from landreview_plugin.core.evidence.identity import new_id

As = Callable[[str, str], Client]


def deep(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


BODIES = {
    "deep objects": deep(100_000),
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "not JSON": b"\x00\xff",
    "nothing": b"",
    "a number": b"1",
    "NaN": b'{"id": NaN}',
    "a huge number": b'{"expected_rev": ' + b"9" * 4000 + b"}",
    "keys twice": b'{"id": 1, "id": 2}',
    "a lone surrogate": b'{"user": "\\ud800", "password": "x"}',
    "NUL": b'{"user": "a\\u0000b", "password": "x"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("path", [f"/v1/cases/{new_id()}/commands", "/v1/blobs/missing", "/v1/sign-in", "/v1/refresh"])
def test_strange_bodies_are_refused_and_cost_nothing(as_: As, path: str, body: bytes) -> None:
    client, begun = as_("leader", "430998"), time.monotonic()
    answer = client.post(path, data=body, headers={"If-Match": '"0"', "Content-Type": "application/json"})
    assert answer.status_code in (401, 422), answer.text
    assert time.monotonic() - begun < 2


def test_text_that_a_database_cannot_hold_is_kept_exactly_or_refused(as_: As) -> None:
    """The log keeps canonical JSON, where NUL is an escape; a column of text refuses it."""
    county, case = as_("technician", "430998"), MadeUpCase()
    assert county.command(case.case, case.submit()).status_code == 200
    assert county.command(case.case, order("annotate", 1, text="a\x00b")).status_code == 200
    log = county.get(f"/v1/cases/{case.case}/history").json()["changes"]
    assert json.loads(log[-1]["event"]["body"])["text"] == "a\x00b"
    nul = MadeUpCase()
    nul.happen("a\x00b")
    answer = county.command(nul.case, nul.submit())
    assert (answer.status_code, answer.json()["code"]) == (422, "E-CENTRE-REQUEST")


@pytest.mark.parametrize("value", [1e300, 2**60, "9" * 400])
def test_numbers_that_are_not_exact_everywhere_are_refused(as_: As, value: object) -> None:
    case = MadeUpCase()
    command = json.loads(case.submit().model_dump_json())
    parcels = {"epsg": 4526, "parcels": [{"number": "1", "facts": {"a": value}, "wkt": "POLYGON EMPTY"}]}
    command["inline"][next(iter(command["inline"]))] = json.dumps(parcels)
    headers = {"If-Match": '"0"', "Idempotency-Key": command["id"]}
    answer = as_("technician", "430998").post(f"/v1/cases/{case.case}/commands", json=command, headers=headers)
    assert answer.status_code == 422


SQL = ["' OR '1'='1", "'; DROP TABLE centre.cases; --", "%", "_", "\\", "43%'", "${jndi:ldap://x}", "../../etc/passwd"]


@pytest.mark.parametrize("text", SQL)
def test_sql_and_paths_are_text(as_: As, text: str) -> None:
    client = as_("leader", "430998")
    assert client.get("/v1/cases", params={"holder": text}).status_code == 422
    assert client.get(f"/v1/cases/{requests.utils.quote(text, safe='')}").status_code in (404, 422)
    assert client.get(f"/v1/blobs/{requests.utils.quote(text, safe='')}").status_code in (404, 422)
    assert client.get("/v1/changes", params={"cursor": text}).status_code == 422
    assert client.post("/v1/sign-in", json={"user": text, "password": text}).status_code == 401
    assert client.get("/v1/cases").status_code == 200


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "con\x00", "."])
def test_a_part_that_is_named_like_a_path_is_refused_or_never_used_as_one(as_: As, name: str) -> None:
    case = MadeUpCase()
    command = json.loads(case.submit().model_dump_json())
    command["manifest"]["parts"][0]["name"] = name
    headers = {"If-Match": '"0"', "Idempotency-Key": command["id"]}
    answer = as_("technician", "430998").post(f"/v1/cases/{case.case}/commands", json=command, headers=headers)
    assert answer.status_code == (200 if name == "." else 422)


def test_a_body_that_is_too_large_is_refused_before_it_is_read(service: str) -> None:
    host, port = service.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(b"POST /v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n")
        assert b" 413 " in line.recv(4096).split(b"\r\n")[0]


def test_a_body_without_a_length_is_cut_at_the_limit(service: str) -> None:
    def flood() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * (1 << 20)

    with suppress(requests.exceptions.ConnectionError):
        answer = requests.post(f"{service}/v1/sign-in", data=flood(), timeout=20)
        assert answer.status_code == 413


@pytest.fixture(scope="module")
def impatient(settings: Settings) -> Iterator[str]:
    """A service that gives a body one second."""
    with running(replace(settings, port=free_port(), body_seconds=1.0)) as base:
        yield base


def test_a_slow_body_is_given_up(impatient: str) -> None:
    host, port = impatient.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(b"POST /v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        begun = time.monotonic()
        assert b" 408 " in line.recv(4096).split(b"\r\n")[0]
        assert 0.5 < time.monotonic() - begun < 5


def test_slow_clients_do_not_keep_others_waiting(impatient: str) -> None:
    host, port = impatient.removeprefix("http://").split(":")
    lines = [socket.create_connection((host, int(port)), 10) for _ in range(200)]
    try:
        for line in lines:
            line.sendall(b"POST /v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        begun = time.monotonic()
        assert requests.get(f"{impatient}/health", timeout=5).status_code == 200
        assert time.monotonic() - begun < 1
    finally:
        for line in lines:
            line.close()


def test_large_bodies_that_do_not_come_do_not_keep_small_ones_waiting(impatient: str) -> None:
    """More of them than there is room for: those wait, small requests don't, and after the time all is as before."""
    host, port = impatient.removeprefix("http://").split(":")
    lines = [socket.create_connection((host, int(port)), 10) for _ in range(100)]
    try:
        for line in lines:
            line.sendall(b"POST /v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n{")
        begun = time.monotonic()
        assert (
            requests.post(f"{impatient}/v1/sign-in", json={"user": "x", "password": "x"}, timeout=5).status_code == 401
        )
        assert time.monotonic() - begun < 1
        told = {line.recv(4096).split(b" ", 2)[1] for line in lines}
        assert told <= {b"408", b"503"}
    finally:
        for line in lines:
            line.close()
    big = requests.post(f"{impatient}/v1/sign-in", data=b"x" * 200_000, timeout=5)
    assert big.status_code == 422


def test_headers_without_end_are_given_up(service: str) -> None:
    host, port = service.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line, suppress(ConnectionError):
        line.sendall(b"GET /health HTTP/1.1\r\n" + b"X-A: " + b"a" * (1 << 20))
        assert line.recv(4096) == b""


def test_a_silent_connection_is_given_up(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datacenter.connections.HEAD_SECONDS", 0.5)
    host, port = service.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(b"GET /health HT")
        assert line.recv(4096) == b""
    assert requests.get(f"{service}/health", timeout=5).status_code == 200


def test_many_at_once_are_served_or_told_to_wait(as_: As) -> None:
    client, codes = as_("leader", "430998"), []

    def ask() -> None:
        codes.append(client.get("/v1/cases", params={"limit": 1}).status_code)

    threads = [threading.Thread(target=ask) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {200, 503} and codes.count(200) > 50


def test_errors_tell_nothing_of_the_inside(as_: As) -> None:
    told = as_("leader", "430998").get("/v1/changes", params={"cursor": "x" * 50}).text
    assert "Traceback" not in told and "psycopg" not in told and "SELECT" not in told
