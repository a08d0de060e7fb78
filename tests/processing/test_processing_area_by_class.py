# SPDX-License-Identifier: GPL-2.0-or-later
"""``areabyclass`` against exact areas computed in rational arithmetic, and on real data of others."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

CLASS_FIELDS = {
    "DLTB": "DLBM",
    "YJJBNT": "DLBM",
    "STBHHX": "HXMC",
    "CZKFBJ": "CZMC",
    "GHYT": "GHFQDM",
    "CKQ": "许可证号",
    "XZQ": "XZQMC",
}
TOLERANCE_M2 = 0.01
Run = Callable[..., dict[str, Any]]
Areas = dict[tuple[str, str, str], float]


def expected(path: Path) -> Areas:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {(r["parcel"], r["layer"], r["class"]): float(r["area_m2"]) for r in csv.DictReader(file)}


def table(path: str) -> Areas:
    rows = QgsVectorLayer(path, "areas", "ogr").getFeatures()
    return {(r["parcel"], r["layer"], r["class"]): r["area_m2"] for r in rows}


@pytest.mark.parametrize("name", ["basic", "county_s"])
def test_the_oracles_are_met(run: Run, data: Path, tmp_path: Path, name: str) -> None:
    source = data / "oracle" / f"{name}.gpkg"
    want = expected(data / "oracle" / f"expected_{name}.csv")
    got: Areas = {}
    for layer in {layer for _, layer, _ in want} - {"(parcel)"}:
        out = str(tmp_path / f"{layer}.csv")
        run(
            "areabyclass",
            PARCELS=f"{source}|layername=SQDK",
            REFERENCE=f"{source}|layername={layer}",
            CLASS_FIELD=CLASS_FIELDS[layer],
            PARCEL_FIELD="DKBH",
            OUTPUT=out,
        )
        got |= table(out)
    want = {key: area for key, area in want.items() if key[1] != "(parcel)"}
    for key in want.keys() | got.keys():
        assert float(got.get(key, 0.0)) == pytest.approx(want.get(key, 0.0), abs=TOLERANCE_M2), key


def test_real_buildings_on_real_land_cover(run: Run, data: Path, tmp_path: Path) -> None:
    source = data / "real" / "liechtenstein_2056.gpkg"
    out = str(tmp_path / "cover.csv")
    result = run(
        "areabyclass",
        PARCELS=f"{source}|layername=buildings",
        REFERENCE=f"{source}|layername=landcover",
        CLASS_FIELD="class",
        OUTPUT=out,
    )
    assert len(table(out)) > 1000
    assert result["UNCOVERED_AREA"] > 0


def test_ellipsoidal_areas_need_a_gauss_krueger_plane(run: Run, data: Path, tmp_path: Path) -> None:
    source = data / "real" / "liechtenstein_2056.gpkg"
    with pytest.raises(QgsProcessingException, match=r"^E-CRS-RANGE"):
        run(
            "areabyclass",
            PARCELS=f"{source}|layername=buildings",
            REFERENCE=f"{source}|layername=landcover",
            CLASS_FIELD="class",
            AREA_METHOD=1,
            OUTPUT=str(tmp_path / "cover.csv"),
        )


def test_without_a_parcel_field_the_feature_id_names_the_parcel(run: Run, data: Path, tmp_path: Path) -> None:
    source = data / "oracle" / "basic.gpkg"
    out = str(tmp_path / "areas.csv")
    run(
        "areabyclass",
        PARCELS=f"{source}|layername=SQDK",
        REFERENCE=f"{source}|layername=DLTB",
        CLASS_FIELD="DLBM",
        OUTPUT=out,
    )
    assert {parcel for parcel, _, _ in table(out)} <= {str(i) for i in range(1, 20)}
