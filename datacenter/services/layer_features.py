# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of a version's file: as features for the database, and as the file of an office that may see some of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.sources.reference_wkb import geopackage_wkb
from landreview_plugin.sync.layer_file import content_hash, opened, quoted, table_of
from landreview_plugin.sync.layer_rows import remove_rows

from ..storage.database import Row
from ..storage.layer_rows import FeatureRow
from .degrees import degrees_of

BATCH = 2_000
"""Features a transaction: short ones don't hold the feed back."""
_DIGITS = re.compile(r"[0-9]{6,}")


def batches(path: Path, row: Row) -> Generator[list[FeatureRow], None, None]:
    """The features of a version in portions; what has no geometry is on no map and in no query."""
    crs = crs_from_epsg(row["epsg"])
    assert crs is not None  # the intake took no other
    with opened(path) as connection:
        version = table_of(connection, path)
        names = [name for name, _ in version.columns if name != version.geometry]
        columns = ", ".join(map(quoted, (version.key, version.geometry, *names)))
        cursor = connection.execute(f"SELECT {columns} FROM {quoted(version.name)}")  # noqa: S608 - quoted names
        while rows := cursor.fetchmany(BATCH):
            column = np.empty(len(rows), dtype=object)
            column[:] = geopackage_wkb([found[1] for found in rows])
            shapes = shapely.from_wkb(column)
            there = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
            placed = shapely.to_wkb(
                shapely.set_srid(degrees_of(shapes[there], crs.gauss_kruger), 4490), include_srid=True
            )
            yield [
                (rows[i][0], unit_of(facts := _facts(names, rows[i][2:]), row), facts, wkb)
                for i, wkb in zip(there.tolist(), placed, strict=True)
            ]


def unit_of(facts: dict[str, Any], row: Row) -> str:
    """The office that a feature belongs to: by its unit code where that lies in the layer's own, else the layer's.

    ``430998101203…`` is a village of the town 430998101: offices end with towns.
    """
    value = str(facts.get(row["unit_field"]) or "")
    if not _DIGITS.match(value) or not value.startswith(row["code"]):
        return str(row["code"])
    return value[:9] if len(value) >= 9 and value[6:9] != "000" else value[:6]


def write_cut(source: Path, row: Row, office: str, target: Path) -> Row:
    """The file of a version with the rows that ``office`` may see, and what its manifest says."""
    shutil.copyfile(source, target)
    with opened(target, writes=True) as connection:
        version = table_of(connection, target)
        others = []
        if row["unit_field"]:
            columns = f"{quoted(version.key)}, {quoted(row['unit_field'])}"
            cursor = connection.execute(f"SELECT {columns} FROM {quoted(version.name)}")  # noqa: S608 - quoted names
            others = [n for n, unit in cursor if not _seen(unit_of({row["unit_field"]: unit}, row), office)]
        connection.execute("BEGIN IMMEDIATE")
        remove_rows(connection, version, others)
        connection.execute("COMMIT")
        connection.execute("VACUUM")  # no byte of another office's rows stays in the file
        (count,) = connection.execute(f"SELECT count(*) FROM {quoted(version.name)}").fetchone()  # noqa: S608
    return {"feature_count": count, "result_hash": content_hash(target)}


def _seen(unit: str, office: str) -> bool:
    """As the policy of ``centre.features``."""
    return unit.startswith(office) or office.startswith(unit)


def _facts(names: list[str], values: tuple[object, ...]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if not isinstance(value, bytes)}
