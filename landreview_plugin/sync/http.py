# SPDX-License-Identifier: GPL-2.0-or-later
"""One request and its answer over a line that may do anything: every byte is checked, nothing is waited for in vain."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import requests
from pydantic import ValidationError

from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from .protocol import (
    DIGEST_HEADER,
    PROBLEM_MEDIA_TYPE,
    VERSION,
    VERSION_HEADER,
    WireProblem,
    content_digest,
    digest_holds,
)

MAX_ANSWER_BYTES = 64 * 1024 * 1024
_CHUNK = 64 * 1024
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may simply be made again."""


class LineError(LandReviewError):
    """The line or the centre's front failed: nothing is known of the request, it may be made again."""

    def __init__(self, detail: Text | str, retry_s: float = 0.0) -> None:
        super().__init__("E-SYNC-LINE", detail=detail)
        self.retry_s = retry_s
        """What the other side asked to wait."""


class RefusedError(LandReviewError):
    """The centre's own answer: no. ``problem`` says why; the request was not carried out."""

    def __init__(self, problem: WireProblem) -> None:
        super().__init__(problem.code, message=problem.message, detail=problem.reason, hint=problem.hint)
        self.problem = problem


class SignInHeaders(Protocol):
    """Hands in what a request carries to be let in; ``renew``: the centre did not take the last ones."""

    def __call__(self, *, renew: bool = False) -> Mapping[str, str]:
        """Headers such as ``Authorization``."""


def no_sign_in(*, renew: bool = False) -> Mapping[str, str]:
    """For what needs none."""
    return {}


@dataclass(frozen=True)
class Line:
    """How to reach the centre: address, sign-in, certificates, proxies, and how long to wait."""

    server: str
    sign_in: SignInHeaders = no_sign_in
    certificate: tuple[str, str] | None = None
    """Client certificate and key, as files."""
    authorities: str = ""
    """File of the certificate authorities; empty: those of requests."""
    proxies: Mapping[str, str] = field(default_factory=dict)
    connect_s: float = 10.0
    silence_s: float = 40.0
    """Longest time without a byte."""
    answer_s: float = 120.0
    """Longest time for a whole answer: a line that drips is a line that hangs."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.server)
        local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
        if not parts.hostname or parts.scheme not in {"http", "https"} or (parts.scheme == "http" and not local):
            raise LandReviewError("E-SYNC-ADDRESS", detail=self.server)


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole, checked answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http:
    """A session with the centre. Not for several threads."""

    def __init__(self, line: Line, clock: Callable[[], float] = time.monotonic) -> None:
        self.line = line
        self._clock = clock
        self._session = requests.Session()
        self._session.trust_env = not line.proxies
        self._session.auth = _as_it_is  # else a .netrc would take the place of our own sign-in
        self._session.proxies.update(line.proxies)
        self._session.cert = line.certificate
        self.requests = 0
        self.sent_bytes = 0
        self.received_bytes = 0

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        silence_s: float | None = None,
    ) -> Answered:
        """One exchange, signed in; a 401 is asked again once, renewed. Raises LineError or RefusedError."""
        try:
            return self.once(method, path, body, {**self.line.sign_in(), **(headers or {})}, silence_s)
        except RefusedError as refused:
            if refused.problem.status != 401:
                raise
        return self.once(method, path, body, {**self.line.sign_in(renew=True), **(headers or {})}, silence_s)

    def once(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        silence_s: float | None = None,
    ) -> Answered:
        """One exchange with just these headers."""
        sent = {VERSION_HEADER: str(VERSION), DIGEST_HEADER: content_digest(body or b""), **(headers or {})}
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        until = self._clock() + self.line.answer_s + (silence_s or 0.0)
        self.requests += 1
        self.sent_bytes += len(body or b"")
        try:
            with self._session.request(
                method,
                self.line.server.rstrip("/") + path,
                data=body,
                headers=sent,
                timeout=(self.line.connect_s, self.line.silence_s + (silence_s or 0.0)),
                allow_redirects=False,  # the sign-in must not travel to wherever an answer points
                stream=True,
                verify=self.line.authorities or True,  # given here: a variable REQUESTS_CA_BUNDLE beats the session's
            ) as response:
                return _checked(response, self._read(response, until))
        except (requests.RequestException, OSError) as error:
            raise LineError(_line_detail(error)) from error

    def _read(self, response: requests.Response, until: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_ANSWER_BYTES:
                raise LineError(Text(zh="应答过大", en="the answer is too large"))
            if self._clock() > until:
                raise LineError(Text(zh="应答过慢", en="the answer came too slowly"))
        self.received_bytes += size
        expected = response.headers.get("Content-Length")
        if expected is not None and expected.isdecimal() and "Content-Encoding" not in response.headers:
            _expect(size == int(expected), Text(zh="应答不完整", en="the answer was cut off"))
        return b"".join(pieces)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _checked(response: requests.Response, body: bytes) -> Answered:
    """The answer, if its bytes are those that the centre sent; a proxy's page is no answer of the centre."""
    digest = response.headers.get(DIGEST_HEADER)
    problem = response.headers.get("Content-Type", "").startswith(PROBLEM_MEDIA_TYPE)
    status = response.status_code
    if digest is None:
        raise LineError(Text.same(f"HTTP {status}"), _wait_s(response))
    _expect(digest_holds(digest, body), Text(zh="应答校验值不符", en="the answer differs from its digest"))
    if 200 <= status < 300:
        return Answered(status, response.headers, body)
    if not problem:
        raise LineError(Text.same(f"HTTP {status}"), _wait_s(response))
    refused = RefusedError(_problem(body))
    if status in _AGAIN or refused.code == "E-CENTRE-DIGEST":
        raise LineError(Text.same(f"HTTP {status} {refused}"), _wait_s(response))
    raise refused


def _problem(body: bytes) -> WireProblem:
    try:
        return WireProblem.model_validate_json(body)
    except ValidationError as error:
        raise LineError(Text(zh="应答无法解析", en="the answer can't be read")) from error


def _expect(holds: bool, detail: Text) -> None:
    if not holds:
        raise LineError(detail)


def _wait_s(response: requests.Response) -> float:
    value = response.headers.get("Retry-After", "")
    return min(float(value), 900.0) if value.isdecimal() else 0.0


def _line_detail(error: Exception) -> str:
    """The innermost reason: the outer ones only repeat that something failed."""
    inner: BaseException = error
    while (cause := inner.__cause__ or inner.__context__) is not None:
        inner = cause
    return f"{type(inner).__name__}: {inner}"[:300]
