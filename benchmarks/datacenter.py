# SPDX-License-Identifier: GPL-2.0-or-later
"""The data centre under load; results in benchmarks/results/datacenter.*

python benchmarks/datacenter.py [--seconds 8] [--workers 2] [--full]

Short by default: each measurement takes some seconds, and the mixed load packs the ten minutes of 122 counties into
--seconds × 4. --full takes the ten minutes. Service, database and load share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from overlay import machine  # noqa: E402

from datacenter.cluster import PrivateCluster  # noqa: E402
from datacenter.made_up import MadeUpCase  # noqa: E402
from datacenter.services.administration import add_office, add_user  # noqa: E402
from datacenter.services.people import Role  # noqa: E402
from datacenter.storage.upgrade import upgrade  # noqa: E402
from landreview_plugin.sync import protocol as wire  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results"
PORT = 8437
PASSWORD = "a password for load"
COUNTIES = [f"43{prefecture:02}{county:02}" for prefecture in range(1, 15) for county in range(21, 30)][:122]
OFFICES = 2400
POLL_S = 30
PARCELS, ATTACHMENTS, ATTACHMENT_BYTES = 20, 5, 200_000
MADE_AHEAD = 120


@dataclass
class Figure:
    """One measurement beside what is to be held."""

    what: str
    per_s: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    count: int
    errors: int
    wanted: str
    cpu_ms: float = 0.0
    """Processor time of service and database for one request: what does not depend on who else uses the machine."""


class Processors:
    """Seconds that this run's service (one session) and database (by its folder) have computed so far."""

    session = 0
    data = Path()

    @classmethod
    def used_s(cls) -> float:
        ticks = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                fields = (process / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
                if int(fields[3]) == cls.session or (process / "cwd").readlink() == cls.data:
                    ticks += sum(int(field) for field in fields[11:15])
            except OSError:
                continue
        return ticks / os.sysconf("SC_CLK_TCK")


class Line:
    """One kept connection with bare HTTP/1.1: a library would cost more than the service."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """Status and body of an answer."""
        lines = [f"{method} {path} HTTP/1.1", "Host: centre", f"Authorization: Bearer {self._token}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(body)}", "", ""]
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", PORT)
            reader, writer = self._streams
            writer.write("\r\n".join(lines).encode() + body)
            head = await reader.readuntil(b"\r\n\r\n")
            told = head.split(b"\r\n")
            length = next((int(line[15:]) for line in told if line.lower().startswith(b"content-length")), 0)
            return int(head[9:12]), await reader.readexactly(length)
        except (OSError, EOFError):  # a broken line is an error in the figures, and not the end of ten minutes
            self._streams = None
            return 599, b""


async def measured(
    what: str, wanted: str, work: list[Callable[[], Awaitable[int]]], seconds: float, every_s: float = 0
) -> Figure:
    """Let all workers work at once for a time (each at a steady pace, where ``every_s`` is given)."""
    times: list[float] = []
    errors = 0
    until = time.perf_counter() + seconds
    before_s = Processors.used_s()

    async def one(do: Callable[[], Awaitable[int]], begin_s: float) -> None:
        nonlocal errors
        due = time.perf_counter() + begin_s
        while due < until:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            begun = time.perf_counter()
            status = await do()
            times.append((time.perf_counter() - begun) * 1000)
            errors += status >= 300
            due = max(due + every_s, time.perf_counter()) if every_s else time.perf_counter()

    chance = random.Random(1)
    await asyncio.gather(*(one(do, chance.uniform(0, every_s)) for do in work))
    centiles = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    cpu_ms = (Processors.used_s() - before_s) * 1000 / max(len(times), 1)
    return Figure(what, len(times) / seconds, *(centiles[n] for n in (49, 94, 98)), len(times), errors, wanted, cpu_ms)


def poller(token: str) -> Callable[[], Awaitable[int]]:
    """Asks for what is new, keeping its cursor."""
    line, cursor = Line(token), [""]

    async def poll() -> int:
        status, body = await line.ask("GET", f"/v1/changes?cursor={cursor[0]}&limit=500")
        if status == 200:
            cursor[0] = json.loads(body)["cursor"]
        return status

    return poll


def submitter(token: str, county: str, attachments: int) -> Callable[[], Awaitable[int]]:
    """Hands over a new case each time."""
    line, chance = Line(token), random.Random(county)
    # made ahead: what a county's own computer does is nothing that the centre's machine has to do
    made = [] if attachments else [submission(county, chance, ()) for _ in range(MADE_AHEAD)]

    async def submit() -> int:
        files = [chance.randbytes(ATTACHMENT_BYTES) for _ in range(attachments)]
        hashes = [hashlib.sha256(data).hexdigest() for data in files]
        for sha256, data in zip(hashes, files, strict=True):
            status, _ = await line.ask("PUT", f"/v1/blobs/{sha256}", data)
            if status >= 300:
                return status
        parts = tuple(
            wire.Part(kind=wire.PartKind.ATTACHMENT, name=f"{n}.pdf", size=len(data), sha256=sha256)
            for n, (sha256, data) in enumerate(zip(hashes, files, strict=True))
        )
        command = made.pop() if made and not attachments else submission(county, chance, parts)
        headers = {"If_Match": f'"{command.expected_rev}"', "Idempotency_Key": command.id}
        path = f"/v1/cases/{command.manifest.case}/commands"
        return (await line.ask("POST", path, command.model_dump_json().encode(), **headers))[0]

    return submit


def reader(token: str, seed: int) -> Callable[[], Awaitable[int]]:
    """Reads a hundred parcels in a box, somewhere where cases are."""
    line, chance = Line(token), random.Random(seed)

    async def read() -> int:
        west, south = 110.05 + chance.random() * 1.5, 26.3 + chance.random() * 2.4
        path = f"/ogc/collections/parcels/items?bbox={west},{south},{west + 0.25},{south + 0.25}&limit=100"
        return (await line.ask("GET", path))[0]

    return read


def submission(county: str, chance: random.Random, parts: tuple[wire.Part, ...]) -> wire.Command:
    """A case of 20 parcels somewhere in the province."""
    origin = (38_400_000 + chance.random() * 2e5, 2_900_000 + chance.random() * 3e5)
    return MadeUpCase(county, parcels=PARCELS, origin=origin).submit(to=county[:4], attachments=parts)


def wait() -> None:
    """Until the service is ready."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/ready", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the service did not become ready")


def sign_in(name: str) -> str:
    body = wire.SignIn(user=name, password=PASSWORD).model_dump_json().encode()
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/v1/sign-in", body)
    return json.load(urllib.request.urlopen(request, timeout=30))["access"]


def populate(admin: str) -> None:
    add_office(admin, "43", "省")
    add_user(admin, "43", "43", Role.LEADER, PASSWORD)
    for prefecture in sorted({county[:4] for county in COUNTIES}):
        add_office(admin, prefecture, prefecture)
    for county in COUNTIES:
        add_office(admin, county, county)
        add_user(admin, county, county, Role.TECHNICIAN, PASSWORD)


async def race(seconds: float, full: bool) -> list[Figure]:
    tokens = {county: sign_in(county) for county in COUNTIES}
    first = list(tokens.items())
    figures = [
        await measured("idle polls, as many as it takes", "-", [poller(t) for _, t in first[:32]], seconds),
        await measured(
            f"posts of a case with {PARCELS} parcels, as many as it takes",
            "≥ 200/s, p99 ≤ 250 ms",
            [submitter(token, county, 0) for county, token in first[:24]],
            seconds,
        ),
    ]
    province = sign_in("43")
    figures.append(
        await measured(
            "bbox reads of up to 100 parcels, as many as it takes",
            "≥ 500/s",
            [reader(province, seed) for seed in range(16)],
            seconds,
        )
    )
    span = 600.0 if full else seconds * 4
    offices = OFFICES if full else OFFICES // 2
    pollers = [poller(first[n % len(first)][1]) for n in range(offices)]
    submitters = [submitter(token, county, ATTACHMENTS) for county, token in first]
    await asyncio.gather(*(poll() for poll in pollers[:200]))
    polls, posts = await asyncio.gather(
        measured(
            f"polls of {OFFICES} offices every {POLL_S} s while cases come in",
            f"{OFFICES // POLL_S}/s, p99 ≤ 100 ms",
            pollers,
            span,
            every_s=POLL_S * offices / OFFICES,
        ),
        measured(
            f"122 counties submit, {ATTACHMENTS} attachments of {ATTACHMENT_BYTES // 1000} kB each",
            "no error",
            submitters,
            span,
            every_s=span,
        ),
    )
    return [*figures, polls, posts]


def write(figures: list[Figure], seconds: float, workers: int) -> None:
    RESULTS.mkdir(exist_ok=True)
    names = list(Figure.__dataclass_fields__)
    with (RESULTS / "datacenter.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(names)
        out.writerows([getattr(figure, name) for name in names] for figure in figures)
    lines = [
        "# The data centre under load",
        "",
        f"{machine()}, load {os.getloadavg()[0]:.1f}; {workers} processes of the service, the database (fsync on) and "
        f"the load share it with whatever else runs; {seconds:.0f} s a measurement. CPU: of service and database, "
        f"for one request; in the mixed load for both kinds together. Made by `benchmarks/datacenter.py`.",
        "",
        "| what | per second | median ms | p95 ms | p99 ms | CPU ms a request | requests | errors | to hold |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for f in figures:
        times = f"{f.p50_ms:.0f} | {f.p95_ms:.0f} | {f.p99_ms:.0f} | {f.cpu_ms:.1f}"
        lines.append(f"| {f.what} | {f.per_s:.0f} | {times} | {f.count} | {f.errors} | {f.wanted} |")
    (RESULTS / "datacenter.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--full", action="store_true")
    given = parser.parse_args()
    cluster = PrivateCluster.temporary()
    with tempfile.TemporaryDirectory() as blobs:
        try:
            cluster.start()
            admin = cluster.create("landreview")
            upgrade(admin)
            populate(admin)
            ours = {
                "DATABASE_URL": cluster.url("landreview", "landreview_service"),
                "LANDREVIEW_BLOBS": blobs,
                "LANDREVIEW_PORT": str(PORT),
                "LANDREVIEW_WORKERS": str(given.workers),
                "LANDREVIEW_LOG_LEVEL": "WARNING",
                "LANDREVIEW_RATE": "1000000",
            }
            command, environment = [sys.executable, "-m", "datacenter", "serve"], os.environ | ours
            service = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
            try:
                Processors.session, Processors.data = service.pid, cluster.data
                wait()
                figures = asyncio.run(race(given.seconds, given.full))
            finally:
                service.terminate()
                service.wait(20)
            write(figures, given.seconds, given.workers)
        finally:
            cluster.remove()


if __name__ == "__main__":
    main()
