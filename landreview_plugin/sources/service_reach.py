# SPDX-License-Identifier: GPL-2.0-or-later
"""Which sources are services, and how long a silent one is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from osgeo import gdal

from .gdal_config import configured

_DRIVERS = {"WFS", "OAPIF", "OGCAPI", "HTTP", "Elasticsearch", "Carto", "AmigoCloud", "PLSCENES", "CSW", "NGW", "EEDA"}
_REMOTE = ("http://", "https://", "ftp://", "/vsicurl", "/vsis3", "/vsiaz", "/vsigs", "/vsioss")
_PAGE = "PAGE_SIZE=1000"
"""GDAL before 3.10 asks an OGC API for ten features at a time."""
PATIENCE = {"GDAL_HTTP_CONNECTTIMEOUT": "20", "GDAL_HTTP_LOW_SPEED_TIME": "60", "GDAL_HTTP_LOW_SPEED_LIMIT": "1"}
"""Without these GDAL waits for ever for a server that has stopped; a slow one that still sends is left in peace."""


@contextmanager
def patient() -> Iterator[None]:
    """A silent server is given up after a minute, unless the office has set GDAL's own options."""
    with ExitStack() as stack:
        for name, value in PATIENCE.items():
            if gdal.GetConfigOption(name) is None:
                stack.enter_context(configured(name, value))
        yield


def is_remote(location: str) -> bool:
    """Whether features come over a line: ``https://…``, ``WFS:https://…``, ``/vsicurl/…``."""
    return any(start in location.lower() for start in _REMOTE)


def is_service(driver: str, source: Path | str) -> bool:
    """Whether a server decides how many features come."""
    if driver in _DRIVERS:
        return True
    return is_remote(source) if isinstance(source, str) else driver == "OGR_VRT" and is_remote(_text(source))


def open_options(location: str) -> list[str]:
    """What GDAL must be told when it opens a service."""
    if location.upper().startswith("OAPIF:"):
        return [_PAGE]
    return ["NATIVE_DATA=YES"] if is_remote(location) and ":http" not in location else []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
