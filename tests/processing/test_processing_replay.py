# SPDX-License-Identifier: GPL-2.0-or-later
"""``replay``: identical from what the result embeds, and every touched input named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr

Run = Callable[..., dict[str, Any]]
Catalogue = Callable[..., Path]


@pytest.fixture
def review(run: Run, catalogue: Catalogue, county: Path, tmp_path: Path) -> Callable[[str], dict[str, Any]]:
    """Reviews the county's applications that a filter chooses."""

    def made(chosen: str) -> dict[str, Any]:
        parcels = tmp_path / "parcels.gpkg"
        source = ogr.Open(str(county))
        target = ogr.GetDriverByName("GPKG").CreateDataSource(str(parcels))
        layer = source.GetLayer("SQDK")
        layer.SetAttributeFilter(chosen)
        target.CopyLayer(layer, "SQDK")
        target = None
        return run(
            "review",
            INPUT=str(parcels),
            CATALOGUE=str(catalogue()),
            PROFILE="demo",
            BUSINESS_TYPE="DDXZ",
            REFERENCE_DATE="2026-09-01",
            FORMATS=["gpkg", "json"],
            OUTPUT_FOLDER=str(tmp_path / "out"),
        )

    return made


@pytest.fixture
def reviewed(review: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """A stored result of parcels in the county: on farmland, half outside, near hazards."""
    return review("KIND IN ('identical', 'half_outside', 'growth_edge', 'multipart') AND DKBH < 'DK0030'")


def replay(run: Run, reviewed: dict[str, Any], tmp_path: Path, **more: Any) -> dict[str, Any]:
    target = tmp_path / "differences.json"
    outputs = run("replay", RESULT_JSON=reviewed["RESULT_JSON"], DIFFERENCES=str(target), **more)
    return outputs | json.loads(target.read_text(encoding="utf-8"))


def test_the_embedded_inputs_give_the_same_digest(run: Run, reviewed: dict[str, Any], tmp_path: Path) -> None:
    got = replay(run, reviewed, tmp_path)
    assert got["differences"] == []
    assert got["IDENTICAL"] is True


def test_fields_that_only_the_catalogue_filters_by_count_in_a_replay_too(
    run: Run, review: Callable[[str], dict[str, Any]], tmp_path: Path
) -> None:
    """Mining and exploration rights lie in one layer, told apart by a field that no rule reads."""
    outputs = review("DKBH IN ('DK0020', 'DK0039')")
    layers = json.loads(Path(outputs["RESULT_JSON"]).read_text(encoding="utf-8"))["provenance"]["layers"]
    assert {layer["key"] for layer in layers if layer["where"] and layer["touched_count"]} == {"mining", "explore"}
    assert replay(run, outputs, tmp_path)["differences"] == []


def test_the_same_catalogue_gives_the_same_digest(
    run: Run, reviewed: dict[str, Any], catalogue: Catalogue, tmp_path: Path
) -> None:
    assert replay(run, reviewed, tmp_path, CATALOGUE=str(catalogue()))["differences"] == []


def test_another_data_date_is_named(run: Run, reviewed: dict[str, Any], catalogue: Catalogue, tmp_path: Path) -> None:
    path = catalogue(change={"pbf": {"data_date": "2026-05-31"}})
    path.write_text(path.read_text(encoding="utf-8").replace("'2026-05-31'", "2026-05-31"), encoding="utf-8")
    got = replay(run, reviewed, tmp_path, CATALOGUE=str(path))
    assert [(d["what"]["en"], d["where"]) for d in got["differences"]] == [("layer", "pbf")]


def test_one_moved_vertex_names_the_parcel(run: Run, reviewed: dict[str, Any], tmp_path: Path) -> None:
    dataset = ogr.Open(reviewed["RESULT_GPKG"], 1)
    layer = dataset.GetLayer("parcels")
    feature = layer.GetNextFeature()
    number = feature["number"]
    geometry = feature.GetGeometryRef().Clone()
    ring = geometry.GetGeometryRef(0).GetGeometryRef(0)
    x, y, *_ = ring.GetPoint(1)
    ring.SetPoint_2D(1, x + 0.001, y)
    feature.SetGeometry(geometry)
    layer.SetFeature(feature)
    dataset = None
    got = replay(run, reviewed, tmp_path)
    assert got["IDENTICAL"] is False
    assert ("parcel's land", number) in [(d["what"]["en"], d["where"]) for d in got["differences"]]


def test_a_changed_rule_is_named(run: Run, reviewed: dict[str, Any], tmp_path: Path) -> None:
    with sqlite3.connect(reviewed["RESULT_GPKG"]) as db:
        db.execute("update provenance set value = replace(value, 'value: 1.00', 'value: 9.00') where key = 'pack_text'")
    got = replay(run, reviewed, tmp_path)
    assert "rule pack" in [d["what"]["en"] for d in got["differences"]]
    assert ("rule", "ECO-01") in [(d["what"]["en"], d["where"]) for d in got["differences"]]


def test_a_touched_digest_is_noticed(run: Run, reviewed: dict[str, Any], tmp_path: Path) -> None:
    path = Path(reviewed["RESULT_JSON"])
    data = json.loads(path.read_text(encoding="utf-8"))
    data["digest"] = "0" * 64
    path.write_text(json.dumps(data), encoding="utf-8")
    got = replay(run, reviewed, tmp_path)
    assert [d["what"]["en"] for d in got["differences"]] == ["digest"]
