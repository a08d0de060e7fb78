# SPDX-License-Identifier: GPL-2.0-or-later
"""``comparedates``: the same case at acceptance, approval and today, as JSON and as a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
import yaml
from qgis.core import QgsProcessingException, QgsVectorLayer

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def versions(county: Path, catalogue: Callable[..., Path], tmp_path: Path) -> Path:
    """A catalogue in which a second version of the red line comes on 2026-08-15, with farmland's land."""
    path = catalogue()
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    red = next(entry for entry in content["layers"] if entry["key"] == "ecored")
    newer = red | {"source": red["source"].replace("STBHHX", "YJJBNT"), "data_date": "2026-08-15"}
    content["layers"].append(newer)
    text = yaml.safe_dump(content, allow_unicode=True).replace("'2026-08-15'", "2026-08-15")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def hand_in(county: Path, tmp_path: Path) -> Path:
    """A parcel on farmland."""
    layer = QgsVectorLayer(f"{county}|layername=SQDK", "SQDK", "ogr")
    feature = next(f for f in layer.getFeatures() if f["KIND"] == "identical")
    ring = shapely.from_wkt(feature.geometry().asWkt(4)).geoms[0].exterior.coords
    path = tmp_path / "hand-in.geojson"
    shape = {"type": "Polygon", "coordinates": [[[x, y] for x, y, *_ in ring]]}
    path.write_text(
        json.dumps({
            "type": "FeatureCollection",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4526"}},
            "features": [{"type": "Feature", "properties": {"DKBH": "1", "DKMC": "甲"}, "geometry": shape}],
        }),
        encoding="utf-8",
    )  # fmt: skip
    return path


def compare(run: Run, hand_in: Path, versions: Path, tmp_path: Path, dates: str) -> dict[str, Any]:
    return run(
        "comparedates",
        INPUT=str(hand_in),
        CATALOGUE=str(versions),
        PROFILE="demo",
        BUSINESS_TYPE="LSYD",
        DATES=dates,
        OUTPUT_FOLDER=str(tmp_path / "out"),
    )


def test_what_differs_between_acceptance_and_approval_is_named(
    run: Run, hand_in: Path, versions: Path, tmp_path: Path
) -> None:
    got = compare(run, hand_in, versions, tmp_path, "acceptance=2026-07-15, approval=2026-09-10, later=2026-11-10")
    content = json.loads(Path(got["COMPARISON_JSON"]).read_text(encoding="utf-8"))
    assert got["DIFFERENCE_COUNT"] == len(content["differences"]) > 0
    by_subject = {d["subject"]: d for d in content["differences"]}
    assert by_subject["layer"]["key"] == "ecored"
    before, after, _ = (value["en"] for value in by_subject["layer"]["values"])
    assert "2026-06-30" in before and "2026-08-15" in after
    assert "until 2026-11-04" in by_subject["basis"]["values"][2]["en"]
    assert by_subject["finding"]["key"].startswith("ECO-")
    page = Path(got["COMPARISON_HTML"]).read_text(encoding="utf-8")
    for wanted in ("受理日", "批准日", "later", "生态保护红线", "自然资规〔2021〕2号"):
        assert wanted in page
    assert "<script" not in page


def test_dates_that_are_none_are_refused(run: Run, hand_in: Path, versions: Path, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="E-CASE-PARAM"):
        compare(run, hand_in, versions, tmp_path, "soon")
    assert not (tmp_path / "out").exists()
