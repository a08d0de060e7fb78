# SPDX-License-Identifier: GPL-2.0-or-later
"""Shapefiles: every part there and whole, the encoding decided, holes by containment."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ..core.boundary.nesting import build, nest
from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError, Place
from .collector import Collector
from .dbf import Dbf, read_dbf, refuse_other_count
from .encoding import Decision, decide, gdal_name, stated_in
from .vector_layer import read_with

_HEADER: Final = 100
_MAGIC: Final = 9994
_SHOWN: Final = 200
_NEEDED: Final = (".shx", ".dbf")
Ints = npt.NDArray[np.int64]


def read_shapefile(path: Path, _wanted: str, collector: Collector) -> Crs | None:
    """Read a shapefile; raises E-SRC-MISSING for a part that is not there, E-SRC-CORRUPT for a cut-off one."""
    parts = parts_of(path)
    refuse_missing(path, parts, collector.place)
    records = check_records(path, parts[".shx"])
    table = read_dbf(parts[".dbf"])
    refuse_other_count(table.frame, records, collector.place)
    decision = _encoding(table, parts.get(".cpg"), collector)
    deleted = table.deleted
    collector.features_stated = table.count - deleted
    if deleted:
        collector.notes["deleted_records"] = str(deleted)
    crs = read_with(
        "ESRI Shapefile",
        path,
        "",
        collector,
        options=[f"ENCODING={gdal_name(decision.encoding)}", "AUTO_REPACK=NO"],
        reshape=lambda geometry, at: _by_containment(geometry, at, collector),
    )
    if crs is None and ".prj" in parts:
        _note_unread(parts[".prj"], collector)
    return crs


def _note_unread(projection: Path, collector: Collector) -> None:
    """A .prj that says nothing we understand is not the same as none: it may name another system."""
    text = projection.read_bytes()[:_SHOWN].decode("utf-8", errors="replace").strip(" \0\r\n\t")
    if text:
        collector.add("W-CRS-UNREAD", text=text)


def parts_of(path: Path) -> dict[str, Path]:
    """The files of a shapefile by lower-case suffix, itself among them."""
    stem = path.stem.lower()
    return {part.suffix.lower(): part for part in sorted(path.parent.iterdir()) if part.stem.lower() == stem}


def refuse_missing(path: Path, parts: Mapping[str, Path], place: Place) -> None:
    """Raise E-SRC-MISSING without index or table, with their names."""
    missing = [f"{path.stem}{suffix}" for suffix in _NEEDED if suffix not in parts]
    if missing:
        raise LandReviewError("E-SRC-MISSING", detail=", ".join(missing), place=place)


def check_records(path: Path, index: Path) -> int:
    """Compare the .shp with its header and index, record by record; the number of records.

    Raises E-SRC-CORRUPT naming file and record: a cut-off file is never read in part.
    """
    data, entries = path.read_bytes(), index.read_bytes()
    for name, content in ((path.name, data), (index.name, entries)):
        _check_header(name, content)
    records = np.frombuffer(entries[_HEADER:], dtype=">i4").reshape(-1, 2).astype(np.int64) * 2
    starts, lengths = records[:, 0], records[:, 1]
    ends = starts + 8 + lengths
    broken = (starts < _HEADER) | (lengths < 4) | (ends > len(data))
    if not broken.any():
        broken = _differs(data, starts, lengths)
    if broken.any():
        record = int(np.flatnonzero(broken)[0]) + 1
        detail = Text(
            zh=f"第{record}条记录（共{len(records)}条）不完整或与索引不符",
            en=f"record {record} of {len(records)} is cut off or differs from the index",
        )
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=Place(file=path.name, feature=str(record)))
    stated = _stated_size(data)
    if stated != len(data) and (stated > len(data) or int(ends.max(initial=_HEADER)) != stated):
        detail = Text(zh=f"文件头{stated}字节，实有{len(data)}字节", en=f"{stated} bytes stated, {len(data)} there")
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=Place(file=path.name))
    return len(records)


def _differs(data: bytes, starts: Ints, lengths: Ints) -> npt.NDArray[np.bool_]:
    """Records whose own header does not say what the index says."""
    raw = np.frombuffer(data, dtype=np.uint8)
    headers = raw[starts[:, None] + np.arange(8)] if len(starts) else np.zeros((0, 8), np.uint8)
    own = np.ascontiguousarray(headers).view(">i4").reshape(-1, 2).astype(np.int64)
    return np.asarray((own[:, 0] != np.arange(1, len(starts) + 1)) | (own[:, 1] * 2 != lengths))


def _check_header(name: str, content: bytes) -> None:
    if len(content) < _HEADER or struct.unpack(">i", content[:4])[0] != _MAGIC:
        detail = Text(zh="文件头无效", en="no shapefile header")
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=Place(file=name))
    if name.lower().endswith(".shx") and ((len(content) - _HEADER) % 8 or _stated_size(content) > len(content)):
        detail = Text(zh="索引不完整", en="the index is cut off")
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=Place(file=name))


def _stated_size(content: bytes) -> int:
    return int(struct.unpack(">i", content[24:28])[0]) * 2


def _encoding(table: Dbf, cpg: Path | None, collector: Collector) -> Decision:
    texts, cut = table.texts()
    decision = decide(texts, given=collector.options.encoding, cpg=stated_in(cpg), ldid=table.frame.ldid)
    collector.notes["encoding"] = "ascii" if decision.why == "ascii" else decision.encoding
    if decision.doubt is not None:
        collector.add("W-SRC-ENC", reason=decision.doubt)
    if cut:
        reason = Text(zh=f"{cut}个属性值在字段宽度处被截断", en=f"{cut} values are cut off at the width of their field")
        collector.add("W-ATT-LONG", reason=reason)
    return decision


def _by_containment(geometry: BaseGeometry, at: Place, collector: Collector) -> BaseGeometry:
    """Outer rings run clockwise by the format; where they don't, containment decides, and it is said."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(geometry))]
    parts = nest(rings)
    outer = {part[0] for part in parts}
    clockwise = [not shapely.is_ccw(shapely.linearrings(ring)) for ring in rings]
    by_format = all((i in outer) == runs for i, runs in enumerate(clockwise))
    if by_format and len(parts) == shapely.get_num_geometries(geometry):
        return geometry
    repair = Text(
        zh=f"{len(rings)}个圈按包含关系读为{len(parts)}个部分",
        en=f"{len(rings)} rings were read as {len(parts)} parts by containment",
    )
    collector.add("W-GEO-ORIENT", at, repair=repair)
    return build(rings, parts)
