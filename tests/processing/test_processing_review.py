# SPDX-License-Identifier: GPL-2.0-or-later
"""``review`` in QGIS: the four verdicts from the first day, and the numbers behind them."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import shapely
from osgeo import ogr
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsProject, QgsVectorLayer

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


KINDS = [
    "corridor",
    "identical",
    "identical_start",
    "sliver_0.002m",
    "sliver_0.05m",
    "sliver_0.5m",
    "touch_only",
    "touch_shifted",
    "outside",
    "half_outside",
    "cross_zone",
    "growth_edge",
    "growth_in",
    "block",
    "hole",
    "multipart",
    "dense",
    "tiny",
]


def by_hand(county: Path, number: str) -> dict[str, float]:
    """Planar areas of a parcel in the county's layers, polygon by polygon with shapely alone."""
    dataset = ogr.Open(str(county))

    def shapes(name: str, where: str = "") -> list[Any]:
        layer = dataset.GetLayerByName(name)
        layer.SetAttributeFilter(where or None)
        return [shapely.from_wkb(bytes(f.GetGeometryRef().ExportToWkb())) for f in layer]

    parcel = shapes("SQDK", f"DKBH = '{number}'")[0]
    county_shape = shapely.union_all(shapes("XZQ_XJ"))

    def inside(name: str, where: str = "") -> Any:
        return shapely.intersection(parcel, shapely.union_all(shapes(name, where)))

    not_built = "GHFQDM NOT IN ('04', '05', '06')"
    valid = "有效期 >= '2026-09-01' AND 矿权类型 = '{}'"
    return {
        "parcel": parcel.area,
        "covered": shapely.intersection(parcel, county_shape).area,
        "pbf": inside("YJJBNT").area,
        "ecored": inside("STBHHX").area,
        "plan_zone": inside("GHYT", not_built).area,
        "ugb": shapely.difference(shapely.intersection(parcel, county_shape), inside("CZKFBJ")).area,
        "mining": inside("CKQ", valid.format("采矿权")).area,
        "explore": inside("CKQ", valid.format("探矿权")).area,
        "arable": inside("DLTB", "DLBM LIKE '01%'").area,
    }


RULES = {"PBF-01": "pbf", "ECO-04": "ecored", "PLAN-02": "plan_zone", "UGB-01": "ugb", "MIN-01": "mining"}
RULES |= {"EXPL-01": "explore", "DLTB-01": "arable"}
THRESHOLDS = {"DLTB-01": 0.0}


@pytest.mark.parametrize("kind", KINDS)
def test_areas_and_verdicts_are_those_computed_by_hand(
    review: Callable[..., dict[str, Any]], county: Path, kind: str
) -> None:
    result = review(kind)
    number = result["parcels"][0]["number"]
    hand = by_hand(county, number)
    assert result["parcels"][0]["area_planar_m2"] == pytest.approx(hand["parcel"], abs=0.01)
    fully = hand["parcel"] - hand["covered"] < 0.01
    for finding in result["findings"]:
        name = RULES.get(finding["rule"])
        if name is None or finding["parcel"] != number:
            continue
        area = hand[name]
        planar = finding["area_planar_m2"] + finding["dropped"]["area_m2"]
        assert planar == pytest.approx(area, abs=0.02), finding["rule"]
        hit = area > THRESHOLDS.get(finding["rule"], 1.0) + 1e-3
        if hit:
            assert finding["verdict"] == "conflict", finding["rule"]
        elif fully:
            assert finding["verdict"] == "clear", finding["rule"]
        else:
            assert finding["verdict"] in {"partly_covered", "not_checked"}, finding["rule"]
    if kind == "outside":
        assert result["verdict"] == "not_checked"
        assert "W-JUR-COUNTY" in [problem["code"] for problem in result["quality"]]


def test_the_area_table_closes_on_the_parcel(review: Callable[..., dict[str, Any]]) -> None:
    result = review("block")
    rows = [Decimal(str(row["area_m2"])) for row in result["areas"]]
    assert sum(rows) == Decimal(str(result["parcels"][0]["area_m2"]))
    assert {row["group"] for row in result["areas"]} <= {"农用地", "建设用地", "未利用地"}


@pytest.mark.parametrize(
    ("flaw", "expected"),
    [
        ({"without": "pbf"}, "not_checked"),
        ({"change": {"pbf": {"coverage": None}}}, "not_checked"),
        ({"change": {"pbf": {"source": "nowhere.gpkg|layername=YJJBNT"}}}, "not_checked"),
        ({"change": {"pbf": {"max_age_days": 10}}}, "not_checked"),
        ({"change": {"pbf": {"data_date": "2026-12-31"}}}, "not_checked"),
        ({"change": {"pbf": {"fields": {"class": "NO_SUCH_FIELD"}}}}, "not_checked"),
    ],
)
def test_a_layer_that_cannot_be_used_is_never_clear(
    review: Callable[..., dict[str, Any]], catalogue: Catalogue, flaw: dict[str, Any], expected: str
) -> None:
    """``touch_only`` has no farmland: with a good layer it is clear, with a flawed one never."""
    good = review("touch_only")
    assert [f["verdict"] for f in of_layer(good, "pbf")] == ["clear"]
    path = catalogue(**flaw)
    path.write_text(path.read_text(encoding="utf-8").replace("'2026-12-31'", "2026-12-31"), encoding="utf-8")
    bad = review("touch_only", path)
    assert [f["verdict"] for f in of_layer(bad, "pbf")] == [expected]
    assert of_layer(bad, "pbf")[0]["reason"]["zh"]


