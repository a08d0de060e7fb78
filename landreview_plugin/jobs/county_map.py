# SPDX-License-Identifier: GPL-2.0-or-later
"""A batch's results by county as a styled GeoPackage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from osgeo import ogr

from ..core.files import replace_file
from ..core.model.problems import LandReviewError, Place
from ..core.tables import RESOURCES
from ..report.trends import ORDER, county_name, total
from ..sources.gdal_errors import opened, written

Entry = dict[str, Any]
LAYER = "counties"
CODE_FIELDS = ("XZQDM", "CODE", "ADCODE", "XIANDM", "PAC")
"""Where a county layer keeps its codes, in this order; the first six digits count."""
NUMBERS = ("area_ha", "farmland_ha", "conflict_ha", "conflict_share")
CODE_DIGITS = 6


def write_county_map(entries: Sequence[Entry], source: str, path: Path) -> tuple[str, ...]:
    """Write ``counties`` into a GeoPackage; returns the counties that have cases but no polygon.

    Those are rows without geometry, so that no case is lost. ``source`` is ``path|layername=x``. Raises
    E-SRC-MISSING, E-ATT-FIELD (no field with codes), E-ENV-WRITE.
    """
    shapes, reference = _shapes(source)
    groups: dict[str, list[Entry]] = {code: [] for code in shapes}
    for entry in entries:
        groups.setdefault(str(entry.get("jurisdiction") or ""), []).append(entry)
    replace_file(path, lambda beside: _write(groups, shapes, reference, beside))
    return tuple(sorted(code for code in groups if code not in shapes))


def _shapes(source: str) -> tuple[dict[str, ogr.Geometry], Any]:
    file, _, name = source.partition("|layername=")
    dataset, _ = opened(file)
    layer = None if dataset is None else dataset.GetLayerByName(name) if name else dataset.GetLayer(0)
    if layer is None:
        raise LandReviewError("E-SRC-MISSING", detail=source)
    definition = layer.GetLayerDefn()
    fields = {definition.GetFieldDefn(i).GetName().upper(): i for i in range(definition.GetFieldCount())}
    field = next((fields[each] for each in CODE_FIELDS if each in fields), None)
    if field is None:
        raise LandReviewError("E-ATT-FIELD", detail=" / ".join(CODE_FIELDS), place=Place(file=file, layer=name))
    found: dict[str, ogr.Geometry] = {}
    for feature in layer:
        code, shape = str(feature.GetField(field))[:CODE_DIGITS], feature.GetGeometryRef()
        if shape is not None:
            found[code] = found[code].Union(shape) if code in found else shape.Clone()
    reference = layer.GetSpatialRef()
    return found, reference.Clone() if reference else None


@written()
def _write(groups: dict[str, list[Entry]], shapes: dict[str, ogr.Geometry], reference: Any, path: Path) -> None:
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    if dataset is None:
        raise OSError(0, "GDAL refused to write")
    layer = dataset.CreateLayer(LAYER, reference, ogr.wkbMultiPolygon, ["GEOMETRY_NAME=geom"])
    kinds = dict.fromkeys(("code", "name"), ogr.OFTString) | dict.fromkeys(("cases", *ORDER), ogr.OFTInteger)
    for name, kind in (kinds | dict.fromkeys(NUMBERS, ogr.OFTReal)).items():
        layer.CreateField(ogr.FieldDefn(name, kind))
    for code, entries in sorted(groups.items()):
        feature = ogr.Feature(layer.GetLayerDefn())
        for name, value in _row(code, entries).items():
            feature.SetField(name, value)
        if code in shapes:
            feature.SetGeometryDirectly(ogr.ForceToMultiPolygon(shapes[code].Clone()))
        if layer.CreateFeature(feature) != ogr.OGRERR_NONE:
            raise OSError(0, "GDAL refused to write")
    _style(dataset)


def _row(code: str, entries: Sequence[Entry]) -> dict[str, Any]:
    verdicts = [str(entry.get("verdict") or "failed") for entry in entries]
    conflict_m2 = sum(area for entry in entries for area in entry.get("conflict_m2", {}).values())
    conflicts = verdicts.count("conflict")
    numbers = (
        total(entries, "area_m2") / 1e4,
        total(entries, "farmland_m2") / 1e4,
        conflict_m2 / 1e4,
        conflicts / len(entries) if entries else 0.0,
    )
    counts = {"cases": len(entries)} | {key: verdicts.count(key) for key in ORDER}
    return {"code": code, "name": county_name(code)} | counts | dict(zip(NUMBERS, numbers, strict=True))


def _style(dataset: ogr.DataSource) -> None:
    """The style that QGIS takes by itself when the layer is opened."""
    styles = dataset.CreateLayer("layer_styles", None, ogr.wkbNone)
    qml = (RESOURCES / "templates" / "counties.qml").read_text(encoding="utf-8")
    row = {
        "f_table_catalog": "", "f_table_schema": "", "f_table_name": LAYER, "f_geometry_column": "geom",
        "styleName": "landreview_counties", "styleQML": qml, "styleSLD": "", "useAsDefault": "1",
        "description": "LandReview", "owner": "", "ui": "",
    }  # fmt: skip
    for name in row:
        field = ogr.FieldDefn(name, ogr.OFTInteger if name == "useAsDefault" else ogr.OFTString)
        if name == "useAsDefault":
            field.SetSubType(ogr.OFSTBoolean)
        styles.CreateField(field)
    styles.CreateField(ogr.FieldDefn("update_time", ogr.OFTDateTime))
    feature = ogr.Feature(styles.GetLayerDefn())
    for name, value in row.items():
        feature.SetField(name, value)
    styles.CreateFeature(feature)
