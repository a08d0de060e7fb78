# SPDX-License-Identifier: GPL-2.0-or-later
"""A look at some features of a layer: enough to know its kind, its flaws and its codes, whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import shapely

from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..core.overlay.layer import Boxes, Geometries, ReferenceBatch, ReferenceLayer
from ..core.rules.expression import parse
from ..core.tables import index
from .probe_words import Aspect, Said, fail, ok, warn

BATCHES = 3
"""Some thousand features: a second at most."""
ENOUGH = 200
_CORE = 0.05
"""Share of the layer's width that is looked at first: a province's layer is not read for a sample."""
_KINDS = {0: "Point", 1: "Line", 3: "Polygon", 4: "Point", 5: "Line", 6: "Polygon"}
_NAMES = {
    "Point": Text(zh="点", en="points"),
    "Line": Text(zh="线", en="lines"),
    "Polygon": Text(zh="面", en="polygons"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """Some features: (n,) geometries, and n values for each field that was asked for."""

    geometries: Geometries
    columns: Mapping[str, Sequence[object]]

    def __len__(self) -> int:
        return len(self.geometries)


def take_sample(layer: ReferenceLayer, roles: Mapping[str, str], where: str) -> Sample:
    """Features from the middle of the layer, or from anywhere. Raises what reading raises."""
    fields = _fields(layer, roles, where)
    extent = layer.extent()
    if extent is None:
        return Sample(np.empty(0, dtype=object), dict.fromkeys(fields, ()))
    batches: list[ReferenceBatch] = []
    for boxes in (_middle(extent), np.array([extent])):
        batches = list(islice(layer.batches(boxes, fields), BATCHES))
        if sum(len(batch.fids) for batch in batches) >= ENOUGH:
            break
    return _joined(batches, fields)


def geometry_said(key: str, sample: Sample) -> Said:
    """Whether it is what the key needs (a polygon, a point), and how much of it is flawed."""
    if not len(sample):
        return ok(Aspect.GEOMETRY, Text(zh="没有要素可看", en="no feature to look at"))
    wanted = index("layers", "key")[key]["geom"]
    ids = shapely.get_type_id(sample.geometries)
    kinds = {_KINDS.get(int(each), "?") for each in np.unique(ids[ids >= 0])}
    wrong = kinds - set(wanted.split("/"))
    if wrong:
        found = _joined_names(kinds)
        need = _joined_names(wanted.split("/"))
        return fail(Aspect.GEOMETRY, Text(zh=f"是{found.zh}，应为{need.zh}", en=f"{found.en}; {need.en} are needed"))
    missing = int(np.count_nonzero(shapely.is_missing(sample.geometries)))
    invalid = int(np.count_nonzero(~shapely.is_valid(sample.geometries))) - missing
    names = _joined_names(kinds)
    looked = Text(zh=f"{names.zh}，已看{len(sample)}个", en=f"{names.en}, {len(sample)} looked at")
    if not missing and not invalid:
        return ok(Aspect.GEOMETRY, looked)
    return warn(
        Aspect.GEOMETRY,
        Text(
            zh=f"{looked.zh}，其中{invalid}个图形有误（审查时修复并列出），{missing}个无图形",
            en=f"{looked.en}: {invalid} invalid (repaired and listed in a review), {missing} without geometry",
        ),
    )


def _fields(layer: ReferenceLayer, roles: Mapping[str, str], where: str) -> list[str]:
    try:
        named = parse(where).fields if where else ()
    except LandReviewError:
        named = ()  # the filter's own sentence says what is wrong with it
    return sorted({*roles.values(), *(name for name in named if name in layer.field_names)})


def _middle(extent: tuple[float, float, float, float]) -> Boxes:
    x0, y0, x1, y1 = extent
    cx, cy, half_x, half_y = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) * _CORE / 2, (y1 - y0) * _CORE / 2
    return np.array([[cx - half_x, cy - half_y, cx + half_x, cy + half_y]])


def _joined(batches: Sequence[ReferenceBatch], fields: Sequence[str]) -> Sample:
    if not batches:
        return Sample(np.empty(0, dtype=object), dict.fromkeys(fields, ()))
    geometries = np.concatenate([batch.geometries for batch in batches])
    return Sample(geometries, {name: [v for batch in batches for v in batch.attributes[name]] for name in fields})


def _joined_names(kinds: Iterable[str]) -> Text:
    names = [_NAMES.get(kind, Text(zh="其他", en="other kinds")) for kind in sorted(kinds)]
    return Text(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))
