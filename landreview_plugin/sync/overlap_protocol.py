# SPDX-License-Identifier: GPL-2.0-or-later
"""What travels of overlaps: land that other cases want, too, in any county. The rest of the wire is ``protocol``."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from ..core.model.base import Text
from .protocol import Answer, Id, Parcels, Sent

MAX_PARCELS = 500


class Heights(StrEnum):
    """Whether two mining rights meet in elevation (标高), too."""

    NONE = ""
    """Not asked: no mining right."""
    MEETS = "meets"
    APART = "apart"
    """They overlap in plan only: to be explained (DZ/T 0443-2023)."""
    UNKNOWN = "unknown"
    """A limit is not given: it counts as overlapping."""


class OverlapQuery(Sent):
    """``POST /v1/overlaps``: land that is no case of the centre yet."""

    parcels: Parcels
    business_type: str = Field(default="", max_length=10, pattern=r"^[A-Z]*$")
    """A mining right is compared with other mining rights, too."""
    case: Id | None = None
    """A case that is not to be told, because it is the same."""


class CaseOverlap(Answer):
    """A parcel and another case. Of a case out of sight nothing else is told."""

    parcel: str
    number: str
    office: str
    """County of the other case."""
    state: str
    """submitted, forwarded, returned: open; decided, archived: approved."""
    case: str | None = None
    """Its id, where the asking office may see it."""
    mining_right: bool = False
    """Told only where a mining right asks."""
    heights: Heights = Heights.NONE
    area_m2: float
    """On the ellipsoid, by the core's measure."""
    area_planar_m2: float
    wkt: str
    """The common land, in ``epsg``; empty where the answer would become too large."""


class RightOverlap(Answer):
    """A parcel and a right in a reference layer."""

    parcel: str
    layer: str
    jurisdiction: str
    feature: int
    licence: str = ""
    name: str = ""
    valid_to: str = ""
    """As the layer has it: an expired right is told, too."""
    heights: Heights
    area_m2: float
    area_planar_m2: float
    wkt: str


class LayerAsked(Answer):
    """A layer that a mining right is compared with."""

    layer: str
    state: str
    """checked, not_checked."""
    jurisdictions: tuple[str, ...] = ()
    data_date: dt.date | None = None
    """Of the oldest of them."""
    reason: Text | None = None


class Slivers(Answer):
    """Common pieces of a pair of at most ``limit_m2`` together: no overlap, but not hidden either."""

    limit_m2: float
    count: int = 0
    area_m2: float = 0.0


class Overlaps(Answer):
    """The other cases and rights on the land that was asked about."""

    epsg: int
    """Plane of the outlines."""
    cases: tuple[CaseOverlap, ...] = ()
    rights: tuple[RightOverlap, ...] = ()
    layers: tuple[LayerAsked, ...] = ()
    """Empty for what is no mining right: no layer was asked then."""
    slivers: Slivers
    more: bool = False
    """There are more than the answer holds: ask for fewer parcels."""
    outlines_left_out: int = 0
