# SPDX-License-Identifier: GPL-2.0-or-later
"""PostGIS, loaded and indexed beforehand: PARCELS LAYER REFERENCE OUT.csv; LANDREVIEW_BENCH_POSTGIS has the connection.

Loading is not counted: each pair of files is loaded on its first use, into tables named after them.
"""

from __future__ import annotations

import csv
import hashlib
import os
import sys

from osgeo import gdal, ogr

SQL = """
SELECT p.dkbh AS parcel, r.dlbm AS class, sum(ST_Area(ST_Intersection(p.geom, r.geom))) AS area_m2
FROM {parcels} p JOIN {reference} r ON ST_Intersects(p.geom, r.geom) GROUP BY 1, 2
"""


def main(parcels: str, layer: str, reference: str, out: str) -> None:
    """Areas of each parcel by DLBM."""
    connection = os.environ["LANDREVIEW_BENCH_POSTGIS"]
    names = {"parcels": _loaded(connection, parcels, layer), "reference": _loaded(connection, reference, "DLTB")}
    dataset = ogr.Open(connection)
    result = dataset.ExecuteSQL(SQL.format(**names))
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["parcel", "class", "area_m2"])
        writer.writerows((row["parcel"], row["class"], row["area_m2"]) for row in result)


def _loaded(connection: str, path: str, layer: str) -> str:
    """The table that holds a layer; made with its index when it is not there."""
    name = "bench_" + hashlib.sha256(f"{path}|{layer}".encode()).hexdigest()[:12]
    database = gdal.OpenEx(connection, gdal.OF_VECTOR | gdal.OF_UPDATE)
    if database.GetLayerByName(name) is None:
        gdal.VectorTranslate(
            database, path, layers=[layer], layerName=name, layerCreationOptions=["GEOMETRY_NAME=geom", "LAUNDER=YES"]
        )
        database.ExecuteSQL(f"ANALYZE {name}")
    return name


if __name__ == "__main__":
    main(*sys.argv[1:])
