# SPDX-License-Identifier: GPL-2.0-or-later
"""``review`` in QGIS: the four verdicts from the first day, and the numbers behind them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsVectorLayer

Run = Callable[..., dict[str, Any]]
Catalogue = Callable[..., Path]
AT = "2026-09-01"


@pytest.fixture
def review(run: Run, county: Path, catalogue: Catalogue, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Review one application parcel of the county; returns result.json and the outputs."""

    def call(kind: str, path: Path | None = None, **more: Any) -> dict[str, Any]:
        layer = QgsVectorLayer(f"{county}|layername=SQDK", "SQDK", "ogr")
        feature = next(f for f in layer.getFeatures() if f["KIND"] == kind)
        source = tmp_path / f"{kind}.geojson"
        write_parcel(feature, source)
        parameters = {
            "INPUT": str(source),
            "CRS": "EPSG:4526",
            "CATALOGUE": str(path or catalogue()),
            "PROFILE": "demo",
            "BUSINESS_TYPE": "CZPC",
            "REFERENCE_DATE": AT,
            "FORMATS": ["json"],
            "OUTPUT_FOLDER": str(tmp_path / "out"),
        } | more
        outputs = run("review", **parameters)
        return json.loads(Path(outputs["RESULT_JSON"]).read_text(encoding="utf-8")) | {"outputs": outputs}

    return call


def write_parcel(feature: Any, path: Path) -> None:
    content = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4526"}},
        "features": [
            {
                "type": "Feature",
                "properties": {"DKBH": feature["DKBH"], "DKMC": feature["DKMC"], "SQMJ": feature["SQMJ"]},
                "geometry": json.loads(feature.geometry().asJson(4)),
            }
        ],
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def of_layer(result: dict[str, Any], layer: str) -> list[dict[str, Any]]:
    return [finding for finding in result["findings"] if finding["layer"] == layer]


def test_a_block_on_farmland_is_a_conflict(review: Callable[..., dict[str, Any]]) -> None:
    result = review("identical")
    assert result["verdict"] in {"conflict", "not_checked"}
    assert result["parcels"][0]["area_planar_m2"] > 0
    assert result["digest"]
