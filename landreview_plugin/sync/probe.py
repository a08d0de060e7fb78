# SPDX-License-Identifier: GPL-2.0-or-later
"""Test connection: name, TCP, TLS, version, sign-in, rights, one after the other, and which of them fails."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

import requests

from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..core.workflow.offices import same_office
from .client import Centre
from .http import Line
from .protocol import VERSION, VERSION_HEADER

_SECONDS = 10.0


class Step(StrEnum):
    """The steps, in their order."""

    NAME = "name"
    TCP = "tcp"
    TLS = "tls"
    VERSION = "version"
    SIGN_IN = "sign_in"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class Probed:
    """One step: done when ``error`` is None."""

    step: Step
    facts: str = ""
    """What was found: the address, the certificate's end, who one is."""
    error: LandReviewError | None = None


def test_connection(line: Line, office: str) -> list[Probed]:
    """Every step up to the first that fails. ``office``: who the sign-in should be for (empty: anybody)."""
    done: list[Probed] = []
    for step, work in _steps(line, office):
        try:
            done.append(Probed(step, work()))
        except LandReviewError as error:
            return [*done, Probed(step, error=error)]
    return done


test_connection.__test__ = False  # type: ignore[attr-defined]  # a name for people; no test of its own


def _steps(line: Line, office: str) -> Iterator[tuple[Step, Callable[[], str]]]:
    target = urlsplit(line.server)
    proxy = _proxy(line, target)
    first = proxy or target
    yield Step.NAME, lambda: _name(first)
    yield Step.TCP, lambda: _tcp(first)
    if target.scheme == "https" and proxy is None:
        yield Step.TLS, lambda: _tls(target, line)
    centre = Centre(line, tries=1)
    yield Step.VERSION, lambda: _version(line)
    yield Step.SIGN_IN, lambda: _sign_in(centre)
    yield Step.RIGHTS, lambda: _rights(centre, office)


def _proxy(line: Line, target: SplitResult) -> SplitResult | None:
    """The proxy that the first packet goes to; None: straight to the centre."""
    host = target.hostname or ""
    named = line.proxies.get(target.scheme) or ("" if proxy_bypass(host) else getproxies().get(target.scheme, ""))
    return urlsplit(named if "//" in named else f"//{named}") if named else None


def _name(target: SplitResult) -> str:
    try:
        found = socket.getaddrinfo(target.hostname, _port(target), type=socket.SOCK_STREAM)
    except OSError as error:
        raise LandReviewError("E-SYNC-NAME", detail=f"{target.hostname}: {error}") from error
    return f"{target.hostname} → {found[0][4][0]}"


def _tcp(target: SplitResult) -> str:
    address = f"{target.hostname}:{_port(target)}"
    try:
        socket.create_connection((target.hostname or "", _port(target)), _SECONDS).close()
    except OSError as error:
        raise LandReviewError("E-SYNC-TCP", detail=f"{address}: {error}") from error
    return address


def _tls(target: SplitResult, line: Line) -> str:
    context = ssl.create_default_context(cafile=line.authorities or requests.certs.where())
    if line.certificate is not None:
        context.load_cert_chain(*line.certificate)
    try:
        with (
            socket.create_connection((target.hostname or "", _port(target)), _SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=target.hostname) as safe,
        ):
            certificate = safe.getpeercert() or {}
            return f"{safe.version()}, → {certificate.get('notAfter', '')}"
    except OSError as error:
        reason = getattr(error, "verify_message", "") or str(error)
        raise LandReviewError("E-SYNC-TLS", detail=reason) from error


def _version(line: Line) -> str:
    """Asked without a sign-in: an answer of the service itself, not of something before it."""
    try:
        answer = requests.get(
            line.server.rstrip("/") + "/health",
            headers={VERSION_HEADER: str(VERSION)},
            timeout=_SECONDS,
            proxies=dict(line.proxies),
            verify=line.authorities or True,
            cert=line.certificate,
            allow_redirects=False,
        )
    except requests.exceptions.SSLError as error:
        raise LandReviewError("E-SYNC-TLS", detail=str(error)[:300]) from error
    except requests.RequestException as error:
        raise LandReviewError("E-SYNC-TCP", detail=str(error)[:300]) from error
    spoken = answer.headers.get(VERSION_HEADER)
    if spoken != str(VERSION):
        detail = Text(zh=f"HTTP {answer.status_code}，版本{spoken or '无'}", en=f"HTTP {answer.status_code}, {spoken}")
        raise LandReviewError("E-CENTRE-VERSION", detail=detail)
    return f"LandReview {spoken}"


def _sign_in(centre: Centre) -> str:
    me = centre.me()
    return f"{me.user} · {me.office} · {me.role}"


def _rights(centre: Centre, office: str) -> str:
    """The office of the sign-in is ours, and it may read."""
    me = centre.me()
    if office and not same_office(me.office, office):
        raise LandReviewError("E-CENTRE-RIGHTS", detail=f"{me.office} ≠ {office}")
    centre.changes("", 1)
    return me.office


def _port(target: SplitResult) -> int:
    return target.port or {"https": 443, "http": 80}.get(target.scheme, 3128)
