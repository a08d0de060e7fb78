# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines and texts of a DXF drawing, bulges and arcs as chords."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from .arcs import arc_by_bulge, circle
from .dxf_tags import Drawing, Entity, Tag

Floats = npt.NDArray[np.float64]
_CLOSED: Final = 1
_MESH: Final = 16 | 64
_FRAME: Final = 16
"""Control points of a smoothed polyline: not on the line."""
NO_OUTLINES: Final = frozenset(
    {
        "3DFACE", "3DSOLID", "ACAD_PROXY_ENTITY", "ACAD_TABLE", "ARC", "ARC_DIMENSION", "ATTDEF", "ATTRIB", "BODY",
        "CIRCLE", "DIMENSION", "ELLIPSE", "HELIX", "IMAGE", "INSERT", "LARGE_RADIAL_DIMENSION", "LEADER", "LIGHT",
        "LINE", "MESH", "MLINE", "MULTILEADER", "MLEADER", "OLE2FRAME", "OLEFRAME", "POINT", "RAY", "REGION",
        "SECTIONOBJECT", "SEQEND", "SHAPE", "SOLID", "SPLINE", "SUN", "SURFACE", "TABLE", "TOLERANCE", "TRACE",
        "UNDERLAY", "VIEWPORT", "WIPEOUT", "XLINE",
    }
)  # fmt: skip
"""Entities that are known and never read as outlines; an unknown one may be a damaged one."""
_MTEXT_CODES: Final = re.compile(r"\\[ACHQTWfFp][^;]*;|\\[LlOoKk]|[{}]")


@dataclass(frozen=True, slots=True)
class Outline:
    """A polyline or hatch: its rings, open ones as they are."""

    handle: str
    layer: str
    rings: tuple[Floats, ...]
    """(n, 2) points; a closed polyline repeats its first point."""
    closed: bool
    """By its flag, or as a hatch."""
    arcs: int
    points: int
    """Vertices in the file."""
    hatch: bool = False
    flaw: str = ""
    """Why it can't be read (an edge of a kind that is not a line or arc)."""


@dataclass(slots=True)
class Content:
    """What a drawing holds."""

    outlines: list[Outline] = field(default_factory=list)
    texts: list[tuple[float, float, str, str]] = field(default_factory=list)
    """x, y, text, layer."""
    others: Counter[str] = field(default_factory=Counter)
    """Entities that are neither, by type."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Entities of types that nobody knows: damaged, or of an add-on."""


def content_of(drawing: Drawing) -> Content:
    """All outlines and texts of a drawing; ValueError or IndexError for values that are no numbers."""
    content = Content()
    entities = drawing.entities
    for entity in entities:
        if entity.kind == "LWPOLYLINE":
            vertices = list(_light_vertices(entity.tags))
            if len(vertices) != entity.flags(90):
                raise ValueError(f"LWPOLYLINE: {len(vertices)} of {entity.flags(90)} vertices")
            content.outlines.append(_polyline(drawing, entity, vertices))
        elif entity.kind == "POLYLINE":
            vertices = list(_vertices(entities))
            if entity.flags(70) & _MESH:
                content.others["POLYFACE"] += 1
            else:
                content.outlines.append(_polyline(drawing, entity, vertices))
        elif entity.kind == "HATCH":
            content.outlines.append(_hatch(drawing, entity))
        elif entity.kind in {"TEXT", "MTEXT"}:
            _take_text(drawing, entity, content)
        elif entity.kind in NO_OUTLINES:
            content.others[entity.kind] += 1
        else:
            content.unknown[entity.kind] += 1
    return content


Vertex = tuple[float, float, float]
"""x, y, bulge of the segment that starts here."""


def _light_vertices(tags: Sequence[Tag]) -> Iterator[Vertex]:
    x, y, bulge, any_yet = 0.0, 0.0, 0.0, False
    for code, value in tags:
        if code == 10:
            if any_yet:
                yield x, y, bulge
            x, y, bulge, any_yet = float(value), math.nan, 0.0, True
        elif code == 20 and any_yet:
            y = float(value)
        elif code == 42:
            bulge = float(value)
    if any_yet:
        yield x, y, bulge


def _vertices(entities: Iterator[Entity]) -> Iterator[Vertex]:
    for entity in entities:
        if entity.kind == "SEQEND":
            return
        if entity.kind != "VERTEX":
            raise ValueError(f"POLYLINE: {entity.kind}")
        x = y = math.nan
        bulge, flags = 0.0, 0
        for code, value in entity.tags:
            if code == 10:
                x = float(value)
            elif code == 20:
                y = float(value)
            elif code == 42:
                bulge = float(value)
            elif code == 70:
                flags = int(value)
        if not flags & _FRAME:
            yield x, y, bulge


