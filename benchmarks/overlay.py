# SPDX-License-Identifier: GPL-2.0-or-later
"""`make bench`: make the data, race everybody, write benchmarks/results/.

python benchmarks/overlay.py [sparse] [dense] [millions] [memory] [--rounds 5]
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import data
import shapely
from field import everybody, ours
from race import Job, Timing, race
from results import write

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"
RACES = ("sparse", "dense", "millions", "memory")


def main() -> None:
    """Run the races that were asked for (all of them without a name)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("races", nargs="*", choices=[*RACES, []], default=[])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    timings: dict[str, list[Timing]] = {}
    for name in arguments.races or RACES:
        timings[name] = RUNS[name](arguments.rounds)
        write(timings, ROOT / "benchmarks" / "results", machine())


def sparse(rounds: int) -> list[Timing]:
    """1,000 parcels × 207,314 polygons."""
    county = made(data.county, WORK / "county.gpkg")
    job = Job("sparse", county, "SQDK", county)
    return race(everybody(WORK), job, _tiny(), rounds, WORK)


def dense(rounds: int) -> list[Timing]:
    """Parcels over a third of the county, and 20 corridors."""
    job = Job("dense", made(data.dense, WORK / "dense.gpkg"), "SQDK", made(data.county, WORK / "county.gpkg"))
    return race(everybody(WORK), job, _tiny(), max(rounds // 2, 2), WORK)


def millions(rounds: int) -> list[Timing]:
    """One parcel against 200,000 and against 10 million squares: cost follows the overlap, not the layer."""
    parcel = WORK / "one.gpkg"
    if not parcel.exists():
        x, y = data.X0 + 1503, data.Y0 + 1507
        data.write(parcel, "SQDK", [shapely.box(x, y, x + 300, y + 250)])
    timings = []
    for count in (200_000, 10_000_000):
        squares = made(data.squares, WORK / f"squares_{count}.gpkg", count)
        job = Job(f"one parcel, {count:,} polygons", parcel, "SQDK", squares)
        timings += race(ours(WORK), job, _tiny(), rounds, WORK)
    return timings


def memory(rounds: int) -> list[Timing]:
    """2 million polygons × 10,000 parcels, and a tenth of each: peak memory, and growth with the pairs."""
    timings = []
    for polygons, parcels in ((200_000, 1_000), (2_000_000, 10_000)):
        path = made(data.county, WORK / f"county_{polygons}_{parcels}.gpkg", polygons, parcels)
        job = Job(f"{parcels:,} parcels, {polygons:,} polygons", path, "SQDK", path)
        timings += race(ours(WORK)[:1], job, _tiny(), max(rounds // 3, 1), WORK)
    return timings


def made(make: Callable[..., Path], *arguments: Any) -> Path:
    """Data made in a process of their own: the peak memory of a contestant counts what its parent has held."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(make, *arguments).result()


def machine() -> str:
    """Processor and system, for the results."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    cores = sum(line.startswith("processor") for line in _lines("/proc/cpuinfo"))
    return f"{cpu}, {cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _tiny() -> Job:
    oracle = ROOT / "tests" / "data" / "oracle" / "basic.gpkg"
    return Job("start-up", oracle, "SQDK", oracle)


RUNS = {"sparse": sparse, "dense": dense, "millions": millions, "memory": memory}

if __name__ == "__main__":
    main()
