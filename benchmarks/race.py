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


@dataclass(frozen=True)
class Timing:
    """Median seconds of whole processes less start-up; peak memory; total area."""

    contestant: str
    job: str
    seconds: float
    start_up_s: float
    peak_mb: float
    total_m2: float
    rounds: int


def race(contestants: Sequence[Contestant], job: Job, tiny: Job, rounds: int, folder: Path) -> list[Timing]:
    """Run ``job`` and the tiny job (start-up) ``rounds`` times, contestants interleaved.

    Who fails on the tiny job is left out, and said so: a missing program is no result.
    """
    contestants = [contestant for contestant in contestants if _starts(contestant, tiny, folder)]
    walls: dict[str, list[float]] = {c.name: [] for c in contestants}
    starts: dict[str, list[float]] = {c.name: [] for c in contestants}
    peaks, totals = {c.name: 0.0 for c in contestants}, {c.name: float("nan") for c in contestants}
    for _ in range(rounds):
        for contestant in contestants:
            out = folder / f"{job.name}_{contestant.name}{contestant.suffix}".replace(":", "_").replace(",", "")
            starts[contestant.name].append(_run(contestant, tiny, folder / f"tiny{contestant.suffix}")[0])
            wall, peak = _run(contestant, job, out)
            walls[contestant.name].append(wall)
            peaks[contestant.name] = max(peaks[contestant.name], peak)
            totals[contestant.name] = contestant.total(out)
    return [
        Timing(
            contestant=name,
            job=job.name,
            seconds=max(statistics.median(walls[name]) - statistics.median(starts[name]), 0.001),
            start_up_s=statistics.median(starts[name]),
            peak_mb=peaks[name],
            total_m2=totals[name],
            rounds=rounds,
        )
        for name in walls
    ]


def _starts(contestant: Contestant, tiny: Job, folder: Path) -> bool:
    try:
        _run(contestant, tiny, folder / f"tiny{contestant.suffix}")
    except RuntimeError as error:
        sys.stderr.write(f"left out: {error}\n")
        return False
    return True


def _run(contestant: Contestant, job: Job, out: Path) -> tuple[float, float]:
    """(seconds, peak MB) of one process."""
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
    return wall, usage.ru_maxrss / 1024


def csv_total(path: Path) -> float:
    """Sum of the column ``area_m2``."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(float(row["area_m2"]) for row in csv.DictReader(file))
