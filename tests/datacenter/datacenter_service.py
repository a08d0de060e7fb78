# SPDX-License-Identifier: GPL-2.0-or-later
"""A running centre for tests: real PostgreSQL, real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import requests
import uvicorn

from datacenter.app import create_app
from datacenter.cluster import PrivateCluster
from datacenter.connections import BoundedHttp
from datacenter.services.administration import add_office, add_user
from datacenter.services.centre import assembled
from datacenter.services.people import Role
from datacenter.settings import Settings, from_environment
from landreview_plugin.sync import protocol as wire

TEMPLATE = "landreview_template"
PASSWORD = "correct horse battery"
_NUMBERS = itertools.count(1)
OFFICES = {
    "43": "湖南省",
    "4309": "益阳市",
    "430998": "示范县",
    "430998001": "示范镇",
    "430997": "邻县",
    "4301": "长沙市",
    "430101": "别县",
}


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unused(kind: str) -> str:
    """A name that no test of this run has had: databases and people outlive their tests. (A port may come twice.)"""
    return f"{kind}_{next(_NUMBERS)}"


def settings_for(cluster: PrivateCluster, database: str, blobs: Path, **given: object) -> Settings:
    """Settings of a service on a private cluster."""
    values = {
        "database_url": cluster.url(database, "landreview_service"),
        "admin_url": cluster.url(database),
        "blobs": blobs,
        "port": free_port(),
        "poll_seconds": 0.05,
        "rate": 100_000.0,
    }
    return from_environment({}, **(values | given))


def populate(admin_url: str) -> None:
    """Seven offices, each with a person of each role: ``leader@4309`` and so on."""
    for code, name in OFFICES.items():
        add_office(admin_url, code, name)
    for code in OFFICES:
        for role in Role:
            add_user(admin_url, f"{role.value}@{code}", code, role, PASSWORD)


def copied(cluster: PrivateCluster, database: str) -> None:
    """A migrated database with people, copied from one that nobody uses: a tenth of the time of making it anew."""
    with psycopg.connect(cluster.create(database, template=TEMPLATE), autocommit=True) as connection:
        connection.execute("SELECT centre.adopt()")  # a copy is another life of the feed: begun before a reader comes


@contextlib.contextmanager
def running(settings: Settings) -> Iterator[str]:
    """The service in a thread; yields its address."""
    app = create_app(settings)
    config = uvicorn.Config(app, "127.0.0.1", settings.port, log_config=None, lifespan="on", http=BoundedHttp)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive() and time.monotonic() < until, "the service did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{settings.port}"
    finally:
        server.should_exit = True
        thread.join(20)


@dataclass
class Client:
    """A signed-in person with plain HTTP; nothing is retried or hidden."""

    base: str
    name: str
    http: requests.Session = field(default_factory=requests.Session)

    @classmethod
    def of(cls, base: str, role: str, office: str) -> Client:
        """Signed in as ``role@office``."""
        client = cls(base, f"{role}@{office}")
        answer = client.http.post(f"{base}/v1/sign-in", json={"user": client.name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        client.http.headers["Authorization"] = f"Bearer {answer.json()['access']}"
        return client

    def get(self, path: str, **given: Any) -> requests.Response:
        return self.http.get(self.base + path, timeout=60, **given)

    def post(self, path: str, **given: Any) -> requests.Response:
        return self.http.post(self.base + path, timeout=60, **given)

    def put(self, path: str, **given: Any) -> requests.Response:
        return self.http.put(self.base + path, timeout=60, **given)

    def command(self, case: str, command: wire.Command, **headers: str) -> requests.Response:
        """Send a command with the headers that belong to it."""
        usual = {"If-Match": f'"{command.expected_rev}"', "Idempotency-Key": command.id}
        body = command.model_dump_json().encode()
        return self.post(f"/v1/cases/{case}/commands", data=body, headers=usual | headers)

    def end_of_feed(self) -> str:
        """The cursor after everything that is there now."""
        cursor, more = "", True
        while more:
            page = self.get("/v1/changes", params={"cursor": cursor}).json()
            cursor, more = page["cursor"], page["more"]
        return str(cursor)

    def all_changes(self, cursor: str = "", limit: int = 500) -> list[wire.Change]:
        """The feed from a cursor to its end."""
        found: list[wire.Change] = []
        while True:
            page = self.get("/v1/changes", params={"cursor": cursor, "limit": limit})
            assert page.status_code == 200, page.text
            read = wire.ChangePage.model_validate_json(page.content)
            found += read.changes
            cursor = read.cursor
            if not read.more:
                return found


def purge(settings: Settings, piece: int = 5000) -> int:
    """What the daily work does with the feed; how many places went."""

    async def run() -> int:
        centre = assembled(settings)
        async with centre.database:
            return await centre.feed.purge(piece)

    return asyncio.run(run())
