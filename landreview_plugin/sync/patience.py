# SPDX-License-Identifier: GPL-2.0-or-later
"""How long to wait before the next try, and when to let a bad line rest."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

FIRST_S = 0.5
LONGEST_S = 600.0
_DOUBLINGS = 12


def backoff_s(attempts: int, chance: random.Random, first_s: float = FIRST_S, longest_s: float = LONGEST_S) -> float:
    """Seconds before try number ``attempts`` + 1: doubled each time, and anywhere below that ("full jitter").

    Without jitter every office of a province would come back in the same second after an outage.
    """
    most = min(longest_s, first_s * 2.0 ** min(attempts, _DOUBLINGS))
    return most * (0.25 + 0.75 * chance.random())


class Circuit:
    """Counts failures of the line in a row. Open: nothing is tried before its time; then one request may probe."""

    def __init__(
        self,
        failures: int = 6,
        rest_s: float = 2.0,
        chance: random.Random | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._rest_s = failures, rest_s
        self._chance, self._clock = chance or random.Random(), clock  # noqa: S311  # nosec B311 - jitter is no secret
        self._failures = 0
        self._until = 0.0

    def wait_s(self) -> float:
        """Seconds until a request may be made; 0 now."""
        return max(0.0, self._until - self._clock())

    def good(self) -> None:
        """The line answered."""
        self._failures, self._until = 0, 0.0

    def bad(self) -> None:
        """The line failed."""
        self._failures += 1
        over = self._failures - self._most
        if over >= 0:
            self._until = self._clock() + backoff_s(over, self._chance, self._rest_s, 60.0)
