# SPDX-License-Identifier: GPL-2.0-or-later
"""Write docs/problem-codes.md: every problem code with its meaning, an example and what to do.

    python tools/make_problem_codes.py [--check]

Meanings and hints come from error_codes.csv; examples from txt_cases.csv, qa_rules.csv and
problem_examples.csv beside this file. ``--check`` only says whether the page is up to date.
"""

from __future__ import annotations

import csv
import html
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "problem-codes.md"
TABLES = ROOT / "landreview_plugin" / "resources" / "tables"

AREAS = {
    "TXT": ("界址点坐标TXT", "Boundary-point TXT"),
    "CRS": ("坐标系", "Coordinate systems"),
    "GEO": ("图形", "Geometry"),
    "SRC": ("文件和数据源", "Files and data sources"),
    "SEC": ("因安全拒绝", "Refused for safety"),
    "ATT": ("属性", "Attributes"),
    "JUR": ("行政区", "Jurisdiction"),
    "AREA": ("面积", "Areas"),
    "CASE": ("案卷和参数", "Cases and parameters"),
    "RULE": ("规则包", "Rule packs"),
    "CAT": ("图层目录", "Catalogues"),
    "ENV": ("运行环境", "Environment"),
    "QA": ("质量检查", "Quality checks"),
    "CENTRE": ("数据中心", "Data centre"),
}
LEVELS = {
    "error": ("错误：可预览，不能保存和审查", "error: shown, but neither stored nor reviewed"),
    "warning": ("警告：已读取，请核对", "warning: read with a notice; strict reading refuses it"),
    "info": ("提示", "note"),
    "needs_explanation": ("需说明", "needs an explanation"),
}
INTRO = """# 问题代码 / Problem codes

由 `tools/make_problem_codes.py` 生成，请勿手工修改。 Made by `tools/make_problem_codes.py`; don't edit it by hand.

每个问题都给出代码、位置（文件、行、列、地块、圈号、坐标）、原文、原因、所做的处理和下一步。
Each problem gives its code, the place (file, line, column, parcel, ring, coordinates), the offending text, the
reason, what was changed while reading, and the next step.
"""


def rows(path: Path) -> list[dict[str, str]]:
    """All rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def examples() -> dict[str, tuple[str, str]]:
    """An example for each code, Chinese and English."""
    found = {row["code"]: (_limited(row), row["definition"]) for row in rows(TABLES / "qa_rules.csv")}
    found |= {
        row["code"]: (row["snippet"], row["snippet"]) for row in reversed(rows(ROOT / "tests/data/txt_cases.csv"))
    }
    return found | {row["code"]: (row["zh"], row["en"]) for row in rows(ROOT / "tools" / "problem_examples.csv")}


def _limited(row: dict[str, str]) -> str:
    limit = f"{row['threshold']} {row['unit']}".strip()
    return f"{row['name_zh']}（{limit}）" if limit else row["name_zh"]


def area_of(row: dict[str, str]) -> str:
    """The area of a code: the middle of ``E-TXT-NUM``, QA for the quality checks."""
    return "QA" if row["code"].startswith("QA") else row["code"].split("-")[1]


def page() -> str:
    """The whole page."""
    known = examples()
    order = list(AREAS)
    codes = sorted(rows(TABLES / "error_codes.csv"), key=lambda row: [*order, area_of(row)].index(area_of(row)))
    parts = [INTRO]
    for area, group in groupby(codes, area_of):
        zh, en = AREAS.get(area, (area, area))
        parts.append(f"\n## {zh} / {en}\n")
        parts += [entry(row, known.get(row["code"])) for row in group]
    return "".join(parts)


def entry(row: dict[str, str], example: tuple[str, str] | None) -> str:
    """The entry of one code."""
    zh, en = LEVELS[row["severity"]]
    lines = [
        f"\n### {row['code']}\n",
        f"{row['meaning_zh']}（{zh}）  ",
        f"{row['meaning_en']} ({en})\n",
    ]
    if example:
        shown = dict.fromkeys(html.escape(text, quote=False) for text in example)
        lines.append(f"- 例 / Example: {' — '.join(shown)}")
    lines.append(f"- 处理：{row['hint_zh']}")
    lines.append(f"- What to do: {row['hint_en']}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or say that it is out of date."""
    text = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print("up to date" if current else f"{PAGE} is out of date: run python tools/make_problem_codes.py")
        return 0 if current else 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
