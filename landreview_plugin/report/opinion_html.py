# SPDX-License-Identifier: GPL-2.0-or-later
"""The printed opinion as HTML in the small dialect that Qt's rich text sets: for the pages of the PDF."""

from __future__ import annotations

import html
from collections.abc import Iterator

from ..core.model.result import ReviewResult
from .area_tables import arable_table, class_tables
from .finding_tables import FindingGroup, dropped_table, finding_groups, to_confirm
from .narrow import LAYER_COLUMNS, RULE_COLUMNS, narrowed
from .parcel_tables import parcel_table, statement_table
from .people_tables import people_tables
from .source_tables import basis_table, layer_table, quality_table, rule_table, uncovered_table
from .summary import case_facts, conclusion
from .tables import Table
from .tones import HEADER, TOTAL, Tone
from .units import shown
from .words import Words, printable

FINDING_SHARES = (26, 10, 11, 15, 8, 30)
"""Per cent of the width for the columns of a group of findings."""
FINDING_KEYS = ("rule_and_basis", "parcel", "verdict", "area", "share", "reason")
SIGNERS = ("examiner", "reviewer", "leader")


def opinion_html(result: ReviewResult, words: Words, family: str) -> str:
    """The whole opinion, in the sections of the DOCX. ``family``: a font with Chinese characters."""
    parts = [f'<p class="title" align="center"><b>{_text(words("title"))}</b></p>', _facts(result, words)]
    for number, (key, content) in enumerate(_sections(result, words)):
        numeral = words("numerals").split("|")[number]
        parts.append(f'<p class="section"><b>{_text(numeral + words(key))}</b></p>{content}')
    style = (
        f"body, td, th, p {{ font-family: '{family}'; }} body, td, th, p {{ font-size: 8pt; }}"
        "p.title { font-size: 18pt; } p.section { font-size: 12pt; margin-top: 14px; } p.table { font-size: 9pt; }"
        "p.note { color: #404040; font-size: 7.5pt; margin: 2px; } span.small { color: #404040; font-size: 7pt; }"
    )
    return f"<html><head><style>{style}</style></head><body>{''.join(parts)}</body></html>"


def _sections(result: ReviewResult, words: Words) -> Iterator[tuple[str, str]]:
    yield "section.conclusion", _conclusion(result, words)
    yield "section.parcels", _tables(parcel_table(result, words), statement_table(result, words))
    yield "section.findings", _findings(result, words)
    if people := people_tables(result, words):
        yield "section.people", _tables(*people)
    classes = class_tables(result, words)
    arable = arable_table(result, words)
    none = _note(words("note.no_classes")) if not classes else ""
    yield "section.classes", none + _tables(*classes, *((arable,) if arable else ()))
    dropped = dropped_table(result, words)
    yield "section.gaps", _tables(uncovered_table(result, words), *((dropped,) if dropped.rows else ()))
    yield "section.layers", _tables(narrowed(layer_table(result, words), LAYER_COLUMNS))
    yield "section.quality", _tables(quality_table(result, words))
    yield "section.basis", _tables(basis_table(result, words), narrowed(rule_table(result, words), RULE_COLUMNS))
    yield "section.opinion", _signatures(words)


def _text(text: str) -> str:
    return html.escape(printable(text)).replace("\n", "<br>")


def _note(text: str) -> str:
    return f'<p class="note">{_text(text)}</p>'


def _cell(text: str, tone: Tone | None = None, *, tag: str = "td", align: str = "left", more: str = "") -> str:
    fill = f' bgcolor="#{tone.fill}"' if tone and tone.fill else ""
    ink = f"<font color='#{tone.ink}'>{text}</font>" if tone and tone.ink != "000000" else text
    bold = f"<b>{ink}</b>" if tone and tone.bold else ink
    return f'<{tag} align="{align}"{fill}{more}>{bold}</{tag}>'


