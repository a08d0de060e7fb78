# SPDX-License-Identifier: GPL-2.0-or-later
"""How wide the columns of a printed table are: no parcel number, figure or date is broken over two lines."""

from __future__ import annotations

import re

from .tables import Table
from .units import shown

LETTER_CM = 0.18
"""A Latin letter or digit of 8.5 pt, with the punctuation that may not begin a line."""
PADDING_CM = 0.5
WIDEST_SHARE = 0.2
"""No word claims more of the page: a hash or a path may be broken."""
_WORD = re.compile(r"[!-~]+")
"""Chinese text breaks anywhere, words of ASCII don't."""


def widths_cm(table: Table, page_cm: float) -> list[float]:
    """Widths that fill ``page_cm``: as the columns ask, but none narrower than its longest word."""
    asked = sum(column.width for column in table.columns)
    widths = [page_cm * column.width / asked for column in table.columns]
    needed = [min(_longest_cm(table, i), WIDEST_SHARE * page_cm) for i in range(len(widths))]
    spare = [max(width - need, 0.0) for width, need in zip(widths, needed, strict=True)]
    lack = sum(max(need - width, 0.0) for width, need in zip(widths, needed, strict=True))
    if lack > sum(spare):
        return [page_cm * need / sum(needed) for need in needed]
    share = lack / sum(spare) if lack else 0.0
    return [max(width, need) - share * rest for width, need, rest in zip(widths, needed, spare, strict=True)]


def _longest_cm(table: Table, position: int) -> float:
    kind = table.columns[position].kind
    words = (word for row in table.rows for word in _WORD.findall(shown(row.cells[position], kind)))
    return LETTER_CM * max(map(len, words), default=0) + PADDING_CM
