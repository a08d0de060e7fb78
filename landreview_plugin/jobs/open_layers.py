# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers that stay open from case to case. One pool belongs to one thread."""

from __future__ import annotations

from pathlib import Path

from ..core.model.crs import Crs
from ..core.overlay.layer import ReferenceLayer
from ..sources.catalogue import open_file

MOST = 64
"""Layers kept open: an office has some thirty, in at most a few planes."""


class OpenLayers:
    """Opens each source once for each plane; what could not be opened is tried again."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, Path, str], ReferenceLayer] = {}

    def open(self, source: str, base: Path, target: Crs) -> ReferenceLayer:
        """See ``sources.catalogue.OpenLayer``."""
        key = (source, base, target.code or target.wkt)
        if key not in self._open:
            if len(self._open) >= MOST:
                self._open.clear()
            self._open[key] = open_file(source, base, target)
        return self._open[key]

    def opened(self) -> tuple[ReferenceLayer, ...]:
        """Those that are open, in the order of their opening."""
        return tuple(self._open.values())
