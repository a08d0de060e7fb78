# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole processes side by side: each contestant in turn, round after round, start-up taken off."""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

Command = Callable[["Job", Path], list[str]]
Total = Callable[[Path], float]


@dataclass(frozen=True)
class Job:
    """Parcels (file, layer) over the land use of a reference file."""

    name: str
    parcels: Path
    layer: str
    reference: Path


@dataclass(frozen=True)
class Contestant:
    """A program that writes the areas of parcels by class, and how to read its total."""

    name: str
    command: Command
    total: Total
    suffix: str = ".csv"
    environment: dict[str, str] = field(default_factory=dict)


class Cost(NamedTuple):
    """What one process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True)
class Timing:
    """Median seconds of whole processes less start-up; peak memory; total area."""

    contestant: str
    job: str
    seconds: float
    start_up_s: float
    cpu_s: float
    """Processor time of all threads, likewise: it does not depend on who else uses the machine."""
    peak_mb: float
    total_m2: float
    rounds: int


def race(contestants: Sequence[Contestant], job: Job, tiny: Job, rounds: int, folder: Path) -> list[Timing]:
    """Run ``job`` and the tiny job (start-up) ``rounds`` times, contestants interleaved.

    Who fails on the tiny job is left out, and said so: a missing program is no result.
    """
    contestants = [contestant for contestant in contestants if _starts(contestant, tiny, folder)]
    costs: dict[str, list[Cost]] = {c.name: [] for c in contestants}
    starts: dict[str, list[Cost]] = {c.name: [] for c in contestants}
    totals = {c.name: float("nan") for c in contestants}
    for _ in range(rounds):
        for contestant in contestants:
            out = folder / f"{job.name}_{contestant.name}{contestant.suffix}".replace(":", "_").replace(",", "")
            starts[contestant.name].append(_run(contestant, tiny, folder / f"tiny{contestant.suffix}"))
            costs[contestant.name].append(_run(contestant, job, out))
            totals[contestant.name] = contestant.total(out)
    return [
        Timing(
            contestant=name,
            job=job.name,
            seconds=_less(costs[name], starts[name], "wall_s"),
            start_up_s=statistics.median(cost.wall_s for cost in starts[name]),
            cpu_s=_less(costs[name], starts[name], "cpu_s"),
            peak_mb=max(cost.peak_mb for cost in costs[name]),
            total_m2=totals[name],
            rounds=rounds,
        )
        for name in costs
    ]


def _less(costs: Sequence[Cost], starts: Sequence[Cost], column: str) -> float:
    """Median cost less median start-up, at least a millisecond."""
    medians = [statistics.median(getattr(cost, column) for cost in some) for some in (costs, starts)]
    return max(medians[0] - medians[1], 0.001)


def _starts(contestant: Contestant, tiny: Job, folder: Path) -> bool:
    try:
        _run(contestant, tiny, folder / f"tiny{contestant.suffix}")
    except RuntimeError as error:
        sys.stderr.write(f"left out: {error}\n")
        return False
    return True


def _run(contestant: Contestant, job: Job, out: Path) -> Cost:
    """What one process took, start to end."""
    out.unlink(missing_ok=True)
    log = out.with_suffix(".log")
    with log.open("w", encoding="utf-8") as messages:
        begin = time.perf_counter()
        process = subprocess.Popen(
            contestant.command(job, out), stdout=messages, stderr=messages, env={**os.environ, **contestant.environment}
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    if status or not out.exists():
        raise RuntimeError(f"{contestant.name} failed on {job.name}: {log.read_text(encoding='utf-8')[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def csv_total(path: Path) -> float:
    """Sum of the column ``area_m2``."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(float(row["area_m2"]) for row in csv.DictReader(file))