def _table_tag(rows: str) -> str:
    look = 'width="100%" border="1" cellspacing="0" cellpadding="3" style="border-collapse: collapse;"'
    return f"<table {look}>{rows}</table>"


def _facts(result: ReviewResult, words: Words) -> str:
    facts = case_facts(result, words)
    rows = []
    for i in range(0, len(facts), 2):
        pairs = facts[i : i + 2]
        cells = (_cell(_text(label), TOTAL, more=' width="14%"') + _cell(_text(value)) for label, value in pairs)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return _table_tag("".join(rows))


def _conclusion(result: ReviewResult, words: Words) -> str:
    said = conclusion(result, words)
    banner = _cell(f'<span style="font-size: 12pt;">{_text(said.headline)}</span>', said.tone, align="center")
    return _table_tag(f"<tr>{banner}</tr>") + "".join(f"<p>{_text(sentence)}</p>" for sentence in said.sentences)


def _findings(result: ReviewResult, words: Words) -> str:
    parts = [_group(group, words) for group in finding_groups(result, words)]
    notes = ["note.findings", "note.severity"]
    notes += ["note.standing"] if any(map(to_confirm, result.findings)) else []
    return "<br>".join(parts) + "".join(_note(words(key)) for key in notes)


def _group(group: FindingGroup, words: Words) -> str:
    banner = _cell(_text(group.heading), group.tone, tag="th", more=f' colspan="{len(FINDING_KEYS)}"')
    head = f"<tr>{banner}</tr>"
    columns = zip(FINDING_KEYS, FINDING_SHARES, strict=True)
    titles = (
        _cell(_text(words(f"column.{key}")), HEADER, tag="th", align="center", more=f' width="{share}%"')
        for key, share in columns
    )
    rows = []
    for found in group.findings:
        lines = "".join(f'<br><span class="small">{_text(detail)}</span>' for detail in found.details)
        cells = (
            _cell(f'{_text(found.heading)}<br><span class="small">{_text(found.basis)}</span>'),
            _cell(_text(found.parcels), align="center"),
            _cell(_text(found.verdict), group.tone, align="center"),
            _cell("<br>".join(_text(figure) for figure in found.figures), align="right"),
            _cell(_text(found.share), align="right"),
            _cell(_text(found.reason) + lines),
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return _table_tag(f"<thead>{head}<tr>{''.join(titles)}</tr></thead>{''.join(rows)}")


def _tables(*tables: Table) -> str:
    titled = len(tables) > 1
    return "".join(
        (f'<p class="table"><b>{_text(table.title)}</b></p>' if titled else "") + _table(table) for table in tables
    )


def _table(table: Table) -> str:
    notes = "".join(_note(note) for note in table.notes)
    if not table.rows:
        return notes
    whole = sum(column.width for column in table.columns)
    head = "".join(
        _cell(
            _text(column.heading),
            HEADER,
            tag="th",
            align="center",
            more=f' width="{round(100 * column.width / whole)}%"',
        )
        for column in table.columns
    )
    rows = []
    for row in table.rows:
        cells = (
            _cell(
                _text(shown(value, column.kind)),
                TOTAL if row.total else row.tones.get(i),
                align="right" if column.kind.numeric else "left",
            )
            for i, (value, column) in enumerate(zip(row.cells, table.columns, strict=True))
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return _table_tag(f"<thead><tr>{head}</tr></thead>{''.join(rows)}") + notes


def _signatures(words: Words) -> str:
    space = words("sign.space")
    lines = "<br>".join(_text(words(key) + space) for key in ("sign.signature", "sign.date"))
    rows = []
    for who in SIGNERS:
        label = _cell(_text(words(f"sign.{who}")), TOTAL, align="center", more=' width="18%"')
        rows.append(f"<tr>{label}{_cell(f'<br><br>{lines}', align='right')}</tr>")
    return _table_tag("".join(rows)) + f'<p align="right">{_text(words("sign.seal"))}</p>'
