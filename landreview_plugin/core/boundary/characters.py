# SPDX-License-Identifier: GPL-2.0-or-later
"""Full-width characters, separators and plain decimal numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ..model.base import Text

_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SEPARATORS: Final = re.compile(r"[ \t]*[,;][ \t]*|[ ]*\t[ ]*")
_TABS: Final = re.compile(r" *\t *")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_EXPONENT: Final = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")
_DEGREES: Final = re.compile(r"[0-9][°º˚′″'\":度分]")
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


def why_no_number(text: str) -> Text | None:
    """What keeps a text from being a plain number, where a person would not see it at once."""
    hidden = next((c for c in text if unicodedata.category(c) in _HIDDEN and c != " "), None)
    if hidden is not None:
        return Text(zh=f"含不可见字符U+{ord(hidden):04X}", en=f"an invisible character U+{ord(hidden):04X}")
    if text.startswith("="):
        return Text(
            zh="公式尚未计算；请在Excel或WPS中打开并保存后再提交",
            en="a formula that was never calculated: open and save the table in Excel or WPS",
        )
    if _EXPONENT.fullmatch(text):
        return Text(zh="科学计数法，位数可能已丢失", en="exponent notation: digits may be lost")
    if _DEGREES.search(text):
        return Text(zh="度分秒，应为米", en="degrees, minutes and seconds instead of metres")
    return None


def is_count(text: str) -> bool:
    """True for digits alone, at most nine."""
    return 0 < len(text) <= 9 and text.isascii() and text.isdecimal()


def decimals_of(number: str) -> int:
    """Digits behind the decimal point of a plain number."""
    return len(number) - number.index(".") - 1 if "." in number else 0