@pytest.mark.parametrize(
    ("kind", "said"), [("empty", "图层为空"), ("outlines", "图层是点或线"), ("twice", "在同一日期绑定了2次")]
)
def test_farmland_that_opens_and_yet_says_nothing_is_never_clear(
    review: Callable[..., dict[str, Any]], catalogue: Catalogue, county: Path, tmp_path: Path, kind: str, said: str
) -> None:
    """An export that lost its features, a drawing's outlines, two halves of a county of which one would be read."""
    source = ogr.Open(str(county))
    flawed = tmp_path / f"{kind}.gpkg"
    target = ogr.GetDriverByName("GPKG").CreateDataSource(str(flawed))
    farmland = source.GetLayer("YJJBNT")
    geometry_type = ogr.wkbMultiLineString if kind == "outlines" else ogr.wkbMultiPolygon
    layer = target.CreateLayer("YJJBNT", farmland.GetSpatialRef(), geometry_type)
    for feature in farmland if kind != "empty" else ():
        row = ogr.Feature(layer.GetLayerDefn())
        shape = feature.GetGeometryRef()
        row.SetGeometry(ogr.ForceToMultiLineString(shape.Boundary()) if kind == "outlines" else shape)
        layer.CreateFeature(row)
    target = None
    path = catalogue(change={} if kind == "twice" else {"pbf": {"source": f"{flawed}|layername=YJJBNT"}})
    if kind == "twice":
        again = f"  - {{key: pbf, source: '{flawed}|layername=YJJBNT', data_date: 2026-06-30}}\n"
        path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n" + again.removeprefix("  "), encoding="utf-8")
    (finding,) = of_layer(review("touch_only", path), "pbf")
    assert finding["verdict"] == "not_checked"
    assert said in finding["reason"]["zh"]


def test_a_corrupt_layer_is_not_checked(
    review: Callable[..., dict[str, Any]], catalogue: Catalogue, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"SQLite format 3\0" + b"\0" * 500)
    result = review("touch_only", catalogue(change={"pbf": {"source": str(broken)}}))
    assert [f["verdict"] for f in of_layer(result, "pbf")] == ["not_checked"]


def test_a_layer_without_a_coordinate_system_is_not_checked(
    review: Callable[..., dict[str, Any]], catalogue: Catalogue, county: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.shp"
    source = ogr.Open(str(county))
    target = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(bare))
    copy = target.CreateLayer("bare", None, ogr.wkbPolygon)
    for feature in source.GetLayer("YJJBNT"):
        row = ogr.Feature(copy.GetLayerDefn())
        row.SetGeometry(feature.GetGeometryRef())
        copy.CreateFeature(row)
    target = None
    result = review("touch_only", catalogue(change={"pbf": {"source": str(bare)}}))
    (finding,) = of_layer(result, "pbf")
    assert finding["verdict"] == "not_checked" and "E-CRS-NONE" in finding["reason"]["en"]


def test_a_clipped_coverage_is_partly_covered(
    review: Callable[..., dict[str, Any]], catalogue: Catalogue, county: Path, tmp_path: Path
) -> None:
    layer = QgsVectorLayer(f"{county}|layername=SQDK", "SQDK", "ogr")
    parcel = next(f for f in layer.getFeatures() if f["KIND"] == "touch_only").geometry().boundingBox()
    half = tmp_path / "half.gpkg"
    target = ogr.GetDriverByName("GPKG").CreateDataSource(str(half))
    source = ogr.Open(str(county))
    copy = target.CreateLayer("half", source.GetLayer("XZQ").GetSpatialRef(), ogr.wkbPolygon)
    row = ogr.Feature(copy.GetLayerDefn())
    middle = (parcel.xMinimum() + parcel.xMaximum()) / 2
    box = shapely.box(parcel.xMinimum() - 100, parcel.yMinimum() - 100, middle, parcel.yMaximum() + 100)
    row.SetGeometry(ogr.CreateGeometryFromWkb(shapely.to_wkb(box)))
    copy.CreateFeature(row)
    target = None
    result = review("touch_only", catalogue(change={"pbf": {"coverage": f"{half}|layername=half"}}))
    assert [f["verdict"] for f in of_layer(result, "pbf")] == ["partly_covered"]
    assert any(row["layer"] == "pbf" and row["area_m2"] > 0 for row in result["uncovered"])


