# SPDX-License-Identifier: GPL-2.0-or-later
"""A file from the centre, piece by piece: goes on where an earlier try stopped, and is checked as a whole."""

from __future__ import annotations

import os
from pathlib import Path

from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..store.connection import spoken
from .client import Centre
from .http import LineError
from .protocol import PIECE_BYTES


def download(centre: Centre, address: str, sha256: str, size: int, path: Path) -> Path:
    """Fetch ``address`` to ``path``, which may hold its first pieces already.

    Raises LineError when the bytes are not those of the hash (nothing is kept then), E-STORE-FULL, E-ENV-WRITE.
    """
    with spoken(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            while (offset := file.tell()) < size:
                piece = centre.get_piece(address, offset, PIECE_BYTES)
                if not piece or offset + len(piece) > size:
                    break
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    if path.stat().st_size != size or file_sha256(path) != sha256:
        path.unlink()
        raise LineError(Text(zh=f"{path.name[:12]}校验值不符", en=f"{path.name[:12]} differs from its hash"))
    return path
