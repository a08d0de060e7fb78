# SPDX-License-Identifier: GPL-2.0-or-later
"""A tile: a few cases that lie in the same layers, done by one worker of a cluster. Needs neither QGIS nor dask."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from ..core.model.base import Language
from ..core.model.problems import LandReviewError
from ..sources.versions import versions
from .batch_task import BatchTask, failed, run_task
from .kit import Kit

MATTERS = ("landreview", "geos", "proj")
"""Versions that must agree with those of the machine that asked: otherwise digests might differ."""
_own = threading.local()


def review_tile(tasks: Sequence[Mapping[str, Any]], expected: Mapping[str, str], run: str) -> list[dict[str, Any]]:
    """The answers to ``tasks`` (plain data). Layers, pack and catalogue stay with the worker's thread for one ``run``.

    Workers of a cluster outlive batches: the next batch must meet the rules and layers of its own start.
    """
    own = relevant_versions()
    made = [BatchTask.from_json(dict(task)) for task in tasks]
    if own != dict(expected):
        error = LandReviewError("E-ENV-MODULE", detail=f"{own} ≠ {dict(expected)}")
        return [failed(task.case, error, Language(task.language)) for task in made]
    if getattr(_own, "run", None) != run:
        _own.run, _own.kit = run, Kit()
    return [run_task(task, _own.kit) for task in made]


def relevant_versions() -> dict[str, str]:
    """What :data:`MATTERS` names, as it is here."""
    found = versions()
    return {name: found[name] for name in MATTERS}
