# SPDX-License-Identifier: GPL-2.0-or-later
"""How large the next piece of a file is: what a break costs is the piece under way."""

from __future__ import annotations

from .protocol import PIECE_BYTES

QUICK_S = 1.0
SLOW_S = 8.0
"""A piece is to take between one and eight seconds: on 100 kB/s that is the 512 KiB of the protocol, or less."""
MOST = 4 * 1024 * 1024
LEAST = 64 * 1024
_AFTER_BREAK = 256 * 1024
"""A line that breaks every 5 MB then costs some three per cent."""
_IN_A_ROW = 4
_CALM = 256
"""Pieces without a break after which a line counts as good again."""


class Pieces:
    """The size of a line's pieces: grows while they go quickly, shrinks when they take long or the line breaks."""

    def __init__(self) -> None:
        self.size = PIECE_BYTES
        self._most = MOST
        self._quick = 0
        self._calm = 0

    def went(self, seconds: float) -> None:
        """A piece arrived."""
        self._calm += 1
        if self._calm == _CALM:
            self._most = MOST
        self._quick = self._quick + 1 if seconds < QUICK_S else 0
        if self._quick == _IN_A_ROW:
            self._quick, self.size = 0, min(self._most, self.size * 2)
        elif seconds > SLOW_S:
            self.size = max(LEAST, self.size // 2)

    def broke(self) -> None:
        """A piece did not arrive."""
        self._calm = self._quick = 0
        self._most = _AFTER_BREAK
        self.size = max(LEAST, min(_AFTER_BREAK, self.size) // 2)
