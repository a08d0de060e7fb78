# SPDX-License-Identifier: GPL-2.0-or-later
"""A comparison as layers: points that moved, both outlines, land gained and lost."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from qgis.core import QgsVectorLayer

from ...core.compare_parcels import Change, ParcelChange
from ...core.compare_versions import VersionComparison
from ...core.geodesy.rounding import Unit, round_half_up
from ...core.model.parcel import ParcelReading
from ...i18n import language, translate
from ...project.sketch_layers import Labelled, Look, sketch_layer
from ...report.words import Words
from ..figures import area_text
from .rows import shape_of


def layers_of(
    found: VersionComparison, before: ParcelReading, after: ParcelReading, unit: Unit
) -> list[QgsVectorLayer | None]:
    """The uppermost first. ``before`` is shown only where it is in the plane of the comparison."""
    name = Words(language())(f"unit.{unit.value}")

    def labelled(changes: tuple[Change, ...], sign: str) -> Iterable[Labelled]:
        for row in found.land:
            if row.change in changes:
                yield row.geometry, f"{row.parcel} {sign}{area_text(round_half_up(_land_m2(row), 2), unit)} {name}"

    moved = [(shape_of(row), _metres(row.distance_m)) for row in found.points if row.distance_m is not None]
    come = [(shapely.Point(row.after), row.label) for row in found.points if row.before is None]
    old = [(parcel.geometry, parcel.number) for parcel in before.parcels] if before.crs == found.crs else []
    new = [(parcel.geometry, parcel.number) for parcel in after.parcels]
    gained = labelled((Change.ADDED, Change.GAINED), "+")
    lost = labelled((Change.REMOVED, Change.LOST), "−")
    return [
        sketch_layer(translate("landreview", "Points that moved"), Look.MOVED, moved, found.crs),
        sketch_layer(translate("landreview", "Points that are new"), Look.POINT, come, found.crs),
        sketch_layer(translate("landreview", "Land gained"), Look.GAINED, gained, found.crs),
        sketch_layer(translate("landreview", "Land lost"), Look.LOST, lost, found.crs),
        sketch_layer(translate("landreview", "After"), Look.NEW, new, found.crs),
        sketch_layer(translate("landreview", "Before"), Look.OLD, old, found.crs),
    ]


def _land_m2(row: ParcelChange) -> float:
    return float(row.geometry.area)


def _metres(distance_m: float | None) -> str:
    return "" if distance_m is None else f"{round_half_up(distance_m, 3)} m"
