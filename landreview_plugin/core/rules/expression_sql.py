# SPDX-License-Identifier: GPL-2.0-or-later
"""A filter of a catalogue as SQL, for showing a layer; a review never uses it: SQL knows no "unknown code"."""

from __future__ import annotations

import datetime as dt
import re

from .expression import parse

_TEXTS = re.compile(r"('(?:[^']|'')*')")


def as_sql(where: str, at: dt.date) -> str | None:
    """The filter for data providers, at a date; None for one that no provider can decide. Raises E-RULE-EXPR."""
    expression = parse(where)
    if set(expression.constants) - {"reference_date"}:
        return None
    pieces = _TEXTS.split(where)
    # every second piece is a text of the filter: it stays as it stands
    pieces[::2] = [_quoted(piece, expression.fields, at) for piece in pieces[::2]]
    return "".join(pieces)


def _quoted(piece: str, fields: tuple[str, ...], at: dt.date) -> str:
    names = "|".join(re.escape(name) for name in sorted(fields, key=len, reverse=True))
    if names:
        piece = re.sub(rf"(?<![\w$])({names})(?!\w)", r'"\1"', piece)
    return piece.replace("$reference_date", f"'{at.isoformat()}'")
