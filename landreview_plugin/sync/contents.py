# SPDX-License-Identifier: GPL-2.0-or-later
"""The bytes of a part: in memory where they are few, in a file where they may be many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ..core.evidence.hashes import file_sha256

Content = bytes | Path


def size_of(content: Content) -> int:
    """Number of bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def sha256_of(content: Content) -> str:
    """Hash of the bytes."""
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else file_sha256(content)


def piece_of(content: Content, offset: int, count: int) -> bytes:
    """At most ``count`` bytes from ``offset``."""
    if isinstance(content, bytes):
        return content[offset : offset + count]
    with content.open("rb") as file:
        file.seek(offset)
        return file.read(count)


def bytes_of(content: Content) -> bytes:
    """All bytes; for parts that are small by their kind."""
    return content if isinstance(content, bytes) else content.read_bytes()


def pieces_of(content: Content, count: int = 1 << 20) -> Iterator[bytes]:
    """All bytes, piece by piece."""
    offset = 0
    while piece := piece_of(content, offset, count):
        yield piece
        offset += len(piece)
