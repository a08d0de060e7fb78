# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels from a hand-in file of any kind: always parcels *and* problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ..core.boundary.options import ReadOptions
from ..core.boundary.reader import read_boundary_text
from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.model.profile import Extent
from .vector_parcels import read_vector

TEXT = {".txt"}
VECTOR = {".shp", ".gpkg", ".geojson", ".json", ".gdb"}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says about a file; everything has a default."""

    crs: Crs | None = None
    """Given by hand: fills what the file leaves out, never overrules what it says."""
    layer: str = ""
    encoding: str = ""
    strict: bool = False
    field_mapping: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accept_repairs: frozenset[str] = frozenset()
    extent: Extent | None = None
    county: str = ""
    max_features: int = 200_000
    max_points: int = 5_000_000


def read_parcels(source: str, options: ImportOptions | None = None) -> ParcelReading:
    """Read ``path`` or ``path|layername=x``.

    Raises LandReviewError for what is no data set at all (E-SRC-MISSING, E-SRC-CORRUPT,
    E-SRC-LAYER, E-SRC-FORMAT); what is wrong inside is listed among the problems.
    """
    options = options or ImportOptions()
    location, _, rest = source.partition("|")
    named = [part.partition("=")[2] for part in rest.split("|") if part.lower().startswith("layername=")]
    path = Path(location)
    if not path.exists():
        raise LandReviewError("E-SRC-MISSING", detail=location, place=Place(file=path.name))
    suffix = path.suffix.lower()
    if suffix in TEXT:
        return read_boundary_text(path.read_bytes(), file=path.name, options=_text_options(options))
    if suffix in VECTOR:
        return read_vector(path, layer=named[-1] if named else options.layer, options=options)
    raise LandReviewError(
        "E-SRC-FORMAT",
        detail=Text(
            zh=f"{suffix or path.name}；可读取：{' '.join(sorted(TEXT | VECTOR))}",
            en=f"{suffix or path.name}; readable: {' '.join(sorted(TEXT | VECTOR))}",
        ),
        place=Place(file=path.name),
    )


def _text_options(options: ImportOptions) -> ReadOptions:
    return ReadOptions(
        crs=options.crs,
        strict=options.strict,
        accept_repairs=options.accept_repairs,
        extent=options.extent,
        county=options.county,
        max_points=options.max_points,
    )
