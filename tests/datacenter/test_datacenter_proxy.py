# SPDX-License-Identifier: GPL-2.0-or-later
"""The nginx file that offices are given, run as it is in front of the service, but for ports and folders."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import requests
from datacenter_nginx import Front, needs_nginx, nginx
from datacenter_service import PASSWORD, Client, free_port, running

from datacenter.settings import Settings
from landreview_plugin.sync.protocol import MAX_PIECE_BYTES

As = Callable[[str, str], Client]
pytestmark = needs_nginx


@pytest.fixture(scope="module")
def front(settings: Settings, root: Path) -> Iterator[Front]:
    """The service behind nginx, as docs/datacenter.md says."""
    given = replace(settings, port=free_port(), proxy="127.0.0.1", certificate_header="X-Client-SHA256")
    with running(given) as base, nginx(root / "datacenter" / "deploy", base) as ready:
        yield ready


@pytest.fixture(scope="module")
def office(front: Front, as_: As) -> Iterator[str]:
    """The client's certificate belongs to a technician of its own: a change of a person ends that person's sign-ins."""
    path, facts = "/v1/people/certified@430997", {"office": "430997", "role": "technician", "password": PASSWORD}
    administrator = as_("administrator", "430997")
    certified = facts | {"certificate": front.fingerprint("client")}
    assert administrator.put(path, json=certified).status_code == 204
    yield "certified@430997"
    assert administrator.put(path, json=facts).status_code == 204


def test_a_verified_certificate_signs_in_and_nothing_else_does(front: Front, office: str) -> None:
    assert front.get("/v1/me", "client").json()["user"] == office
    assert front.get("/v1/me").status_code == 401
    assert front.get("/v1/me", "stranger").status_code == 400  # nginx: the authority did not sign it


@pytest.mark.parametrize("name", ["X-Client-SHA256", "x-client-sha256", "X_Client_SHA256"])
def test_a_header_from_outside_is_not_believed(front: Front, office: str, name: str) -> None:
    assert front.get("/v1/me", **{name: front.fingerprint("client")}).status_code == 401


def test_an_address_from_outside_is_not_believed(front: Front, settings: Settings) -> None:
    user = {"user": "nobody-by-this-name", "password": PASSWORD}
    forged = {"X-Forwarded-For": "203.0.113.9"}
    refused = requests.post(f"{front.base}/v1/sign-in", json=user, headers=forged, verify=front.trust, timeout=20)
    assert refused.status_code == 401
    with psycopg.connect(settings.admin_url) as connection:
        noted = connection.execute("SELECT address FROM centre.audit WHERE actor = %s", (user["user"],)).fetchall()
    assert noted == [("127.0.0.1",)]


def test_figures_and_findings_are_not_for_outside(front: Front) -> None:
    assert {
        front.get(path).status_code
        for path in ("/metrics", "//metrics", "/%6detrics", "/metrics/", "/ready", "//ready")
    } == {403}


def test_links_of_the_ogc_api_lead_back_through_the_proxy(front: Front, office: str) -> None:
    links = front.get("/ogc", "client").json()["links"]
    assert links and {link["href"].partition("/ogc")[0] for link in links if "/ogc" in link["href"]} == {front.base}


def test_a_file_larger_than_a_request_goes_through_in_pieces_and_comes_back_whole(front: Front, office: str) -> None:
    data = bytes(range(256)) * 80_000  # 20.5 MB
    sha256 = hashlib.sha256(data).hexdigest()
    pair = (str(front.folder / "client.pem"), str(front.folder / "client.key"))
    with requests.Session() as line:
        line.cert, line.verify, line.trust_env = pair, front.trust, False
        for start in range(0, len(data), MAX_PIECE_BYTES):
            stop = min(start + MAX_PIECE_BYTES, len(data))
            span = {"Content-Range": f"bytes {start}-{stop - 1}/{len(data)}"}
            sent = line.put(f"{front.base}/v1/blobs/{sha256}", data=data[start:stop], headers=span, timeout=60)
            assert sent.status_code == (201 if stop == len(data) else 202), sent.text
        assert hashlib.sha256(line.get(f"{front.base}/v1/blobs/{sha256}", timeout=60).content).hexdigest() == sha256
        large = line.put(f"{front.base}/v1/blobs/{sha256}", data=bytes(10 * 1024 * 1024), timeout=60)
        assert large.status_code == 413


def test_a_waiting_reader_is_not_cut_off(front: Front, office: str) -> None:
    """The longest wait of the feed is 30 s: nginx must wait for longer. Here: it waits at all."""
    text = (front.folder / "landreview.conf").read_text(encoding="utf-8")
    found = re.search(r"proxy_read_timeout ([0-9]+)s", text)
    assert found and int(found[1]) > 60  # the most that a client may ask for
    cursor = front.get("/v1/changes", "client").json()["cursor"]
    begun = time.monotonic()
    page = front.get(f"/v1/changes?cursor={cursor}&wait=3", "client")
    assert page.status_code == 200
    assert page.json()["changes"] or time.monotonic() - begun > 2.5
