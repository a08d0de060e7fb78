# SPDX-License-Identifier: GPL-2.0-or-later
"""A plain loop of DuckDB spatial, one hand-in after the other on one connection: FOLDER N REFERENCE.

Prints the seconds of each case, one a line; start-up is not counted.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb
import duckdb_extension_spatial

SQL = """
SELECT p.DKBH, r.DLBM, sum(ST_Area(ST_Intersection(p.geom, r.geom)))
FROM ST_Read('{parcels}', layer='SQDK') p
JOIN ST_Read('{reference}', layer='DLTB') r ON ST_Intersects(p.geom, r.geom) GROUP BY ALL
"""


def main(folder: str, count: str, reference: str) -> None:
    """Areas by class of each hand-in."""
    extension = next(Path(duckdb_extension_spatial.__file__).parent.glob("extensions/*/spatial.duckdb_extension"))
    connection = duckdb.connect(config={"threads": 1})
    connection.load_extension(str(extension))
    for path in sorted(Path(folder).glob("*.gpkg"))[: int(count)]:
        begin = time.perf_counter()
        connection.execute(SQL.format(parcels=path, reference=reference)).fetchall()
        sys.stdout.write(f"{time.perf_counter() - begin:.4f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
