# SPDX-License-Identifier: GPL-2.0-or-later
"""Around every request: a number, a bounded body in bounded time, digests, the protocol's version, a log line."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from landreview_plugin.sync.protocol import (
    DIGEST_HEADER,
    MAX_BODY_BYTES,
    MAX_PIECE_BYTES,
    VERSION,
    VERSION_HEADER,
    content_digest,
    digest_holds,
)

from .metrics import IN_WORK, REQUESTS, SECONDS
from .problems import Refusal, answer, refusal_of

_LOG = logging.getLogger("datacenter.requests")
_LARGEST = max(MAX_BODY_BYTES, MAX_PIECE_BYTES)
_SMALL_DIGITS = 5
"""Bodies below 100 kB need no leave."""
_LARGE_AT_ONCE = 64
_LONGEST_LENGTH = 15
_DIGESTED = 4 * 1024 * 1024


class Guard:
    """Reads the body before the application sees the request: whole, small enough, soon enough, as it was sent."""

    def __init__(self, app: ASGIApp, body_seconds: float) -> None:
        self._app = app
        self._body_seconds = body_seconds
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["landreview.request"] = number = str(uuid.uuid4())
        told = _Told(scope, send, number)
        IN_WORK.inc()
        try:
            async with self._room(scope):
                await self._answered(scope, _replay(await self._body(scope, receive), receive), told)
        except Refusal as refusal:
            await answer(refusal)(scope, receive, told)
        finally:
            IN_WORK.dec()
            told.log()

    @asynccontextmanager
    async def _room(self, scope: Scope) -> AsyncIterator[None]:
        """Room in memory for a large body: a bounded number at once, however many knock."""
        length = Headers(scope=scope).get("content-length", "")
        large = length if length.isdecimal() else Headers(scope=scope).get("transfer-encoding", "")
        if not large or (large.isdecimal() and len(large) <= _SMALL_DIGITS):
            yield
            return
        try:
            await asyncio.wait_for(self._large.acquire(), self._body_seconds)
        except TimeoutError as error:
            raise Refusal(503, "E-CENTRE-BUSY", retry_s=5) from error
        try:
            yield
        finally:
            self._large.release()

    async def _answered(self, scope: Scope, receive: Receive, told: _Told) -> None:
        try:
            await self._app(scope, receive, told)
        except Exception as error:  # the border of a request: nobody is left without an answer
            _LOG.exception("unforeseen", extra={"request": told.number})
            if told.begun_to_send:
                raise
            await answer(refusal_of(error, told.number))(scope, receive, told)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        headers = Headers(scope=scope)
        if (version := headers.get(VERSION_HEADER)) is not None and version != str(VERSION):
            raise Refusal(400, "E-CENTRE-VERSION", f"{version[:20]} ≠ {VERSION}")
        length = headers.get("content-length", "0")
        if length.isdecimal() and (len(length) > _LONGEST_LENGTH or int(length) > _LARGEST):
            raise Refusal(413, "E-CENTRE-SIZE", f"{_LARGEST}")
        try:
            body = await asyncio.wait_for(_read(receive), self._body_seconds)
        except TimeoutError as error:
            raise Refusal(408, "E-CENTRE-REQUEST", f"> {self._body_seconds:.0f} s") from error
        if (digest := headers.get(DIGEST_HEADER)) is not None and not digest_holds(digest, body):
            raise Refusal(422, "E-CENTRE-DIGEST")
        return body


async def _read(receive: Receive) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "E-CENTRE-REQUEST", "disconnected")
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > _LARGEST:
            raise Refusal(413, "E-CENTRE-SIZE", f"{_LARGEST}")
        if not message.get("more_body"):
            return b"".join(pieces)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


class _Told:
    """The way out: headers on every answer, and what the log line tells."""

    def __init__(self, scope: Scope, send: Send, number: str) -> None:
        self._scope = scope
        self._send = send
        self.number = number
        self._begun = time.perf_counter()
        self._start: Message | None = None
        self._status = 0
        self.begun_to_send = False

    async def __call__(self, message: Message) -> None:
        """Pass a message on; the start waits for the first bytes, so that a small body's digest can stand there."""
        if message["type"] == "http.response.start":
            self._start, self._status = message, message["status"]
            return
        if self._start is not None:
            self._finish_headers(message)
            start, self._start = self._start, None
            self.begun_to_send = True
            await self._send(start)
        await self._send(message)

    def _finish_headers(self, first: Message) -> None:
        assert self._start is not None
        headers = MutableHeaders(raw=self._start["headers"])
        headers[VERSION_HEADER] = str(VERSION)
        headers["X-Request-Id"] = self.number
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Content-Type-Options"] = "nosniff"
        body = first.get("body", b"")
        if not first.get("more_body") and len(body) <= _DIGESTED and first["type"] == "http.response.body":
            headers[DIGEST_HEADER] = content_digest(body)

    def log(self) -> None:
        """One line and the figures of a request."""
        seconds = time.perf_counter() - self._begun
        route = getattr(self._scope.get("route"), "path", "none")
        method = str(self._scope["method"])[:10]
        REQUESTS.labels(method, route, self._status).inc()
        SECONDS.labels(route).observe(seconds)
        facts: dict[str, Any] = {
            "request": self.number,
            "method": method,
            "route": route,
            "path": str(self._scope["path"])[:300],
            "status": self._status,
            "seconds": round(seconds, 4),
            "person": self._scope.get("landreview.person", ""),
            "peer": (self._scope.get("client") or ("",))[0],
        }
        _LOG.info("request", extra=facts)
