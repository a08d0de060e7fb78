# SPDX-License-Identifier: GPL-2.0-or-later
"""Features for maps and queries: parcels of cases, reference layers. The transaction's office sees its own.

A box is asked for twice: ``&&`` finds by the index also under the policies (it is marked leakproof), ``ST_Intersects``
then decides; see docs/datacenter.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

from ..storage.database import Connection, rows
from .query import Asked

_PARCELS: LiteralString = """
SELECT p.case_id::text AS grp, p.n, p.geom, c.changed_at::date AS day,
       jsonb_build_object('case_number', c.number, 'parcel', p.number, 'project', c.cover->>'project',
           'business_type', c.cover->>'business_type', 'status', c.status, 'jurisdiction', c.code, 'holder', c.holder,
           'verdict', c.cover->>'verdict') AS properties
FROM centre.parcels p JOIN centre.cases c ON c.id = p.case_id
WHERE %(layer)s = 'parcels'
"""
_FEATURES: LiteralString = """
SELECT f.code AS grp, f.n, f.geom, v.data_date AS day,
       f.attributes || jsonb_build_object('landreview_jurisdiction', f.code, 'landreview_data_date', v.data_date)
           AS properties
FROM centre.features f JOIN centre.newest v ON (v.layer, v.code, v.version) = (f.layer, f.code, f.version)
WHERE f.layer = %(layer)s
"""
_BOXED: LiteralString = " AND {geom} && {box} AND ST_Intersects({geom}, {box})"
_FILTERS: LiteralString = """NOT EXISTS (
    SELECT 1 FROM unnest(%(names)s::text[], %(values)s::text[]) AS w (name, value)
    WHERE s.properties->>w.name IS DISTINCT FROM w.value)"""
PARCEL_FIELDS = (
    "case_number", "parcel", "project", "business_type", "status", "jurisdiction", "holder", "verdict",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One feature as text: geometry and properties as the database wrote them."""

    group: str
    n: int
    geometry: str
    properties: str


def _source(collection: str) -> tuple[LiteralString, LiteralString]:
    """The rows of a collection and the column of their shape."""
    return (_PARCELS, "p.geom") if collection == "parcels" else (_FEATURES, "f.geom")


async def items(connection: Connection, collection: str, asked: Asked) -> list[Item]:
    """A page of features, in the order of their keys; one more than the limit when there are more."""
    source, geom = _source(collection)
    box: LiteralString = "ST_Transform(ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, %(box_epsg)s), 4490)"
    where: LiteralString = _BOXED.format(geom=geom, box=box) if asked.box else ""
    shape: LiteralString = "s.geom" if asked.crs.epsg == 4490 else "ST_Transform(s.geom, %(epsg)s)"
    shape = f"ST_FlipCoordinates({shape})" if asked.crs.flipped else shape
    query = f"""
SELECT s.grp AS group, s.n, ST_AsGeoJSON({shape}, %(digits)s, 0) AS geometry, s.properties::text AS properties
FROM ({source}{where}) s
{_conditions(asked)}
ORDER BY s.grp, s.n LIMIT %(limit)s
"""  # noqa: S608  # nosec B608 - parts of our own, values bound
    found = await rows(connection, query, _values(collection, asked))
    return [Item(**row) for row in found]


def _conditions(asked: Asked) -> LiteralString:
    """Those that are asked for: one that holds for each row costs time on each row."""
    wanted: list[LiteralString] = []
    if asked.since:
        wanted.append("s.day >= %(since)s::date")
    if asked.until:
        wanted.append("s.day <= %(until)s::date")
    if asked.after:
        wanted.append("(s.grp, s.n) > (%(after)s::text, %(after_n)s::bigint)")
    if asked.filters:
        wanted.append(_FILTERS)
    return "WHERE " + " AND ".join(wanted) if wanted else ""


def _values(collection: str, asked: Asked) -> Mapping[str, Any]:
    box, after = asked.box, asked.after or (None, None)
    values: dict[str, Any] = {
        "layer": collection,
        "epsg": asked.crs.epsg,
        "digits": 9 if asked.crs.epsg == 4490 else 4,  # a tenth of a millimetre either way
        "since": asked.since,
        "until": asked.until,
        "after": after[0],
        "after_n": after[1],
        "names": [name for name, _ in asked.filters],
        "values": [value for _, value in asked.filters],
        "limit": asked.limit + 1,
    }
    if box:
        values |= {"west": box.west, "south": box.south, "east": box.east, "north": box.north, "box_epsg": box.epsg}
    return values


async def item(connection: Connection, collection: str, key: tuple[str, int], asked: Asked) -> Item | None:
    """One feature by its key."""
    source, _ = _source(collection)
    shape: LiteralString = "s.geom" if asked.crs.epsg == 4490 else "ST_Transform(s.geom, %(epsg)s)"
    shape = f"ST_FlipCoordinates({shape})" if asked.crs.flipped else shape
    one: LiteralString = (
        "p.case_id::text = %(after)s AND p.n" if collection == "parcels" else "f.code = %(after)s AND f.n"
    )
    query = f"""
SELECT s.grp AS group, s.n, ST_AsGeoJSON({shape}, %(digits)s, 0) AS geometry, s.properties::text AS properties
FROM ({source} AND {one} = %(after_n)s) s
"""  # noqa: S608  # nosec B608 - parts of our own, values bound
    values = dict(_values(collection, asked)) | {"after": key[0], "after_n": key[1]}
    found = await rows(connection, query, values)
    return Item(**found[0]) if found else None


async def extent(connection: Connection, collection: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north of what the office sees, in degrees; None where it sees nothing."""
    source, _ = _source(collection)
    query = f"SELECT ST_Extent(s.geom)::text AS box FROM ({source}) s"  # noqa: S608  # nosec B608 - our own
    found = await rows(connection, query, {"layer": collection})
    text = found[0]["box"] if found else None
    if not text:
        return None
    west, south, east, north = (float(part) for part in text[4:-1].replace(",", " ").split())
    return west, south, east, north


_TILE: LiteralString = """
WITH t AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box),
     b AS MATERIALIZED (SELECT ST_Transform(t.box, 4490) AS degrees FROM t),
     s AS (
         SELECT q.grp || '.' || q.n AS id, q.properties,
                ST_AsMVTGeom(ST_Transform(q.geom, 3857), (SELECT box FROM t), 4096, 64, true) AS geom
         FROM ({source} AND {geom} && (SELECT degrees FROM b)
               ORDER BY ST_Area({geom}) DESC LIMIT %(most)s) q
     )
SELECT coalesce(ST_AsMVT(m, %(layer)s, 4096, 'geom'), '') AS tile
FROM (SELECT s.id, s.geom, s.properties FROM s WHERE s.geom IS NOT NULL) m
"""
MOST_IN_TILE = 20_000
"""The largest ones: what is left out is smaller than a dot at such a scale."""


async def tile(connection: Connection, collection: str, z: int, x: int, y: int) -> bytes:
    """A Mapbox vector tile of the collection; empty where nothing lies in it."""
    source, geom = _source(collection)
    query = _TILE.format(source=source, geom=geom)
    values = {"layer": collection, "z": z, "x": x, "y": y, "most": MOST_IN_TILE}
    found = await rows(connection, query, values)
    return bytes(found[0]["tile"])
