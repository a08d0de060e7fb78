# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's own sign-in, certificates and proxy reach the wire: asked by a real server what arrived."""

from __future__ import annotations

import datetime as dt
import http.server
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsAuthCertUtils, QgsAuthMethodConfig, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QSslCertificate

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.project.access import Access, access_to, secret_of
from landreview_plugin.sync.http import Http, Line
from landreview_plugin.sync.protocol import DIGEST_HEADER, content_digest
from landreview_plugin.sync.sign_in import Given, basic_credentials

x509 = pytest.importorskip("cryptography.x509")
MASTER = "master & 主"


@pytest.fixture(scope="module")
def manager(qgis_app: QgsApplication) -> Iterator[Any]:
    """The authentication store of the tests' profile; left as it was found."""
    manager = QgsApplication.authManager()
    if not manager.setMasterPassword(MASTER, True):
        pytest.skip("the profile of this machine has a master password of its own")
    before = set(manager.configIds())
    yield manager
    for ident in set(manager.configIds()) - before:
        manager.removeAuthenticationConfig(ident)


def stored(manager: Any, method: str, **values: str) -> str:
    """A configuration of QGIS's authentication store; its id."""
    config = QgsAuthMethodConfig(method)
    config.setName(f"{method} of the tests")
    for key, value in values.items():
        config.setConfig(key, value)
    assert manager.storeAuthenticationConfig(config)[0]
    return str(config.id())


@dataclass
class Server:
    """Answers anything and remembers what it was asked."""

    base: str
    asked: list[dict[str, str]] = field(default_factory=list)
    peers: list[str] = field(default_factory=list)


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Server = self.server.told  # type: ignore[attr-defined]
        server.asked.append(dict(self.headers.items()) | {"path": self.path})
        if isinstance(self.connection, ssl.SSLSocket):
            subject = (self.connection.getpeercert() or {}).get("subject", ())
            server.peers += [value for part in subject for _, value in part]
        self.send_response(200)
        self.send_header(DIGEST_HEADER, content_digest(b"{}"))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args: object) -> None: ...


def serve(context: ssl.SSLContext | None = None) -> tuple[http.server.ThreadingHTTPServer, Server]:
    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    if context:
        listening.socket = context.wrap_socket(listening.socket, server_side=True)
    told = Server(f"{'https' if context else 'http'}://127.0.0.1:{listening.server_address[1]}")
    listening.told = told  # type: ignore[attr-defined]
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    return listening, told


@pytest.fixture
def plain() -> Iterator[Server]:
    listening, told = serve()
    yield told
    listening.shutdown()
    listening.server_close()


def ask(server: str, access: Access, sign_in: bool = True) -> None:
    line = Line(
        server,
        Given(access.headers if sign_in else {}),
        certificate=access.certificate,
        authorities=access.authorities,
        proxies=access.proxies,
    )
    Http(line).ask("GET", "/v1/me")


def test_a_basic_sign_in_is_name_and_password(manager: Any, plain: Server) -> None:
    authcfg = stored(manager, "Basic", username="张三", password="p:ä&主")
    access = access_to(plain.base, authcfg)
    assert basic_credentials(access.headers) == ("张三", "p:ä&主")
    assert "张三" not in repr(access) and "Basic" not in repr(access)
    assert secret_of(authcfg) == "p:ä&主"
    ask(plain.base, access)
    assert plain.asked[0]["Authorization"].startswith("Basic ")


def test_header_sign_ins_are_carried_over(manager: Any, plain: Server) -> None:
    authcfg = stored(manager, "APIHeader", Authorization="Bearer t-1", **{"X-Office": "430998"})
    ask(plain.base, access_to(plain.base, authcfg))
    assert (plain.asked[0]["Authorization"], plain.asked[0]["X-Office"]) == ("Bearer t-1", "430998")


class _TokenServer(http.server.BaseHTTPRequestHandler):
    """Gives a token for a name and a password (RFC 6749, 4.3)."""

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert "grant_type=password" in form and "username=u" in form
        body = json.dumps({"access_token": "t-42", "token_type": "Bearer", "expires_in": 3600}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None: ...


def test_a_token_that_qgis_gets_by_oauth2_is_carried_over(manager: Any, plain: Server) -> None:
    if "OAuth2" not in manager.authMethodsKeys():
        pytest.skip("this QGIS was built without OAuth2")
    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _TokenServer)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    wanted = {
        "accessMethod": 0, "clientId": "office", "clientSecret": "secret", "configType": 1, "grantFlow": 2,
        "password": "p", "persistToken": False, "redirectPort": 7070, "requestTimeout": 10, "username": "u",
        "tokenUrl": f"http://127.0.0.1:{listening.server_address[1]}/token", "version": 1,
    }  # fmt: skip
    try:
        authcfg = stored(manager, "OAuth2", oauth2config=json.dumps(wanted))
        ask(plain.base, access_to(plain.base, authcfg))
        assert plain.asked[0]["Authorization"] == "Bearer t-42"
    finally:
        listening.shutdown()
        listening.server_close()


