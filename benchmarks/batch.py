# SPDX-License-Identifier: GPL-2.0-or-later
"""A night's batch: 1,000 cases on a county of 200,000 polygons; results in benchmarks/results/batch.*

python benchmarks/batch.py [--cases 1000] [--rounds 2] [--compared 50]
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import data
import yaml
from field import peers_python
from osgeo import ogr
from overlay import machine

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"
sys.path.insert(0, str(ROOT))

from landreview_plugin.core.model.base import Language  # noqa: E402
from landreview_plugin.core.progress import Silent  # noqa: E402
from landreview_plugin.jobs.batch import Batch, run_batch  # noqa: E402
from landreview_plugin.jobs.batch_task import run_task  # noqa: E402
from landreview_plugin.jobs.kit import Kit  # noqa: E402
from landreview_plugin.jobs.manifest import of_folder  # noqa: E402
from landreview_plugin.jobs.review_job import ReviewJob  # noqa: E402
from landreview_plugin.jobs.tasks import TaskMaker  # noqa: E402

AT = dt.date(2026, 9, 1)
FORMATS = ("gpkg", "json")
SCRIPTS = Path(__file__).resolve().parent / "contestants"
BOUND = {"dltb": "DLTB", "pbf": "YJJBNT", "ecored": "STBHHX", "ugb": "CZKFBJ", "geohaz_pt": "DZZH", "xzq": "XZQ"}
SIGNED = [
    "approved",
    "consol",
    "linkage",
    "nature",
    "scenic",
    "watersrc",
    "forest_public",
    "wetland",
    "heritage",
    "river",
    "resource",
    "geohaz_zone",
    "geohaz_poly",
    "plan_ctl_2010",
    "village_plan",
    "temp",
    "facility",
]


@dataclass(frozen=True)
class Run:
    """One batch: workers, seconds, load of the machine before it began."""

    workers: int
    seconds: float
    load: float


def main() -> None:
    """Measure, then write table and plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--compared", type=int, default=50)
    arguments = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    county = data.county(WORK / "county.gpkg")
    folder = hand_ins(county, arguments.cases)
    batch = make_batch(county, folder, arguments.cases)
    memory, ours = memory_by_case(batch)
    runs = [run(batch, workers) for _ in range(arguments.rounds) for workers in (1, 2)]
    compared = {"landreview review (nine layers, all rules, result files)": ours[: arguments.compared]} | peers(
        folder, arguments.compared, county
    )
    write(arguments.cases, runs, memory, compared)


def hand_ins(county: Path, count: int) -> Path:
    """Each made-up application as a GeoPackage of its own."""
    folder = WORK / f"cases_{count}"
    if folder.is_dir():
        return folder
    folder.mkdir()
    source = ogr.Open(str(county))
    layer = source.GetLayer("SQDK")
    for number, feature in enumerate(layer):
        if number < count:
            target = ogr.GetDriverByName("GPKG").CreateDataSource(str(folder / f"case-{number:05}.gpkg"))
            copy = target.CreateLayer("SQDK", layer.GetSpatialRef(), ogr.wkbMultiPolygon)
            copy.CreateField(ogr.FieldDefn("DKBH", ogr.OFTString))
            row = ogr.Feature(copy.GetLayerDefn())
            row["DKBH"] = feature["DKBH"]
            row.SetGeometry(feature.GetGeometryRef())
            copy.CreateFeature(row)
    # corridors of 30 km come first: a batch of many small cases has them anywhere
    return folder


def make_batch(county: Path, folder: Path, count: int) -> Batch:
    """The batch with the county's catalogue."""
    catalogue = WORK / "batch_catalogue.yaml"
    shared = {"data_date": dt.date(2026, 6, 30), "coverage": f"{county}|layername=XZQ_XJ"}
    layers = [{"key": key, "source": f"{county}|layername={name}"} | shared for key, name in BOUND.items()]
    layers += [
        {"key": key, "source": f"{county}|layername=CKQ", "where": f"矿权类型 = '{kind}'"} | shared
        for key, kind in (("mining", "采矿权"), ("explore", "探矿权"))
    ]
    plan = {"key": "plan_zone", "source": f"{county}|layername=GHYT", "construction": ["04", "05", "06"]}
    layers.append(plan | shared)
    none = {"reason": "无", "by": "bench", "date": dt.date(2026, 6, 30)}
    layers += [{"key": key, "none": dict(none)} for key in SIGNED]
    content = {"jurisdiction": "430998", "layers": layers}
    catalogue.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    job = ReviewJob(input="", catalogue=str(catalogue), business_type="CZPC", reference_date=AT, profile="demo")
    cases = of_folder(folder, business_type="CZPC", reference_date=AT)[:count]
    return Batch(cases, job, WORK / "batch_out", FORMATS, Language.ZH, resume=False)


def memory_by_case(batch: Batch) -> tuple[list[tuple[int, float]], list[float]]:
    """One worker's loop in this process: (case, resident MB) now and then, and seconds of each case."""
    maker, kit = TaskMaker(batch.template, batch.output, batch.formats, batch.language), Kit()
    memory, seconds = [], []
    for number, case in enumerate(batch.cases, 1):
        begin = time.perf_counter()
        answer = run_task(maker.task(case), kit)
        seconds.append(time.perf_counter() - begin)
        if answer["status"] != "done":
            sys.stderr.write(f"{case.number}: {answer['message']}\n")
        if number in (1, 10, 50) or number % 100 == 0:
            memory.append((number, _resident_mb()))
    return memory, seconds


