# SPDX-License-Identifier: GPL-2.0-or-later
"""Two hand-ins of a case side by side: which parcels came, went, changed their land or only their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import shapely
from shapely.geometry.base import BaseGeometry

from .evidence.hashes import geometry_sha256


class Change(StrEnum):
    """What a row of the comparison says."""

    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    GAINED = "gained"
    """Land of a changed parcel that it did not have before."""
    LOST = "lost"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ParcelChange:
    """One difference, with the land it is about. Areas are planar m²."""

    change: Change
    parcel: str
    before: str
    """The number of then, where it is another one."""
    geometry: BaseGeometry
    area_before_m2: float
    area_after_m2: float

    @property
    def difference_m2(self) -> float:
        """After less before."""
        return self.area_after_m2 - self.area_before_m2


def compare_parcels(before: Mapping[str, BaseGeometry], after: Mapping[str, BaseGeometry]) -> tuple[ParcelChange, ...]:
    """Parcels by number, polygons of one plane. Land is the same when its hash is: start vertices don't count."""
    same_land = {geometry_sha256(shape): number for number, shape in before.items() if number not in after}
    rows: list[ParcelChange] = []
    renumbered: set[str] = set()
    for number, shape in sorted(after.items()):
        if number in before:
            rows.extend(_both(number, before[number], shape))
        elif (old := same_land.get(geometry_sha256(shape))) is not None and old not in renumbered:
            renumbered.add(old)
            rows.append(ParcelChange(Change.RENUMBERED, number, old, shape, shape.area, shape.area))
        else:
            rows.append(ParcelChange(Change.ADDED, number, "", shape, 0.0, shape.area))
    gone = sorted(before.keys() - after.keys() - renumbered)
    rows += [ParcelChange(Change.REMOVED, n, n, before[n], before[n].area, 0.0) for n in gone]
    return tuple(rows)


def _both(number: str, old: BaseGeometry, new: BaseGeometry) -> Iterator[ParcelChange]:
    if geometry_sha256(old) == geometry_sha256(new):
        yield ParcelChange(Change.UNCHANGED, number, number, new, old.area, new.area)
        return
    for change, land in ((Change.GAINED, new - old), (Change.LOST, old - new)):
        land = shapely.multipolygons([part for part in shapely.get_parts(land) if part.geom_type == "Polygon"])
        if not land.is_empty:
            yield ParcelChange(change, number, number, land, old.area, new.area)
    if shapely.equals(old, new):  # other vertices on the same outline
        yield ParcelChange(Change.UNCHANGED, number, number, new, old.area, new.area)