def test_a_netrc_never_takes_the_place_of_the_sign_in(
    manager: Any, plain: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    authcfg = stored(manager, "APIHeader", Authorization="Bearer t-2")
    ask(plain.base, access_to(plain.base, authcfg))
    assert plain.asked[0]["Authorization"] == "Bearer t-2"


def test_an_unknown_configuration_is_told(manager: Any) -> None:
    with pytest.raises(LandReviewError) as raised:
        access_to("https://centre.example", "0000000")
    assert raised.value.code == "E-SYNC-AUTH" and raised.value.detail is not None
    assert "0000000" in raised.value.detail.zh


@dataclass(frozen=True)
class Authority:
    """A certificate authority of an office, made for the test."""

    certificate: Any
    key: Any
    name: str

    @classmethod
    def new(cls) -> Authority:
        from cryptography.hazmat.primitives.asymmetric import rsa

        key = rsa.generate_private_key(65537, 2048)
        name = f"某省CA {x509.random_serial_number():x}"
        return cls(_certificate(name, name, key, key, authority=True), key, name)

    def issue(self, name: str, folder: Path, passphrase: bytes = b"") -> tuple[Path, Path]:
        """Files of a certificate and its key."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa

        key = rsa.generate_private_key(65537, 2048)
        certificate = _certificate(name, self.name, key, self.key)
        paths = folder / f"{name}.crt", folder / f"{name}.key"
        paths[0].write_bytes(pem_of(certificate))
        secret = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
        kind = serialization.PrivateFormat.TraditionalOpenSSL
        paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, secret))
        return paths


def pem_of(certificate: Any) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return bytes(certificate.public_bytes(serialization.Encoding.PEM))


def bundled(certificate: Path, key: Path, target: Path, passphrase: bytes) -> Path:
    """Certificate and key as one file, as an office hands it to a person."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    private = serialization.load_pem_private_key(key.read_bytes(), None)
    public = x509.load_pem_x509_certificate(certificate.read_bytes())
    sealed = serialization.BestAvailableEncryption(passphrase)
    target.write_bytes(pkcs12.serialize_key_and_certificates(b"window", private, public, None, sealed))
    return target


def _certificate(name: str, issuer: str, key: Any, signed_by: Any, *, authority: bool = False) -> Any:
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    def named(text: str) -> Any:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(issuer))
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=9))
    builder = builder.add_extension(x509.BasicConstraints(authority, None), True)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    builder = builder.add_extension(x509.SubjectAlternativeName([address]), False)
    return builder.sign(signed_by, hashes.SHA256())


def test_client_certificates_and_a_trusted_authority_reach_the_wire(manager: Any, tmp_path: Path) -> None:
    authority = Authority.new()
    trusted = QSslCertificate(pem_of(authority.certificate))
    (tmp_path / "ca.pem").write_bytes(pem_of(authority.certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue("centre", tmp_path))
    context.load_verify_locations(tmp_path / "ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    certificate, key = authority.issue("technician", tmp_path, b"secret")
    authcfg = stored(manager, "PKI-Paths", certpath=str(certificate), keypath=str(key), keypass="secret")
    listening, told = serve(context)
    try:
        with pytest.raises(LandReviewError) as raised:
            ask(told.base, access_to(told.base, authcfg), sign_in=False)
        assert raised.value.code == "E-SYNC-LINE"  # QGIS does not know the office's authority yet
        assert manager.storeCertAuthority(trusted)
        assert manager.storeCertTrustPolicy(trusted, QgsAuthCertUtils.CertTrustPolicy.Trusted)
        for rebuilt in (manager.rebuildCaCertsCache, manager.rebuildCertTrustCache, manager.rebuildTrustedCaCertsCache):
            assert rebuilt()
        access = access_to(told.base, authcfg)
        assert access.certificate is not None
        assert all(Path(path).stat().st_mode & 0o077 == 0 for path in access.certificate)
        ask(told.base, access, sign_in=False)
        assert told.peers == ["technician"]
        bundle = bundled(*authority.issue("window", tmp_path), tmp_path / "窗口 & 1.p12", b"secret 1")
        authcfg = stored(manager, "PKI-PKCS#12", bundlepath=str(bundle), bundlepass="secret 1")
        ask(told.base, access_to(told.base, authcfg), sign_in=False)
        assert told.peers == ["technician", "window"]
        wrong = stored(manager, "PKI-PKCS#12", bundlepath=str(bundle), bundlepass="other")
        with pytest.raises(LandReviewError, match="E-SYNC-AUTH"):
            access_to(told.base, wrong)
    finally:
        manager.removeCertTrustPolicy(trusted)
        manager.removeCertAuthority(trusted)
        listening.shutdown()
        listening.server_close()


def test_the_proxy_of_qgis_is_the_proxy_of_sync(manager: Any, plain: Server) -> None:
    port = QUrl(plain.base).port()
    network = QgsNetworkAccessManager.instance()
    proxy = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", port, "u", "p@:")
    before = network.fallbackProxy()
    try:
        network.setFallbackProxyAndExcludes(proxy, ["http://127.0.0.1:9/left/out"], [])
        access = access_to("http://localhost:9", "")
        assert access.proxies["http"] == f"http://u:p%40:@127.0.0.1:{port}"
        ask("http://localhost:9", access)
        assert plain.asked[0]["path"] == "http://localhost:9/v1/me"
        assert access_to("http://127.0.0.1:9/left/out", "").proxies == {}
    finally:
        network.setFallbackProxyAndExcludes(before, [], [])
