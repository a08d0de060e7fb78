# SPDX-License-Identifier: GPL-2.0-or-later
"""The result GeoPackage: all rows, also those without a geometry, and styled as soon as QGIS opens it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import ogr
from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QSize

from landreview_plugin.core.evidence.recorder import RecordedFeature
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.result import ReviewResult, Verdict
from landreview_plugin.sources.result_gpkg import STYLES, write_result_gpkg
from landreview_plugin.sources.result_layers import LAYERS, LayerSpec
from landreview_plugin.sources.result_rows import parcel_rows

PACK = "pack: hunan-land\nversion: '2026.2'\n"
TOUCHED = {
    "pbf": (
        RecordedFeature(
            17,
            shapely.box(512_000, 3_150_000, 512_050, 3_150_080),
            {"DLBM": "0101", "MJ": np.float64(3.5), "K": np.nan},
        ),
    ),
    "geohaz_pt": (RecordedFeature(3, shapely.Point(512_060, 3_150_300, 80.0), {"TYBH": np.int64(5)}),),
}


@pytest.fixture(scope="module")
def package(result: ReviewResult, crs: Crs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("张三 & 李四") / "结果 result.gpkg"
    write_result_gpkg(result, path, crs, pack_text=PACK, touched=TOUCHED)
    return path


def layer_of(package: Path, name: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{package}|layername={name}", name, "ogr")
    assert layer.isValid()
    return layer


def table_of(package: Path, name: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(package)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]


def test_nothing_lies_beside_the_file(package: Path) -> None:
    assert [path.name for path in package.parent.iterdir()] == [package.name]


def test_every_finding_is_a_row_also_without_a_geometry(package: Path, result: ReviewResult) -> None:
    rows = {str(row["finding_id"]): row for row in table_of(package, "findings")}
    assert set(rows) == {finding.id for finding in result.findings}
    for finding in result.findings:
        row = rows[finding.id]
        assert row["verdict"] == finding.verdict.value
        assert row["reason_zh"] == finding.reason.zh
        assert row["reason_en"] == finding.reason.en
        assert (row["geom"] is None) == (finding.geometry is None)
    assert any(row["verdict"] == "not_checked" and row["geom"] is None for row in rows.values())


def test_geometries_keep_their_area_and_coordinates(package: Path, result: ReviewResult) -> None:
    source = ogr.Open(str(package))
    layer = source.GetLayerByName("parcels")
    for parcel, feature in zip(result.parcels, layer, strict=True):
        written = shapely.from_wkb(bytes(feature.GetGeometryRef().ExportToWkb()))
        assert shapely.equals(written, parcel.geometry)
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "4546"


def test_parcels_count_what_stands_in_the_way_of_clear(package: Path) -> None:
    rows = {row["number"]: row for row in table_of(package, "parcels")}
    assert (rows["1"]["verdict"], rows["1"]["worst_severity"]) == ("conflict", "prohibit")
    assert (rows["2"]["conflict_count"], rows["2"]["not_checked_count"], rows["2"]["partly_covered_count"]) == (1, 2, 1)
    assert rows["3"]["stated_area_ha"] is None


def test_the_pack_and_the_whole_result_are_embedded(package: Path, result: ReviewResult) -> None:
    values = {row["key"]: str(row["value"]) for row in table_of(package, "provenance")}
    assert values["pack_text"] == PACK
    assert values["digest"] == result.digest
    assert json.loads(values["result_json"])["findings"][0]["id"] == "PBF-01/1"
    assert json.loads(values["layer.explore"])["state"] == "none"


def test_touched_features_are_embedded_by_kind_of_geometry(package: Path) -> None:
    (polygon, point) = table_of(package, "features")
    assert json.loads(str(polygon["attributes"])) == {"DLBM": "0101", "MJ": 3.5, "K": None}
    assert point["geom"] is None, "the row stays; its point stands in features_point"
    (row,) = table_of(package, "features_point")
    assert (row["layer"], row["source_fid"]) == ("geohaz_pt", 3)


def test_areas_are_numbers(package: Path, result: ReviewResult) -> None:
    rows = table_of(package, "areas")
    assert [row["area_m2"] for row in rows] == [float(row.area_m2) for row in result.areas]
    assert rows[2]["class"] == "1203"


@pytest.mark.parametrize("spec", LAYERS, ids=[spec.name for spec in LAYERS])
def test_qgis_opens_each_layer_with_style_and_chinese_names(qgis_app: object, package: Path, spec: LayerSpec) -> None:
    layer = layer_of(package, spec.name)
    for field in spec.fields:
        position = layer.fields().indexOf(field.name)
        assert position >= 0
        assert layer.attributeDisplayName(position) == field.alias
    if spec.spatial:
        labels = [rule.label() for rule in layer.renderer().rootRule().children()]
        assert labels and all(label.isascii() is False for label in labels)


@pytest.mark.parametrize("name", ["parcels", "findings"])
def test_every_verdict_has_a_rule_and_an_unknown_one_is_seen(qgis_app: object, package: Path, name: str) -> None:
    layer = layer_of(package, name)
    rules = layer.renderer().rootRule().children()
    expressions = " ".join(rule.filterExpression() for rule in rules)
    assert all(f"'{verdict.value}'" in expressions for verdict in Verdict)
    assert rules[-1].isElse()
    hatched = [rule.symbol().symbolLayerCount() for rule in rules if "'not_checked'" in rule.filterExpression()]
    assert hatched == [3], "an outline and a cross hatch"


def test_labels_are_valid_and_say_the_area(qgis_app: object, package: Path) -> None:
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils

    layer = layer_of(package, "parcels")
    expression = QgsExpression(layer.labeling().settings().fieldName)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(next(layer.getFeatures()))
    assert expression.evaluate(context) == "1 工业园一号地块\n冲突，2项未核查\n9590.37 m²"
    assert not expression.hasEvalError()


def test_the_map_shows_conflicts_red_and_unchecked_violet(qgis_app: object, package: Path) -> None:
    layers = [layer_of(package, name) for name in ("uncovered", "findings", "parcels")]
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[2].crs())
    settings.setExtent(layers[2].extent())
    settings.setOutputSize(QSize(300, 240))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    colours = {image.pixelColor(x, y).name() for x in range(300) for y in range(240)}
    assert "#c00000" in colours
    assert "#5b2c83" in colours


def test_every_layer_has_a_style_in_the_plugin() -> None:
    assert {path.stem for path in STYLES.glob("*.qml")} == {spec.name for spec in LAYERS}


def test_an_empty_result_is_a_valid_file(result: ReviewResult, crs: Crs, folder: Path) -> None:
    bare = {"parcels": (), "findings": (), "areas": (), "uncovered": ()}
    write_result_gpkg(result.model_copy(update=bare), folder / "r.gpkg", crs)
    assert table_of(folder / "r.gpkg", "findings") == []


def test_hostile_names_are_plain_values(hostile: ReviewResult, crs: Crs, folder: Path) -> None:
    write_result_gpkg(hostile, folder / "r.gpkg", crs)
    assert [row["name"] for row in table_of(folder / "r.gpkg", "parcels")] == [p.name for p in hostile.parcels]


def test_an_unknown_crs_is_refused_before_a_file_is_made(result: ReviewResult, folder: Path) -> None:
    with pytest.raises(LandReviewError, match="E-CRS-NONE"):
        write_result_gpkg(result, folder / "r.gpkg", Crs(code="EPSG:999999"))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("raising", [False, True], ids=["codes", "exceptions"])
def test_a_file_that_cannot_be_written_is_one_sentence(
    request: pytest.FixtureRequest, result: ReviewResult, crs: Crs, folder: Path, raising: bool
) -> None:
    if raising:
        request.getfixturevalue("gdal_raises")
    (folder / "r.gpkg").mkdir()
    with pytest.raises(LandReviewError, match="E-ENV-WRITE"):
        write_result_gpkg(result, folder / "r.gpkg", crs)
    assert [path.name for path in folder.iterdir()] == ["r.gpkg"]


def test_writing_again_replaces_the_file(result: ReviewResult, crs: Crs, folder: Path) -> None:
    for _ in range(2):
        write_result_gpkg(result, folder / "r.gpkg", crs)
    assert len(table_of(folder / "r.gpkg", "parcels")) == 3


def test_the_rows_of_many_parcels_cost_no_more_each(result: ReviewResult) -> None:
    """3,723 parcels with 29 findings each once took two minutes: every parcel looked at every finding."""

    def looked_at(parcels: int) -> int:
        looks = 0

        class Counted(str):
            """A parcel number that counts how often it is compared or hashed."""

            __slots__ = ()

            def __hash__(self) -> int:
                nonlocal looks
                looks += 1
                return super().__hash__()

            def __eq__(self, other: object) -> bool:
                nonlocal looks
                looks += 1
                return super().__eq__(other)

        one, row = result.findings[0], result.parcels[0]
        findings = [one.model_copy(update={"parcel": Counted(i)}) for i in range(parcels)]
        many = result.model_copy(
            update={
                "findings": tuple(findings),
                "parcels": tuple(row.model_copy(update={"number": str(i)}) for i in range(parcels)),
            }
        )
        assert len(list(parcel_rows(many))) == parcels
        return looks

    assert looked_at(400) < 3 * looked_at(200)
