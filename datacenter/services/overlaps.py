# SPDX-License-Identifier: GPL-2.0-or-later
"""Double applications: land that another open or approved case wants, in any county, and mining rights on it.

Outlines are cut by the database in the plane of the parcels and measured by the core's own measures, so that
touching is no overlap and an area here is the area of a review.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely

from landreview_plugin.core.boundary.overlaps import OVERLAP_M2
from landreview_plugin.core.geodesy.area import AreaMethod, measure_for
from landreview_plugin.core.geodesy.zones import crs_from_epsg, find_zone, zone_by_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.crs import Datum
from landreview_plugin.core.tables import table
from landreview_plugin.sources.catalogue import resolve_roles
from landreview_plugin.sync.overlap_protocol import (
    MAX_PARCELS,
    CaseOverlap,
    LayerAsked,
    OverlapQuery,
    Overlaps,
    RightOverlap,
    Slivers,
)

from ..problems import Refusal
from ..storage import overlap_rows
from ..storage.database import Connection, Database, Row
from ..storage.overlap_rows import Asked
from .audit import Entry, record
from .parcels import lands_of
from .people import Person

RIGHTS = ("mining", "explore")
"""Layers of rights that are granted already."""
MOST = 500
"""Pairs of an answer."""
MOST_POINTS = 100_000
"""Of all outlines of an answer."""
MOST_LAND_M2 = 200e6
"""Of a question without a case: nobody asks the whole neighbouring county."""
_AREA_PLACES = 5
_HEIGHT = re.compile(r"[-+]?[0-9]{1,5}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class OverlapDesk:
    """Where offices ask who else wants their land."""

    database: Database

    async def of_case(self, person: Person, case: str, address: str) -> Overlaps:
        """Overlaps of a case's parcels. Raises 404 for a case out of sight."""
        person.may("overlaps")
        async with self.database.office(person.office) as connection:
            known = await overlap_rows.kind_of(connection, case)
            if known is None:
                raise Refusal(404, "E-CENTRE-GONE")
            kind, code = known
            found = await _compared(connection, _asked(await overlap_rows.lands(connection, case), case, kind), code)
        await self._remember(person, case, address)
        return found

    async def of_land(self, person: Person, query: OverlapQuery, address: str) -> Overlaps:
        """Overlaps of land that is no case yet. Raises 422 for land that can't be read, or too much of it."""
        person.may("overlaps")
        if len(query.parcels.parcels) > MAX_PARCELS:
            raise Refusal(422, "E-CENTRE-SIZE", Text(zh=f"地块多于{MAX_PARCELS}个", en=f"> {MAX_PARCELS} parcels"))
        lands, flaws = lands_of(query.parcels)
        if flaws:
            raise Refusal(422, "E-CENTRE-REQUEST", flaws[0])
        _refuse_too_much(_area_m2(query))
        rows = [
            {"number": land.number, "facts": land.facts, "epsg": query.parcels.epsg, "land": land.wkb} for land in lands
        ]
        asked = _asked(rows, query.case, query.business_type)
        async with self.database.office(person.office) as connection:
            found = await _compared(connection, asked, person.office)
        await self._remember(person, f"{len(lands)} parcels", address)
        return found

    async def _remember(self, person: Person, about: str, address: str) -> None:
        """Who asked for what; in a transaction of its own, since one that writes holds the feed."""
        async with self.database.office(person.office) as connection:
            await record(connection, Entry(person.name, person.office, "overlaps", about, address))


def _area_m2(query: OverlapQuery) -> float:
    """Square metres of land that is asked about, roughly: on its plane, or by the size of a degree."""
    shapes = shapely.from_wkt([parcel.wkt for parcel in query.parcels.parcels])
    degree_m = 111_320.0 if zone_by_epsg(query.parcels.epsg) is None else 1.0
    return float(shapely.area(shapes).sum()) * degree_m**2


def _refuse_too_much(area_m2: float) -> None:
    if area_m2 > MOST_LAND_M2:
        most = f"{MOST_LAND_M2 / 1e6:.0f} km²"
        raise Refusal(422, "E-CENTRE-SIZE", Text(zh=f"面积超过{most}", en=f"more than {most} of land"))


def _asked(rows: Sequence[Row], own: str | None, kind: str) -> Asked:
    tops, bottoms = (names_of(role) for role in ("top", "bottom"))
    return Asked(
        numbers=[str(row["number"]) for row in rows],
        lands=[bytes(row["land"]) for row in rows],
        tops=[_height(row["facts"], tops) for row in rows],
        bottoms=[_height(row["facts"], bottoms) for row in rows],
        plane=_plane(rows),
        own=own,
        mining=kind in mining_types(),
    )


def _plane(rows: Sequence[Row]) -> int:
    """The plane of the parcels; for degrees the three-degree zone in which the first one lies."""
    epsg = int(rows[0]["epsg"])
    if zone_by_epsg(epsg) is not None:
        return epsg
    longitude = shapely.from_wkb(bytes(rows[0]["land"])).centroid.x
    zone = find_zone(Datum.CGCS2000, 3, min(max(round(longitude / 3), 25), 45), prefixed=True)
    assert zone is not None  # 25 to 45 are all in the table
    return zone.epsg


