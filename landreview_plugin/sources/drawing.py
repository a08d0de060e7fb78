# SPDX-License-Identifier: GPL-2.0-or-later
"""DXF drawings: closed outlines and hatches to parcels, text inside as their numbers.

GDAL reads DXF too, but strokes bulges by an angle, so that no tolerance can be promised, and leaves
out what it does not know without a word.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from ..core.boundary.nesting import build, nest
from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError, Place
from .collector import Collector
from .dxf_outlines import Content, Outline, content_of
from .dxf_tags import read_drawing_file
from .limits import read_bounded
from .rings import CLOSING_GAP_M, closed_ring, is_sound, report_curves, report_faults

Floats = npt.NDArray[np.float64]
OVERLAP_M2: Final = 0.01


@dataclass(slots=True)
class _Land:
    """The land of one outline and the texts in it."""

    outline: Outline
    at: Place
    geometry: BaseGeometry
    texts: list[str]
    holes: int = 0


def read_drawing(path: Path, wanted: str, collector: Collector) -> Crs | None:
    """Read the outlines of one layer of a drawing, which has no CRS of its own.

    Raises E-SRC-LAYER when outlines stand on several layers and none is named.
    """
    data = read_bounded(path, collector)
    drawing = read_drawing_file(data, collector.place, collector.options.encoding)
    if drawing.decision.doubt is not None:
        collector.add("W-SRC-ENC", reason=drawing.decision.doubt)
    try:
        content = content_of(drawing)
    except (ValueError, IndexError, OverflowError) as error:
        raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=collector.place) from error
    outlines = _on_layer(content, wanted, collector)
    _report_others(content, collector)
    lands = [land for outline in outlines if (land := _land(outline, collector)) is not None]
    lands = _without_doubled_hatches(lands, collector)
    _take_texts(lands, content, collector)
    _take_parcels(_with_holes(lands, collector), bool(content.texts), collector)
    return None


def _report_others(content: Content, collector: Collector) -> None:
    """What is no outline is counted; what nobody knows may have been one, and is an error."""
    if content.others:
        collector.add("I-SRC-SKIP", text=_counted(content.others))
    if content.unknown:
        listed = _counted(content.unknown)
        reason = Text(
            zh=f"未知图元：{listed}；已损坏，或为插件自定义对象，请分解后另存",
            en=f"unknown entities: {listed}; damaged, or objects of an add-on: explode them and save again",
        )
        collector.add("E-SRC-CORRUPT", reason=reason)
    elif not content.outlines:
        reason = Text(
            zh="图中没有闭合多段线或填充；请在CAD中将界址线合并为闭合多段线（PEDIT、BOUNDARY）后另存",
            en="no closed polyline and no hatch: join the boundary lines in CAD (PEDIT, BOUNDARY) and save again",
        )
        collector.add("E-SRC-EMPTY", reason=reason)


def _counted(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))


def _on_layer(content: Content, wanted: str, collector: Collector) -> list[Outline]:
    layers = sorted({outline.layer for outline in content.outlines})
    if wanted and wanted not in layers:
        detail = Text(zh=f"没有图层{wanted}，现有：{', '.join(layers)}", en=f"no layer {wanted}: {', '.join(layers)}")
        raise LandReviewError("E-SRC-MISSING", detail=detail, place=collector.place)
    if len(layers) > 1 and not wanted:
        raise LandReviewError("E-SRC-LAYER", detail=", ".join(layers), place=collector.place)
    if not layers:
        return []
    chosen = wanted or layers[0]
    collector.place = collector.place.model_copy(update={"layer": chosen})
    return [outline for outline in content.outlines if outline.layer == chosen]


def _land(outline: Outline, collector: Collector) -> _Land | None:
    collector.take_feature(outline.points)
    at = collector.place.model_copy(update={"feature": outline.handle or str(collector.features_in)})
    added = collector.closings_added
    geometry = _polygon(outline, at, collector)
    if geometry is None:
        collector.points_rejected += outline.points
        collector.closings_added = added
        return None
    if not outline.arcs:  # a closed polyline does not repeat its first point in the file
        collector.closings_added += max(0, sum(map(len, outline.rings)) - outline.points)
    else:
        report_curves(outline.arcs, geometry, at, collector)
    return _Land(outline, at, geometry, [])


def _polygon(outline: Outline, at: Place, collector: Collector) -> BaseGeometry | None:
    if outline.flaw:
        collector.add("E-GEO-TYPE", at, text=outline.flaw)
        return None
    rings = []
    for points in outline.rings:
        if not outline.closed and not _closable(points, at, collector):
            return None
        ring = closed_ring(points, at, collector)
        if ring is None:
            return None
        rings.append(ring)
    if not rings:
        collector.add("E-GEO-EMPTY", at)
        return None
    geometry = build(rings, nest(rings))
    if not is_sound(geometry, at, collector):
        return None
    report_faults(geometry, at, collector)
    return geometry


def _closable(points: Floats, at: Place, collector: Collector) -> bool:
    """False for a polyline whose ends are apart: it is no outline, and nobody closes it unasked."""
    if len(points) < 2 or not np.isfinite(points).all():
        return True
    gap_m = math.dist(points[0], points[-1])
    if gap_m <= CLOSING_GAP_M:
        return True
    reason = Text(zh=f"缺口{gap_m:.3f}米", en=f"gap {gap_m:.3f} m")
    place = at.model_copy(update={"xy": (float(points[-1][0]), float(points[-1][1]))})
    collector.add("E-GEO-OPEN", place, reason=reason, geometry=shapely.LineString(points))
    return False


def _without_doubled_hatches(lands: list[_Land], collector: Collector) -> list[_Land]:
    """A hatch that fills an outline is the same parcel."""
    drawn = {_key(land.geometry) for land in lands if not land.outline.hatch}
    kept = [land for land in lands if not (land.outline.hatch and _key(land.geometry) in drawn)]
    if len(kept) < len(lands):
        collector.notes["hatches_of_outlines"] = str(len(lands) - len(kept))
    return kept


def _key(geometry: BaseGeometry) -> bytes:
    rounded = shapely.transform(geometry, lambda xy: np.round(xy, 4) + 0.0)
    return bytes(shapely.to_wkb(shapely.normalize(rounded)))


def _take_texts(lands: Sequence[_Land], content: Content, collector: Collector) -> None:
    """Give each text to the smallest outline around it; ``number`` of the field mapping names the texts' layer."""
    layer = collector.options.field_mapping.get("number", "")
    texts = [text for text in content.texts if not layer or text[3] == layer]
    if not lands or not texts:
        return
    tree = shapely.STRtree([Polygon(shapely.get_rings(shapely.get_parts(land.geometry))[0]) for land in lands])
    points = shapely.points([text[:2] for text in texts])
    around: dict[int, int] = {}
    areas = [shapely.area(land.geometry) for land in lands]
    for text, land in zip(*tree.query(points, predicate="within").tolist(), strict=True):
        if text not in around or areas[land] < areas[around[text]]:
            around[text] = land
    for text, land in sorted(around.items()):
        lands[land].texts.append(texts[text][2])


