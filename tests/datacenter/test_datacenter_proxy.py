# SPDX-License-Identifier: GPL-2.0-or-later
"""The nginx file that offices are given, run as it is in front of the service, but for ports and folders."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
import requests
from datacenter_service import PASSWORD, Client, free_port, running

from datacenter.settings import Settings
from landreview_plugin.sync.protocol import MAX_PIECE_BYTES

As = Callable[[str, str], Client]
MODULE = Path("/usr/lib/nginx/modules/ngx_http_js_module.so")
pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None or not MODULE.exists(), reason="apt install nginx-light libnginx-mod-http-js"
)
MAIN = """
load_module {module};
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/landreview.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    """The proxy's address, what trusts it, and the certificates of two clients: one of the office, one of nobody."""

    base: str
    folder: Path

    def get(self, path: str, certificate: str = "", **headers: str) -> requests.Response:
        """One request on a connection of its own."""
        pair = tuple(str(self.folder / f"{certificate}.{end}") for end in ("pem", "key")) if certificate else None
        return requests.get(self.base + path, headers=headers, cert=pair, verify=self.trust, timeout=60)

    @property
    def trust(self) -> str:
        return str(self.folder / "clients-ca.pem")

    def fingerprint(self, certificate: str) -> str:
        pem = (self.folder / f"{certificate}.pem").read_text(encoding="utf-8")
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def openssl(*arguments: str, folder: Path) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def certificates(folder: Path) -> None:
    """An authority; the centre's certificate; a client's by the authority, and one that a client made itself."""
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    openssl(*made, "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "clients-ca.pem", folder=folder)
    openssl(*made, "-subj", "/CN=stranger", "-keyout", "stranger.key", "-out", "stranger.pem", folder=folder)
    (folder / "names").write_text("subjectAltName=DNS:localhost", encoding="utf-8")
    for name in ("centre", "client"):
        request = ("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}")
        openssl(*request, "-keyout", f"{name}.key", "-out", f"{name}.csr", folder=folder)
        signed = ("x509", "-req", "-in", f"{name}.csr", "-CA", "clients-ca.pem", "-CAkey", "ca.key", "-CAcreateserial")
        openssl(*signed, "-days", "2", "-extfile", "names", "-out", f"{name}.pem", folder=folder)


@contextlib.contextmanager
def nginx(folder: Path, deploy: Path, service: str) -> Iterator[Front]:
    """nginx with the file of ``datacenter/deploy``; ports and folders are the test's."""
    certificates(folder)
    port = free_port()
    text = (deploy / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("http://127.0.0.1:8430", service),
        ("/etc/landreview/tls", str(folder)),
        ("/etc/landreview/client_certificate.js", str(deploy / "client_certificate.js")),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "landreview.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, module=MODULE), encoding="utf-8")
    process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    front = Front(f"https://localhost:{port}", folder)
    try:
        until = time.monotonic() + 20
        while not _answers(front):
            assert process.poll() is None and time.monotonic() < until, (folder / "error.log").read_text()
            time.sleep(0.05)
        yield front
    finally:
        process.terminate()
        process.wait(20)


def _answers(front: Front) -> bool:
    try:
        return front.get("/health").status_code == 200
    except requests.ConnectionError:
        return False


@pytest.fixture(scope="module")
def front(settings: Settings, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Front]:
    """The service behind nginx, as docs/datacenter.md says."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    for above in list(folder.parents)[:2]:  # as root, nginx works as another user
        above.chmod(above.stat().st_mode | 0o011)
    given = replace(settings, port=free_port(), proxy="127.0.0.1", certificate_header="X-Client-SHA256")
    with running(given) as base, nginx(folder, root / "datacenter" / "deploy", base) as ready:
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


def test_figures_are_not_for_outside(front: Front) -> None:
    assert {front.get(path).status_code for path in ("/metrics", "//metrics", "/%6detrics", "/metrics/")} == {403}


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
