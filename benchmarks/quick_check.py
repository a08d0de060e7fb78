# SPDX-License-Identifier: GPL-2.0-or-later
"""How long a quick check takes on a county of 500,000 land-use polygons, with every layer bound.

``python benchmarks/quick_check.py [county.gpkg]``: makes the county in ``build/bench/`` unless one is given, then
asks for each application of it: the first check opens the layers, the others are what a person waits for.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import time
from pathlib import Path

import yaml
from data import county

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import catalogue_of  # noqa: E402

from landreview_plugin.core.progress import Silent  # noqa: E402
from landreview_plugin.jobs.kit import load_frame  # noqa: E402
from landreview_plugin.jobs.quick_check import QuickChecker, QuickQuestion  # noqa: E402
from landreview_plugin.sources.parcels import read_parcels  # noqa: E402

POLYGONS = 500_000
AT = dt.date(2026, 9, 1)
LIMIT_S = 1.0


def main() -> int:
    """Print a line each for the first check and the others; exit 1 when the 95th of 100 misses the limit."""
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else county(folder / "county_500k.gpkg", POLYGONS, 100)
    catalogue = folder / "quick.yaml"
    text = yaml.safe_dump(catalogue_of(file.resolve()), allow_unicode=True)
    catalogue.write_text(text.replace("'2026-06-30'", "2026-06-30"), encoding="utf-8")
    reading = read_parcels(f"{file}|layername=SQDK")
    assert reading.crs is not None
    start = time.perf_counter()
    checker = QuickChecker(load_frame("demo", str(catalogue), ""), catalogue.parent)
    seconds = []
    for parcel in reading.parcels:
        answer = checker.check(QuickQuestion(parcel.geometry, reading.crs, "CZPC", AT), Silent())
        if not seconds:
            sys.stdout.write(f"first check, frame and layers opened: {time.perf_counter() - start:.2f} s\n")
        seconds.append(answer.seconds)
    later = sorted(seconds[1:])
    at_95 = later[int(0.95 * len(later))]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    sys.stdout.write(
        f"{len(later)} more: median {statistics.median(later):.3f} s, 95 of 100 within {at_95:.3f} s, "
        f"longest {later[-1]:.3f} s (load {load:.1f})\n"
    )
    return 0 if at_95 < LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
