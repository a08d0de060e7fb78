# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels from a layer that QGIS has open, edited and memory layers included: read as the same file would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from qgis.core import QgsFeature, QgsFeatureRequest, QgsFeatureSource, QgsFields
from shapely.geometry.base import BaseGeometry

from ..core.model.parcel import Parcel, ParcelReading
from ..core.model.problems import Place
from ..sources.attributes import mapping_of
from ..sources.collector import Collector
from ..sources.import_options import ImportOptions
from ..sources.parcels import reading_of
from ..sources.placement import place_parcels
from ..sources.rings import polygon_of_wkb
from .crs import crs_of_qgis
from .portions import portions
from .snapshot import LayerSnapshot

_OPEN: Final = {"max_features": 10_000_000, "max_points": 1_000_000_000}
"""What QGIS holds open is no file from a stranger: the limits of hand-ins don't hold for it."""


def read_features(
    source: QgsFeatureSource | LayerSnapshot,
    *,
    number_field: str = "",
    guess: bool = True,
    name: str = "",
    options: ImportOptions | None = None,
) -> ParcelReading:
    """All features of ``source`` as parcels.

    ``number_field`` names the field with the parcel number; without it the number is guessed from
    the field names (unless ``guess`` is False), and failing that the feature id counts. With
    ``options`` coordinates are compared with the coordinate system, as those of a hand-in are. Raises
    E-SRC-CORRUPT, E-SRC-SERVICE or E-SRC-SHORT where less came than is there: a parcel that is missing has no conflict.
    """
    collector = Collector(Place(layer=name or source.sourceName()), replace(options or ImportOptions(), **_OPEN))
    mapping = _mapping(source.fields(), number_field, guess, collector.options)
    collector.notes |= {f"field.{role}": field for role, field in mapping.items()}
    collector.notes["fields"] = "\n".join(field.name() for field in source.fields())
    request = QgsFeatureRequest()
    request.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
    came = 0
    for rows in portions(source.getFeatures(request), collector.place):
        came += len(rows)
        for feature in rows:
            _take(feature, mapping, collector)
    if isinstance(source, LayerSnapshot):
        source.refuse_less(came, collector.place)
    crs = crs_of_qgis(source.sourceCrs())
    if options is not None:
        crs = place_parcels(crs, collector)
    elif crs is None:
        collector.add("E-CRS-NONE")
    return reading_of(collector, crs, "").model_copy(update={"source": collector.place.layer})


def _mapping(fields: QgsFields, number_field: str, guess: bool, options: ImportOptions) -> dict[str, str]:
    mapping = mapping_of([field.name() for field in fields], options.field_mapping)
    if number_field:
        mapping["number"] = number_field
    elif not guess:
        mapping.pop("number", None)
    return mapping


def _take(feature: QgsFeature, mapping: Mapping[str, str], collector: Collector) -> None:
    values = {role: _text(feature, field) for role, field in mapping.items()}
    number = values.get("number") or str(feature.id())
    at = collector.place.model_copy(update={"feature": str(feature.id()), "parcel": number})
    geometry = polygon_of_wkb(_wkb(feature), at, collector)
    if geometry is not None:
        collector.parcels.append(_parcel(values, number, at, mapping, geometry, collector))


def _wkb(feature: QgsFeature) -> bytes | None:
    geometry = feature.geometry()
    return None if geometry.isNull() else bytes(geometry.asWkb())


def _parcel(
    values: Mapping[str, str],
    number: str,
    at: Place,
    mapping: Mapping[str, str],
    geometry: BaseGeometry,
    collector: Collector,
) -> Parcel:
    return Parcel(
        number=number,
        name=values.get("name", ""),
        use=values.get("use", ""),
        land_class=values.get("land_class", ""),
        map_sheet=values.get("map_sheet", ""),
        stated_area_ha=collector.stated_area_ha(
            at, mapping.get("stated_area", ""), values.get("stated_area", ""), geometry
        ),
        geometry=geometry,
    )


def _text(feature: QgsFeature, field: str) -> str:
    value = feature.attribute(field)
    return "" if value is None or (hasattr(value, "isNull") and value.isNull()) else str(value).strip()
