# SPDX-License-Identifier: GPL-2.0-or-later
"""The comparison of dates as a page to read and print: no script, nothing from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Iterable

from ..core.model.base import Language
from ..core.model.dates import AtDate, DateComparison, DateDifference, Subject
from .tones import tone_of
from .words import Words, printable

STYLE = """body{font-family:"Noto Sans CJK SC","Microsoft YaHei",SimSun,sans-serif;margin:2em;color:#222;max-width:80em}
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.6em}table{border-collapse:collapse;width:100%;table-layout:fixed}
td,th{border:1px solid #999;padding:.35em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#d9e2ec}th small,td small{font-weight:normal;color:#444;display:block}
.key{width:22%}.verdict{font-weight:bold}p{margin:.4em 0}@media print{body{margin:0}tr{break-inside:avoid}}"""


def date_page(comparison: DateComparison, language: Language | str) -> str:
    """The page: the verdict at each date, then a table a subject with what differs."""
    words = Words(language)
    title = words("dates.title")
    case = comparison.case
    facts = words.join(
        [printable(case.number), words.coded("business_types", case.business_type), printable(case.project)]
    )
    body = "\n".join(
        [
            f"<h1>{_text(title)}</h1><p>{_text(facts)}</p>",
            _verdicts(comparison, words),
            *(_section(subject, comparison, words) for subject in Subject),
            f"<p><small>{_text(words('dates.note'))}</small></p>",
        ]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language.value}"><head><meta charset="utf-8">'
        f"<title>{_text(title)}</title><style>{STYLE}</style></head>\n<body>{body}</body></html>\n"
    )


def _verdicts(comparison: DateComparison, words: Words) -> str:
    cells = "".join(_verdict(at, words) for at in comparison.dates)
    rules = "".join(f"<td>{at.rules}</td>" for at in comparison.dates)
    digests = "".join(f"<td><small>{_text(at.digest[:16] or words('none'))}</small></td>" for at in comparison.dates)
    return (
        f"<table><tr>{_head('', comparison, words)}</tr>"
        f"<tr><th>{_text(words('column.verdict'))}</th>{cells}</tr>"
        f"<tr><th>{_text(words('dates.rules'))}</th>{rules}</tr>"
        f"<tr><th>{_text(words('basis.digest'))}</th>{digests}</tr></table>"
    )


def _verdict(at: AtDate, words: Words) -> str:
    tone = tone_of(at.verdict, at.worst_severity)
    said = words(f"verdict.{at.verdict.value}")
    if at.worst_severity is not None:
        said = words("verdict.with_severity", verdict=said, severity=words(f"severity.{at.worst_severity.value}"))
    why = f"<br><small>{_text(words.text(at.refused))}</small>" if at.refused else ""
    style = f"background:#{tone.fill};color:#{tone.ink}"
    return f'<td class="verdict" style="{style}">{_text(said)}{why}</td>'


def _section(subject: Subject, comparison: DateComparison, words: Words) -> str:
    found = [each for each in comparison.differences if each.subject is subject]
    same = comparison.same.get(subject, 0)
    head = f"<h2>{_text(words(f'dates.{subject.value}'))}</h2>"
    count = f"<p>{_text(words('dates.count', different=len(found), same=same))}</p>"
    if not found:
        return head + count
    rows = "\n".join(_row(each, words) for each in found)
    return f"{head}{count}<table><tr>{_head(words('column.item'), comparison, words)}</tr>\n{rows}</table>"


def _head(first: str, comparison: DateComparison, words: Words) -> str:
    return f'<th class="key">{_text(first)}</th>' + "".join(
        f"<th>{_text(words.known('date', at.name))}<small>{at.date}</small></th>" for at in comparison.dates
    )


def _row(difference: DateDifference, words: Words) -> str:
    cells = _cells(words.text(value) for value in difference.values)
    title = words.text(difference.title)
    return f"<tr><td>{_text(difference.key)}<small>{_text(title)}</small></td>{cells}</tr>"


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"<td>{_text(text)}</td>" for text in texts)


def _text(text: str) -> str:
    return html.escape(printable(text))
