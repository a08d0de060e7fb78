# SPDX-License-Identifier: GPL-2.0-or-later
"""geopandas.overlay over pyogrio's Arrow reader: PARCELS LAYER REFERENCE OUT.csv."""

from __future__ import annotations

import sys

import geopandas


def main(parcels_path: str, layer: str, reference_path: str, out: str) -> None:
    """Areas of each parcel by DLBM."""
    parcels = geopandas.read_file(parcels_path, layer=layer, columns=["DKBH"])
    box = tuple(parcels.total_bounds)
    reference = geopandas.read_file(reference_path, layer="DLTB", columns=["DLBM"], bbox=box)
    pieces = geopandas.overlay(parcels, reference, how="intersection", keep_geom_type=True)
    pieces["area_m2"] = pieces.area
    sums = pieces.groupby(["DKBH", "DLBM"])["area_m2"].sum().reset_index()
    sums.columns = ["parcel", "class", "area_m2"]
    sums.to_csv(out, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
