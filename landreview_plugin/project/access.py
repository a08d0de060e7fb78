# SPDX-License-Identifier: GPL-2.0-or-later
"""How QGIS is set up to reach a server: sign-in of its authentication store, certificates, proxy.

Secrets stay in QgsAuthManager; what leaves it here lives in memory, or in a file that only this user can read and
that goes with the process. Call it on the main thread.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsAuthCertUtils, QgsAuthManager, QgsAuthMethodConfig, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkRequest

from ..core.model.base import Text
from ..core.model.problems import LandReviewError

UNLOCKED_BY = "QGIS_AUTH_PASSWORD_FILE"
_PKI = ("PKI-Paths", "PKI-PKCS#12", "Identity-Cert")


@dataclass(frozen=True)
class Access:
    """What a request needs beside its address."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    certificate: tuple[str, str] | None = None
    """Files of client certificate and key (PEM)."""
    authorities: str = ""
    """File of the certificate authorities that QGIS trusts."""
    proxies: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def reach(self) -> dict[str, Any]:
        """All but the sign-in, by the names that a line of ``sync`` gives them."""
        return {"certificate": self.certificate, "authorities": self.authorities, "proxies": self.proxies}


def access_to(server: str, authcfg: str) -> Access:
    """How to reach ``server`` with an authentication configuration (empty: none).

    Raises E-SYNC-AUTH when the store is locked (headless: QGIS_AUTH_PASSWORD_FILE is missing), or has no such entry.
    """
    manager = QgsApplication.authManager()
    if not authcfg:
        return Access(authorities=_authorities(manager), proxies=_proxies(server))
    config = _config(manager, authcfg)
    certificate = _certificate(manager, config) if config.method() in _PKI else None
    headers = {} if certificate else _headers(manager, server, authcfg, config.method())
    return Access(headers, certificate, _authorities(manager), _proxies(server))


def secret_of(authcfg: str) -> str:
    """The password of a Basic configuration, for what is no request: a sealed file. Raises E-SYNC-AUTH."""
    return str(_config(QgsApplication.authManager(), authcfg).config("password"))


def _config(manager: QgsAuthManager, authcfg: str) -> QgsAuthMethodConfig:
    if manager.isDisabled():
        raise _locked(manager.disabledMessage())
    if not manager.masterPasswordIsSet() and not _unlocked(manager):
        raise _locked(_missing_password())
    config = QgsAuthMethodConfig()
    known = authcfg in manager.configIds()
    if not known or not manager.loadAuthenticationConfig(authcfg, config, True) or not config.method():
        raise _locked(Text(zh=f"没有认证配置{authcfg}", en=f"there is no configuration {authcfg}"))
    return config


def _unlocked(manager: QgsAuthManager) -> bool:
    """On a screen QGIS asks for the master password; without one it comes from a file, or nobody can give it."""
    return _on_a_screen() and bool(manager.setMasterPassword(True))


def _on_a_screen() -> bool:
    return bool(QgsApplication.platform() == "desktop")


def _missing_password() -> Text:
    if _on_a_screen():
        return Text(zh="未输入主密码，或主密码不符", en="the master password was not given, or is not the right one")
    named = os.environ.get(UNLOCKED_BY, "")
    if named:
        return Text(zh=f"{UNLOCKED_BY}={named}：口令不符或无法读取", en=f"{UNLOCKED_BY}={named}: wrong or unreadable")
    return Text(zh=f"未设置{UNLOCKED_BY}", en=f"{UNLOCKED_BY} is not set")


def _headers(manager: QgsAuthManager, server: str, authcfg: str, method: str) -> dict[str, str]:
    """What QGIS puts into a request; OAuth2 passes through here, too, its token kept fresh by QGIS."""
    done, request = manager.updateNetworkRequest(QNetworkRequest(QUrl(server)), authcfg)
    headers = {_text(name): _text(request.rawHeader(name)) for name in request.rawHeaderList()} if done else {}
    if not headers:
        raise _locked(Text(zh=f"{method}未给出登录信息", en=f"{method} gives no sign-in"))
    return headers


def _certificate(manager: QgsAuthManager, config: QgsAuthMethodConfig) -> tuple[str, str]:
    if config.method() == "PKI-Paths":
        certificate = QgsAuthCertUtils.certFromFile(config.config("certpath")).toPem()
        key = QgsAuthCertUtils.keyFromFile(config.config("keypath"), config.config("keypass")).toPem()
        pems = [_text(certificate), _text(key)]
    elif config.method() == "PKI-PKCS#12":
        pems = QgsAuthCertUtils.pkcs12BundleToPem(config.config("bundlepath"), config.config("bundlepass"), False)
    else:
        pems = list(manager.certIdentityBundleToPem(config.config("certid")))
    if len(pems) < 2 or not all(pems[:2]):
        raise _locked(Text(zh="证书或密钥无法读取", en="certificate or key can't be read"))
    return _kept("certificate.pem", pems[0]), _kept("key.pem", pems[1])


def _authorities(manager: QgsAuthManager) -> str:
    """The authorities that QGIS trusts, the system's and the office's; empty: those of requests."""
    pem = "" if manager.isDisabled() else _text(manager.trustedCaCertsPemText())
    return _kept("authorities.pem", pem) if pem else ""


def _proxies(server: str) -> dict[str, str]:
    """The proxy of QGIS's network settings; none for hosts that it leaves out."""
    network = QgsNetworkAccessManager.instance()
    left_out = (*network.excludeList(), *network.noProxyList())
    if any(server.startswith(prefix) for prefix in left_out if prefix):
        return {}
    proxy = network.fallbackProxy()
    kinds = {
        QNetworkProxy.ProxyType.HttpProxy: "http",
        QNetworkProxy.ProxyType.HttpCachingProxy: "http",
        QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
    }
    kind = kinds.get(proxy.type())
    if kind is None or not proxy.hostName():
        return {}
    url = QUrl()
    url.setScheme(kind)
    url.setHost(proxy.hostName())
    url.setPort(proxy.port())
    url.setUserName(proxy.user())
    url.setPassword(proxy.password())
    address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    return {"http": address, "https": address}


_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def _kept(name: str, text: str) -> str:
    """A file in a folder that only this user can open, and that goes with the process."""
    if not _FOLDERS:
        _FOLDERS.append(tempfile.TemporaryDirectory(prefix="landreview-access-", ignore_cleanup_errors=True))
        atexit.register(_FOLDERS[0].cleanup)
    path = Path(_FOLDERS[0].name) / name
    path.write_text(text, encoding="ascii")
    path.chmod(0o600)
    return str(path)


def _text(value: object) -> str:
    return bytes(value).decode("latin-1")  # type: ignore[call-overload]  # a QByteArray


def _locked(detail: Text | str) -> LandReviewError:
    return LandReviewError("E-SYNC-AUTH", detail=detail)
