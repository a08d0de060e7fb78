# SPDX-License-Identifier: GPL-2.0-or-later
"""From the cuts of many batches to one overlay, in an order that depends on nothing but the land."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from ..arrays import as_ints
from ..geodesy.area import planar_areas
from ..geodesy.rings import sums
from ..model.base import Text
from ..progress import Progress
from .cover import Pieces, cover
from .cut import Cut, Cutter, Mask
from .fingerprint import COUNT, closes
from .layer import Geometries
from .pieces import Floats, Ints, Overlay
from .repair import polygonal

PER_STEP = 1_000
"""Pieces built between two reports of progress."""


@dataclass(frozen=True, slots=True)
class GroupResult:
    """The overlay of a group of parcels, and the features that it touched."""

    overlay: Overlay
    touched: Ints


def assemble(cutter: Cutter, cuts: Sequence[Cut], fields: Sequence[str], progress: Progress) -> GroupResult:
    """Pieces ordered by parcel and feature, tiles summed up, uncovered and doubled land told."""
    parcels, measure = cutter.parcels, cutter.measure
    parcel, fid = _joined(cuts, "parcel"), _joined_fids(cuts)
    order = np.lexsort((fid, parcel))
    parcel, fid = parcel[order], fid[order]
    starts = np.flatnonzero(np.r_[True, (parcel[1:] != parcel[:-1]) | (fid[1:] != fid[:-1])][: len(parcel)])
    area, planar = _joined(cuts, "area_m2", float)[order], _joined(cuts, "planar_area_m2", float)[order]
    geometry = _joined(cuts, "geometry", object)[order]
    parcel_area, parcel_planar = measure(parcels), planar_areas(parcels)
    settled = _settled(cutter, cuts)
    _build_missing(cutter, cuts, order, geometry, ~settled[parcel], progress)
    land = planar > 0
    pieces = Pieces(parcel[land], geometry[land], area[land], planar[land])
    uncovered, doubled = cover(parcels, pieces, parcel_area, measure, settled=settled, progress=progress)
    touched = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(cut.touched for cut in cuts)]))
    result = Overlay(
        parcel=parcel[starts],
        fid=fid[starts],
        area_m2=_sums(area, starts),
        planar_area_m2=_sums(planar, starts),
        distance_m=np.minimum.reduceat(_joined(cuts, "distance_m", float)[order], starts)
        if len(starts)
        else np.zeros(0),
        attributes=_attributes(cuts, fields, order[starts]),
        geometry=geometry[starts] if cutter.whole else None,
        parcel_area_m2=parcel_area,
        parcel_planar_area_m2=parcel_planar,
        uncovered_m2=uncovered,
        doubled_m2=doubled,
        repairs=tuple(sorted((r for cut in cuts for r in cut.repairs), key=lambda repair: repair.fid)),
        unchecked=_unchecked(cuts),
        touched_count=len(touched),
    )
    return GroupResult(result, touched)


def together(parts: Sequence[GroupResult], groups: Sequence[Ints], count: int) -> Overlay:
    """One overlay of ``count`` parcels from those of groups; ``groups`` say which parcels each had."""
    if len(parts) == 1 and len(groups[0]) == count:
        return parts[0].overlay
    overlays = [part.overlay for part in parts]
    parcel = np.concatenate([group[one.parcel] for one, group in zip(overlays, groups, strict=True)])
    fid = np.concatenate([one.fid for one in overlays])
    order = np.lexsort((fid, parcel))
    repairs = {repair.fid: repair for one in overlays for repair in one.repairs}

    def rows(column: str) -> npt.NDArray[Any]:
        return np.asarray(np.concatenate([getattr(one, column) for one in overlays])[order])

    def per_parcel(column: str) -> Floats:
        values = np.zeros(count)
        for one, group in zip(overlays, groups, strict=True):
            values[group] = getattr(one, column)
        return values

    return Overlay(
        parcel=parcel[order],
        fid=fid[order],
        area_m2=rows("area_m2"),
        planar_area_m2=rows("planar_area_m2"),
        distance_m=rows("distance_m"),
        attributes=_all_attributes(overlays, order),
        geometry=None if overlays[0].geometry is None else rows("geometry"),
        parcel_area_m2=per_parcel("parcel_area_m2"),
        parcel_planar_area_m2=per_parcel("parcel_planar_area_m2"),
        uncovered_m2=per_parcel("uncovered_m2"),
        doubled_m2=per_parcel("doubled_m2"),
        repairs=tuple(repairs[fid] for fid in sorted(repairs)),
        unchecked={int(g[i]): t for one, g in zip(overlays, groups, strict=True) for i, t in one.unchecked.items()},
        touched_count=len(np.unique(np.concatenate([part.touched for part in parts]))),
    )


def _all_attributes(overlays: Sequence[Overlay], order: Ints) -> Mapping[str, Sequence[object]]:
    columns = {}
    for name in overlays[0].attributes:
        values = [value for one in overlays for value in one.attributes[name]]
        columns[name] = [values[row] for row in as_ints(order)]
    return columns


def _joined(cuts: Sequence[Cut], column: str, kind: type = np.int64) -> npt.NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=kind), *(getattr(cut, column) for cut in cuts)])


def _joined_fids(cuts: Sequence[Cut]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.int64), *(cut.batch.fids[cut.feature] for cut in cuts)])


def _sums(values: Floats, starts: Ints) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)


def _settled(cutter: Cutter, cuts: Sequence[Cut]) -> Mask:
    """Parcels of which every unit is covered exactly once."""
    units = cutter.units
    owners, prints = _joined(cuts, "unit"), np.concatenate([np.zeros((0, COUNT)), *(cut.prints for cut in cuts)])
    found = np.stack([sums(owners, column, len(units)) for column in prints.T], axis=1)
    open_ones = cutter.unit_parcel[~closes(units, found)]
    return np.asarray(np.bincount(open_ones, minlength=len(cutter.parcels)) == 0)


def _build_missing(
    cutter: Cutter, cuts: Sequence[Cut], order: Ints, geometry: Geometries, needed: Mask, progress: Progress
) -> None:
    """Build the pieces that were only integrated, where gaps and overlaps must be told apart."""
    rows = np.flatnonzero(needed & shapely.is_missing(geometry))
    if not len(rows):
        return
    units = _joined(cuts, "unit")[order][rows]
    features = np.concatenate([cut.batch.geometries[cut.feature] for cut in cuts])[order][rows]
    for start in range(0, len(rows), PER_STEP):
        progress.step(0.0)
        part = slice(start, start + PER_STEP)
        geometry[rows[part]] = polygonal(shapely.intersection(cutter.units[units[part]], features[part]))


def _attributes(cuts: Sequence[Cut], fields: Sequence[str], rows: Ints) -> Mapping[str, Sequence[object]]:
    columns = {}
    for name in fields:
        values = [cut.batch.attributes[name][i] for cut in cuts for i in as_ints(cut.feature)]
        columns[name] = [values[row] for row in as_ints(rows)]
    return columns


def _unchecked(cuts: Sequence[Cut]) -> Mapping[int, Text]:
    fids = [str(r.fid) for cut in cuts for r in cut.repairs if not r.repaired]
    names = ", ".join(fids[:10])
    text = Text(zh=f"参考要素图形错误，无法修复：{names}", en=f"reference features can't be mended: {names}")
    return {int(parcel): text for cut in cuts for parcel in cut.unchecked}
