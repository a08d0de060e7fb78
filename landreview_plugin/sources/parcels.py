# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels from a hand-in file of any kind: always parcels *and* problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ..core.boundary.dialects import Dialect
from ..core.boundary.options import ReadOptions
from ..core.boundary.reader import read_boundary_text
from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.model.profile import Extent
from .archive import unpacked
from .drawing import read_drawing
from .kml import refuse_entities
from .point_table import read_points
from .vector_parcels import read_vector

TEXT = {".txt"}
VECTOR = {".shp", ".gpkg", ".geojson", ".json", ".gdb", ".kml"}
DRAWING = {".dxf"}
TABLE = {".csv", ".xlsx"}
PACKED = {".zip", ".kmz"}
MAX_TEXT_BYTES = 512 * 1024 * 1024
READABLE = TEXT | VECTOR | DRAWING | TABLE | PACKED


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
    dialects: tuple[Dialect, ...] = ()
    """The office's own dialects of the boundary TXT."""
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
    return _read(path, named[-1] if named else options.layer, options)


def _read(path: Path, layer: str, options: ImportOptions) -> ParcelReading:
    suffix = path.suffix.lower()
    if suffix in TEXT:
        _refuse_huge(path)
        return read_boundary_text(path.read_bytes(), file=path.name, options=_text_options(options))
    if suffix == ".kml":
        refuse_entities(path)
    if suffix in VECTOR:
        return read_vector(path, layer=layer, options=options)
    if suffix in DRAWING:
        return read_drawing(path, options.crs)
    if suffix in TABLE:
        return read_points(path, options)
    if suffix in PACKED:
        return _read_packed(path, layer, options)
    raise _unreadable(path)


def _refuse_huge(path: Path) -> None:
    """Before a byte is in memory."""
    if (size := path.stat().st_size) > MAX_TEXT_BYTES:
        detail = f"{size} > {MAX_TEXT_BYTES} bytes"
        raise LandReviewError("E-SRC-LIMIT", detail=detail, place=Place(file=path.name))


def _read_packed(path: Path, layer: str, options: ImportOptions) -> ParcelReading:
    """The one data set in an archive; several are named, so that the user can pick one."""
    with unpacked(path) as folder:
        inside = sorted(
            each
            for each in folder.rglob("*")
            if each.suffix.lower() in READABLE - PACKED and not any(up.suffix.lower() == ".gdb" for up in each.parents)
        )
        if layer and len(inside) > 1:
            inside = [each for each in inside if layer in (each.name, each.stem)] or inside
        if len(inside) != 1:
            names = ", ".join(str(each.relative_to(folder)) for each in inside)
            raise LandReviewError("E-SRC-LAYER" if inside else "E-SRC-EMPTY", detail=names, place=Place(file=path.name))
        reading = _read(inside[0], "" if layer in (inside[0].name, inside[0].stem) else layer, options)
        return reading.model_copy(
            update={"source": f"{path.name}/{inside[0].name}", "sha256": file_sha256(path)},
        )


def _unreadable(path: Path) -> LandReviewError:
    suffix, readable = path.suffix.lower() or path.name, " ".join(sorted(READABLE))
    drawing = suffix == ".dwg"
    return LandReviewError(
        "E-SRC-FORMAT",
        detail=Text(
            zh="DWG请在CAD中另存为DXF" if drawing else f"{suffix}；可读取：{readable}",
            en="save the DWG as DXF in the CAD program" if drawing else f"{suffix}; readable: {readable}",
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
        dialects=options.dialects,
    )
