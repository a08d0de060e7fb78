# SPDX-License-Identifier: GPL-2.0-or-later
"""Charts as inline SVG: no library, no script. Colours are CSS classes, so a page shows them in light and dark.

Every chart has a title and a description that a screen reader reads out, and says its numbers in words.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 420
ROW = 30
LABEL = 160
PLOT = 180
LETTER = 13
NARROW = 0.6
"""Width of a Latin letter or digit against a Chinese one."""
COLUMNS_HEIGHT = 190
_CJK = 0x2E80


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name and its parts as (CSS class, value). ``shown`` is printed beside it."""

    name: str
    parts: tuple[tuple[str, float], ...]
    shown: str

    @property
    def total(self) -> float:
        """Sum of the parts."""
        return sum(value for _, value in self.parts)


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars, longest first as given."""
    most = max((row.total for row in rows), default=0.0) or 1.0
    body = "".join(_bar(row, 12 + i * ROW, most) for i, row in enumerate(rows))
    return _svg(title, rows, ROW * len(rows) + 18, body, LETTER)


def columns(title: str, rows: Sequence[Bar]) -> str:
    """Upright columns in the order given: months."""
    most = max((row.total for row in rows), default=0.0) or 1.0
    step = min((WIDTH - 20) / max(len(rows), 1), 90.0)
    body = f'<line class="axis" x1="10" x2="{WIDTH - 10}" y1="{COLUMNS_HEIGHT - 30}" y2="{COLUMNS_HEIGHT - 30}"/>'
    body += "".join(_column(row, 10 + i * step, step, most) for i, row in enumerate(rows))
    return _svg(title, rows, COLUMNS_HEIGHT, body, 11)


def _bar(row: Bar, y: float, most: float) -> str:
    x, pieces = float(LABEL), []
    for name, value in row.parts:
        width = PLOT * value / most
        if width > 0:
            pieces.append(f'<rect class="{name}" x="{x:.1f}" y="{y}" width="{max(width, 1):.1f}" height="18" rx="2"/>')
        x += width
    name = f"<title>{html.escape(row.name)}</title>{html.escape(fitting(row.name, LABEL - 10))}"
    return (
        f'<text x="{LABEL - 10}" y="{y + 14}" text-anchor="end">{name}</text>{"".join(pieces)}'
        f'<text class="value" x="{x + 8:.1f}" y="{y + 14}">{html.escape(row.shown)}</text>'
    )


def fitting(name: str, room: float) -> str:
    """The name, or as much of its beginning as fits into ``room`` with an ellipsis."""
    widths = [LETTER * (NARROW if ord(letter) < _CJK else 1.0) for letter in name]
    if sum(widths) <= room:
        return name
    ends = list(itertools.accumulate(widths))
    return name[: sum(end + LETTER <= room for end in ends)].rstrip() + "…"


def _column(row: Bar, x: float, step: float, most: float) -> str:
    floor, room = COLUMNS_HEIGHT - 30, COLUMNS_HEIGHT - 60
    y, pieces = float(floor), []
    for name, value in row.parts:
        height = room * value / most
        y -= height
        if height > 0:
            size = f'width="{step * 0.64:.1f}" height="{max(height, 1):.1f}"'
            pieces.append(f'<rect class="{name}" x="{x + step * 0.18:.1f}" y="{y:.1f}" {size} rx="2"/>')
    middle = x + step / 2
    return (
        f'{"".join(pieces)}<text class="value" x="{middle:.1f}" y="{y - 6:.1f}" text-anchor="middle">'
        f'{html.escape(row.shown)}</text><text x="{middle:.1f}" y="{COLUMNS_HEIGHT - 12}" text-anchor="middle">'
        f"{html.escape(row.name.removeprefix('20'))}</text>"
    )


def _svg(title: str, rows: Sequence[Bar], height: int, body: str, letters: int) -> str:
    words = "; ".join(f"{row.name}: {row.shown}" for row in rows)
    return (
        f'<svg role="img" viewBox="0 0 {WIDTH} {height}" width="100%" font-size="{letters}">'
        f"<title>{html.escape(title)}</title><desc>{html.escape(words)}</desc>{body}</svg>"
    )
