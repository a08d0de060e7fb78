# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a path lies on a network drive, where SQLite's shared memory (WAL) can't work."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_REMOTE_DRIVE = 4
"""``DRIVE_REMOTE`` of GetDriveTypeW."""
_REMOTE_KINDS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "davfs", "afs", "ncpfs"})


def on_network(path: Path) -> bool:
    """True for UNC paths, mapped drives and network mounts."""
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        return _mapped_drive(path)
    return _kind_of_mount(path, Path("/proc/mounts")) in _REMOTE_KINDS


def _mapped_drive(path: Path) -> bool:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - the type checker knows no windll elsewhere
    return bool(kernel.GetDriveTypeW(path.resolve().anchor) == _REMOTE_DRIVE)


def _kind_of_mount(path: Path, mounts: Path) -> str:
    """File system of the deepest mount above ``path``; empty where nobody says."""
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    real = os.path.realpath(path)
    found = [fields for line in lines if len(fields := line.split()) > 2 and _below(real, _unescaped(fields[1]))]
    return max(found, key=lambda fields: len(fields[1]))[2] if found else ""


def _below(path: str, mount: str) -> bool:
    return path == mount or path.startswith(mount.rstrip("/") + "/")


def _unescaped(mount: str) -> str:
    return mount.replace("\\040", " ").replace("\\134", "\\")
