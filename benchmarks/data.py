# SPDX-License-Identifier: GPL-2.0-or-later
"""The land that is raced over: a made-up county, dense parcels, millions of squares."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import shapely
from osgeo import ogr, osr

ROOT = Path(__file__).resolve().parent.parent
EPSG = 4526
X0, Y0 = 38_350_000.0, 3_099_000.0
COUNTY_SIDE_M = 42_000.0
SQUARE_M = 10.0


def county(path: Path, polygons: int = 200_000, parcels: int = 1_000) -> Path:
    """The county of ``tools/make_county.py``: land use in DLTB, parcels in SQDK."""
    if not path.exists():
        script = ROOT / "tools" / "make_county.py"
        arguments = [str(path), "--n", str(polygons), "--apps", str(parcels), "--seed", "97"]
        subprocess.run([sys.executable, str(script), *arguments], check=True, stdout=subprocess.DEVNULL)
    return path


def dense(path: Path) -> Path:
    """Parcels over a third of the county (checked squares of 300 m), and 20 corridors of 30 km × 40 m."""
    if path.exists():
        return path
    shapes = [
        shapely.box(X0 + 300 * i, Y0 + 300 * j, X0 + 300 * i + 300, Y0 + 300 * j + 300)
        for i in range(140)
        for j in range(140)
        if (i + j) % 3 == 0
    ]
    random = np.random.default_rng(97)
    for _ in range(20):
        angle, x, y = random.uniform(0, np.pi), *random.uniform(15_000, 27_000, 2)
        step = 15_000 * np.array([np.cos(angle), np.sin(angle)])
        middle = np.array([X0 + x, Y0 + y])
        shapes.append(shapely.LineString([middle - step, middle + step]).buffer(20, cap_style="flat"))
    return write(path, "SQDK", shapes)


def write(path: Path, layer_name: str, shapes: list[shapely.Geometry]) -> Path:
    """A GeoPackage of polygons with a number in DKBH."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(EPSG)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer(layer_name, reference, ogr.wkbMultiPolygon)
    layer.CreateField(ogr.FieldDefn("DKBH", ogr.OFTString))
    layer.StartTransaction()
    for number, shape in enumerate(shapes, start=1):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["DKBH"] = f"DK{number:05d}"
        feature.SetGeometry(ogr.ForceToMultiPolygon(ogr.CreateGeometryFromWkb(shapely.to_wkb(shape))))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    return path


def squares(path: Path, count: int) -> Path:
    """``count`` squares of 10 m in a grid, written by SQL with their R-tree."""
    if path.exists():
        return path
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    _empty(partial)
    side = int(np.ceil(np.sqrt(count)))
    with closing(sqlite3.connect(partial)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'DLTB'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        for start in range(0, count, 200_000):
            _insert(connection, np.arange(start, min(start + 200_000, count)), side)
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = 'DLTB'", (count,))
        connection.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = 'DLTB'",
            (X0, Y0, X0 + side * SQUARE_M, Y0 + side * SQUARE_M),
        )
        connection.commit()
    partial.replace(path)
    return path


def _empty(path: Path) -> None:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(EPSG)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("DLTB", reference, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("DLBM", ogr.OFTString))
    del layer, dataset


def _insert(connection: sqlite3.Connection, numbers: np.ndarray, side: int) -> None:
    """Squares as GeoPackage blobs (no envelope), and their boxes into the R-tree."""
    x, y = X0 + (numbers % side) * SQUARE_M, Y0 + (numbers // side) * SQUARE_M
    record = np.zeros(len(numbers), dtype=[("head", "S4"), ("srs", "<i4"), ("wkb", "S13"), ("xy", "<f8", (5, 2))])
    dx, dy = np.array([0, 1, 1, 0, 0]) * SQUARE_M, np.array([0, 0, 1, 1, 0]) * SQUARE_M
    record["xy"] = np.stack([x[:, None] + dx, y[:, None] + dy], axis=2)
    raw = record.view(np.uint8).reshape(len(numbers), -1)
    raw[:, :4] = np.frombuffer(b"GP\x00\x01", dtype=np.uint8)
    raw[:, 4:8] = np.frombuffer(np.int32(EPSG).tobytes(), dtype=np.uint8)
    head = b"\x01\x03\x00\x00\x00\x01\x00\x00\x00\x05\x00\x00\x00"
    raw[:, 8:21] = np.frombuffer(head, dtype=np.uint8)
    fids = (numbers + 1).tolist()
    blobs = [row.tobytes() for row in raw]
    classes = ("0101", "0103", "0301", "0702")
    connection.executemany(
        "INSERT INTO DLTB (fid, geom, DLBM) VALUES (?, ?, ?)",
        ((fid, blob, classes[fid % 4]) for fid, blob in zip(fids, blobs, strict=True)),
    )
    boxes = zip(fids, x.tolist(), (x + SQUARE_M).tolist(), y.tolist(), (y + SQUARE_M).tolist(), strict=True)
    connection.executemany("INSERT INTO rtree_DLTB_geom VALUES (?, ?, ?, ?, ?)", boxes)
