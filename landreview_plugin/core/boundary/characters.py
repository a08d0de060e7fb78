# SPDX-License-Identifier: GPL-2.0-or-later
"""Full-width characters, separators and plain decimal numbers."""

from __future__ import annotations

import re
from typing import Final

_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SEPARATORS: Final = re.compile(r"[ \t]*[,;][ \t]*|[ ]*\t[ ]*")
_TABS: Final = re.compile(r" *\t *")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
MAX_DIGITS: Final = 40


def half_width(text: str) -> str:
    """The text with full-width forms of ASCII (，１＝［］＠) and the wide blank as half-width ones."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def split_fields(line: str) -> list[str]:
    """The fields of a half-width line, trimmed; tabs separate where they are more than the commas."""
    tabs = line.count("\t")
    pattern = _TABS if tabs > line.count(",") + line.count(";") else _SEPARATORS
    return [field.strip() for field in pattern.split(line.strip(" \n"))]


def is_number(text: str) -> bool:
    """True for a plain decimal number: no exponent, blank, separator, NaN or infinity."""
    return len(text) <= MAX_DIGITS and _NUMBER.fullmatch(text) is not None


def is_count(text: str) -> bool:
    """True for digits alone, at most nine."""
    return 0 < len(text) <= 9 and text.isascii() and text.isdecimal()


def decimals_of(number: str) -> int:
    """Digits behind the decimal point of a plain number."""
    return len(number) - number.index(".") - 1 if "." in number else 0
