# SPDX-License-Identifier: GPL-2.0-or-later
"""The summary of a batch: a CSV for machines, a page for people (no script, nothing from elsewhere)."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..core.files import replace_file
from ..core.model.base import Language, Text
from ..core.tables import index

Entry = dict[str, Any]

COLUMNS = (
    "case",
    "status",
    "verdict",
    "worst_severity",
    "conflicts",
    "not_checked",
    "parcels",
    "area_m2",
    "business_type",
    "reference_date",
    "jurisdiction",
    "file",
    "folder",
    "digest",
    "seconds",
    "error",
    "message",
)
VERDICTS = {
    "conflict": (Text(zh="冲突", en="conflict"), "⛔", "#b3261e"),
    "not_checked": (Text(zh="未核查", en="not checked"), "◌", "#6a3fa0"),
    "partly_covered": (Text(zh="部分覆盖", en="partly covered"), "◐", "#8a5a00"),
    "clear": (Text(zh="无冲突", en="clear"), "✓", "#1b6e33"),
    "failed": (Text(zh="未能审查", en="not reviewed"), "✗", "#444444"),
}
STYLE = """body{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em;color:#222}
table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.3em .6em;text-align:left}
th{background:#f2f4f0}td.n{text-align:right}.light{font-weight:bold;white-space:nowrap}
.bar{height:1em;display:inline-block;vertical-align:middle}"""


def write_summary(entries: Sequence[Entry], folder: Path, language: Language) -> tuple[Path, Path]:
    """Write ``summary.csv`` and ``summary.html``; returns their paths."""
    table, page = folder / "summary.csv", folder / "summary.html"
    text = _csv(entries)
    # with a byte-order mark: office programs on a Chinese Windows take it for GBK otherwise
    replace_file(table, lambda beside: beside.write_text(text, encoding="utf-8-sig", newline=""))
    replace_file(page, lambda beside: beside.write_text(_html(entries, language), encoding="utf-8"))
    return table, page


def _csv(entries: Sequence[Entry]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: _inert(entry.get(name, "")) for name in COLUMNS})
    return out.getvalue()


def _inert(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _html(entries: Sequence[Entry], language: Language) -> str:
    def say(zh: str, en: str) -> str:
        return zh if language is Language.ZH else en

    title = say("批量审查汇总", "Batch summary")
    heads = (
        say("案卷", "case"), say("结论", "verdict"), say("冲突", "conflicts"), say("未核查", "not checked"),
        say("面积（公顷）", "area (ha)"), say("说明", "note"),
    )  # fmt: skip
    head = "".join(f"<th>{name}</th>" for name in heads)
    rows = "\n".join(_row(entry, language) for entry in entries)
    return (
        f'<!DOCTYPE html><html lang="{language.value}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{_counts(entries, language)}"
        f"{_by_layer(entries, language)}<table><tr>{head}</tr>\n{rows}\n</table></body></html>\n"
    )


def _verdict(entry: Entry) -> str:
    return str(entry.get("verdict") or "failed")


def _row(entry: Entry, language: Language) -> str:
    text, sign, colour = VERDICTS[_verdict(entry)]
    name = html.escape(str(entry["case"]))
    if entry["status"] == "done":
        name = f'<a href="{html.escape(str(entry["folder"]))}/result.json">{name}</a>'
    area = f"{entry['area_m2'] / 10000:.4f}" if "area_m2" in entry else ""
    return (
        f'<tr><td>{name}</td><td class="light" style="color:{colour}">{sign} {text.get(language)}</td>'
        f'<td class="n">{entry.get("conflicts", "")}</td><td class="n">{entry.get("not_checked", "")}</td>'
        f'<td class="n">{area}</td><td>{html.escape(str(entry.get("message", "")))}</td></tr>'
    )


def _counts(entries: Sequence[Entry], language: Language) -> str:
    parts = []
    for key, (text, sign, colour) in VERDICTS.items():
        count = sum(_verdict(entry) == key for entry in entries)
        parts.append(f'<span class="light" style="color:{colour}">{sign} {text.get(language)} {count}</span>')
    return f"<p>{' · '.join(parts)}</p>"


def _by_layer(entries: Sequence[Entry], language: Language) -> str:
    """Bars: land in conflict by layer over all cases, in hectares."""
    sums: dict[str, float] = {}
    for entry in entries:
        for key, area_m2 in entry.get("conflict_m2", {}).items():
            sums[key] = sums.get(key, 0.0) + area_m2
    if not sums:
        return ""
    column = "name_zh" if language is Language.ZH else "name_en"
    names = index("layers", "key")
    most = max(sums.values()) or 1.0
    rows = "".join(
        f"<tr><td>{html.escape(names[key][column])}</td>"
        f'<td><span class="bar" style="width:{20 * area / most:.2f}em;background:#b3261e"></span> '
        f"{area / 1e4:.4f}</td></tr>"
        for key, area in sorted(sums.items(), key=lambda item: -item[1])
    )
    title = "按图层的冲突面积（公顷）" if language is Language.ZH else "Land in conflict by layer (ha)"
    return f"<h2>{title}</h2><table>{rows}</table>"