def _height(facts: dict[str, Any], names: Sequence[str]) -> float | None:
    texts = (str(facts[name]).strip() for name in names if name in facts)
    return next((float(text) for text in texts if _HEIGHT.fullmatch(text)), None)


@cache
def mining_types() -> tuple[str, ...]:
    """Business types for mining and exploration rights."""
    return tuple(row["code"] for row in table("business_types") if row["domain"] == "mining")


@cache
def names_of(role: str) -> tuple[str, ...]:
    """Facts that hold a limit of elevation: the plain one in metres, and the fields of the mining layers."""
    fields = [row["fields"] for row in table("layer_fields") if row["key"] in RIGHTS and row["role"] == role]
    return (f"{role}_m", *(name for each in fields for name in each.split("|")))


async def _compared(connection: Connection, asked: Asked, code: str) -> Overlaps:
    values = asked.values(mining_types(), names_of("top"), names_of("bottom"))
    cases = await overlap_rows.cases(connection, values, MOST + 1)
    versions: list[Row] = []
    features: list[Row] = []
    if asked.mining:
        versions = await overlap_rows.versions(connection, RIGHTS)
        features = await overlap_rows.features(connection, values, RIGHTS, MOST + 1)
    measured = _Measured(asked.plane)
    told_cases = tuple(_case(asked, row, facts) for row, facts in measured.of(cases[:MOST]))
    told_rights = tuple(_right(asked, row, facts) for row, facts in measured.of(features[:MOST]))
    return Overlaps(
        epsg=asked.plane,
        cases=told_cases,
        rights=told_rights,
        layers=tuple(_layer(key, versions, code) for key in RIGHTS) if asked.mining else (),
        slivers=Slivers(limit_m2=OVERLAP_M2, count=measured.slivers, area_m2=round(measured.slivers_m2, _AREA_PLACES)),
        more=max(len(cases), len(features)) > MOST,
        outlines_left_out=measured.left_out,
    )


class _Measured:
    """Measures common land, sets slivers aside, and keeps the answer bounded."""

    def __init__(self, plane: int) -> None:
        crs = crs_from_epsg(plane)
        assert crs is not None
        self._ellipsoidal = measure_for(AreaMethod.ELLIPSOIDAL, crs)
        self._planar = measure_for(AreaMethod.PLANAR, crs)
        self._points = 0
        self.slivers, self.slivers_m2, self.left_out = 0, 0.0, 0

    def of(self, rows: Sequence[Row]) -> list[tuple[Row, dict[str, Any]]]:
        """The rows above the sliver area, with areas and outline."""
        if not rows:
            return []
        shapes = np.asarray(shapely.from_wkb([bytes(row["land"]) for row in rows]), dtype=object)
        told = []
        areas = zip(self._ellipsoidal(shapes), self._planar(shapes), strict=True)
        for row, shape, (area_m2, planar_m2) in zip(rows, shapes, areas, strict=True):
            if planar_m2 <= OVERLAP_M2:
                self.slivers += 1
                self.slivers_m2 += float(area_m2)
                continue
            sizes = {"area_m2": round(float(area_m2), _AREA_PLACES), "area_planar_m2": round(float(planar_m2), 5)}
            told.append((row, {**sizes, "wkt": self._outline(shape)}))
        return told

    def _outline(self, shape: shapely.Geometry) -> str:
        self._points += int(shapely.get_num_coordinates(shape))
        if self._points > MOST_POINTS:
            self.left_out += 1
            return ""
        return str(shapely.to_wkt(shape, rounding_precision=4))


def _case(asked: Asked, row: Row, facts: dict[str, Any]) -> CaseOverlap:
    return CaseOverlap(
        parcel=asked.numbers[row["n"]],
        number=row["number"],
        office=row["office"],
        state=row["status"],
        case=row["id"],
        mining_right=row["mining_right"],
        heights=row["heights"],
        **facts,
    )


def _right(asked: Asked, row: Row, facts: dict[str, Any]) -> RightOverlap:
    attributes = row["facts"]
    roles = resolve_roles(row["layer"], list(attributes), {})
    named = {role: str(attributes.get(roles.get(role, "")) or "") for role in ("licence", "name", "valid_to")}
    return RightOverlap(
        parcel=asked.numbers[row["n"]],
        layer=row["layer"],
        jurisdiction=row["code"],
        feature=row["feature"],
        heights=row["heights"],
        **named,
        **facts,
    )


def _layer(key: str, versions: Sequence[Row], county: str) -> LayerAsked:
    """What was looked at. A layer of offices below alone says nothing of the whole county: it is not checked."""
    mine = [row for row in versions if row["layer"] == key]
    codes = tuple(row["code"] for row in mine)
    if any(county.startswith(code) for code in codes):
        return LayerAsked(
            layer=key, state="checked", jurisdictions=codes, data_date=min(row["data_date"] for row in mine)
        )
    reason = Text(zh="中心没有覆盖本辖区的该图层", en="the centre has no such layer for this jurisdiction")
    return LayerAsked(layer=key, state="not_checked", jurisdictions=codes, reason=reason)