def _polyline(drawing: Drawing, entity: Entity, vertices: list[Vertex]) -> Outline:
    closed = bool(entity.flags(70) & _CLOSED)
    if entity.number(230, 1.0) < 0:  # drawn on the back of the plane
        vertices = [(-x, y, -bulge) for x, y, bulge in vertices]
    ring = _stroked(vertices, closed)
    arcs = sum(bulge != 0 for *_, bulge in vertices)
    return Outline(_handle(entity), drawing.text(entity.value(8)), (ring,), closed, arcs, len(vertices))


def _stroked(vertices: Sequence[Vertex], closed: bool) -> Floats:
    """Points along a polyline; a closed one comes back to its first point."""
    if not vertices:
        return np.zeros((0, 2))
    if not any(bulge for *_, bulge in vertices):
        points = np.array(vertices)[:, :2]
        open_yet = closed and bool((points[0] != points[-1]).any())
        return np.concatenate([points, points[:1]]) if open_yet else points
    ends = [*vertices[1:], vertices[0]] if closed else vertices[1:]
    pieces = [np.array([vertices[0][:2]])]
    for (x, y, bulge), (end_x, end_y, _) in zip(vertices, ends, strict=False):
        if (x, y) != (end_x, end_y) or not closed:
            pieces.append(arc_by_bulge((x, y), (end_x, end_y), bulge) if bulge else np.array([(end_x, end_y)]))
    return np.asarray(np.concatenate(pieces))


def _hatch(drawing: Drawing, entity: Entity) -> Outline:
    tags = list(entity.tags)
    start = next((i for i, (code, _) in enumerate(tags) if code == 91), len(tags))
    reader = _Paths(tags, start)
    rings, flaw = [], ""
    for _ in range(reader.whole(91)):
        kind = reader.whole(92)
        ring, problem = reader.polyline() if kind & 2 else reader.edges()
        rings.append(ring)
        flaw = flaw or problem
        for _ in range(reader.whole(97)):
            reader.whole(330, text=True)
    layer = drawing.text(entity.value(8))
    return Outline(_handle(entity), layer, tuple(rings), True, reader.arcs, reader.points, hatch=True, flaw=flaw)


class _Paths:
    """Reads the boundary paths of a hatch, whose order of tags is fixed."""

    def __init__(self, tags: Sequence[Tag], start: int) -> None:
        self._tags, self._next = tags, start
        self.arcs = self.points = 0

    def whole(self, code: int, *, text: bool = False) -> int:
        """The value of the next tag, which must have this code."""
        value = self._value(code)
        return 0 if text else int(value)

    def polyline(self) -> tuple[Floats, str]:
        """A path given as a polyline."""
        bulged, _, count = self.whole(72), self.whole(73), self.whole(93)
        vertices = []
        for _ in range(count):
            x, y = self._number(10), self._number(20)
            bulge = self._number(42) if bulged and self._tags[self._next][0] == 42 else 0.0
            self.arcs += bulge != 0
            vertices.append((x, y, bulge))
        self.points += count
        return _stroked(vertices, closed=True), ""

    def edges(self) -> tuple[Floats, str]:
        """A path given as lines and arcs; others make it unreadable."""
        pieces: list[Floats] = []
        for _ in range(self.whole(93)):
            kind = self.whole(72)
            if kind == 1:
                pieces.append(np.array([[self._number(10), self._number(20)], [self._number(11), self._number(21)]]))
            elif kind == 2:
                pieces.append(self._arc())
            else:
                self._next = next(
                    (i for i in range(self._next, len(self._tags)) if self._tags[i][0] == 97), len(self._tags)
                )
                return np.zeros((0, 2)), "ellipse or spline"
            self.points += 1
        ring = np.concatenate([piece[:-1] for piece in pieces]) if pieces else np.zeros((0, 2))
        return np.concatenate([ring, ring[:1]]), ""

    def _arc(self) -> Floats:
        centre, radius = (self._number(10), self._number(20)), self._number(40)
        start, end, forward = self._number(50), self._number(51), self.whole(73)
        self.arcs += 1
        sweep = math.radians((end - start) % 360.0 or 360.0)
        if forward:
            return circle(centre, radius, math.radians(start), sweep)
        return circle(centre, radius, -math.radians(start), -sweep)

    def _number(self, code: int) -> float:
        return float(self._value(code))

    def _value(self, code: int) -> bytes:
        found, value = self._tags[self._next]
        if found != code:
            raise ValueError(f"HATCH: group {found} instead of {code}")
        self._next += 1
        return value


def _take_text(drawing: Drawing, entity: Entity, content: Content) -> None:
    aligned = entity.kind == "TEXT" and (entity.flags(72) or entity.flags(73)) and entity.value(11)
    x, y = (entity.number(11), entity.number(21)) if aligned else (entity.number(10), entity.number(20))
    raw = b"".join(value for code, value in entity.tags if code in (3, 1))
    text = drawing.text(raw)
    if entity.kind == "MTEXT":
        text = _MTEXT_CODES.sub("", text.replace("\\P", " ").replace("\\~", " ")).strip()
    if text:
        content.texts.append((x, y, text, drawing.text(entity.value(8))))


def _handle(entity: Entity) -> str:
    return entity.value(5).decode("ascii", errors="replace")
