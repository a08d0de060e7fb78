# SPDX-License-Identifier: GPL-2.0-or-later
"""Batches of many small cases."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from landreview_plugin.jobs.batch import Batch, BatchResult

BatchOf = Callable[[int, str], Batch]


def digests(result: BatchResult) -> dict[str, str]:
    """Case → digest of its result; empty where it has none."""
    return {entry["case"]: entry.get("digest", "") for entry in result.entries}


def replace(batch: Batch, **changes: object) -> Batch:
    """The batch with some things changed."""
    return dataclasses.replace(batch, **changes)  # type: ignore[arg-type]
