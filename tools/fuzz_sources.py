# SPDX-License-Identifier: GPL-2.0-or-later
"""Mutate binary hand-ins and read them in a child process: no foreign exception, no silently lost point.

    python tools/fuzz_sources.py [--count 2000] [--seed 1] [--keep FOLDER]

Exits 1 and names seed and mutant when one fails; the same seed makes the same mutants. A crash of
GDAL is no failure: it becomes E-SRC-CORRUPT, and is counted.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from osgeo import gdal, ogr, osr

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from landreview_plugin.core.model.parcel import ParcelReading  # noqa: E402
from landreview_plugin.core.model.problems import LandReviewError  # noqa: E402
from landreview_plugin.sources.crs import parse_crs  # noqa: E402
from landreview_plugin.sources.import_options import ImportOptions  # noqa: E402
from landreview_plugin.sources.isolate import IsolatedReader  # noqa: E402

X, Y = 38400000.0, 3110000.0
OPTIONS = ImportOptions(crs=parse_crs("EPSG:4526"))
Mutation = Callable[[random.Random, bytes], bytes]


def flip(rng: random.Random, data: bytes) -> bytes:
    """Some bytes become others."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def flip_early(rng: random.Random, data: bytes) -> bytes:
    """Headers decide most."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        changed[rng.randrange(min(200, len(changed)))] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
    return bytes(changed)


def truncate(rng: random.Random, data: bytes) -> bytes:
    """The file is cut off."""
    return data[: rng.randrange(len(data))]


def cut_out(rng: random.Random, data: bytes) -> bytes:
    """A piece is missing."""
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 200) :]


def blank(rng: random.Random, data: bytes) -> bytes:
    """A block is zeros, as after a power cut."""
    start = rng.randrange(len(data))
    length = min(rng.choice([8, 64, 512, 4096]), len(data) - start)
    return data[:start] + bytes(length) + data[start + length :]


def double(rng: random.Random, data: bytes) -> bytes:
    """A block stands twice."""
    start = rng.randrange(len(data))
    return data[:start] + data[start : start + rng.randint(1, 300)] + data[start:]


MUTATIONS: tuple[Mutation, ...] = (flip, flip, flip_early, flip_early, truncate, cut_out, blank, double)


@dataclass(frozen=True)
class Sample:
    """A hand-in: the path to read, and the files that can be mutated."""

    path: str
    files: tuple[str, ...]


def make_samples(folder: Path) -> list[Sample]:
    """One hand-in of each kind, made here."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = [_vector(folder, "ESRI Shapefile", "p.shp"), _vector(folder, "GPKG", "p.gpkg")]
    samples += [_vector(folder, "GeoJSON", "p.geojson"), _vector(folder, "OpenFileGDB", "p.gdb")]
    samples += [_vector(folder, "LIBKML", "p.kml"), _vector(folder, "DXF", "p.dxf")]
    with zipfile.ZipFile(folder / "p.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in samples[0].files:
            archive.write(folder / part, part)
    with zipfile.ZipFile(folder / "p.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "p.kml", "doc.kml")
    samples += [Sample(name, (name,)) for name in ("p.zip", "p.kmz")]
    return [*samples, *_tables(folder)]


def _vector(folder: Path, driver: str, name: str) -> Sample:
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326 if driver == "LIBKML" else 4526)
    dataset = gdal.GetDriverByName(driver).Create(str(folder / name), 0, 0, 0, gdal.GDT_Unknown)
    encoding = ["ENCODING=GBK"] if driver == "ESRI Shapefile" else []
    layer = dataset.CreateLayer("parcels", srs, ogr.wkbUnknown if driver == "DXF" else ogr.wkbPolygon, encoding)
    if driver != "DXF":
        for field in ("DKBH", "DKMC"):
            layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
    for i in range(8):
        feature = ogr.Feature(layer.GetLayerDefn())
        if driver != "DXF":
            feature["DKBH"], feature["DKMC"] = str(i + 1), f"青岚镇{i + 1}号地块"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(_wkt(i, driver)))
        layer.CreateFeature(feature)
    layer = dataset = None
    path = folder / name
    files = (
        path.rglob("*") if path.is_dir() else folder.glob(f"{path.stem}.*") if driver == "ESRI Shapefile" else [path]
    )
    return Sample(name, tuple(sorted(file.relative_to(folder).as_posix() for file in files if file.is_file())))


