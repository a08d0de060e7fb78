# SPDX-License-Identifier: GPL-2.0-or-later
"""DuckDB spatial, in one SQL statement: PARCELS LAYER REFERENCE OUT.csv."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import duckdb_extension_spatial

SQL = """
COPY (
  SELECT p.DKBH AS parcel, r.DLBM AS class, sum(ST_Area(ST_Intersection(p.geom, r.geom))) AS area_m2
  FROM ST_Read('{parcels}', layer='{layer}') p
  JOIN ST_Read('{reference}', layer='DLTB') r ON ST_Intersects(p.geom, r.geom)
  GROUP BY ALL
) TO '{out}' (HEADER, DELIMITER ',')
"""


def main(parcels: str, layer: str, reference: str, out: str) -> None:
    """Areas of each parcel by DLBM."""
    extension = next(Path(duckdb_extension_spatial.__file__).parent.glob("extensions/*/spatial.duckdb_extension"))
    connection = duckdb.connect()
    connection.load_extension(str(extension))
    connection.execute(SQL.format(parcels=parcels, layer=layer, reference=reference, out=out))


if __name__ == "__main__":
    main(*sys.argv[1:])
