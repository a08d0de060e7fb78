# SPDX-License-Identifier: GPL-2.0-or-later
"""A review as an office meets it: three parcels, each verdict, a signed none, a sliver, a gap in the survey."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import shapely

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.crs import Crs, Datum, GaussKruger
from landreview_plugin.core.model.problems import Level, Place, Problem
from landreview_plugin.core.model.result import (
    AreaRow,
    Basis,
    Dropped,
    Finding,
    LayerUse,
    ParcelSummary,
    Provenance,
    ReviewResult,
    RuleSeverity,
    TouchedFeature,
    Uncovered,
    Verdict,
)

CRS = Crs(
    code="EPSG:4546",
    name="CGCS2000 / 3-degree Gauss-Kruger CM 111E",
    datum=Datum.CGCS2000,
    gauss_kruger=GaussKruger(central_meridian_deg=111.0, false_easting_m=500_000.0),
)

EAST, NORTH = 512_000.0, 3_150_000.0
P1 = shapely.box(EAST, NORTH, EAST + 120, NORTH + 80)
P2 = shapely.Polygon(
    [(EAST + 150, NORTH), (EAST + 250, NORTH), (EAST + 250, NORTH + 90), (EAST + 150, NORTH + 90)],
    [[(EAST + 190, NORTH + 30), (EAST + 210, NORTH + 30), (EAST + 210, NORTH + 50), (EAST + 190, NORTH + 50)]],
)
P3 = shapely.MultiPolygon(
    [
        shapely.box(EAST, NORTH + 110, EAST + 60, NORTH + 160),
        shapely.box(EAST + 80, NORTH + 110, EAST + 120, NORTH + 160),
    ]
)
LAM_35 = Basis(law="土地管理法", article="第三十五条", valid_from=dt.date(2020, 1, 1))
RED_LINE = Basis(law="自然资发〔2022〕142号", article="一(一)")
RULES = {
    "PBF-01": ("pbf", "批次用地占用永久基本农田", "Batch land on permanent basic farmland", RuleSeverity.PROHIBIT),
    "ECO-01": ("ecored", "占用生态保护红线", "Land on the ecological red line", RuleSeverity.NEEDS_APPROVAL),
    "UGB-02": ("ugb", "位于城镇开发边界外", "Outside the urban growth boundary", RuleSeverity.NEEDS_EXPLANATION),
    "PLAN-01": (
        "plan_zone",
        "不符合国土空间规划分区",
        "Not in line with the planning zone",
        RuleSeverity.NEEDS_EXPLANATION,
    ),
    "LU-01": ("dltb", "占用耕地", "Arable land taken", RuleSeverity.INFO),
    "MIN-01": ("mining", "压覆采矿权", "Mining right overlaid", RuleSeverity.NEEDS_APPROVAL),
    "MIN-02": ("explore", "与探矿权重叠", "Exploration right overlapped", RuleSeverity.NEEDS_EXPLANATION),
    "HAZ-01": ("geohaz_pt", "邻近地质灾害隐患点", "Near a geohazard point", RuleSeverity.NEEDS_EXPLANATION),
}
CLEAR = Text(zh="未发现重叠，图层覆盖全部地块", en="no overlap; the layer covers the whole parcel")


def finding(rule: str, parcel: str, verdict: Verdict = Verdict.CLEAR, reason: Text = CLEAR, **more: object) -> Finding:
    """One finding of a rule of the made-up pack."""
    layer, zh, en, severity = RULES[rule]
    area_m2 = more.get("area_m2", 0.0)
    values: dict[str, object] = {
        "id": f"{rule}/{parcel or '*'}",
        "rule": rule,
        "rule_version": "2026.2",
        "title": Text(zh=zh, en=en),
        "layer": layer,
        "data_date": dt.date(2026, 6, 30),
        "parcel": parcel,
        "verdict": verdict,
        "severity": severity,
        "reason": reason,
        "basis": (LAM_35,),
        "area_planar_m2": area_m2,
        "area_printed": Decimal(str(round(float(str(area_m2)), 2))).quantize(Decimal("0.01")),
    }
    return Finding.model_validate(values | more)


def _findings() -> tuple[Finding, ...]:
    hit = shapely.intersection(P1, shapely.box(EAST - 10, NORTH - 10, EAST + 50, NORTH + 200))
    strip = shapely.box(EAST + 150, NORTH, EAST + 151.5, NORTH + 90)
    outside = shapely.box(EAST + 230, NORTH, EAST + 250, NORTH + 90)
    missing = Text(zh="图层目录中没有绑定采矿权图层", en="the catalogue binds no layer of mining rights")
    old = Text(
        zh="数据日期2024-05-31距审查基准日762天，超过允许的400天",
        en="data of 2024-05-31 are 762 days old at the reference date, 400 are allowed",
    )
    part = Text(
        zh="地块有1800.00平方米超出规划分区图层的声明范围",
        en="1800.00 m² of the parcel reach beyond the declared coverage of the planning zones",
    )
    signed = Text(
        zh="本县无探矿权（张建国，2026-06-30签署）",
        en="no exploration right in this county (signed Zhang Jianguo, 2026-06-30)",
    )
    found = [
        finding(
            "PBF-01",
            "1",
            Verdict.CONFLICT,
            Text(
                zh="与永久基本农田重叠4000.00平方米，超过限值1.00平方米",
                en="4000.00 m² overlap permanent basic farmland, the limit is 1.00 m²",
            ),
            area_m2=4000.0,
            share=0.4167,
            count=2,
            geometry=hit,
            standing="K",
            features=(
                TouchedFeature(fid=17, label="430998-0017", area_m2=3100.0),
                TouchedFeature(fid=23, label="430998-0023", area_m2=900.0),
            ),
        ),
        finding("PBF-01", "2", dropped=Dropped(count=3, area_m2=0.41), standing="K"),
        finding("PBF-01", "3", standing="K"),
        finding(
            "ECO-01",
            "2",
            Verdict.CONFLICT,
            Text(
                zh="与生态保护红线重叠135.00平方米；未答复，按最不利情形：属于哪一类？（limited_activity）",
                en="135.00 m² overlap the red line; unanswered, worst case: which kind? (limited_activity)",
            ),
            area_m2=135.0,
            share=0.0157,
            count=1,
            geometry=strip,
            basis=(RED_LINE,),
            open_questions=("limited_activity",),
            features=(TouchedFeature(fid=4, label="雪峰山水源涵养红线", area_m2=135.0),),
        ),
        finding("ECO-01", "1", basis=(RED_LINE,)),
        finding("ECO-01", "3", basis=(RED_LINE,)),
        *(finding("UGB-02", number, Verdict.NOT_CHECKED, old, data_date=dt.date(2024, 5, 31)) for number in "123"),
        finding("PLAN-01", "1"),
        finding("PLAN-01", "2", Verdict.PARTLY_COVERED, part, geometry=outside),
        finding("PLAN-01", "3"),
        *(
            finding(
                "LU-01",
                number,
                reason=Text(zh=f"占用耕地{area}平方米，仅作统计", en=f"{area} m² of arable land, for the statistics"),
                area_m2=float(area),
                share=0.5,
                count=1,
            )
            for number, area in (("1", "6200.33"), ("2", "4100.10"), ("3", "0.00"))
        ),
        *(finding("MIN-01", number, Verdict.NOT_CHECKED, missing, data_date=None) for number in "123"),
        *(finding("MIN-02", number, reason=signed) for number in "123"),
        finding(
            "HAZ-01",
            "3",
            reason=Text(zh="最近的隐患点在限值100米以外", en="the nearest hazard point is beyond the limit of 100 m"),
            distance_m=143.27,
            count=0,
        ),
        finding("HAZ-01", "1"),
        finding("HAZ-01", "2"),
    ]
    return tuple(found)


def _areas() -> tuple[AreaRow, ...]:
    village = {"owner_code": "430998101201", "owner_name": "青溪镇 桃源村"}
    rows = (
        ("1", "0101", "水田", "农用地", "集体", "1", "6", "5000.21", village),
        ("1", "0103", "旱地", "农用地", "集体", "3", "9", "1200.12", village),
        ("1", "1203", "田坎", "农用地", "集体", "", "", "88.67", village),
        ("1", "1006", "农村道路", "农用地", "集体", "", "", "311.00", village),
        ("1", "0702", "农村宅基地", "建设用地", "集体", "", "", "2990.37", village),
        ("2", "0101", "水田", "农用地", "集体", "2", "7", "4100.10", village),
        ("2", "1003", "公路用地", "建设用地", "国有", "", "", "2100.01", {}),
        ("2", "1101", "河流水面", "未利用地", "国有", "", "", "2391.42", {}),
        ("3", "0301", "乔木林地", "农用地", "集体", "", "", "3000.00", village),
        ("3", "0404", "其他草地", "未利用地", "国有", "", "", "1500.00", {}),
    )
    return tuple(
        AreaRow(
            parcel=parcel,
            layer="dltb",
            class_=code,
            class_name=name,
            group=group,
            ownership=ownership,
            slope=slope,
            grade=grade,
            area_m2=Decimal(area),
            **owner,
        )
        for parcel, code, name, group, ownership, slope, grade, area, owner in rows
    )


def _parcels() -> tuple[ParcelSummary, ...]:
    return (
        ParcelSummary(
            number="1",
            name="工业园一号地块",
            use="工业用地",
            stated_area_ha=Decimal("0.9600"),
            area_m2=Decimal("9590.37"),
            area_planar_m2=Decimal("9600.00"),
            area_ellipsoidal_m2=Decimal("9590.37"),
            verdict=Verdict.CONFLICT,
            geometry=P1,
        ),
        ParcelSummary(
            number="2",
            name="安置区",
            use="城镇住宅用地",
            stated_area_ha=Decimal("0.8800"),
            area_m2=Decimal("8591.53"),
            area_planar_m2=Decimal("8600.00"),
            area_ellipsoidal_m2=Decimal("8591.53"),
            verdict=Verdict.CONFLICT,
            geometry=P2,
        ),
        ParcelSummary(
            number="3",
            name="",
            use="",
            area_m2=Decimal("4995.07"),
            area_planar_m2=Decimal("5000.00"),
            area_ellipsoidal_m2=Decimal("4995.07"),
            verdict=Verdict.NOT_CHECKED,
            geometry=P3,
        ),
    )


def _layers() -> tuple[LayerUse, ...]:
    def use(key: str, zh: str, en: str, state: str = "checked", **more: object) -> LayerUse:
        values = {
            "key": key,
            "name_zh": zh,
            "name_en": en,
            "state": state,
            "source": f"county.gpkg|layername={key}",
            "data_date": dt.date(2026, 6, 30),
            "crs": "EPSG:4546",
            "coverage": "county.gpkg|layername=XZQ_XJ",
            "feature_count": 20731,
            "touched_count": 3,
            "content_sha256": "9f" * 32,
        }
        return LayerUse.model_validate(values | more)

    nothing = {
        "source": "",
        "data_date": None,
        "crs": "",
        "coverage": "",
        "feature_count": -1,
        "touched_count": 0,
        "content_sha256": "",
    }
    return (
        use("pbf", "永久基本农田图斑", "Permanent basic farmland"),
        use("ecored", "生态保护红线", "Ecological protection red line"),
        use(
            "ugb",
            "城镇开发边界",
            "Urban growth boundary",
            "not_checked",
            data_date=dt.date(2024, 5, 31),
            reason=Text(zh="数据过期", en="out of date"),
        ),
        use("plan_zone", "规划分区", "Planning zones"),
        use("dltb", "地类图斑", "Land use patches"),
        use(
            "mining",
            "采矿权",
            "Mining rights",
            "not_checked",
            **nothing,
            reason=Text(zh="图层目录未绑定", en="not bound in the catalogue"),
        ),
        use(
            "explore",
            "探矿权",
            "Exploration rights",
            "none",
            **(nothing | {"data_date": dt.date(2026, 6, 30)}),
            reason=Text(
                zh="本县无探矿权（张建国，2026-06-30签署）",
                en="no exploration right in this county (signed Zhang Jianguo, 2026-06-30)",
            ),
        ),
        use("geohaz_pt", "地质灾害隐患点", "Geohazard points"),
    )


@pytest.fixture(scope="session")
def result() -> ReviewResult:
    """The review of case 430998-CZPC-2026-0007, worst verdict: conflict (prohibit)."""
    return ReviewResult(
        case=Case(
            number="430998-CZPC-2026-0007",
            business_type="CZPC",
            reference_date=dt.date(2026, 7, 2),
            project="青溪镇2026年度第三批次建设用地",
            applicant="示范县人民政府",
            jurisdiction="430998",
            answers={"project_type": "industrial"},
        ),
        verdict=Verdict.CONFLICT,
        worst_severity=RuleSeverity.PROHIBIT,
        parcels=_parcels(),
        findings=_findings(),
        areas=_areas(),
        uncovered=(
            Uncovered(
                parcel="2",
                layer="plan_zone",
                area_m2=Decimal("1800.00"),
                reason=Text(zh="超出图层声明的覆盖范围", en="outside the declared coverage of the layer"),
                geometry=shapely.box(EAST + 230, NORTH, EAST + 250, NORTH + 90),
            ),
        ),
        quality=(
            Problem(
                code="W-TXT-COUNT",
                level=Level.WARNING,
                place=Place(file="界址点.txt", line=31, parcel="2"),
                reason=Text(zh="申报37点，实有38点", en="37 points stated, 38 found"),
            ),
            Problem(code="QA-S03", level=Level.INFO, place=Place(parcel="3")),
        ),
        provenance=Provenance(
            parcels_sha256="ab" * 32,
            source="界址点.txt",
            source_sha256="cd" * 32,
            crs=CRS.label,
            area_method="ellipsoidal",
            pack="hunan-land",
            pack_version="2026.2",
            pack_sha256="ef" * 32,
            profile="demo",
            tolerances={"sliver_area_m2": "1.00", "snap_m": "0.001"},
            layers=_layers(),
            versions={"geos": "3.11.1", "proj": "9.1.1", "gdal": "3.6.2", "plugin": "0.1.0"},
        ),
        digest="sha256:" + "12" * 32,
    )


@pytest.fixture(scope="session")
def crs() -> Crs:
    """The plane of the parcels."""
    return CRS


@pytest.fixture(scope="session")
def hostile(result: ReviewResult) -> ReviewResult:
    """The same case with names that a careless writer would run, swallow or choke on."""
    names = ("<script>alert(1)</script>", '=HYPERLINK("http://x.example","点我")', "+1\x0b2 & ]]>")
    parcels = tuple(
        parcel.model_copy(update={"name": name, "use": "@SUM(A1)"})
        for parcel, name in zip(result.parcels, names, strict=True)
    )
    case = result.case.model_copy(update={"project": "=cmd|' /C calc'!A0", "applicant": "<b>&amp;</b>"})
    return result.model_copy(update={"parcels": parcels, "case": case})


@pytest.fixture(scope="session")
def crowd(result: ReviewResult) -> ReviewResult:
    """Five hundred findings over a hundred parcels."""
    parcels = tuple(result.parcels[2].model_copy(update={"number": str(n), "name": f"地块{n}"}) for n in range(1, 101))
    reason = Text(zh="与永久基本农田重叠12.34平方米", en="12.34 m² overlap permanent basic farmland")
    findings = tuple(
        finding(rule, parcel.number, Verdict.CONFLICT, reason, area_m2=12.34, count=1, share=0.0025)
        for parcel in parcels
        for rule in ("PBF-01", "ECO-01", "UGB-02", "PLAN-01", "MIN-01")
    )
    return result.model_copy(update={"parcels": parcels, "findings": findings, "areas": (), "uncovered": ()})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder such as a Chinese Windows gives its users."""
    path = tmp_path / "张三 & 李四"
    path.mkdir()
    return path
