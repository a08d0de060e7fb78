# SPDX-License-Identifier: GPL-2.0-or-later
"""How many requests a person may make: a bucket each, in the memory of this process, their number bounded."""

from __future__ import annotations

import time
from collections import OrderedDict

from ..problems import Refusal

_BURST_S = 5.0
_MOST = 10_000


class Rates:
    """Buckets that fill with ``per_second`` and hold five seconds of it."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> None:
        """Count a request. Raises 429 when the bucket is empty."""
        now = time.monotonic()
        left, at = self._left.pop(who, (self._per_second * _BURST_S, now))
        left = min(left + (now - at) * self._per_second, self._per_second * _BURST_S)
        self._left[who] = (max(left - 1, 0.0), now)
        if len(self._left) > _MOST:
            self._left.popitem(last=False)
        if left < 1:
            raise Refusal(429, "E-CENTRE-RATE", retry_s=1)