def test_an_answer_chooses_the_branch(review: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("ecored_activity: ten_kinds\n", encoding="utf-8")
    result = review("corridor", BUSINESS_TYPE="DDXZ", ANSWERS=str(answers))
    rules = {f["rule"] for f in of_layer(result, "ecored")}
    assert "ECO-02" in rules and "ECO-90" not in rules
    unanswered = review("corridor", BUSINESS_TYPE="DDXZ")
    open_ones = [f for f in of_layer(unanswered, "ecored") if f["open_questions"]]
    assert {f["severity"] for f in open_ones} == {"prohibit"}
    asked = "涉及生态保护红线的活动属于哪一类？（ecored_activity）"
    assert all(asked in f["reason"]["zh"] for f in open_ones), "in words, and by the name that ANSWERS takes"


def test_an_unquoted_yes_is_an_answer(review: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("plan_listed: yes\n", encoding="utf-8")
    result = review("identical", BUSINESS_TYPE="DDXZ", ANSWERS=str(answers))
    assert result["case"]["answers"] == {"plan_listed": "yes"}
    answers.write_text("plan_listed: maybe\n", encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="E-CASE-TYPE"):
        review("identical", BUSINESS_TYPE="DDXZ", ANSWERS=str(answers))


def test_the_same_inputs_give_the_same_digest(review: Callable[..., dict[str, Any]]) -> None:
    assert review("hole")["digest"] == review("hole")["digest"]
    assert review("hole")["digest"] != review("hole", BUSINESS_TYPE="DDXZ")["digest"]


def test_wgs84_is_refused_without_a_coordinate_system(run: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "phone.geojson"
    ring = [[112.6, 28.2], [112.601, 28.2], [112.601, 28.201], [112.6, 28.2]]
    feature = {"type": "Feature", "properties": {"DKBH": "1"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="W-CRS-WGS84"):
        run(
            "review",
            INPUT=str(path),
            CATALOGUE=str(catalogue()),
            PROFILE="demo",
            BUSINESS_TYPE="CZPC",
            OUTPUT_FOLDER=str(tmp_path / "out"),
        )


def test_the_second_engine_agrees(review: Callable[..., dict[str, Any]]) -> None:
    plain, verified = review("block"), review("block", VERIFY=True)
    assert not [f for f in verified["findings"] if f["rule"] == "VERIFY"]
    assert verified["digest"] == plain["digest"]


def test_a_knife_edge_is_marked(review: Callable[..., dict[str, Any]]) -> None:
    """``touch_only`` shares an edge with farmland: a millimetre outwards and it is a conflict."""
    (finding,) = of_layer(review("touch_only", SWEEP=True), "pbf")
    assert finding["verdict"] == "clear"
    assert finding["knife_edge_m"] in (0.001, 0.01)
    assert all(f["knife_edge_m"] is None for f in review("touch_only")["findings"])
    inside = [f for f in review("growth_in", SWEEP=True)["findings"] if f["rule"] == "UGB-01"]
    assert [f["knife_edge_m"] for f in inside] == [None]


@pytest.mark.parametrize(("epsg", "code"), [(4326, "W-CRS-WGS84"), (4490, "E-TXT-DEG"), (2380, "E-CRS-OLD")])
def test_a_layer_of_the_project_that_is_for_a_look_only_is_refused(
    run: Run, catalogue: Catalogue, tmp_path: Path, epsg: int, code: str
) -> None:
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:{epsg}&field=DKBH:string", "parcels", "memory")
    feature = QgsFeature(layer.fields())
    x, y, size = (112.9, 28.1, 0.001) if epsg != 2380 else (400_000.0, 3_110_000.0, 100.0)
    feature.setGeometry(QgsGeometry.fromWkt(shapely.box(x, y, x + size, y + size).wkt))
    layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    parameters = {"CATALOGUE": str(catalogue()), "PROFILE": "demo", "OUTPUT_FOLDER": str(tmp_path / "out")}
    with pytest.raises(QgsProcessingException, match=code):
        run("review", INPUT=layer.id(), REFERENCE_DATE=AT, **parameters)
    assert not (tmp_path / "out").exists()


def test_the_field_mapping_can_be_given(review: Callable[..., dict[str, Any]]) -> None:
    assert [parcel["number"] for parcel in review("block", FIELDS="number=DKMC")["parcels"]] != ["DK0001"]
    with pytest.raises(QgsProcessingException, match="E-ATT-FIELD"):
        review("block", FIELDS="number=NOWHERE")


def test_the_stated_total_of_a_case_is_compared(review: Callable[..., dict[str, Any]]) -> None:
    planar_ha = review("block")["parcels"][0]["area_planar_m2"] / 10_000
    review("block", STATED_TOTAL=round(planar_ha, 4))
    with pytest.raises(QgsProcessingException, match="QA-A02"):
        review("block", STATED_TOTAL=planar_ha + 0.01)
