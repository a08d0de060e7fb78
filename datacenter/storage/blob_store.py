# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes of files by their SHA-256. A store with these methods on anything else may take this one's place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

_CHUNK = 1 << 20


class BlobStore(Protocol):
    """Whole files by hash, and uploads under way by hash and owner."""

    def size(self, sha256: str) -> int | None:
        """Bytes of a whole file, or None."""

    def path(self, sha256: str) -> Path:
        """Where a whole file can be read."""

    def offset(self, sha256: str, owner: str) -> int:
        """Bytes of an upload that are safely there."""

    def append(self, sha256: str, owner: str, offset: int, piece: bytes) -> int:
        """Add a piece at ``offset``, on disk when this returns; gives the new offset."""

    def verify(self, sha256: str, owner: str) -> bool:
        """Whether an upload's bytes are those of its hash; False when there is none."""

    def promote(self, sha256: str, owner: str) -> None:
        """Make a verified upload a whole file, on disk when this returns."""

    def drop(self, sha256: str, owner: str) -> None:
        """Forget an upload."""

    def adopt(self, path: Path) -> tuple[str, int]:
        """Take a file that the service made; its hash and size. The file is moved."""

    def workplace(self) -> Path:
        """A folder for files in the making, on the store's file system."""

    def move_away(self, sha256: str) -> None:
        """Out of sight; :meth:`move_back` until :meth:`empty` is called."""

    def move_back(self, sha256: str) -> None:
        """As it was before :meth:`move_away`."""

    def away(self) -> Iterator[str]:
        """What was moved away."""

    def delete_away(self, sha256: str) -> None:
        """Delete what was moved away."""

    def whole(self, before: float) -> Iterator[str]:
        """Hashes of whole files that are older than a moment (seconds since 1970)."""

    def drop_uploads(self, before: float) -> int:
        """Delete uploads that nobody went on with since a moment; gives their number."""


class DiskStore:
    """Folders ``whole`` (by the first two digits), ``incoming``, ``making``, ``away`` on one file system."""

    def __init__(self, root: Path) -> None:
        self._root = root
        for name in ("whole", "incoming", "away", "making"):
            (root / name).mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where a whole file is or would be."""
        return self._root / "whole" / sha256[:2] / sha256

    def size(self, sha256: str) -> int | None:
        """Bytes of a whole file, or None."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def offset(self, sha256: str, owner: str) -> int:
        """Bytes of an upload that are there."""
        try:
            return self._incoming(sha256, owner).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, sha256: str, owner: str, offset: int, piece: bytes) -> int:
        """Write a piece at its place. A piece that was torn by a crash is written over."""
        path = self._incoming(sha256, owner)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.seek(offset)
            file.write(piece)
            file.truncate()
            file.flush()
            os.fdatasync(file.fileno())
        return offset + len(piece)

    def verify(self, sha256: str, owner: str) -> bool:
        """Read all of it again: what counts is what is on the disk."""
        try:
            return _hash(self._incoming(sha256, owner)) == sha256
        except FileNotFoundError:
            return False

    def promote(self, sha256: str, owner: str) -> None:
        """Rename: a file under its hash has always been verified and synced."""
        target = self.path(sha256)
        target.parent.mkdir(exist_ok=True)
        self._incoming(sha256, owner).replace(target)
        for folder in (target.parent, self._root / "whole"):
            _sync_folder(folder)

    def drop(self, sha256: str, owner: str) -> None:
        """Delete it; the sender begins anew."""
        self._incoming(sha256, owner).unlink(missing_ok=True)

    def adopt(self, path: Path) -> tuple[str, int]:
        """Sync, then rename to the hash; nothing is moved where the same bytes are there already."""
        sha256, size = _hash(path), path.stat().st_size
        target = self.path(sha256)
        if self.size(sha256) is None:
            with path.open("rb") as file:
                os.fsync(file.fileno())
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
            for folder in (target.parent, self._root / "whole"):
                _sync_folder(folder)
        return sha256, size

    def workplace(self) -> Path:
        """Folder ``making``."""
        return self._root / "making"

    def move_away(self, sha256: str) -> None:
        """Rename into ``away``; nothing happens when it is gone."""
        if self.path(sha256).exists():
            self.path(sha256).replace(self._root / "away" / sha256)

    def move_back(self, sha256: str) -> None:
        """Rename back."""
        self.path(sha256).parent.mkdir(exist_ok=True)
        (self._root / "away" / sha256).replace(self.path(sha256))

    def away(self) -> Iterator[str]:
        """Hashes of what was moved away."""
        return (path.name for path in (self._root / "away").iterdir())

    def delete_away(self, sha256: str) -> None:
        """Delete for good."""
        (self._root / "away" / sha256).unlink(missing_ok=True)

    def whole(self, before: float) -> Iterator[str]:
        """Hashes of whole files older than a moment."""
        return (path.name for path in (self._root / "whole").glob("*/*") if path.stat().st_mtime < before)

    def drop_uploads(self, before: float) -> int:
        """Delete uploads without a piece since a moment."""
        stale = [path for path in (self._root / "incoming").iterdir() if path.stat().st_mtime < before]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def _incoming(self, sha256: str, owner: str) -> Path:
        return self._root / "incoming" / f"{sha256}.{owner}"


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
