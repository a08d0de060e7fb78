# SPDX-License-Identifier: GPL-2.0-or-later
"""Progress and cancelling, without knowing who shows them."""

from __future__ import annotations

from typing import Protocol


class CancelledError(Exception):
    """The user stopped the work. Nothing was written."""


class Progress(Protocol):
    """What long work reports to; Processing feedback, a task or nothing stands behind it."""

    def step(self, done: float, message: str = "") -> None:
        """Report ``done`` (0..1); raises :class:`CancelledError` when the user cancelled."""


class Silent:
    """Nobody listens and nobody cancels."""

    def step(self, done: float, message: str = "") -> None:
        """Do nothing."""


class Part:
    """A share of a longer work: maps 0..1 onto ``start``..``end`` of the whole."""

    def __init__(self, whole: Progress, start: float, end: float) -> None:
        self._whole, self._start, self._span = whole, start, end - start

    def step(self, done: float, message: str = "") -> None:
        """Report a step of the part to the whole."""
        self._whole.step(self._start + done * self._span, message)
