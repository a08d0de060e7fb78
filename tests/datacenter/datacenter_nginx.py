# SPDX-License-Identifier: GPL-2.0-or-later
"""nginx with the file that offices are given, but for ports and folders; it can be killed and started again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from datacenter_service import free_port

MODULE = Path("/usr/lib/nginx/modules/ngx_http_js_module.so")
needs_nginx = pytest.mark.skipif(
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


@dataclass
class Front:
    """The proxy's address, what trusts it, and the certificates of two clients: one of the office, one of nobody."""

    base: str
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers for the service."""
        command = ["nginx", "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")]
        self.process = subprocess.Popen(command, start_new_session=True)
        until = time.monotonic() + 20
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < until, self._log()
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for it and its workers: a line that is cut."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        """In good order."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(20)

    def workers(self) -> list[int]:
        """Numbers of the processes that carry the lines."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text(encoding="utf-8").split()]

    def _log(self) -> str:
        log = self.folder / "error.log"
        return log.read_text(encoding="utf-8") if log.exists() else "no log"

    def _answers(self) -> bool:
        try:
            return self.get("/health").status_code == 200
        except requests.ConnectionError:
            return False

    def get(self, path: str, certificate: str = "", **headers: str) -> requests.Response:
        """One request on a connection of its own."""
        pair = self.pair(certificate) if certificate else None
        return requests.get(self.base + path, headers=headers, cert=pair, verify=self.trust, timeout=60)

    def pair(self, certificate: str) -> tuple[str, str]:
        """Certificate and key of a client."""
        return str(self.folder / f"{certificate}.pem"), str(self.folder / f"{certificate}.key")

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
def nginx(deploy: Path, service: str) -> Iterator[Front]:
    """nginx with the file of ``datacenter/deploy``; ports and folders are the test's.

    Started by root it works as another user, so its folder is none of pytest's: each run of pytest closes those anew.
    """
    with tempfile.TemporaryDirectory(prefix="landreview-nginx-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        certificates(folder)
        front = configured(folder, deploy, service)
        try:
            front.start()
            yield front
        finally:
            front.stop()


def configured(folder: Path, deploy: Path, service: str) -> Front:
    """A front that is not started yet."""
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
    return Front(f"https://localhost:{port}", folder)
