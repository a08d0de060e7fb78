# SPDX-License-Identifier: GPL-2.0-or-later
"""LandReview's engine without QGIS: PARCELS LAYER REFERENCE OUT.csv."""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely
from osgeo import ogr

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from landreview_plugin.core.geodesy.area import planar_areas  # noqa: E402
from landreview_plugin.core.overlay.engine import overlay  # noqa: E402
from landreview_plugin.sources.crs import crs_of  # noqa: E402
from landreview_plugin.sources.reference import open_reference  # noqa: E402


def main(parcels_path: str, layer_name: str, reference_path: str, out: str) -> None:
    """Areas of each parcel by DLBM."""
    dataset = ogr.Open(parcels_path)
    layer = dataset.GetLayer(layer_name)
    crs = crs_of(layer.GetSpatialRef())
    assert crs is not None
    numbers, shapes = [], []
    for feature in layer:
        numbers.append(feature["DKBH"])
        shapes.append(bytes(feature.GetGeometryRef().ExportToIsoWkb()))
    parcels = shapely.from_wkb(np.array(shapes, dtype=object))
    reference = open_reference(f"{reference_path}|layername=DLTB", base=Path.cwd(), target=crs)
    found = overlay(parcels, reference, fields=("DLBM",), measure=planar_areas)
    sums: dict[tuple[int, object], float] = defaultdict(float)
    for parcel, value, area in zip(
        found.parcel.tolist(), found.attributes["DLBM"], found.area_m2.tolist(), strict=True
    ):
        sums[parcel, value] += area
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["parcel", "class", "area_m2"])
        writer.writerows((numbers[parcel], value, area) for (parcel, value), area in sums.items())


if __name__ == "__main__":
    main(*sys.argv[1:])
