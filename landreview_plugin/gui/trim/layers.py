# SPDX-License-Identifier: GPL-2.0-or-later
"""A trim suggestion as layers: new boundary and points, old boundary, the land that is lost."""

from __future__ import annotations

import shapely
from qgis.core import QgsVectorLayer

from ...core.geodesy.rounding import Unit, round_half_up
from ...core.model.crs import Crs
from ...core.rules.hits import polygons
from ...core.trim.suggestion import Suggestion
from ...i18n import language, translate
from ...project.sketch_layers import Look, sketch_layer
from ...report.words import Words
from ..figures import area_text


def layers_of(way: Suggestion, crs: Crs, unit: Unit) -> list[QgsVectorLayer | None]:
    """The uppermost first; the lost land is labelled with its area."""
    if way.after is None:
        return []
    lost = polygons(shapely.difference(way.before, way.after))
    text = f"−{area_text(round_half_up(way.lost_m2, 2), unit)} {Words(language())(f'unit.{unit.value}')}"
    points = [(shapely.Point(point), "") for point in way.new_points]
    return [
        sketch_layer(translate("landreview", "New boundary points"), Look.POINT, points, crs),
        sketch_layer(translate("landreview", "New boundary"), Look.NEW, [(way.after, "")], crs),
        sketch_layer(translate("landreview", "Old boundary"), Look.OLD, [(way.before, "")], crs),
        sketch_layer(translate("landreview", "Land that is lost"), Look.LOST, [(lost, text)], crs),
    ]
