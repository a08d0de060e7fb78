# SPDX-License-Identifier: GPL-2.0-or-later
"""``suggesttrim`` in QGIS on the small county: what comes out has no conflict any more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateTransformContext, QgsProcessingException, QgsVectorFileWriter, QgsVectorLayer

Run = Callable[..., dict[str, Any]]


def parcels(county: Path, *kinds: str) -> QgsVectorLayer:
    """Applications of some kinds."""
    layer = QgsVectorLayer(f"{county}|layername=SQDK", "SQDK", "ogr")
    assert layer.setSubsetString("KIND IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))
    return layer


def trim(run: Run, tmp_path: Path, source: QgsVectorLayer, **more: Any) -> tuple[dict[str, Any], QgsVectorLayer]:
    path = tmp_path / "trimmed & 裁剪.gpkg"
    got = run("suggesttrim", PARCELS=source, PARCEL_FIELD="DKBH", OUTPUT=str(path), **more)
    return got, QgsVectorLayer(str(path), "trimmed", "ogr")


def test_farmland_is_gone_after_trimming(run: Run, county: Path, tmp_path: Path) -> None:
    farmland = f"{county}|layername=YJJBNT"
    source = parcels(county, "hole", "block", "half_outside", "multipart", "dense")
    assert source.featureCount() > 0
    got, trimmed = trim(run, tmp_path, source, FORBIDDEN=[farmland])
    assert got["TRIMMED_COUNT"] > 0
    assert trimmed.featureCount() + got["WITHOUT_COUNT"] == source.featureCount()
    for method in (0, 1):
        again = run(
            "farmlandconflict",
            PARCELS=trimmed,
            REFERENCE=farmland,
            COVERAGE=f"{county}|layername=XZQ_XJ",
            AREA_METHOD=method,
            OUTPUT="TEMPORARY_OUTPUT",
        )
        assert again["CONFLICT_COUNT"] == 0


def test_what_is_lost_is_named(run: Run, county: Path, tmp_path: Path) -> None:
    got, trimmed = trim(run, tmp_path, parcels(county, "growth_edge"), WITHIN=f"{county}|layername=CZKFBJ")
    rows = list(trimmed.getFeatures())
    assert got["LOST_AREA"] == pytest.approx(sum(row["lost_m2"] for row in rows))
    for row in rows:
        assert row["outcome"] == "trimmed"
        assert row["forbidden_m2"] > 0
        assert 0 <= row["lost_m2"] - row["forbidden_m2"] < 1.0  # millimetres of rounding along the cut
        assert row["area_m2"] == pytest.approx(row.geometry().area(), abs=0.01)
        assert f"{row['lost_m2']:.2f}" in row["reason"]


def test_a_parcel_without_a_suggestion_is_named_with_its_reason(
    run: Run, county: Path, tmp_path: Path, listener: Any
) -> None:
    table = tmp_path / "without.gpkg"
    got, trimmed = trim(
        run,
        tmp_path,
        parcels(county, "identical", "outside"),
        FORBIDDEN=[f"{county}|layername=DLTB"],
        WITHOUT=str(table),
    )
    assert [row["outcome"] for row in trimmed.getFeatures()] == ["nothing_to_trim"]
    (lacking,) = QgsVectorLayer(str(table), "without", "ogr").getFeatures()
    assert lacking["outcome"] == "all_forbidden"
    assert got["WITHOUT_COUNT"] == 1
    assert any(lacking["parcel"] in line and lacking["reason"] in line for line in listener.lines)


@pytest.fixture
def result(run: Run, county: Path, catalogue: Callable[..., Path], tmp_path: Path) -> Path:
    """A review of the blocks of the county, with its GeoPackage beside."""
    source = tmp_path / "blocks.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    written = QgsVectorFileWriter.writeAsVectorFormatV3(
        parcels(county, "block"), str(source), QgsCoordinateTransformContext(), options
    )
    assert written[0] == QgsVectorFileWriter.WriterError.NoError, written
    done = run(
        "review",
        INPUT=str(source),
        CATALOGUE=str(catalogue()),
        PROFILE="demo",
        BUSINESS_TYPE="CZPC",
        REFERENCE_DATE="2026-09-01",
        FORMATS=["json", "gpkg"],
        OUTPUT_FOLDER=str(tmp_path / "review"),
    )
    return Path(done["RESULT_JSON"])


def test_a_review_says_what_is_forbidden(run: Run, county: Path, tmp_path: Path, result: Path) -> None:
    """Farmland, red lines and land outside the growth boundary at once: next to nothing is left of the blocks."""
    by_review, trimmed = trim(run, tmp_path, parcels(county, "block"), RESULT_JSON=str(result))
    numbers = {row["parcel"]: row["forbidden_m2"] for row in trimmed.getFeatures()}
    findings = json.loads(result.read_text(encoding="utf-8"))["findings"]
    for number, forbidden_m2 in numbers.items():
        hard = [
            f["area_planar_m2"]
            for f in findings
            if f["parcel"] == number and f["verdict"] == "conflict" and f["severity"] == "prohibit"
        ]
        assert max(hard, default=0.0) - 0.01 <= forbidden_m2 <= sum(hard) + 0.01
    assert by_review["LOST_AREA"] >= 0


def test_a_result_of_other_outlines_is_refused(run: Run, county: Path, tmp_path: Path, result: Path) -> None:
    with pytest.raises(QgsProcessingException, match="E-CASE-PARAM"):
        trim(run, tmp_path, parcels(county, "hole"), RESULT_JSON=str(result))


def test_a_result_that_is_not_there_is_named(run: Run, county: Path, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="E-SRC-MISSING"):
        trim(run, tmp_path, parcels(county, "identical"), RESULT_JSON=str(tmp_path / "none.json"))


def test_without_anything_forbidden_it_refuses(run: Run, county: Path, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="E-CASE-PARAM"):
        trim(run, tmp_path, parcels(county, "identical"))
