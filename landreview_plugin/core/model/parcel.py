# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels as handed in, and the reading of one file."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field
from shapely.geometry.base import BaseGeometry

from .base import Model
from .crs import Crs
from .problems import Problem


class Parcel(Model):
    """地块: one piece of land applied for, in the coordinates it was handed in.

    ``geometry`` is a Polygon or MultiPolygon in plane coordinates x = easting, y = northing
    (the reverse of the X/Y columns of a boundary TXT).
    """

    number: str
    name: str = ""
    use: str = ""
    land_class: str = ""
    map_sheet: str = ""
    stated_area_ha: Decimal | None = None
    """申报面积 in hectares; None: not stated."""
    extra: tuple[str, ...] = ()
    """Further header fields of a boundary TXT, verbatim."""
    labels: tuple[tuple[str, ...], ...] = ()
    """界址点号 per ring of ``geometry`` (outer ring, its holes, next part), the closing point left out.

    That is the order of the file where it lists part after part. () when the source has none.
    """
    geometry: BaseGeometry = Field(exclude=True, repr=False)


class ParcelReading(Model):
    """What a reader makes of one file: always parcels *and* problems.

    A problem of level error stops storing and reviewing, never previewing.
    """

    source: str
    sha256: str = ""
    crs: Crs | None = None
    """None: the data carry none (E-CRS-NONE among the problems) and nobody gave one."""
    parcels: tuple[Parcel, ...] = ()
    problems: tuple[Problem, ...] = ()
    points_in: int = 0
    """Boundary points found in the file, closing points included."""
    points_rejected: int = 0
    notes: dict[str, str] = Field(default_factory=dict)
    """What was detected, for the preview: encoding, dialect, field mapping …"""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the file."""
        return tuple(p for p in self.problems if p.refuses)
