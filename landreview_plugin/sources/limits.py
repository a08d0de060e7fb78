# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that are held in memory as a whole are measured before a byte of them is read."""

from __future__ import annotations

from pathlib import Path

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from .collector import Collector


def refuse_larger(path: Path, limit: int, place: Place) -> None:
    """Raise E-SRC-LIMIT for a file of more than ``limit`` bytes."""
    size = path.stat().st_size
    if size > limit:
        detail = Text(zh=f"{size}字节，上限{limit}字节", en=f"{size} bytes, the limit is {limit}")
        raise LandReviewError("E-SRC-LIMIT", detail=detail, place=place)


def read_bounded(path: Path, collector: Collector) -> bytes:
    """The bytes of a file within the limit for files that are held in memory."""
    refuse_larger(path, collector.options.max_text_bytes, collector.place)
    return path.read_bytes()
