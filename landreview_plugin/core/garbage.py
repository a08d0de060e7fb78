# SPDX-License-Identifier: GPL-2.0-or-later
"""Python's search for cyclic garbage, put off while much is made and nothing is given up."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search while the block runs; where it is off already, it stays so.

    Reading 100,000 parcels makes some million objects that all stay: searching them again and again took a quarter
    of the time. What is given up meanwhile is freed by its count as ever, so that memory grows by cycles only.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
