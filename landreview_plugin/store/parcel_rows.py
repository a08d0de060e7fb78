# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-ins and their parcels as rows: exact coordinates for computing, degrees for maps."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
import shapely
from pydantic import TypeAdapter

from ..core.model.crs import Crs
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import LandReviewError, Problem
from .case_rows import containing
from .geopackage import degrees_outlines, geometry_blobs

_PROBLEMS = TypeAdapter(tuple[Problem, ...])


@dataclass(frozen=True, slots=True)
class ParcelHit:
    """A parcel of a case, as far as it takes to find it again."""

    case_id: str
    case_number: str
    number: str
    name: str
    box_degrees: tuple[float, float, float, float] | None
    """xmin, ymin, xmax, ymax in CGCS2000; None: it can't be placed on the earth."""


def insert(connection: sqlite3.Connection, case_id: str, version: int, reading: ParcelReading, at: dt.datetime) -> None:
    """Add a hand-in as ``version``; it becomes the one that counts."""
    if reading.crs is None:
        raise LandReviewError("E-CRS-NONE")
    connection.execute(
        "INSERT INTO hand_ins (case_id, version, file_name, sha256, crs, problems, taken_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            case_id,
            version,
            PurePath(reading.source).name,
            reading.sha256,
            reading.crs.model_dump_json(),
            _PROBLEMS.dump_json(reading.problems).decode("utf-8"),
            at.isoformat(),
        ),
    )
    connection.execute("UPDATE parcels SET current = 0 WHERE case_id = ?", (case_id,))
    connection.executemany(
        "INSERT INTO parcels (case_id, version, seq, current, number, facts, shape, min_x, min_y, max_x, max_y, geom)"
        " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(case_id, version, seq, *row) for seq, row in enumerate(_rows(reading.parcels, reading.crs))],
    )


def _rows(parcels: Sequence[Parcel], crs: Crs) -> Iterator[tuple[object, ...]]:
    """(number, facts, exact shape, box of degrees, outline in degrees) of each."""
    geometries = np.array([parcel.geometry for parcel in parcels], dtype=object)
    outlines = degrees_outlines(geometries, crs)
    shapes = shapely.to_wkb(geometries, byte_order=1)
    placed = ~shapely.is_missing(outlines)
    on_map = zip(shapely.bounds(outlines[placed]).tolist(), geometry_blobs(outlines[placed]), strict=True)
    for parcel, shape, there in zip(parcels, shapes, placed.tolist(), strict=True):
        box, outline = next(on_map) if there else ((None,) * 4, None)
        yield (parcel.number, parcel.model_dump_json(), shape, *box, outline)


def reading_of(connection: sqlite3.Connection, case_id: str, version: int) -> ParcelReading:
    """A hand-in as it was taken in; raises E-STORE-GONE when the store has none of that version."""
    head = connection.execute(
        "SELECT file_name, sha256, crs, problems FROM hand_ins WHERE case_id = ? AND version = ?", (case_id, version)
    ).fetchone()
    if head is None:
        raise LandReviewError("E-STORE-GONE", detail=f"{case_id} v{version}")
    rows = connection.execute(
        "SELECT facts, shape FROM parcels WHERE case_id = ? AND version = ? ORDER BY seq", (case_id, version)
    )
    return ParcelReading(
        source=head[0],
        sha256=head[1],
        crs=Crs.model_validate_json(head[2]),
        problems=_PROBLEMS.validate_json(head[3]),
        parcels=tuple(
            Parcel.model_validate(json.loads(facts) | {"geometry": shapely.from_wkb(shape)}) for facts, shape in rows
        ),
    )


def taken_at(connection: sqlite3.Connection, case_id: str, version: int) -> dt.datetime:
    """When a hand-in was taken in; raises E-STORE-GONE."""
    row = connection.execute(
        "SELECT taken_at FROM hand_ins WHERE case_id = ? AND version = ?", (case_id, version)
    ).fetchone()
    if row is None:
        raise LandReviewError("E-STORE-GONE", detail=f"{case_id} v{version}")
    return dt.datetime.fromisoformat(row[0])


def cases_touching(
    connection: sqlite3.Connection, box: tuple[float, float, float, float], but: str
) -> list[tuple[str, int, tuple[float, float, float, float]]]:
    """(id, version, box) of parcels of other open cases that reach into a box of degrees."""
    min_x, min_y, max_x, max_y = box
    rows = connection.execute(
        "SELECT p.case_id, p.version, p.min_x, p.min_y, p.max_x, p.max_y"
        " FROM parcels p JOIN cases c ON c.id = p.case_id"
        " WHERE p.current = 1 AND c.archived = 0 AND p.case_id <> ?"
        " AND p.min_x <= ? AND p.max_x >= ? AND p.min_y <= ? AND p.max_y >= ?",
        (but, max_x, min_x, max_y, min_y),
    )
    return [(case_id, version, tuple(box)) for case_id, version, *box in rows]


_HIT = (
    "SELECT c.id, c.number, p.number, json_extract(p.facts, '$.name'), p.min_x, p.min_y, p.max_x, p.max_y"
    " FROM parcels p JOIN cases c ON c.id = p.case_id WHERE p.current = 1 AND "
)


def find(connection: sqlite3.Connection, text: str, limit: int) -> list[ParcelHit]:
    """Parcels of open cases whose number or name contains ``text``."""
    where = (
        "c.archived = 0 AND (p.number LIKE ?1 ESCAPE '\\' OR json_extract(p.facts, '$.name') LIKE ?1 ESCAPE '\\')"
        " ORDER BY p.number, c.number LIMIT ?2"
    )
    return [_hit(row) for row in connection.execute(_HIT + where, (containing(text), limit))]


def of_case(connection: sqlite3.Connection, case_id: str) -> list[ParcelHit]:
    """The parcels of a case that count, in the order of the hand-in."""
    return [_hit(row) for row in connection.execute(_HIT + "c.id = ? ORDER BY p.seq", (case_id,))]


def _hit(row: tuple[str, str, str, str | None, float, float, float, float]) -> ParcelHit:
    box = None if row[4] is None else (row[4], row[5], row[6], row[7])
    return ParcelHit(row[0], row[1], row[2], row[3] or "", box)
