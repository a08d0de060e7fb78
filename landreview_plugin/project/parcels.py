# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels from a layer that QGIS has open, edited and memory layers included."""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from qgis.core import QgsFeature, QgsFeatureRequest, QgsFeatureSource, QgsFields

from ..core.model.base import Text
from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import Level, Place, Problem
from ..core.quality.crossings import crossings
from ..sources.attributes import guess_mapping, stated_hectares
from .crs import crs_of_qgis


def read_features(
    source: QgsFeatureSource, *, number_field: str = "", guess: bool = True, name: str = ""
) -> ParcelReading:
    """All features of ``source`` as parcels.

    ``number_field`` names the field with the parcel number; without it the number is guessed from
    the field names (unless ``guess`` is False), and failing that the feature id counts.
    """
    fields: QgsFields = source.fields()
    mapping = dict(guess_mapping([field.name() for field in fields]))
    if number_field:
        mapping["number"] = number_field
    elif not guess:
        mapping.pop("number", None)
    request = QgsFeatureRequest()
    request.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
    parcels: list[Parcel] = []
    problems: list[Problem] = []
    for feature in source.getFeatures(request):
        found, parcel = _parcel(feature, mapping, name or source.sourceName())
        problems += found
        if parcel is not None:
            parcels.append(parcel)
    crs = crs_of_qgis(source.sourceCrs())
    if crs is None:
        problems.append(Problem(code="E-CRS-NONE", level=Level.ERROR, place=Place(layer=name)))
    if not parcels and not problems:
        problems.append(Problem(code="E-SRC-EMPTY", level=Level.ERROR, place=Place(layer=name)))
    return ParcelReading(source=name or source.sourceName(), crs=crs, parcels=tuple(parcels), problems=tuple(problems))


def _parcel(feature: QgsFeature, mapping: Mapping[str, str], layer: str) -> tuple[list[Problem], Parcel | None]:
    number = _text(feature, mapping.get("number")) or str(feature.id())
    place = Place(layer=layer, feature=str(feature.id()), parcel=number)
    problems, geometry = _polygon(feature, place)
    if geometry is None:
        return problems, None
    return problems, Parcel(
        number=number,
        name=_text(feature, mapping.get("name")),
        use=_text(feature, mapping.get("use")),
        land_class=_text(feature, mapping.get("land_class")),
        stated_area_ha=stated_hectares(mapping.get("stated_area", ""), _text(feature, mapping.get("stated_area"))),
        geometry=geometry,
    )


def _polygon(feature: QgsFeature, place: Place) -> tuple[list[Problem], shapely.Geometry | None]:
    geometry = feature.geometry()
    if geometry.isNull():
        return [Problem(code="E-GEO-NULL", level=Level.ERROR, place=place)], None
    if geometry.isEmpty():
        return [Problem(code="E-GEO-EMPTY", level=Level.ERROR, place=place)], None
    problems: list[Problem] = []
    abstract = geometry.constGet()
    if abstract.hasCurvedSegments():
        repair = Text(zh="按弦差0.001米转为折线", en="chords within 0.001 m of the arc")
        problems.append(Problem(code="W-GEO-CURVE", level=Level.WARNING, place=place, repair=repair))
        abstract = abstract.segmentize(0.001)
    polygon = shapely.force_2d(shapely.from_wkb(bytes(abstract.asWkb())))
    if polygon.geom_type not in {"Polygon", "MultiPolygon"}:
        return [*problems, Problem(code="E-GEO-TYPE", level=Level.ERROR, place=place, text=polygon.geom_type)], None
    if not shapely.is_valid(polygon):
        spot = next(iter(crossings(polygon)), None)
        at = place.model_copy(update={"xy": spot})
        problems.append(Problem(code="E-GEO-SELFX", level=Level.ERROR, place=at, geometry=polygon))
    return problems, polygon


def _text(feature: QgsFeature, field: str | None) -> str:
    if not field:
        return ""
    value = feature.attribute(field)
    return "" if value is None or (hasattr(value, "isNull") and value.isNull()) else str(value).strip()
