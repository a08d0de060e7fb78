# SPDX-License-Identifier: GPL-2.0-or-later
"""``make datacenter``: a centre to try, on a private PostgreSQL, with offices, people and cases; gone when it stops."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from landreview_plugin.core.model.problems import LandReviewError

from .cluster import PrivateCluster
from .demo_cases import send_cases
from .services.administration import add_office, add_user
from .services.people import Role
from .settings import Settings
from .storage.upgrade import upgrade

PASSWORD = "landreview-demo"  # noqa: S105 - printed for everybody who tries it
OFFICES = {
    "43": "湖南省",
    "4309": "益阳市",
    "430998": "示范县",
    "430981": "沅江市",
    "430922": "桃江县",
    "430998101": "示范镇",
    "4301": "长沙市",
}
_TOLD = """
LandReview data centre (for trials: everything is deleted when it stops)
  address    {base}
  OpenAPI    {base}/openapi.json
  offices    {offices}
  people     window@…, technician@…, reviewer@…, leader@…, administrator@…, auditor@… (technician@430998)
  password   {password}
  cases      {cases} handed over by 430998 and its neighbours
  sign in    curl {base}/v1/sign-in -H 'Content-Type: application/json' \\
                  -d '{{"user": "leader@4309", "password": "{password}"}}'
  then       curl {base}/v1/cases -H 'Authorization: Bearer ACCESS'
  in QGIS    Layer, Add WFS / OGC API Features: {base}/ogc
  stop       Ctrl+C, or: kill {pid}
"""


def run(settings: Settings) -> None:
    """Start everything, say where it is, and wait for the end."""
    _nobody_there(settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # kill stops it as Ctrl+C does
    folder = Path(tempfile.mkdtemp(prefix="landreview-centre-"))
    cluster = PrivateCluster.temporary(safe=False)
    try:
        cluster.start()
        admin = cluster.create("landreview")
        upgrade(admin)
        populate(admin)
        base = f"http://{settings.host}:{settings.port}"
        with _service(cluster.url("landreview", "landreview_service"), folder) as process:
            _wait(base, process)
            cases = send_cases(base, PASSWORD)
            offices = ", ".join(f"{code} {name}" for code, name in OFFICES.items())
            told = _TOLD.format(base=base, offices=offices, password=PASSWORD, cases=cases, pid=os.getpid())
            sys.stdout.write(told)
            sys.stdout.flush()
            process.wait()
    except KeyboardInterrupt:
        sys.stdout.write("stopped\n")
    finally:
        cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)


def populate(admin_url: str) -> None:
    """The demo's offices, each with a person of each role."""
    for code, name in OFFICES.items():
        add_office(admin_url, code, name)
    for code in OFFICES:
        for role in Role:
            add_user(admin_url, f"{role.value}@{code}", code, role, PASSWORD)


@contextmanager
def _service(url: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "LANDREVIEW_BLOBS": str(folder),
        "LANDREVIEW_LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen([sys.executable, "-m", "datacenter", "serve"], env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _nobody_there(settings: Settings) -> None:
    """Cases of the demo must never go to another centre that answers at this address. Raises E-CENTRE-SETTINGS."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the service: closed connections don't count
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            told = f"LANDREVIEW_PORT={settings.port} ({settings.host}): {error.strerror}"
            raise LandReviewError("E-CENTRE-SETTINGS", detail=told) from error


def _wait(base: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/ready", timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    raise LandReviewError("E-CENTRE-BUSY", detail=base)
