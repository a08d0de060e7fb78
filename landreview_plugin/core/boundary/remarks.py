# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands among the points for a reader's eyes: comments, totals, the kind of a boundary mark.

Nothing that could be a point is taken for one of these: a point that is commented out stays a refused line.
"""

from __future__ import annotations

import re
from typing import Final

from .characters import half_width, split_fields

_MARKED: Final = re.compile(r"//|#|--|\*|※")
_WORDED: Final = re.compile(
    r"合\s*计|总\s*计|小\s*计|总面积|备\s*注|说\s*明|注[:：]|制表|审核|检查|测量员|(?i:END)\W*$"
)
_METRES: Final = re.compile(r"[0-9]{5,}")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_PLAIN: Final = re.compile(r"\s*[A-Za-z0-9]+[,;\t ]")
"""How a point or a parcel begins: no word of a remark does."""
_DIGIT: Final = re.compile(r"[0-9０-９@\ufffd]")
_BEHIND: Final = "//"


def is_remark(line: str) -> bool:
    """True for a whole line that is a comment (``// …``, ``# …``) or a total (合计…) and can't be a point or parcel."""
    if _PLAIN.match(line):
        return False
    text = half_width(line).strip()
    numbers = len(_METRES.findall(text))
    if text.rstrip(" \t,;").endswith("@"):
        return False
    if _MARKED.match(text):
        return numbers == 0 and len(split_fields(text)) < 3
    return numbers < 2 and _WORDED.match(text) is not None


def without_comment(line: str) -> str:
    """A point line up to the ``//`` behind its coordinates; whole where further coordinates follow."""
    point, mark, comment = line.partition(_BEHIND)
    return line if not mark or _METRES.search(comment) else point


def is_remark_field(field: str) -> bool:
    """True for a word behind the coordinates, such as the kind of the mark (钢钉); never for a damaged number."""
    return _CHINESE.search(field) is not None and _DIGIT.search(field) is None
