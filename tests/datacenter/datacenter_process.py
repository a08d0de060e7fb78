# SPDX-License-Identifier: GPL-2.0-or-later
"""The service as a process of its own, so that it can be killed; and clients that go on over its deaths."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests
from datacenter_service import PASSWORD

from datacenter.made_up import MadeUpCase, order
from datacenter.settings import Settings
from landreview_plugin.sync import protocol as wire

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """``python -m datacenter serve``."""

    def __init__(self, settings: Settings) -> None:
        self.base = f"http://127.0.0.1:{settings.port}"
        self._environment = os.environ | {
            "DATABASE_URL": settings.database_url,
            "LANDREVIEW_BLOBS": str(settings.blobs),
            "LANDREVIEW_PORT": str(settings.port),
            "LANDREVIEW_WORKERS": str(settings.workers),
            "LANDREVIEW_LOG_LEVEL": "CRITICAL",
            "LANDREVIEW_RATE": "100000",
            "LANDREVIEW_PROXY": settings.proxy,
            "LANDREVIEW_CERTIFICATE_HEADER": settings.certificate_header,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; the database may be away."""
        self._process = subprocess.Popen([sys.executable, "-m", "datacenter", "serve"], cwd=ROOT, env=self._environment)

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> float:
        """SIGTERM, as systemd and containers stop it; gives the seconds until it has ended."""
        assert self._process is not None
        begun = time.monotonic()
        self._process.terminate()
        self._process.wait(30)
        return time.monotonic() - begun

    def wait(self, seconds: float = 60) -> None:
        """Until it is ready."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if requests.get(f"{self.base}/ready", timeout=5).status_code == 200:
                    return
            except requests.RequestException:
                time.sleep(0.05)
        raise AssertionError("the service did not become ready")


@dataclass
class Office(threading.Thread):
    """Hands over cases with a file and annotates them, repeating what got no answer, until it is told to stop."""

    base: str
    seed: int
    keep_ids: bool = True
    """False: the negative control, a client that makes a new id for each try."""
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[wire.Receipt] = field(default_factory=list)
    wanted: int = 0
    """Things that the office wanted to happen once and that were acknowledged."""
    files: dict[str, bytes] = field(default_factory=dict)
    lost_answers: int = 0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._http = requests.Session()
        self._chance = random.Random(self.seed)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        self._sign_in()
        while not self.stop.is_set():
            data = self._chance.randbytes(self._chance.randint(1, 200_000))
            sha256 = hashlib.sha256(data).hexdigest()
            case = MadeUpCase(parcels=3)
            part = wire.Part(kind=wire.PartKind.ATTACHMENT, name="a.bin", size=len(data), sha256=sha256)
            if not self._upload(sha256, data) or not self._command(case, case.submit(attachments=(part,))):
                return
            self.files[sha256] = data
            for n in range(2):
                if not self._command(case, order("annotate", 1, text=f"{n}")):
                    return

    def _sign_in(self) -> None:
        user = {"user": "technician@430998", "password": PASSWORD}
        answer = self._try("POST", "/v1/sign-in", json=user)
        if answer is not None and answer.status_code == 200:
            self._http.headers["Authorization"] = f"Bearer {answer.json()['access']}"

    def _upload(self, sha256: str, data: bytes) -> bool:
        offset = 0
        while offset < len(data):
            piece = data[offset : offset + 65_536]
            span = {"Content-Range": f"bytes {offset}-{offset + len(piece) - 1}/{len(data)}"}
            answer = self._try("PUT", f"/v1/blobs/{sha256}", data=piece, headers=span)
            if answer is None:
                return False
            if answer.status_code == 201:
                return True
            offset = answer.json()["offset"] if answer.status_code in (202, 409) else self._unexpected(answer)
        return True

    def _command(self, case: MadeUpCase, command: wire.Command) -> bool:
        path, tries = f"/v1/cases/{case.case}/commands", 0
        while True:
            if tries and not self.keep_ids and command.type is wire.CommandType.ANNOTATE:
                command = order("annotate", 1, text=command.text)
            headers = {"If-Match": f'"{command.expected_rev}"', "Idempotency-Key": command.id}
            answer = self._try("POST", path, once=True, data=command.model_dump_json().encode(), headers=headers)
            tries += 1
            if answer is None:
                if self.stop.is_set():
                    return False
                continue
            if answer.status_code != 200:
                self._unexpected(answer)
                return False
            self.acknowledged.append(wire.Receipt.model_validate_json(answer.content))
            self.wanted += 1
            return True

    def _try(self, method: str, path: str, once: bool = False, **given: object) -> requests.Response | None:
        """The answer, or None when the office is told to stop (or, ``once``, when the answer was lost)."""
        while not self.stop.is_set():
            try:
                answer = self._http.request(method, self.base + path, timeout=10, **given)  # type: ignore[arg-type]
                whole = wire.digest_holds(answer.headers.get(wire.DIGEST_HEADER, ""), answer.content)
                if whole and answer.status_code != 503:
                    return answer  # requests itself takes an answer that was cut off for a short one
                self.lost_answers += not whole
            except requests.RequestException:
                self.lost_answers += 1
            time.sleep(0.02)
            if once:
                return None
        return None

    def _unexpected(self, answer: requests.Response) -> int:
        self.wrong.append(f"{answer.status_code} {answer.text[:300]}")
        self.stop.set()
        return 1 << 40
