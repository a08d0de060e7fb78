# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks of single outlines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import shapely

from ..model.base import Text
from ..model.problems import Problem
from .context import Context
from .crossings import faults_of

Floats = npt.NDArray[np.float64]
SPIKE_SIDE_M = 1.0
ACUTE_SIDE_M = 0.5


def _rings(context: Context) -> Iterator[tuple[str, Floats]]:
    """(parcel number, (m, 2) closed ring) of every ring."""
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            yield parcel.number, shapely.get_coordinates(ring)


def _at(point: Floats) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _edges(ring: Floats) -> Floats:
    lengths: Floats = np.hypot(*np.diff(ring, axis=0).T)
    return lengths


def doubled_points(context: Context) -> Iterator[Problem]:
    """QA-G03: neighbours nearer than the threshold are one point."""
    limit = float(context.threshold("QA-G03"))
    for number, ring in _rings(context):
        for i in np.flatnonzero(_edges(ring) < limit):
            yield context.problem("QA-G03", "W-GEO-DUPPT", None, parcel=number, xy=_at(ring[i]))


def close_points(context: Context) -> Iterator[Problem]:
    """QA-G04: neighbours that are two points, but very near."""
    low, high = float(context.threshold("QA-G03")), float(context.threshold("QA-G04"))
    for number, ring in _rings(context):
        edges = _edges(ring)
        for i in np.flatnonzero((edges >= low) & (edges < high)):
            reason = Text(zh=f"点距{edges[i]:.3f}米", en=f"{edges[i]:.3f} m apart")
            yield context.problem("QA-G04", "QA-G04", reason, parcel=number, xy=_at(ring[i]))


def faults(context: Context) -> Iterator[Problem]:
    """QA-G05, QA-G09: outlines that cross or touch themselves, rings nested wrongly."""
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        for fault in faults_of(shape):
            rule = "QA-G05" if fault.code == "E-GEO-SELFX" else "QA-G09"
            spot = _at(shapely.get_coordinates(fault.spot)[0])
            yield context.problem(rule, fault.code, None, parcel=parcel.number, xy=spot, geometry=fault.spot)


def _angles(ring: Floats) -> tuple[Floats, Floats]:
    """Angle at each point in degrees, and the shorter of its two sides."""
    points = ring[:-1]
    back, forth = np.roll(points, 1, axis=0) - points, np.roll(points, -1, axis=0) - points
    one, other = np.hypot(*back.T), np.hypot(*forth.T)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = (back * forth).sum(axis=1) / (one * other)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1))), np.minimum(one, other)


def spikes(context: Context) -> Iterator[Problem]:
    """QA-G06: an angle below 1 degree between sides longer than 1 m."""
    yield from _narrow(context, "QA-G06", 0.0, float(context.threshold("QA-G06")), SPIKE_SIDE_M)


def acute_angles(context: Context) -> Iterator[Problem]:
    """QA-G07: an angle below 10 degrees between sides longer than 0.5 m, and no spike."""
    spike = float(context.threshold("QA-G06"))
    yield from _narrow(context, "QA-G07", spike, float(context.threshold("QA-G07")), ACUTE_SIDE_M)


def _narrow(context: Context, rule: str, low: float, high: float, side_m: float) -> Iterator[Problem]:
    for number, ring in _rings(context):
        angles, sides = _angles(ring)
        for i in np.flatnonzero((angles >= low) & (angles < high) & (sides > side_m)):
            reason = Text(zh=f"夹角{angles[i]:.2f}度", en=f"angle {angles[i]:.2f}°")
            yield context.problem(rule, rule, reason, parcel=number, xy=_at(ring[i]))


def several_parts(context: Context) -> Iterator[Problem]:
    """QA-G12: a parcel of several parts."""
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        count = int(shapely.get_num_geometries(shape))
        if count > int(context.threshold("QA-G12")):
            reason = Text(zh=f"{count}个部分", en=f"{count} parts")
            yield context.problem("QA-G12", "QA-G12", reason, parcel=parcel.number)


def long_edges(context: Context) -> Iterator[Problem]:
    """QA-G16: an edge of more than 20 km."""
    limit = float(context.threshold("QA-G16"))
    for number, ring in _rings(context):
        edges = _edges(ring)
        for i in np.flatnonzero(edges > limit):
            reason = Text(zh=f"边长{edges[i]:.0f}米", en=f"{edges[i]:.0f} m")
            yield context.problem("QA-G16", "QA-G16", reason, parcel=number, xy=_at(ring[i]))


def tiny(context: Context) -> Iterator[Problem]:
    """QA-S01: a part below 1 m²."""
    limit = float(context.threshold("QA-S01"))
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        for part in shapely.get_parts(shape):
            if part.area < limit:
                reason = Text(zh=f"{part.area:.4f}平方米", en=f"{part.area:.4f} m²")
                yield context.problem("QA-S01", "QA-S01", reason, parcel=parcel.number, geometry=part)


def thin(context: Context) -> Iterator[Problem]:
    """QA-S02: a part whose mean width 2A/P is below 0.1 m."""
    limit = float(context.threshold("QA-S02"))
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        for part in shapely.get_parts(shape):
            width_m = 2 * part.area / part.length if part.length else 0.0
            if width_m < limit:
                reason = Text(zh=f"平均宽度{width_m:.3f}米", en=f"mean width {width_m:.3f} m")
                yield context.problem("QA-S02", "QA-S02", reason, parcel=parcel.number, geometry=part)


def ring_order(context: Context) -> Iterator[Problem]:
    """QA-G08: an outer ring that runs counter-clockwise in (E, N), against the shapefile's convention."""
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        outer = [shapely.get_exterior_ring(part) for part in shapely.get_parts(shape)]
        turned = sum(bool(shapely.is_ccw(ring)) for ring in outer)
        if turned:
            reason = Text(zh=f"{turned}个外圈为逆时针", en=f"{turned} outer ring(s) run counter-clockwise")
            yield context.problem("QA-G08", "QA-G08", reason, parcel=parcel.number)


def collinear_points(context: Context) -> Iterator[Problem]:
    """QA-G10: points nearer than 1 mm to the line of their neighbours, counted by parcel."""
    limit = float(context.threshold("QA-G10"))
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shape)]
        count = sum(int((_deviations(ring) < limit).sum()) for ring in rings)
        if count:
            reason = Text(zh=f"{count}个点位于直线上", en=f"{count} point(s) on a straight line")
            yield context.problem("QA-G10", "QA-G10", reason, parcel=parcel.number)


def _deviations(ring: Floats) -> Floats:
    """Distance of each point from the line through its neighbours."""
    points = ring[:-1]
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    chord = after - before
    length = np.hypot(*chord.T)
    cross = chord[:, 0] * (points - before)[:, 1] - chord[:, 1] * (points - before)[:, 0]
    return np.asarray(np.abs(cross) / np.where(length > 0, length, np.inf), dtype=np.float64)


def compactness(context: Context) -> Iterator[Problem]:
    """QA-S03: 4πA/P² below 0.001."""
    limit = float(context.threshold("QA-S03"))
    for parcel, shape in zip(context.parcels, context.shapes, strict=True):
        value = 4 * np.pi * shape.area / shape.length**2 if shape.length else 0.0
        if value < limit:
            reason = Text(zh=f"紧凑度{value:.5f}", en=f"compactness {value:.5f}")
            yield context.problem("QA-S03", "QA-S03", reason, parcel=parcel.number)
