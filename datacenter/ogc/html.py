# SPDX-License-Identifier: GPL-2.0-or-later
"""The same documents for people: plain pages without script, every text escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_STYLE = """
:root { color-scheme: light dark; font-family: system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
body { max-width: 76rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5 }
table { border-collapse: collapse; width: 100%; font-size: .9rem } th, td { text-align: left; padding: .3rem .6rem;
border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); overflow-wrap: anywhere }
"""


def page(title: str, parts: Sequence[str]) -> str:
    """A whole page of parts that are HTML already."""
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>{''.join(parts)}</html>"
    )


def links(found: Sequence[Mapping[str, Any]]) -> str:
    """Links as a list."""
    items = (
        f'<li><a href="{escape(link["href"], quote=True)}">{escape(link["title"])}</a> ({escape(link["rel"])})</li>'
        for link in found
        if not link.get("templated")
    )
    return f"<ul>{''.join(items)}</ul>"


def items_table(features: Sequence[str]) -> str:
    """The properties of features as a table."""
    rows = [(each["id"], each["properties"]) for each in map(json.loads, features)]
    names = sorted({name for _, properties in rows for name in properties})
    head = "".join(f"<th>{escape(name)}</th>" for name in ("id", *names))
    body = "".join(
        f"<tr><td>{escape(key)}</td>{''.join(f'<td>{escape(_shown(facts.get(name)))}</td>' for name in names)}</tr>"
        for key, facts in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _shown(value: object) -> str:
    return "" if value is None else str(value)
