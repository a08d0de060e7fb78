# SPDX-License-Identifier: GPL-2.0-or-later
"""A bad line: a proxy that knows where a request ends, and does to it what a plan says. Seeded; real sockets."""

from __future__ import annotations

import contextlib
import random
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"(?im)^content-length: *(\d+)\r?$")
_PAGE = b"<html><body>a proxy's own page</body></html>"


class Fault(StrEnum):
    """What may happen to one request."""

    NONE = "none"
    REFUSE = "refuse"
    """The connection is reset before a byte arrives."""
    LOSE_REQUEST = "lose_request"
    """The request is cut off at a byte; the centre sees half of it."""
    LOSE_ANSWER = "lose_answer"
    """The centre did it, and its answer is lost."""
    CUT_ANSWER = "cut_answer"
    FLIP_REQUEST = "flip_request"
    """One bit of the body."""
    FLIP_ANSWER = "flip_answer"
    STATUS_BEFORE = "status_before"
    """500, 502, 503 or 429 by something before the centre, which never saw it."""
    STATUS_AFTER = "status_after"
    """502 although the centre did it."""
    DUPLICATE = "duplicate"
    REPLAY_LATER = "replay_later"
    """A copy arrives again after the next request: out of order."""
    DELAY = "delay"
    HANG = "hang"


ALL = tuple(Fault)
Plan = Callable[[bytes], Fault]


def seeded(seed: int, share: float, faults: tuple[Fault, ...] = ALL[1:]) -> Plan:
    """Every request meets a fault with this probability; the same seed, the same line."""
    chance = random.Random(seed)
    lock = threading.Lock()

    def plan(head: bytes) -> Fault:
        with lock:
            return chance.choice(faults) if chance.random() < share else Fault.NONE

    return plan


def once(fault: Fault, path: bytes = b"", count: int = 1) -> Plan:
    """The first ``count`` requests whose first line holds ``path`` meet the fault; no other one does."""
    left = [count]

    def plan(head: bytes) -> Fault:
        if left[0] and path in head.split(b"\r\n", 1)[0]:
            left[0] -= 1
            return fault
        return Fault.NONE

    return plan


class Proxy:
    """Listens on a loopback port, passes requests on to the centre, counts what comes through."""

    def __init__(self, target: str, plan: Plan, *, seed: int = 0, break_every: int = 0, hang_s: float = 0.6) -> None:
        self.turn_to(target)
        self.plan = plan
        self._chance = random.Random(seed)
        self._break_every, self._hang_s = break_every, hang_s
        self._through = 0
        self._held: list[bytes] = []
        self._lock = threading.Lock()
        self.met: dict[Fault, int] = dict.fromkeys(Fault, 0)
        self.breaks = 0
        self.body_bytes = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads: list[threading.Thread] = []
        self._closing = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def turn_to(self, target: str) -> None:
        """Pass requests on to another address from now on."""
        parts = urlsplit(target)
        self._target = (parts.hostname or "", parts.port or 80)

    def close(self) -> None:
        """Stop listening."""
        self._closing.set()
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            client.settimeout(10)
            request = self._read_request(client)
            if request is None:
                _reset(client)
                return
            with self._lock:
                fault = self.plan(request.split(b"\r\n\r\n", 1)[0])
                self.met[fault] += 1
            self._do(fault, client, request)
            held = []
            if fault is not Fault.REPLAY_LATER:
                with self._lock:
                    held, self._held = self._held, []
            for late in held:
                self._asked(late)

    def _do(self, fault: Fault, client: socket.socket, request: bytes) -> None:
        match fault:
            case Fault.REFUSE:
                _reset(client)
            case Fault.LOSE_REQUEST:
                self._half(request)
                _reset(client)
            case Fault.LOSE_ANSWER:
                self._asked(request)
                _reset(client)
            case Fault.STATUS_BEFORE:
                client.sendall(_page(self._chance.choice([500, 502, 503, 429])))
            case Fault.STATUS_AFTER:
                self._asked(request)
                client.sendall(_page(502))
            case Fault.HANG:
                self._closing.wait(self._hang_s)
                _reset(client)
            case _:
                client.sendall(self._altered(fault, request))

    def _altered(self, fault: Fault, request: bytes) -> bytes:
        match fault:
            case Fault.CUT_ANSWER:
                answer = self._asked(request)
                return answer[: self._chance.randrange(len(answer) + 1)]
            case Fault.FLIP_REQUEST:
                return self._asked(self._flipped(request))
            case Fault.FLIP_ANSWER:
                return self._flipped(self._asked(request))
            case Fault.DUPLICATE:
                self._asked(request)
            case Fault.REPLAY_LATER:
                with self._lock:
                    self._held.append(request)
            case Fault.DELAY:
                time.sleep(self._chance.uniform(0.0, 0.05))
            case _:
                pass
        return self._asked(request)

    def _flipped(self, message: bytes) -> bytes:
        head, gap, body = message.partition(b"\r\n\r\n")
        if not body:
            return message
        at = self._chance.randrange(len(body))
        return head + gap + body[:at] + bytes([body[at] ^ (1 << self._chance.randrange(8))]) + body[at + 1 :]

    def _read_request(self, client: socket.socket) -> bytes | None:
        """A whole request; None when the line breaks or the client goes away in between."""
        data = b""
        while b"\r\n\r\n" not in data:
            piece = client.recv(65536)
            if not piece:
                return None
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head + b"\r\n")
        parts, size, whole = [body], len(body), int(length[1]) if length else 0
        broken = self._counted(len(body))
        while size < whole and not broken:
            piece = client.recv(65536)
            if not piece:
                return None
            parts.append(piece)
            size += len(piece)
            broken = self._counted(len(piece))
        return None if broken else head + b"\r\n\r\n" + b"".join(parts)

    def _counted(self, count: int) -> bool:
        """Count body bytes; True where the line breaks now."""
        with self._lock:
            self.body_bytes += count
            if not self._break_every:
                return False
            before, self._through = self._through, self._through + count
            broke = before // self._break_every != self._through // self._break_every
            self.breaks += broke
            return broke

    def _half(self, request: bytes) -> None:
        with contextlib.suppress(OSError), socket.create_connection(self._target, 5) as centre:
            centre.sendall(_closing(request)[: self._chance.randrange(len(request))])

    def _asked(self, request: bytes) -> bytes:
        """The centre's whole answer; b'' while it is away."""
        with contextlib.suppress(OSError), socket.create_connection(self._target, 10) as centre:
            centre.settimeout(10)
            centre.sendall(_closing(request))
            pieces = []
            while piece := centre.recv(65536):
                pieces.append(piece)
            return b"".join(pieces)
        return b""


@contextlib.contextmanager
def bad_line(target: str, plan: Plan, **given: float) -> Iterator[Proxy]:
    """A proxy for the time of a block."""
    proxy = Proxy(target, plan, **given)  # type: ignore[arg-type]
    try:
        yield proxy
    finally:
        proxy.close()


def _closing(request: bytes) -> bytes:
    """One request a connection: the answer then ends with it."""
    return re.sub(rb"(?im)^connection: .*\r\n", b"", request, count=1).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)


def _page(status: int) -> bytes:
    again = b"Retry-After: 1\r\n" if status == 429 else b""
    head = b"HTTP/1.1 %d Oh\r\nContent-Type: text/html\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n"
    return head % (status, again, len(_PAGE)) + _PAGE


def _reset(client: socket.socket) -> None:
    """Close with RST: what a broken line looks like."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
