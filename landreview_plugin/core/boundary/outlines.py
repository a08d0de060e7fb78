# SPDX-License-Identifier: GPL-2.0-or-later
"""From the lines of one parcel to its outline, with every problem of its rings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from ..model.base import Text
from .characters import half_width, is_count
from .columns import PointColumns, RawParcel
from .dialects import Dialect, ParcelField
from .faults import Fault, find_faults
from .log import ProblemLog
from .rings import Closure, RingLines, cut_rings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_KINDS = {
    "crossing": Text(zh="相交", en="crossing"),
    "touching": Text(zh="自接触", en="touching"),
    "identical": Text(zh="两圈重合", en="identical rings"),
    "shared": Text(zh="两圈有公共边", en="rings share an edge"),
}
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Outline:
    """A parcel's rings: columns of the file, and which rows make which ring."""

    raw: RawParcel
    xy: Floats
    """(n, 2) easting, northing of every row, axes as decided."""
    rings: tuple[RingLines, ...]

    @property
    def points(self) -> PointColumns:
        """The rows of the file."""
        return self.raw.points

    @property
    def closings(self) -> int:
        """Closing lines found in the file."""
        return sum(ring.closing is not None for ring in self.rings)

    @property
    def closings_added(self) -> int:
        """Rings that the file does not close, or closes wrongly."""
        return sum(ring.closing is None or ring.closure is Closure.WRONG for ring in self.rings)

    @property
    def rejected(self) -> int:
        """Point lines that are not in the outline: unreadable, doubled, or a wrong closing line."""
        doubled = sum(len(ring.doubled) for ring in self.rings)
        wrong = sum(ring.closure is Closure.WRONG for ring in self.rings)
        return self.raw.rejected + doubled + wrong

    def kept_rows(self) -> Ints:
        """Rows of the vertices of all rings."""
        rows = [np.asarray(ring.vertices, dtype=np.int64) for ring in self.rings]
        return np.concatenate(rows) if rows else np.zeros(0, np.int64)

    def coordinates(self) -> list[Floats]:
        """Each ring as a closed (n, 2) array of easting, northing."""
        return [self.xy[[*ring.vertices, ring.vertices[0]]] for ring in self.rings]

    def labels(self, ring: int) -> tuple[str, ...]:
        """Labels of the vertices of a ring."""
        label, rows = self.points.label, self.rings[ring].vertices
        if isinstance(rows, range):
            return tuple(label[rows.start : rows.stop])
        return tuple([label[row] for row in rows])

    def exchanged(self) -> Outline:
        """The same outline with X and Y exchanged."""
        return replace(self, xy=self.xy[:, ::-1])

    def spot(self, row: int) -> tuple[float, float]:
        """Easting and northing of a row."""
        return float(self.xy[row, 0]), float(self.xy[row, 1])


def outline_of(raw: RawParcel) -> Outline:
    """The outline of a parcel, axes as written: X the northing, Y the easting."""
    points = raw.points
    xy = np.column_stack([np.array(points.easting), np.array(points.northing)])
    return Outline(raw, xy, tuple(cut_rings(points)))


def report_rings(outline: Outline, parcel: str, log: ProblemLog) -> None:
    """Doubled points, closures, and the stated number of points."""
    points = outline.points
    for number, ring in enumerate(outline.rings, 1):
        for row in ring.doubled:
            repair = Text(zh="已去除", en="dropped")
            log.add(
                "W-GEO-DUPPT", line=points.line[row], parcel=parcel, ring=number, text=points.label[row], repair=repair
            )
        _report_closure(ring, number, outline, parcel, log)


def _report_closure(ring: RingLines, number: int, outline: Outline, parcel: str, log: ProblemLog) -> None:
    if ring.closure is Closure.REPEATED or len(ring.vertices) < 3:
        return
    row = ring.closing if ring.closing is not None else ring.vertices[-1]
    gap = Text(zh=f"与首点相距{ring.gap_m:.3f} m", en=f"{ring.gap_m:.3f} m from the first point")
    points, xy = outline.points, outline.spot(row)
    if ring.closure is Closure.WRONG:
        log.add(
            "E-GEO-CLOSE", line=points.line[row], parcel=parcel, ring=number, xy=xy, text=points.label[row], reason=gap
        )
        return
    repair = Text(zh="已闭合到首点", en="closed to the first point")
    log.add(
        "W-TXT-OPEN",
        line=points.line[row],
        parcel=parcel,
        ring=number,
        xy=xy,
        text=points.label[row],
        reason=gap,
        repair=repair,
    )


def report_count(outline: Outline, dialect: Dialect, parcel: str, log: ProblemLog) -> None:
    """W-TXT-COUNT when the stated number is neither with nor without the closing lines."""
    stated = half_width(outline.raw.value(ParcelField.POINTS, dialect))
    found = len(outline.points) + outline.raw.rejected
    without = found - outline.closings
    if is_count(stated) and int(stated) not in (found, without):
        reason = Text(
            zh=f"申报{stated}点，实有{found}行（不计闭合行{without}行）",
            en=f"{stated} stated, {found} lines found ({without} without closing lines)",
        )
        log.add("W-TXT-COUNT", line=outline.raw.line, column=1, parcel=parcel, text=stated, reason=reason)


def report_flat_rings(
    outline: Outline, rings: Sequence[Floats], flat: Sequence[int], parcel: str, log: ProblemLog
) -> None:
    """E-GEO-FEW for every ring without area."""
    for i in flat:
        first = outline.rings[i].vertices[0]
        count = len(np.unique(rings[i], axis=0))
        log.add(
            "E-GEO-FEW",
            line=outline.points.line[first],
            parcel=parcel,
            ring=i + 1,
            xy=(float(rings[i][0, 0]), float(rings[i][0, 1])),
            text=outline.points.label[first],
            reason=Text(zh=f"{count}个不同点", en=f"{count} distinct points"),
            geometry=LineString(rings[i]),
        )


def report_faults(
    outline: Outline, rings: Sequence[Floats], geometry: BaseGeometry, parcel: str, log: ProblemLog
) -> None:
    """Crossings, touchings and wrong nesting of an invalid outline, with the coordinates of each."""
    for fault in find_faults(rings, geometry):
        spots = shapely.get_coordinates(fault.spot)
        ring = fault.rings[-1] if fault.rings else 0
        log.add(
            fault.code,
            line=outline.points.line[outline.rings[ring].vertices[0]],
            parcel=parcel,
            ring=ring + 1,
            xy=(float(spots[0, 0]), float(spots[0, 1])) if len(spots) else None,
            reason=_fault_reason(fault, spots),
            geometry=fault.spot,
        )


def _fault_reason(fault: Fault, spots: Floats) -> Text:
    kind = _KINDS.get(fault.kind, Text.same(fault.kind))
    rings = "-".join(str(ring + 1) for ring in fault.rings)
    places = "; ".join(f"({x:.3f}, {y:.3f})" for x, y in spots[:_SHOWN])
    more = f" … ({len(spots)})" if len(spots) > _SHOWN else ""
    return Text(zh=f"第{rings}圈{kind.zh}：{places}{more}", en=f"ring {rings}, {kind.en}: {places}{more}")
