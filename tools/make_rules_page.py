# SPDX-License-Identifier: GPL-2.0-or-later
"""Write docs/rules.md from the built-in packs: every rule, law, threshold and example, with pictures."""

import hashlib
import html
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import shapely  # noqa: E402

from landreview_plugin.core.model.profile import Tolerances  # noqa: E402
from landreview_plugin.core.model.result import Basis, Verdict  # noqa: E402
from landreview_plugin.core.rules.formulas import FORMULAS  # noqa: E402
from landreview_plugin.core.rules.load import builtin_pack  # noqa: E402
from landreview_plugin.core.rules.pack import UNITS_M2, Example, Rule, RulePack  # noqa: E402
from landreview_plugin.core.tables import index  # noqa: E402

PAGE = ROOT / "docs" / "rules.md"
PICTURES = ROOT / "docs" / "images" / "rules"
SEVERITY = {"prohibit": "禁止", "needs_approval": "须经批准", "needs_explanation": "须作说明", "info": "统计"}
STANDING = {"K": "待办公室确认（K）", "R": "待办公室确认（R）", "P": "待办公室确认（P）"}
HEAD = """# 规则 Rules

*由 `tools/make_rules_page.py` 从内置规则包生成，请勿手改。Generated from the built-in packs: change those.*

规则包 Pack: **{pack}** {version} · 面积类型 area method: {method} · {count} 条规则 rules

- 所有比较均为严格大于或小于。All comparisons are strict: exactly the threshold is no hit.
- 面积不大于 {sliver} m² 的碎片从结果中略去并列出合计；永久基本农田和生态保护红线不略去任何碎片。
  Pieces up to {sliver} m² are dropped and listed with their sum; nothing is dropped on permanent basic farmland and red
  lines.
- 标注“待办公室确认”的规则是默认值，办公室在数据中修改。Rules marked K, R or P are defaults that an office confirms or
  changes in the pack.
- 未答复的问题按最不利情形。An unanswered question counts as its worst branch.

## 问题 Questions

| id | 问题 | question | 选项 choices |
|---|---|---|---|
{questions}

## 规则 Rules
"""


def main() -> None:
    """Write the page and its pictures."""
    pack = builtin_pack("hunan")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.svg"):
        old.unlink()
    questions = "\n".join(
        f"| `{key}` | {q.text.zh} | {q.text.en} | "
        + ("<br>".join(f"`{c}` {t.zh} / {t.en}" for c, t in q.choices.items()) or q.kind)
        + " |"
        for key, q in sorted(pack.questions.items())
    )
    text = HEAD.format(
        pack=pack.pack,
        version=pack.version,
        method=pack.area_method.value,
        count=len(pack.rules),
        sliver=Tolerances().sliver_area_m2,
        questions=questions,
    )
    PAGE.write_text(text + "\n".join(rule_text(pack, rule) for rule in pack.rules), encoding="utf-8", newline="\n")


def in_force(basis: Basis) -> str:
    """From when until when a law is in force, as far as it is known."""
    since = f"自 {basis.valid_from}" if basis.valid_from else ""
    until = f"至 {basis.valid_to}" if basis.valid_to else ""
    return f"（{'，'.join(part for part in (since, until) if part)}）" if since or until else ""


def rule_text(pack: RulePack, rule: Rule) -> str:
    """One rule as a section."""
    layers = " / ".join(f"{index('layers', 'key')[key]['name_zh']} (`{key}`)" for key in rule.layers)
    types = "、".join(f"{index('business_types', 'code')[code]['name_zh']} {code}" for code in rule.business_types)
    basis = "；".join(f"{b.law}{b.article}{in_force(b)}" for b in rule.basis)
    sliver = f"≤ {Tolerances().sliver_area_m2} m²" if rule.slivers else "不略去 none dropped"
    lines = [
        f"### {rule.id} {rule.title.zh}",
        f"{rule.title.en}",
        "",
        f"- 业务 business types: {types}",
        f"- 图层 layer: {layers}",
        f"- 判定 hits when: `{FORMULAS[rule.predicate].en}`, "
        f"阈值 threshold {rule.threshold.shown} {rule.threshold.unit}",
        *([f"- 容差 tolerance: 碎片 slivers {sliver}"] if rule.threshold.unit in UNITS_M2 else []),
        f"- 结果 severity: **{SEVERITY[rule.severity.value]}** `{rule.severity.value}`",
    ]
    if rule.where:
        lines.append(f"- 条件 where: `{rule.where}`")
    if rule.when:
        lines.append("- 适用于 when: " + "; ".join(f"`{k}` = {' / '.join(v)}" for k, v in rule.when.items()))
    if rule.minus:
        lines.append(f"- 先扣除 less: `{rule.minus}`")
    lines.append(f"- 依据 basis: {basis}")
    if rule.note:
        lines.append(f"- 说明 note: {rule.note}")
    if rule.standing in STANDING:
        lines.append(f"- {STANDING[rule.standing]} to be confirmed by the office")
    if rule.matrix:
        lines.append(f"- 规则表 matrix: {', '.join(rule.matrix)}")
    lines += ["", *pictures(rule), ""]
    return "\n".join(lines)


def pictures(rule: Rule) -> list[str]:
    """The first example that hits and the first that does not, each drawn once whatever number of rules share it."""
    first: dict[Verdict, Example] = {}
    for each in rule.examples:
        first.setdefault(each.expect, each)
    lines = []
    for example in first.values():
        drawing = picture(example)
        name = f"{hashlib.sha256(drawing.encode()).hexdigest()[:12]}.svg"
        (PICTURES / name).write_text(drawing, encoding="utf-8", newline="\n")
        area = f", {example.area_m2} m²" if example.area_m2 is not None else ""
        facts = ", ".join(f"{key} = {value}" for key, value in {**example.attributes, **example.answers}.items())
        lines.append(
            f"![{rule.id} {example.expect.value}](images/rules/{name}) `{example.expect.value}`{area} {facts}".rstrip()
        )
    return lines


def picture(example: Example) -> str:
    """The first example as a small drawing: parcel outlined, layer filled."""
    parcel = shapely.from_wkt(example.parcel)
    layer = shapely.from_wkt(example.layer) if example.layer else None
    shapes = [parcel] + ([layer] if layer is not None else [])
    x0, y0, x1, y1 = shapely.union_all(shapes).bounds
    scale = 120 / max(x1 - x0, y1 - y0, 1e-9)

    def path(shape: shapely.Geometry) -> str:
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shape)]
        return " ".join(
            "M" + "L".join(f"{10 + (x - x0) * scale:.1f} {10 + (y1 - y) * scale:.1f}" for x, y in ring) + "Z"
            for ring in rings
        )

    parts = []
    if layer is not None and layer.geom_type == "Point":
        x, y = 10 + (layer.x - x0) * scale, 10 + (y1 - layer.y) * scale
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#b3261e"/>')
    elif layer is not None:
        parts.append(f'<path d="{path(layer)}" fill="#f2b8b5" stroke="#b3261e" fill-rule="evenodd"/>')
    parts.append(f'<path d="{path(parcel)}" fill="none" stroke="#1f3a5f" stroke-width="2"/>')
    width, height = 20 + (x1 - x0) * scale, 20 + (y1 - y0) * scale
    title = html.escape(example.expect.value)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}">'
        f"<title>{title}</title>{''.join(parts)}</svg>\n"
    )


if __name__ == "__main__":
    main()
