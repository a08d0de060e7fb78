# SPDX-License-Identifier: GPL-2.0-or-later
"""The layers and tables of a result GeoPackage: names that scripts rely on, and what people read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """Types of the fields."""

    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field: its name, its Chinese alias, its type."""

    name: str
    alias: str
    type: FieldType = FieldType.TEXT


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """A layer or, without ``spatial``, a table."""

    name: str
    title: str
    description: str
    fields: tuple[FieldSpec, ...]
    spatial: bool = True


_TEXT, _NUMBER, _COUNT, _DATE = FieldType
_PARCEL = FieldSpec("parcel", "地块编号")
_LAYER = FieldSpec("layer", "图层")
_AREA = FieldSpec("area_m2", "面积（平方米）", _NUMBER)

PARCELS = LayerSpec(
    "parcels",
    "地块 Parcels",
    "送审地块及其审查结论。The parcels with the worst verdict of their findings.",
    (
        FieldSpec("number", "地块编号"),
        FieldSpec("name", "地块名称"),
        FieldSpec("use", "用途"),
        FieldSpec("verdict", "结论"),
        FieldSpec("worst_severity", "最重等级"),
        FieldSpec("conflict_count", "冲突项数", _COUNT),
        FieldSpec("not_checked_count", "未核查项数", _COUNT),
        FieldSpec("partly_covered_count", "部分覆盖项数", _COUNT),
        _AREA,
        FieldSpec("area_planar_m2", "平面面积（平方米）", _NUMBER),
        FieldSpec("area_ellipsoidal_m2", "椭球面积（平方米）", _NUMBER),
        FieldSpec("stated_area_ha", "申报面积（公顷）", _NUMBER),
    ),
)
FINDINGS = LayerSpec(
    "findings",
    "核查结果 Findings",
    "每条规则、每个地块的核查结果；没有图形的行也是结果。One row a rule and parcel, with or without a geometry.",
    (
        FieldSpec("finding_id", "编号"),
        FieldSpec("rule", "规则"),
        FieldSpec("rule_version", "规则版本"),
        FieldSpec("title_zh", "核查内容"),
        FieldSpec("title_en", "核查内容（英）"),
        _PARCEL,
        FieldSpec("verdict", "结论"),
        FieldSpec("severity", "规则等级"),
        _AREA,
        FieldSpec("area_planar_m2", "平面面积（平方米）", _NUMBER),
        FieldSpec("area_printed", "打印面积（平方米）", _NUMBER),
        FieldSpec("share", "占比", _NUMBER),
        FieldSpec("count", "图斑数", _COUNT),
        FieldSpec("distance_m", "距离（米）", _NUMBER),
        FieldSpec("reason_zh", "理由"),
        FieldSpec("reason_en", "理由（英）"),
        _LAYER,
        FieldSpec("data_date", "数据日期", _DATE),
        FieldSpec("basis", "法律依据"),
        FieldSpec("features", "涉及要素"),
        FieldSpec("dropped_count", "碎斑数", _COUNT),
        FieldSpec("dropped_area_m2", "碎斑面积（平方米）", _NUMBER),
        FieldSpec("open_questions", "未答问题"),
        FieldSpec("standing", "规则状态"),
    ),
)
UNCOVERED = LayerSpec(
    "uncovered",
    "未覆盖 Not covered",
    "图层声明的覆盖范围以外的土地，未核查。Land beyond a layer's declared coverage: it was not checked.",
    (
        _PARCEL,
        _LAYER,
        _AREA,
        FieldSpec("around_m", "周边距离（米）", _NUMBER),
        FieldSpec("reason_zh", "理由"),
        FieldSpec("reason_en", "理由（英）"),
    ),
)
FEATURES = LayerSpec(
    "features",
    "涉及的参考要素 Reference features",
    "与地块相接的参考图层要素及其属性，供日后重算。Reference features that the parcels touch, for a replay.",
    (_LAYER, FieldSpec("source_fid", "源要素号", _COUNT), FieldSpec("attributes", "属性（JSON）")),
)
AREAS = LayerSpec(
    "areas",
    "地类面积 Areas by class",
    "地块×地类×权属面积，田坎单列（1203）。Areas by parcel, class and ownership; ridges apart as 1203.",
    (
        _PARCEL,
        _LAYER,
        FieldSpec("class", "地类编码"),
        FieldSpec("class_name", "地类名称"),
        FieldSpec("group", "三大类"),
        FieldSpec("ownership", "权属"),
        FieldSpec("owner_code", "权属单位代码"),
        FieldSpec("owner_name", "权属单位名称"),
        FieldSpec("slope", "坡度级"),
        FieldSpec("grade", "质量等别"),
        _AREA,
    ),
    spatial=False,
)
PROVENANCE = LayerSpec(
    "provenance",
    "依据 Provenance",
    "输入、规则包全文、版本与校验值。Inputs, the text of the rule pack, versions and the digest.",
    (FieldSpec("key", "项目"), FieldSpec("value", "内容")),
    spatial=False,
)
JUDGEMENTS = LayerSpec(
    "judgements",
    "人工判断 Judgements",
    "对核查结果的人工判断，与原结果并列。Judgements by people, beside the findings, which stay as they are.",
    (
        FieldSpec("finding_id", "编号"),
        FieldSpec("mark", "人工判断"),
        FieldSpec("ground", "理由或依据"),
        FieldSpec("attachments", "附件（SHA-256）"),
        FieldSpec("person", "人员"),
        FieldSpec("role", "角色"),
        FieldSpec("at", "时间"),
        FieldSpec("result_digest", "结果校验值"),
    ),
    spatial=False,
)
OPINIONS = LayerSpec(
    "opinions",
    "审查意见 Opinions",
    "对案卷的审查意见。Opinions on the case.",
    (
        FieldSpec("conclusion", "意见"),
        FieldSpec("passes", "是否通过"),
        FieldSpec("person", "人员"),
        FieldSpec("role", "角色"),
        FieldSpec("at", "时间"),
        FieldSpec("result_digest", "结果校验值"),
    ),
    spatial=False,
)
LAYERS = (PARCELS, FINDINGS, UNCOVERED, FEATURES, AREAS, PROVENANCE)
