# SPDX-License-Identifier: GPL-2.0-or-later
"""A large file over TLS with a client certificate, through the nginx file of the deployment; the line is cut meanwhile.

192 MiB in the short run; the most that is allowed, 2 GiB, with LANDREVIEW_LONG=1. ``-s`` shows the figures.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread

import pytest
import requests
from datacenter_nginx import Front, needs_nginx, nginx
from datacenter_process import Process
from datacenter_service import PASSWORD, Client, free_port

from datacenter.settings import Settings
from landreview_plugin.sync.protocol import MAX_BLOB_BYTES, MAX_PIECE_BYTES

pytestmark = needs_nginx
SIZE = MAX_BLOB_BYTES if os.environ.get("LANDREVIEW_LONG") else 192 * 1024**2
CHUNK = 64 * 1024
USER, PERSON = "large@430997", "/v1/people/large@430997"
MOST_SERVICE, MOST_NGINX, MOST_DISK = 96 * 1024**2, 64 * 1024**2, 3 * MAX_PIECE_BYTES
"""Memory that the service may grow by, memory of nginx, disk of nginx: a few pieces, however large the file is."""


@dataclass(frozen=True)
class Line:
    """An office's end of the line, with a file that is too large for its memory."""

    front: Front
    http: requests.Session

    def piece(self, offset: int) -> bytes:
        """The file's bytes from an offset on: 8 MiB that differ from all others."""
        seed = hashlib.sha256(offset.to_bytes(8, "big")).digest()
        return (seed * (MAX_PIECE_BYTES // len(seed)))[: SIZE - offset]

    def sha256(self) -> str:
        whole = hashlib.sha256()
        for offset in range(0, SIZE, MAX_PIECE_BYTES):
            whole.update(self.piece(offset))
        return whole.hexdigest()

    def send(self, sha256: str, offset: int, cut: Callable[[], None] | None = None) -> requests.Response:
        """A piece; ``cut`` is called when half of it is out."""
        data = self.piece(offset)
        span = {"Content-Range": f"bytes {offset}-{offset + len(data) - 1}/{SIZE}", "Content-Length": str(len(data))}

        def bites() -> Iterator[bytes]:
            for start in range(0, len(data), CHUNK):
                if cut and start >= len(data) // 2:
                    cut()
                yield data[start : start + CHUNK]

        body = bites() if cut else data
        return self.http.put(f"{self.front.base}/v1/blobs/{sha256}", data=body, headers=span, timeout=120)

    def lacking(self, sha256: str) -> int | None:
        """From which byte on the centre wants the file; None: it has all of it."""
        answer = self.http.post(f"{self.front.base}/v1/blobs/missing", json={"sha256": [sha256]}, timeout=60)
        missing = answer.json()["missing"]
        return int(missing[0]["offset"]) if missing else None


@pytest.fixture(scope="module")
def process(settings: Settings) -> Iterator[Process]:
    """The service as a process of its own: what it needs can be told from what the tests need."""
    one = Process(replace(settings, port=free_port(), proxy="127.0.0.1", certificate_header="X-Client-SHA256"))
    one.start()
    one.wait()
    yield one
    one.kill()


@pytest.fixture(scope="module")
def line(process: Process, as_: Callable[[str, str], Client], root: Path) -> Iterator[Line]:
    """Signed in by its certificate."""
    facts = {"office": "430997", "role": "technician", "password": PASSWORD}
    with nginx(root / "datacenter" / "deploy", process.base) as front, requests.Session() as http:
        http.cert, http.verify, http.trust_env = front.pair("client"), front.trust, False
        known = facts | {"certificate": front.fingerprint("client")}
        assert as_("administrator", "430997").put(PERSON, json=known).status_code == 204
        yield Line(front, http)
        assert as_("administrator", "430997").put(PERSON, json=facts).status_code == 204


def peak_bytes(pid: int) -> int:
    """The most memory that a process ever had (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def held_bytes(pid: int, folder: Path) -> int:
    """Disk that a process holds by open files of a folder: nginx removes their names at once, no listing shows them."""
    total = 0
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            if str(link.readlink()).startswith(str(folder)):
                total += link.stat().st_size
    return total


class Watch(Thread):
    """Looks again and again how much disk nginx takes for what it has not passed on."""

    def __init__(self, front: Front) -> None:
        super().__init__(daemon=True)
        self.most, self._front, self._end = 0, front, Event()

    def run(self) -> None:
        while not self._end.wait(0.01):
            with contextlib.suppress(OSError):  # it was killed
                held = (held_bytes(pid, self._front.folder / "body") for pid in self._front.workers())
                self.most = max(self.most, sum(held))

    def stop(self) -> int:
        self._end.set()
        self.join()
        return self.most


def test_a_large_file_goes_on_where_the_line_was_cut_and_needs_no_more_memory_than_a_few_pieces(
    line: Line, process: Process
) -> None:
    sha256, pieces = line.sha256(), list(range(0, SIZE, MAX_PIECE_BYTES))
    assert line.http.get(f"{line.front.base}/v1/me", timeout=20).json()["user"] == USER
    before, watch, begun = peak_bytes(process.pid), Watch(line.front), time.monotonic()
    watch.start()
    half = pieces[len(pieces) // 2]
    for offset in pieces[: len(pieces) // 2]:
        assert line.send(sha256, offset).json() == {"sha256": sha256, "offset": offset + MAX_PIECE_BYTES}
    workers = max(map(peak_bytes, line.front.workers()))

    with pytest.raises(requests.RequestException):
        line.send(sha256, half, cut=line.front.kill)
    assert not any((line.front.folder / "body").iterdir())  # a kill leaves nothing behind
    line.front.start()

    assert line.lacking(sha256) == half  # all that was acknowledged, nothing of the piece that was cut
    assert (
        line.http.get(f"{line.front.base}/v1/blobs/{sha256}", timeout=60).status_code == 404
    )  # not there before whole
    early = line.send(sha256, pieces[-1])
    assert (early.status_code, early.json()["offset"]) == (409, half)  # and nobody can leave a hole
    for offset in pieces[len(pieces) // 2 :]:
        answer = line.send(sha256, offset)
    assert (answer.status_code, line.lacking(sha256)) == (201, None)
    sent = time.monotonic() - begun
    disk = watch.stop()

    assert came_back(line, sha256) == (SIZE, sha256)
    back = time.monotonic() - begun - sent
    after, workers = peak_bytes(process.pid), max(workers, *map(peak_bytes, line.front.workers()))
    told = {"MiB": SIZE, "service": before, "service after": after, "nginx": workers, "its disk": disk}
    figures = ", ".join(f"{name} {value / 1024**2:.0f}" for name, value in told.items())
    sys.stdout.write(f"\n{figures} MiB; up in {sent:.1f} s, down in {back:.1f} s\n")
    assert after - before < MOST_SERVICE < SIZE
    assert workers < MOST_NGINX
    assert 0 < disk <= MOST_DISK


def came_back(line: Line, sha256: str) -> tuple[int, str]:
    """Length and hash of what a download gives."""
    whole, length = hashlib.sha256(), 0
    with line.http.get(f"{line.front.base}/v1/blobs/{sha256}", stream=True, timeout=120) as answer:
        for data in answer.iter_content(1 << 20):
            whole.update(data)
            length += len(data)
    return length, whole.hexdigest()
