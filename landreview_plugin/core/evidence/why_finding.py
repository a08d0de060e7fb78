# SPDX-License-Identifier: GPL-2.0-or-later
"""The steps behind a finding: land, layer, features, area, slivers, test, rule, law, rounding."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..geodesy.rounding import Unit, convert
from ..model.result import Basis, Finding, ReviewResult, RuleUse, TouchedFeature
from .why_step import Kind, Step, case_step, coverage_step, layer_step, method_step, parcel_step, short, step

NAMED = 10
"""Features named in a sentence; the finding itself has up to 50."""
VERDICTS = {
    "conflict": ("冲突", "conflict"),
    "not_checked": ("未核查", "not checked"),
    "partly_covered": ("部分覆盖", "partly covered"),
    "clear": ("无冲突", "clear"),
}
SEVERITIES = {
    "prohibit": ("禁止", "prohibited"),
    "needs_approval": ("须经批准", "needs approval"),
    "needs_explanation": ("须作说明", "needs explanation"),
    "info": ("统计", "for information"),
}


def steps(result: ReviewResult, finding: Finding, figure: str) -> Iterator[Step]:
    """From the figure asked for (empty: the finding as a whole) down to law and rounding."""
    rule = next((each for each in result.provenance.rules if _is(each, finding)), None)
    yield _figure(result, finding, figure)
    parcel = next((each for each in result.parcels if each.number == finding.parcel), None)
    yield case_step(result) if parcel is None else parcel_step(result, parcel)
    yield layer_step(result, finding.layer)
    yield coverage_step(result, finding.layer, finding.parcel)
    yield _features(finding)
    yield method_step(result, finding.area_m2, finding.area_planar_m2)
    yield _slivers(result, finding, rule)
    yield _test(result, finding, rule)
    yield _rule(result, finding, rule)
    for basis in finding.basis:
        yield _law(result, basis)
    yield _rounding(finding)


def _is(rule: RuleUse, finding: Finding) -> bool:
    return rule.id == finding.rule and rule.state in {"judged", "off"}


def _figure(result: ReviewResult, finding: Finding, figure: str) -> Step:
    zh, en = VERDICTS[finding.verdict.value]
    whole_m2 = sum((p.area_m2 for p in result.parcels if finding.parcel in {"", p.number}), Decimal(0))
    said = {
        "share": (
            f"占比{finding.share:.6f} = {finding.area_m2:.6f} ÷ {whole_m2:.2f}平方米",
            f"share {finding.share:.6f} = {finding.area_m2:.6f} ÷ {whole_m2:.2f} m²",
        ),
        "count": (f"图斑数{finding.count}", f"{finding.count} feature piece(s)"),
        "distance_m": (f"最短平面距离{finding.distance_m}米", f"shortest plane distance {finding.distance_m} m"),
        "dropped": (
            f"舍弃碎斑{finding.dropped.count}个，{finding.dropped.area_m2:.6f}平方米",
            f"{finding.dropped.count} sliver(s) dropped, {finding.dropped.area_m2:.6f} m²",
        ),
    }.get(figure, (f"{finding.area_printed:.2f}平方米", f"{finding.area_printed:.2f} m²"))
    whole = ("全案", "the whole case") if not finding.parcel else (f"地块{finding.parcel}", f"parcel {finding.parcel}")
    return step(
        Kind.FIGURE,
        f"{finding.rule}，{whole[0]}，结论{zh}：{said[0]}；{finding.reason.zh}",
        f"{finding.rule}, {whole[1]}, verdict {en}: {said[1]}; {finding.reason.en}",
    )


def _features(finding: Finding) -> Step:
    if not finding.features:
        return step(
            Kind.FEATURES, f"没有列出的要素（共{finding.count}个）", f"no feature is named ({finding.count} in all)"
        )
    by_distance = finding.distance_m is not None
    zh = "、".join(f"{_name(each)}（{_size(each, by_distance, '米', '平方米')}）" for each in finding.features[:NAMED])
    en = ", ".join(f"{_name(each)} ({_size(each, by_distance, ' m', ' m²')})" for each in finding.features[:NAMED])
    total = sum(each.area_m2 for each in finding.features)
    once_zh = once_en = ""
    if not by_distance and finding.count <= len(finding.features) and total - finding.area_m2 > 0.005:
        once_zh = f"；要素相互重叠{total - finding.area_m2:.2f}平方米，只计一次"
        once_en = f"; the features overlap each other by {total - finding.area_m2:.2f} m², counted once"
    return step(Kind.FEATURES, f"共{finding.count}个：{zh}{once_zh}", f"{finding.count} in all: {en}{once_en}")


def _name(feature: TouchedFeature) -> str:
    return feature.label or f"#{feature.fid}"


def _size(feature: TouchedFeature, by_distance: bool, metres: str, square_metres: str) -> str:
    return f"{feature.distance_m:.2f}{metres}" if by_distance else f"{feature.area_m2:.2f}{square_metres}"


def _slivers(result: ReviewResult, finding: Finding, rule: RuleUse | None) -> Step:
    limit = rule.sliver_area_m2 if rule else result.provenance.tolerances.get("sliver_area_m2", "—")
    zh = "该规则不舍弃任何碎斑" if limit == "0" else f"面积不大于{limit}平方米的碎斑舍弃"
    en = "this rule drops nothing" if limit == "0" else f"pieces of at most {limit} m² are dropped"
    dropped = finding.dropped
    return step(
        Kind.SLIVERS,
        f"{zh}；本项舍弃{dropped.count}个，合计{dropped.area_m2:.2f}平方米",
        f"{en}; here {dropped.count}, {dropped.area_m2:.2f} m² in all",
    )


def _test(result: ReviewResult, finding: Finding, rule: RuleUse | None) -> Step:
    if rule is None:
        return step(Kind.TEST, finding.reason.zh, finding.reason.en)
    zh, en = (
        [f"{rule.formula.zh}，阈值{rule.threshold} {rule.unit}"],
        [f"{rule.formula.en}, {rule.threshold} {rule.unit}"],
    )
    for given, said_zh, said_en in (
        (rule.where, "筛选条件", "filter"),
        (rule.minus, "先扣除图层", "less the layer"),
        (rule.distance_role, "要素自身距离字段", "the feature's own distance in"),
    ):
        if given:
            zh.append(f"{said_zh} {given}")
            en.append(f"{said_en} {given}")
    for question, choices in rule.when.items():
        answer = result.case.answers.get(question)
        zh.append(f"问题{question}：{answer or '未答复，按最不利情形'}（适用于{'/'.join(choices)}）")
        en.append(f"question {question}: {answer or 'unanswered, worst case'} (applies to {'/'.join(choices)})")
    zh.append(finding.reason.zh)
    en.append(finding.reason.en)
    return step(Kind.TEST, "；".join(zh), "; ".join(en))


def _rule(result: ReviewResult, finding: Finding, rule: RuleUse | None) -> Step:
    about, severity = result.provenance, SEVERITIES[finding.severity.value]
    changed_zh = f"；{rule.changed.zh}" if rule and rule.changed else ""
    changed_en = f"; {rule.changed.en}" if rule and rule.changed else ""
    standing = f"（{finding.standing}）" if finding.standing else ""
    zh = f"；待本单位确认{standing}" if finding.standing else ""
    en = f"; to be confirmed by the office ({finding.standing})" if finding.standing else ""
    pack = f"{about.pack} {finding.rule_version}"
    return step(
        Kind.RULE,
        f"{finding.rule} {finding.title.zh}，等级{severity[0]}{zh}{changed_zh}；规则包{pack}"
        f"（SHA-256 {short(about.pack_sha256)}）",
        f"{finding.rule} {finding.title.en}, severity {severity[1]}{en}{changed_en}; pack {pack} "
        f"(SHA-256 {short(about.pack_sha256)})",
    )


def _law(result: ReviewResult, basis: Basis) -> Step:
    at = result.case.reference_date
    since = str(basis.valid_from) if basis.valid_from else "—"
    until = str(basis.valid_to) if basis.valid_to else "—"
    early = basis.valid_from is not None and at < basis.valid_from
    late = basis.valid_to is not None and at > basis.valid_to
    zh, en = ("基准日不在有效期内", "not in force then") if early or late else ("基准日有效", "in force then")
    return step(
        Kind.LAW,
        f"{basis.law}{basis.article}，施行{since}，失效{until}；审查基准日{at}：{zh}",
        f"{basis.law} {basis.article}, from {since} until {until}; reference date {at}: {en}",
    )


def _rounding(finding: Finding) -> Step:
    ha, mu = convert(finding.area_printed, Unit.HA, 4), convert(finding.area_printed, Unit.MU, 4)
    return step(
        Kind.ROUNDING,
        f"{finding.area_m2:.6f} → {finding.area_printed:.2f}平方米（四舍五入到0.01平方米）= {ha}公顷 = {mu}亩",
        f"{finding.area_m2:.6f} → {finding.area_printed:.2f} m² (half up to 0.01 m²) = {ha} ha = {mu} mu",
    )