def _wkt(i: int, driver: str) -> str:
    if driver == "LIBKML":
        return shapely.box(112.9 + i / 100, 28.1, 112.905 + i / 100, 28.105).wkt
    shape = shapely.box(X + 200 * i, Y, X + 200 * i + 100, Y + 80)
    if driver == "DXF":
        return shapely.LineString(shape.exterior.coords).wkt
    return shape.difference(shapely.box(X + 200 * i + 20, Y + 20, X + 200 * i + 40, Y + 40)).wkt if i % 2 else shape.wkt


def _tables(folder: Path) -> Iterator[Sample]:
    rows = [("地块编号", "圈号", "点号", "X", "Y")]
    for i in range(4):
        corners = [(X + 200 * i + dx, Y + dy) for dx, dy in ((0, 0), (0, 80), (100, 80), (100, 0), (0, 0))]
        rows += [(f"DK{i}", "1", f"J{k + 1}", f"{y:.3f}", f"{x:.3f}") for k, (x, y) in enumerate(corners)]
    (folder / "p.csv").write_text("\r\n".join(",".join(row) for row in rows), encoding="gb18030")
    yield Sample("p.csv", ("p.csv",))
    try:
        import openpyxl
    except ImportError:
        return
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "p.xlsx")
    yield Sample("p.xlsx", ("p.xlsx",))


def mutants(seed: int, count: int, source: Path, samples: Sequence[Sample], target: Path) -> Iterator[tuple[str, Path]]:
    """``count`` hand-ins, each a sample with one to three mutations in one of its files, written into ``target``."""
    rng = random.Random(seed)
    for number in range(count):
        sample = rng.choice(samples)
        shutil.rmtree(target, ignore_errors=True)
        for name in sample.files:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, target / name)
        victim = target / rng.choice(sample.files)
        data, steps = victim.read_bytes(), []
        for _ in range(rng.randint(1, 3)):
            mutation = rng.choice(MUTATIONS)
            data = mutation(rng, data) if data else data
            steps.append(mutation.__name__)
        victim.write_bytes(data)
        yield f"{number} {victim.name} {'+'.join(steps)}", target / sample.path


def fault(reader: IsolatedReader, path: Path, codes: Counter[str]) -> str | None:
    """What went wrong with one mutant; None: nothing."""
    try:
        reading = reader.read(str(path), OPTIONS)
    except LandReviewError as error:
        codes[error.code] += 1
        return str(error) if error.code == "E-ENV-UNEXPECTED" else None
    codes["read with errors" if reading.errors else "read"] += 1
    return loss(reading)


def loss(reading: ParcelReading) -> str | None:
    """Every point of the file is in a parcel or rejected, and a rejection is said."""
    curved = any(problem.code == "W-GEO-CURVE" for problem in reading.problems)
    kept = sum(shapely.get_num_coordinates(parcel.geometry) for parcel in reading.parcels)
    kept -= int(reading.notes.get("closings_added", "0"))
    if not curved and reading.points_in != kept + reading.points_rejected:
        return f"{reading.points_in} points in, {kept} kept, {reading.points_rejected} rejected"
    if reading.points_rejected and not reading.problems:
        return f"{reading.points_rejected} points rejected without a word"
    return None if reading.parcels or reading.errors else "no parcel and no error"


def run(seed: int, count: int, folder: Path, keep: Path | None = None) -> tuple[list[str], Counter[str]]:
    """Faults of ``count`` mutants, and how often each code came."""
    source, target = folder / "samples", folder / "张三 & 李四"
    samples = make_samples(source)
    faults, codes = [], Counter[str]()
    with IsolatedReader(sys.executable, timeout_s=30.0) as reader:
        for name, path in mutants(seed, count, source, samples, target):
            found = fault(reader, path, codes)
            if found is None:
                continue
            faults.append(f"seed {seed}, mutant {name}: {found}")
            if keep:
                shutil.copytree(target, keep / f"{seed}_{name.split()[0]}", dirs_exist_ok=True)
        codes["crashed"] = reader.crashes
    return faults, codes


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for mutants that fail")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults, codes = run(args.seed, args.count, Path(folder), args.keep)
    print(*faults, sep="\n")
    print(f"{args.count} mutants, {len(faults)} failed; {dict(codes.most_common())}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
