# SPDX-License-Identifier: GPL-2.0-or-later
"""Connections that bound what comes before a request: uvicorn's own parser takes headers of any size for any time.

It also ends what only waits when the process is asked to end: uvicorn tells its connections first, the program last.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 15.0
AT_STOP = "at_stop"
"""Key in the application's state: what is called when the process is asked to end."""


class BoundedHttp(HttpToolsProtocol):
    """Closes a connection whose head is too large or too slow."""

    _seen = 0
    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A connection owes a first head."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is owed any more."""
        self._settled()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count bytes as long as a head is incomplete."""
        if self._seen > HEAD_BYTES:
            self._give_up()
            return
        if self._due is not None:
            self._seen += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A head begins."""
        if self._due is None:
            self._expect()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole; bodies are bounded by ``middleware.Guard``."""
        self._settled()
        super().on_headers_complete()

    def shutdown(self) -> None:
        """The process ends: requests under way are finished, and readers who only wait are not waited for."""
        super().shutdown()
        if at_stop := self.app_state.get(AT_STOP):
            at_stop()

    def _expect(self) -> None:
        self._due = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _settled(self) -> None:
        self._seen = 0
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _give_up(self) -> None:
        self._settled()
        self.transport.close()
