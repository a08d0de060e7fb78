# SPDX-License-Identifier: GPL-2.0-or-later
"""Land that is asked about, and what lies on it: other cases of any county, features of layers in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .database import Connection, Row, one, rows

_LANDS = """
SELECT n, number, facts, epsg, ST_AsBinary(geom) AS land, ST_X(ST_PointOnSurface(geom)) AS longitude
FROM centre.parcels WHERE case_id = %s ORDER BY n
"""
_CASES = """
SELECT n, id::text, number, office, status, mining_right, heights, land
FROM centre.overlapping(%(n)s::int[], %(land)s::bytea[], %(tops)s::float[], %(bottoms)s::float[], %(plane)s, %(own)s,
                        %(mining)s, %(top_names)s, %(bottom_names)s, %(most)s)
"""
_FEATURES = """
SELECT * FROM centre.layer_overlaps(%(n)s::int[], %(land)s::bytea[], %(tops)s::float[], %(bottoms)s::float[],
                                    %(plane)s, %(layers)s, %(top_names)s, %(bottom_names)s, %(most)s)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Parcels in degrees of CGCS2000, the plane in which they are compared, and who asks for what."""

    numbers: Sequence[str]
    lands: Sequence[bytes]
    """WKB in degrees."""
    tops: Sequence[float | None]
    bottoms: Sequence[float | None]
    plane: int
    """EPSG code of a Gauss-Krüger plane."""
    own: str | None
    """A case that is not compared with itself."""
    mining: bool

    def values(self, mining_types: Sequence[str], tops: Sequence[str], bottoms: Sequence[str]) -> dict[str, Any]:
        """As the functions take them."""
        return {
            "n": list(range(len(self.lands))),
            "land": list(self.lands),
            "tops": list(self.tops),
            "bottoms": list(self.bottoms),
            "plane": self.plane,
            "own": self.own,
            "mining": list(mining_types) if self.mining else [],
            "top_names": list(tops),
            "bottom_names": list(bottoms),
        }


async def kind_of(connection: Connection, case: str) -> tuple[str, str] | None:
    """Business type and county of a case in sight; None: there is none."""
    query = "SELECT coalesce(cover->>'business_type', '') AS kind, code FROM centre.cases WHERE id = %s"
    row = await one(connection, query, (case,))
    return None if row is None else (row["kind"], row["code"])


async def lands(connection: Connection, case: str) -> list[Row]:
    """The parcels of a case, in degrees, with the plane that they were handed in with."""
    return await rows(connection, _LANDS, (case,))


async def cases(connection: Connection, values: dict[str, Any], most: int) -> list[Row]:
    """Other cases on the land, over all counties: nothing but what ``centre.overlapping`` tells."""
    return await rows(connection, _CASES, values | {"most": most})


async def features(connection: Connection, values: dict[str, Any], layers: Sequence[str], most: int) -> list[Row]:
    """Features of layers in sight on the land."""
    return await rows(connection, _FEATURES, values | {"layers": list(layers), "most": most})


async def versions(connection: Connection, layers: Sequence[str]) -> list[Row]:
    """The versions in force of layers in sight."""
    query = "SELECT layer, code, data_date, fields FROM centre.newest WHERE layer = ANY (%s) ORDER BY layer, code"
    return await rows(connection, query, (list(layers),))
