# SPDX-License-Identifier: GPL-2.0-or-later
"""A small server of features for the tests: WFS, OGC API Features and ArcGIS REST, with the faults of real ones."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from land_answers import ERROR, EXCEPTION, Box, arcgis, ogc_api, wfs


@dataclass
class Behaviour:
    """What the server has, and what it does with a request for it."""

    boxes: Sequence[Box]
    """One rectangle each, in EPSG:4526 (east, north); by OGC API Features in degrees (CRS84)."""
    limit: int | None = None
    """Features sent at most in one answer."""
    pages: bool = False
    """Whether ``startIndex`` is understood (WFS), ``next`` links are given (OGC API), offsets are known (ArcGIS)."""
    matched: str = "number"
    """``number`` (of all that match), ``limited`` (never above the limit), ``unknown``, ``absent``."""
    fault: str = ""
    """For requests of features: ``cut`` (breaks off in the middle), ``exception`` (a report with status 200),
    ``silent`` (no answer)."""
    token: str = ""
    """The value of ``Authorization`` without which every request is answered with 401; empty: none is wanted."""
    asked: list[str] = field(default_factory=list)
    """Every request that came."""

    def within(self, box: Box | None) -> list[int]:
        """The features that touch a box, all without one."""
        if box is None:
            return list(range(len(self.boxes)))
        x0, y0, x1, y1 = box
        return [i for i, (a, b, c, d) in enumerate(self.boxes) if a <= x1 and c >= x0 and b <= y1 and d >= y0]

    def stated(self, matching: int) -> str | None:
        """What the server says that it has."""
        if self.matched == "limited":
            return str(min(matching, self.limit or matching))
        return {"number": str(matching), "unknown": "unknown"}.get(self.matched)

    def page(self, matching: list[int], start: int, count: int | None) -> list[int]:
        """What is sent of what matches."""
        most = min(x for x in (self.limit, count, len(matching)) if x is not None)
        first = start if self.pages else 0
        return matching[first : first + most]


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """The server's address while the block runs."""

    class Handler(_Handler):
        land = behaviour

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    land: Behaviour
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the console."""

    def do_GET(self) -> None:
        """Answer by the first part of the path."""
        self.land.asked.append(self.path)
        if self.land.token and self.headers.get("Authorization") != self.land.token:
            self._refuse()
            return
        parts = urlsplit(self.path)
        query = {key.lower(): values[0] for key, values in parse_qs(parts.query).items()}
        here = f"http://{self.headers['Host']}"
        if parts.path.startswith("/wfs"):
            body, kind = wfs(self.land, query, here), "text/xml"
        elif parts.path.startswith("/oapif"):
            kind = "application/geo+json" if parts.path.endswith("/items") else "application/json"
            body = json.dumps(ogc_api(self.land, parts.path, query, here))
        else:
            body, kind = json.dumps(arcgis(self.land, parts.path, query)), "application/json"
        features = "/items" in parts.path or "/query" in parts.path or query.get("request") == "GetFeature"
        self._send(body.encode(), kind, self.land.fault if features else "")

    def _refuse(self) -> None:
        body = json.dumps({"status": 401, "title": "sign in"}).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send(self, body: bytes, kind: str, fault: str) -> None:
        if fault == "silent":
            time.sleep(3)
            self.close_connection = True
            return
        if fault == "exception":
            body = EXCEPTION.encode() if kind == "text/xml" else json.dumps(ERROR).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if fault == "cut" else body)
        self.close_connection = fault == "cut"
