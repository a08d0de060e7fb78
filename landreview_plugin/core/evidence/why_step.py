# SPDX-License-Identifier: GPL-2.0-or-later
"""A step of an explanation, and the steps that every explanation shares."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from ..model.base import Language, Model, Text
from ..model.result import LayerUse, ParcelSummary, ReviewResult

SHORT_HASH = 16
"""Hex digits of a SHA-256 that a sentence shows; the result has the whole."""


class Kind(StrEnum):
    """What a step is about, in the order of an explanation."""

    FIGURE = "figure"
    PARCEL = "parcel"
    LAYER = "layer"
    COVERAGE = "coverage"
    FEATURES = "features"
    AREA = "area"
    SLIVERS = "slivers"
    TEST = "test"
    RULE = "rule"
    LAW = "law"
    ROUNDING = "rounding"


TITLES = {
    Kind.FIGURE: Text(zh="数值", en="Figure"),
    Kind.PARCEL: Text(zh="地块", en="Parcel"),
    Kind.LAYER: Text(zh="图层", en="Layer"),
    Kind.COVERAGE: Text(zh="覆盖范围", en="Coverage"),
    Kind.FEATURES: Text(zh="涉及要素", en="Features"),
    Kind.AREA: Text(zh="面积计算", en="Area"),
    Kind.SLIVERS: Text(zh="碎斑", en="Slivers"),
    Kind.TEST: Text(zh="判定", en="Test"),
    Kind.RULE: Text(zh="规则", en="Rule"),
    Kind.LAW: Text(zh="法律依据", en="Law"),
    Kind.ROUNDING: Text(zh="取位", en="Rounding"),
}


class Step(Model):
    """One step: what it is about, and what it says in both languages."""

    kind: Kind
    text: Text
    trace: str = ""
    """``<trace of the figure>><number>.<kind>``."""

    @property
    def title(self) -> Text:
        """A word for the step."""
        return TITLES[self.kind]


class Explanation(Model):
    """The steps behind one figure, from the figure itself down to law and rounding."""

    trace: str
    steps: tuple[Step, ...]

    def lines(self, language: Language) -> tuple[str, ...]:
        """For people: one line a step."""
        colon = "：" if language is Language.ZH else ": "
        return tuple(f"{step.title.get(language)}{colon}{step.text.get(language)}" for step in self.steps)


def step(kind: Kind, zh: str, en: str) -> Step:
    """A step by its two texts."""
    return Step(kind=kind, text=Text(zh=zh, en=en))


def short(sha256: str) -> str:
    """The head of a hash; a dash for none."""
    return f"{sha256[:SHORT_HASH]}…" if sha256 else "—"


def parcel_step(result: ReviewResult, parcel: ParcelSummary) -> Step:
    """Which land: number, both areas, hash, and the file it was handed in with."""
    about = result.provenance
    source = about.source or "—"
    ellipsoidal = parcel.area_ellipsoidal_m2
    zh = "" if ellipsoidal is None else f"，椭球面积{ellipsoidal:.2f}平方米"
    en = "" if ellipsoidal is None else f", ellipsoidal {ellipsoidal:.2f} m²"
    return step(
        Kind.PARCEL,
        f"地块{parcel.number}，平面面积{parcel.area_planar_m2:.2f}平方米{zh}；坐标系{about.crs}；"
        f"送审文件{source}（SHA-256 {short(about.source_sha256)}）；图形SHA-256 {short(parcel.geometry_sha256)}",
        f"parcel {parcel.number}, planar {parcel.area_planar_m2:.2f} m²{en}; {about.crs}; handed in as {source} "
        f"(SHA-256 {short(about.source_sha256)}); land SHA-256 {short(parcel.geometry_sha256)}",
    )


def case_step(result: ReviewResult) -> Step:
    """The land of the whole case."""
    total = sum((parcel.area_m2 for parcel in result.parcels), Decimal(0))
    return step(
        Kind.PARCEL,
        f"全案{len(result.parcels)}个地块，合计{total:.2f}平方米；坐标系{result.provenance.crs}；"
        f"地块SHA-256 {short(result.provenance.parcels_sha256)}",
        f"all {len(result.parcels)} parcels, {total:.2f} m² in all; {result.provenance.crs}; "
        f"parcels SHA-256 {short(result.provenance.parcels_sha256)}",
    )


def layer_step(result: ReviewResult, key: str) -> Step:
    """Which data: source, date, state, hash of what was touched."""
    use = next((each for each in result.provenance.layers if each.key == key), None)
    if use is None:
        return step(Kind.LAYER, f"{key}：结果中没有该图层的记录", f"{key}: the result has no record of this layer")
    date = str(use.data_date) if use.data_date else "—"
    zh, en = _state(use)
    zh_filter, en_filter = (f"；目录筛选条件 {use.where}", f"; catalogue filter {use.where}") if use.where else ("", "")
    return step(
        Kind.LAYER,
        f"{use.name_zh or key}（{key}），数据源{use.source or '—'}，数据日期{date}，{zh}{zh_filter}；"
        f"涉及要素SHA-256 {short(use.content_sha256)}",
        f"{use.name_en or key} ({key}), source {use.source or '—'}, data of {date}, {en}{en_filter}; "
        f"touched features SHA-256 {short(use.content_sha256)}",
    )


def _state(use: LayerUse) -> tuple[str, str]:
    reason = use.reason
    if use.state == "checked":
        return f"已核查，涉及{use.touched_count}个要素", f"checked, {use.touched_count} feature(s) touched"
    zh = f"（{reason.zh}）" if reason else ""
    en = f" ({reason.en})" if reason else ""
    if use.state == "none":
        return f"签署认定无此类用地{zh}", f"signed: no such land{en}"
    return f"未核查{zh}", f"not checked{en}"


def coverage_step(result: ReviewResult, key: str, parcel: str) -> Step:
    """Where "no feature" means "none", and how much of the land lies beyond."""
    use = next((each for each in result.provenance.layers if each.key == key), None)
    if use is None or not use.covered:
        return step(
            Kind.COVERAGE,
            "没有可用的覆盖范围声明，不能得出无冲突结论",
            "no usable coverage declared: it can't be called clear",
        )
    beyond = sum(
        (
            each.area_m2
            for each in result.uncovered
            if each.layer == key and each.parcel in {parcel or each.parcel} and not each.around_m
        ),
        Decimal(0),
    )
    return step(
        Kind.COVERAGE,
        f"声明的覆盖范围{use.coverage or '—'}，范围以外{beyond:.2f}平方米",
        f"declared coverage {use.coverage or '—'}, {beyond:.2f} m² beyond it",
    )


def method_step(result: ReviewResult, area_m2: float, area_planar_m2: float) -> Step:
    """By which formula, before rounding, and the other method's area beside it."""
    if result.provenance.area_method == "ellipsoidal":
        zh = (
            f"椭球面积（国土调查办发〔2008〕32号任意梯形法，CGCS2000椭球）未取位值{area_m2:.6f}平方米；"
            f"平面面积{area_planar_m2:.6f}平方米"
        )
        en = (
            f"ellipsoidal (trapezoids of 国土调查办发〔2008〕32号 on the CGCS2000 ellipsoid): {area_m2:.6f} m² before "
            f"rounding; planar {area_planar_m2:.6f} m²"
        )
    else:
        zh = f"平面面积 ½|Σ(xᵢyᵢ₊₁−xᵢ₊₁yᵢ)|，未取位值{area_m2:.6f}平方米"
        en = f"planar ½|Σ(xᵢyᵢ₊₁−xᵢ₊₁yᵢ)|: {area_m2:.6f} m² before rounding"
    return step(Kind.AREA, zh, en)
