# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user says about a hand-in file besides its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..core.boundary.dialects import Dialect
from ..core.boundary.options import ReadOptions
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError
from ..core.model.profile import Extent


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Everything has a default: a file is read as it stands, and nothing is confirmed."""

    crs: Crs | None = None
    """Given by hand: fills what the file leaves out, never overrules what it says."""
    layer: str = ""
    """Layer, sheet or member of an archive, where a file has several."""
    encoding: str = ""
    """Of attributes (SHP, CSV, DXF); empty: decided over names and values."""
    strict: bool = False
    """Warnings become refusals."""
    field_mapping: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Role (number, name, use, stated_area, land_class, map_sheet) → field."""
    accept_repairs: frozenset[str] = frozenset()
    """Codes of plausible repairs that a user said yes to (W-TXT-SWAP, W-GEO-ORIENT)."""
    extent: Extent | None = None
    county: str = ""
    dialects: tuple[Dialect, ...] = ()
    """The office's own dialects of the boundary TXT."""
    max_features: int = 200_000
    max_points: int = 5_000_000
    max_bytes: int = 1024 * 1024 * 1024
    """Of the file, and of what an archive unpacks to."""
    max_text_bytes: int = 128 * 1024 * 1024
    """Of files that are held in memory as a whole: KML, DXF, CSV, XLSX."""


def text_options(options: ImportOptions) -> ReadOptions:
    """The same for the reader of boundary-point TXT."""
    box = options.extent
    return ReadOptions(
        crs=options.crs,
        strict=options.strict,
        accept_repairs=options.accept_repairs,
        dialects=options.dialects,
        extent=(box.min_lon, box.min_lat, box.max_lon, box.max_lat) if box else None,
        county=options.county,
        max_bytes=options.max_bytes,
        max_points=options.max_points,
    )


def field_pairs(text: str) -> dict[str, str]:
    """Role → field from ``number=DKBH;use=TDYT``; raises E-CASE-PARAM for what is no such list."""
    pairs: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.replace("；", ";").split(";"))):
        role, equals, name = part.replace("＝", "=").partition("=")
        if not equals:
            raise LandReviewError("E-CASE-PARAM", detail=f"FIELDS: {part}")
        pairs[role.strip()] = name.strip()
    return pairs
