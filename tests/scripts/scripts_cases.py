# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-ins and a catalogue for the scripts."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
import yaml
from osgeo import ogr

NAMES = ("reviewfolder", "comparehandins", "rereviewcases", "monthlystatistics", "farmlandbalance", "exportonemap")


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    results: dict[str, Any]
    text: str


RunScript = Callable[..., Done]


def write_catalogue(county: Path, path: Path) -> Path:
    """The catalogue of all tests, in a place that a whole module shares."""
    spec = importlib.util.spec_from_file_location("tests_conftest", Path(__file__).resolve().parents[1] / "conftest.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = yaml.safe_dump(module.catalogue_of(county), allow_unicode=True, sort_keys=False)
    path.write_text(text.replace("'2026-06-30'", "2026-06-30"), encoding="utf-8")
    return path


def write_case(
    county: Path, path: Path, fids: list[int], *, shift: float = 0.0, numbers: list[str] | None = None
) -> Path:
    """A hand-in of some of the made-up county's applications, moved east by ``shift`` metres."""
    source = ogr.Open(str(county))
    layer = source.GetLayer("SQDK")
    target = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    copy = target.CreateLayer("SQDK", layer.GetSpatialRef(), ogr.wkbMultiPolygon)
    copy.CreateField(ogr.FieldDefn("DKBH", ogr.OFTString))
    for i, fid in enumerate(fids):
        feature = layer.GetFeature(fid)  # the geometry dies with its feature
        shape = shapely.from_wkb(bytes(feature.GetGeometryRef().ExportToIsoWkb()))
        shape = shapely.transform(shape, lambda xy: xy + [shift, 0.0])
        row = ogr.Feature(copy.GetLayerDefn())
        row.SetField("DKBH", numbers[i] if numbers else f"DK{fid}")
        row.SetGeometry(ogr.ForceToMultiPolygon(ogr.CreateGeometryFromWkb(shapely.to_wkb(shape))))
        copy.CreateFeature(row)
    return path