def _with_holes(lands: list[_Land], collector: Collector) -> list[_Land]:
    """An outline without a text of its own inside one with a text is its hole; that is said."""
    if len(lands) < 2:
        return lands
    shapes = np.array([land.geometry for land in lands], dtype=object)
    usable = shapely.is_valid(shapes)
    inner, outer = shapely.STRtree(shapes).query(shapes, predicate="within")
    keep = (inner != outer) & usable[inner] & usable[outer]
    around: dict[int, int] = {}
    for i, j in zip(inner[keep].tolist(), outer[keep].tolist(), strict=True):
        if i not in around or shapes[j].area < shapes[around[i]].area:
            around[i] = j
    holes = {i: j for i, j in around.items() if not lands[i].texts and lands[j].texts and j not in around}
    for i, j in holes.items():
        lands[j].geometry = shapely.difference(lands[j].geometry, shapes[i])
        lands[j].holes += 1
        repair = Text(
            zh=f"要素{lands[i].at.feature}内无编号，按孔洞读取", en=f"feature {lands[i].at.feature} is a hole"
        )
        collector.add("W-GEO-ORIENT", lands[j].at, repair=repair)
    rest = [land for i, land in enumerate(lands) if i not in holes]
    _report_overlaps(rest, collector)
    return rest


def _report_overlaps(lands: Sequence[_Land], collector: Collector) -> None:
    """Outlines in outlines that both are parcels, or neither has a number: nobody but the draughtsman knows."""
    shapes = np.array([land.geometry for land in lands], dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = one < other
    for i, j in zip(one[pairs].tolist(), other[pairs].tolist(), strict=True):
        if not (shapely.is_valid(shapes[i]) and shapely.is_valid(shapes[j])):
            continue
        common = shapely.intersection(shapes[i], shapes[j])
        if common.area > OVERLAP_M2:
            reason = Text(
                zh=f"与要素{lands[i].at.feature}重叠{common.area:.2f} m²",
                en=f"overlaps feature {lands[i].at.feature} by {common.area:.2f} m²",
            )
            collector.add("E-GEO-OVERLAP", lands[j].at, reason=reason, geometry=common)


def _take_parcels(lands: Sequence[_Land], numbered: bool, collector: Collector) -> None:
    mapping = {"number": "TEXT"} if numbered else {}
    for land in lands:
        texts = list(dict.fromkeys(land.texts))
        if len(texts) > 1:
            listed = ", ".join(texts[:10])
            reason = Text(zh=f"图形内有多个文字：{listed}", en=f"several texts inside: {listed}")
            collector.add("E-ATT-FIELD", land.at, reason=reason)
        values = {"number": texts[0] if len(texts) == 1 else ""}
        collector.take_parcel(land.at, values, mapping if len(texts) < 2 else {}, land.geometry)
