# SPDX-License-Identifier: GPL-2.0-or-later
"""The page of a batch: lights, counts, charts, links, a filter. Needs no network: style and script stand in it."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..core.model.base import Language, Text
from ..core.tables import RESOURCES, index
from .trends import charts_of, county_name, total

Entry = dict[str, Any]

MOST_ROWS = 10_000
"""More rows make a page that no office PC opens; the worst come first and the page says what it leaves out."""
VERDICTS = {
    "conflict": (Text(zh="冲突", en="conflict"), "●"),
    "failed": (Text(zh="未能审查", en="not reviewed"), "✗"),
    "not_checked": (Text(zh="未核查", en="not checked"), "◌"),
    "partly_covered": (Text(zh="部分覆盖", en="partly covered"), "◐"),
    "clear": (Text(zh="无冲突", en="clear"), "✓"),
}
COLUMNS = (
    (Text(zh="案卷", en="case"), ""), (Text(zh="结论", en="verdict"), ""), (Text(zh="冲突项", en="conflicts"), "n"),
    (Text(zh="未核查项", en="not checked"), "n"), (Text(zh="地块", en="parcels"), "n"),
    (Text(zh="面积（公顷）", en="area (ha)"), "n"), (Text(zh="冲突图层（公顷）", en="layers in conflict (ha)"), ""),
    (Text(zh="文件", en="files"), ""),
)  # fmt: skip
TITLE = Text(zh="批量审查汇总", en="Batch summary")
LEAD = Text(
    zh="{cases} 个案卷，{parcels} 个地块，{area} 公顷；占用耕地 {farmland} 公顷。",
    en="{cases} cases, {parcels} parcels, {area} ha; farmland taken {farmland} ha.",
)
LEFT_OUT = Text(
    zh="此页列出前 {shown} 个案卷（最严重的在前），其余 {rest} 个见 summary.csv。",
    en="This page lists {shown} cases, the worst first; {rest} more stand in summary.csv.",
)
SEARCH = Text(zh="筛选：案卷、项目、图层、说明…", en="filter: case, project, layer, note …")
COUNTIES = Text(zh="所有县区", en="all counties")
CASES = Text(zh="案卷", en="Cases")


def batch_page(entries: Sequence[Entry], language: Language) -> str:
    """The whole page as HTML."""
    listed = sorted(entries, key=lambda entry: list(VERDICTS).index(verdict_of(entry)))[:MOST_ROWS]
    listed = sorted(listed, key=lambda entry: str(entry["case"])) if len(listed) == len(entries) else listed
    lead = LEAD.get(language).format(
        cases=len(entries),
        parcels=sum(entry.get("parcels", 0) for entry in entries),
        area=f"{total(entries, 'area_m2') / 1e4:,.2f}",
        farmland=f"{total(entries, 'farmland_m2') / 1e4:,.2f}",
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    figures = "".join(_figure(title, svg, legend, language) for title, svg, legend in charts_of(entries, language))
    return (
        f'<!DOCTYPE html>\n<html lang="{language.value}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{TITLE.get(language)}</title>'
        f"<style>{_template('batch.css')}</style></head>\n<body><main><h1>{TITLE.get(language)}</h1>"
        f'<p class="lead">{lead}</p>{_tiles(entries, language)}<div class="charts">{figures}</div>'
        f"{_table(listed, len(entries) - len(listed), language)}</main>"
        f"<script>{_template('batch.js')}</script></body></html>\n"
    )


def verdict_of(entry: Entry) -> str:
    """The verdict, or ``failed`` for a case without one."""
    return str(entry.get("verdict") or "failed")


def _template(name: str) -> str:
    return (RESOURCES / "templates" / name).read_text(encoding="utf-8")


def _tiles(entries: Sequence[Entry], language: Language) -> str:
    counts = Counter(verdict_of(entry) for entry in entries)
    tiles = "".join(
        f'<button type="button" class="tile {key}" data-verdict="{key}" aria-pressed="false"><b>{counts[key]:,}</b>'
        f'<span class="light">{sign} {text.get(language)}</span></button>'
        for key, (text, sign) in VERDICTS.items()
    )
    parts = "".join(f'<i class="{key}" style="flex:{counts[key]}"></i>' for key in VERDICTS if counts[key])
    return f'<div class="tiles">{tiles}</div><div class="strip" aria-hidden="true">{parts}</div>'


def _figure(title: str, svg: str, legend: Sequence[str], language: Language) -> str:
    keys = "".join(f'<i class="{key}"></i>{VERDICTS[key][0].get(language)}' for key in legend)
    note = f'<p class="legend">{keys}</p>' if keys else ""
    return f"<figure><h2>{html.escape(title)}</h2>{svg}{note}</figure>"


def _table(entries: Sequence[Entry], left_out: int, language: Language) -> str:
    heads = "".join(f'<th scope="col" class="{kind}">{text.get(language)}</th>' for text, kind in COLUMNS)
    rows = "\n".join(_row(entry, language) for entry in entries)
    note = LEFT_OUT.get(language).format(shown=len(entries), rest=left_out) if left_out else ""
    counties = sorted({str(entry.get("jurisdiction") or "") for entry in entries} - {""})
    options = "".join(f'<option value="{_text(code)}">{_text(county_name(code))}</option>' for code in counties)
    search, every = SEARCH.get(language), COUNTIES.get(language)
    return (
        f'<section class="card"><h2>{CASES.get(language)}</h2><div class="tools" hidden>'
        f'<input id="text" type="search" placeholder="{search}" aria-label="{search}">'
        f'<select id="county" aria-label="{every}"><option value="">{every}</option>{options}</select>'
        f'<small id="shown" role="status"></small></div><p class="lead">{note}</p><div class="scroll"><table>'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div></section>"
    )


def _row(entry: Entry, language: Language) -> str:
    key = verdict_of(entry)
    text, sign = VERDICTS[key]
    about = " · ".join(str(entry[name]) for name in ("project", "business_type", "reference_date") if entry.get(name))
    area = f"{entry['area_m2'] / 1e4:,.4f}" if "area_m2" in entry else ""
    message = _text(entry.get("message", ""))
    layers = _layers(entry, language) if entry["status"] == "done" else ""
    note = f"{layers}<small>{message}</small>" if layers and message else layers or message
    return (
        f'<tr data-verdict="{key}" data-county="{_text(entry.get("jurisdiction", ""))}">'
        f'<td class="case">{_text(entry["case"])}<small>{_text(about)}</small></td>'
        f'<td class="light {key}"><span aria-hidden="true">{sign}</span>{text.get(language)}</td>'
        f'<td class="n">{entry.get("conflicts", "")}</td><td class="n">{entry.get("not_checked", "")}</td>'
        f'<td class="n">{entry.get("parcels", "")}</td><td class="n">{area}</td><td>{note}</td>'
        f'<td class="files">{_files(entry)}</td></tr>'
    )


def _layers(entry: Entry, language: Language) -> str:
    names = index("layers", "key")
    column = f"name_{language.value}"
    areas = sorted(entry.get("conflict_m2", {}).items(), key=lambda item: -item[1])
    parts = (f"{names[key][column]} {area / 1e4:.4f}" if area else names[key][column] for key, area in areas)
    return _text("；".join(parts) if language is Language.ZH else "; ".join(parts))


def _files(entry: Entry) -> str:
    folder = quote(str(entry.get("folder", "")))
    return " ".join(
        f'<a href="{folder}/{quote(name)}">{_text(Path(name).suffix[1:].upper())}</a>'
        for name in entry.get("files", ())
    )


def _text(value: object) -> str:
    return html.escape(str(value))