def run(batch: Batch, workers: int) -> Run:
    """A whole batch with worker processes, from an empty folder to the summary."""
    shutil.rmtree(batch.output, ignore_errors=True)
    load = os.getloadavg()[0]
    begin = time.perf_counter()
    result = run_batch(
        Batch(batch.cases, batch.template, batch.output, batch.formats, batch.language, workers, False), Silent()
    )
    seconds = time.perf_counter() - begin
    sys.stderr.write(f"{workers} workers: {seconds:.1f} s, {result.reviewed} reviewed, load before {load:.2f}\n")
    return Run(workers, seconds, load)


def peers(folder: Path, count: int, county: Path) -> dict[str, list[float]]:
    """Seconds a case of the peers: land use alone, no rules, no files."""
    python = str(peers_python(WORK.parent / "peers"))
    commands = {
        "native:intersection (land use alone)": [sys.executable, str(SCRIPTS / "native_loop.py")],
        "DuckDB spatial (land use alone)": [python, str(SCRIPTS / "duckdb_loop.py")],
    }
    found = {}
    for name, command in commands.items():
        done = subprocess.run([*command, str(folder), str(count), str(county)], capture_output=True, check=False)
        lines = [line for line in done.stdout.decode().splitlines() if line.replace(".", "").isdigit()]
        if len(lines) == count:
            found[name] = [float(line) for line in lines]
        else:
            sys.stderr.write(f"left out: {name}: {done.stderr.decode()[-400:]}\n")
    return found


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def write(
    cases: int, runs: Sequence[Run], memory: Sequence[tuple[int, float]], compared: dict[str, list[float]]
) -> None:
    """batch.md, batch.csv, batch.svg."""
    folder = ROOT / "benchmarks" / "results"
    one, two = ([run.seconds for run in runs if run.workers == n] for n in (1, 2))
    scaling = statistics.median(one) / statistics.median(two)
    ours = statistics.mean(next(iter(compared.values())))
    lines = [
        "# batch",
        "",
        f"{machine()}. {cases:,} cases, {dt.date.today()}; result.gpkg and result.json for each, whole batches from",
        "an empty folder to the summary, workers as processes.",
        "",
        "| workers | seconds | cases a second | s a case | load before |",
        "|--:|--:|--:|--:|--:|",
        *(
            f"| {r.workers} | {r.seconds:.1f} | {cases / r.seconds:.1f} | {r.seconds / cases:.4f} | {r.load:.2f} |"
            for r in runs
        ),
        "",
        f"From 1 to 2 workers (medians): **{scaling:.2f} ×**.",
        "",
        f"## One case after the other, {len(next(iter(compared.values())))} cases, one process each",
        "",
        "| contestant | mean s a case | median s a case | ratio of means |",
        "|---|--:|--:|--:|",
        *(
            f"| {n} | {statistics.mean(s):.3f} | {statistics.median(s):.3f} | {statistics.mean(s) / ours:.1f} |"
            for n, s in compared.items()
        ),
        "",
        "## Memory of one worker",
        "",
        "| after case | resident MB |",
        "|--:|--:|",
        *(f"| {n} | {mb:.0f} |" for n, mb in memory),
        "",
        "![batch](batch.svg)",
        "",
    ]
    (folder / "batch.md").write_text("\n".join(lines), encoding="utf-8")
    with (folder / "batch.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["what", "which", "value"])
        writer.writerows(("batch_s", r.workers, round(r.seconds, 2)) for r in runs)
        writer.writerows(("mean_s_a_case", n, round(statistics.mean(s), 4)) for n, s in compared.items())
        writer.writerows(("resident_mb_after", n, round(mb, 1)) for n, mb in memory)
    (folder / "batch.svg").write_text(_plot(compared, memory), encoding="utf-8")


def _plot(compared: dict[str, list[float]], memory: Sequence[tuple[int, float]]) -> str:
    means = {name: statistics.mean(seconds) for name, seconds in compared.items()}
    most = max(means.values())
    rows = []
    for i, (name, mean) in enumerate(means.items()):
        colour = "#2b6cb0" if i == 0 else "#a0aec0"
        rows.append(
            f'<text x="380" y="{28 + 24 * i}" text-anchor="end">{name}</text>'
            f'<rect x="388" y="{16 + 24 * i}" width="{max(360 * mean / most, 1):.1f}" height="16" fill="{colour}"/>'
            f'<text x="{394 + 360 * mean / most:.1f}" y="{28 + 24 * i}">{mean:.3f} s a case</text>'
        )
    top, floor = max(mb for _, mb in memory) * 1.1, 260
    points = " ".join(f"{80 + 700 * n / memory[-1][0]:.0f},{floor - 130 * mb / top:.0f}" for n, mb in memory)
    rows.append(f'<polyline points="{points}" fill="none" stroke="#2b6cb0" stroke-width="2"/>')
    rows.append(f'<line x1="80" x2="780" y1="{floor}" y2="{floor}" stroke="#888"/>')
    rows.append(f'<text x="80" y="{floor + 18}">resident memory of a worker: {memory[0][1]:.0f} MB after 1 case, ')
    rows.append(f"{memory[-1][1]:.0f} MB after {memory[-1][0]:,}</text>")
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="290" font-family="sans-serif" font-size="12">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *rows, "</svg>", ""])


if __name__ == "__main__":
    main()
