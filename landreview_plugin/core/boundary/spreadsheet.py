# SPDX-License-Identifier: GPL-2.0-or-later
"""What a spreadsheet does to a boundary TXT that is opened and saved in it: quotation marks, padding separators."""

from __future__ import annotations

import re
from typing import Final

from .log import ProblemLog

_HEAD: Final = 20_000
"""Characters to look at: what a spreadsheet saved looks so from the first lines on."""
_QUOTED: Final = re.compile(r'^"[^\n]*[,;\t=\]][^\n]*"[,;\t]*$', re.MULTILINE)
_PADDED: Final = re.compile(r"^[\[［][^\]］\n]{1,40}[\]］][ ]*[,;\t][,;\t ]*$", re.MULTILINE)
_PARAMETERS: Final = "参数"
_PADDING: Final = " ,;\t"
_CELLS: Final = re.compile(r'"((?:[^"]|"")*)"')


def without_quotes(text: str, log: ProblemLog) -> str:
    """The text as it was before, line for line; W-TXT-QUOTED says so. Any other text is given back untouched."""
    head = text[:_HEAD]
    met = (_QUOTED.search(head) if '"' in head else None) or _PADDED.search(head)
    if met is None:
        return text
    log.add("W-TXT-QUOTED", line=head.count("\n", 0, met.start()) + 1, text=met.group())
    return "\n".join(map(_plain, text.split("\n")))


def _plain(line: str) -> str:
    if line.startswith('"'):
        line = _CELLS.sub(lambda cell: cell[1].replace('""', '"'), line)
    bare = line.strip(_PADDING)
    key, equals, _ = line.partition("=")
    header = bool(equals) and _PARAMETERS not in key  # 转换参数=,,,,,, keeps its commas
    return bare if header or line[:1] in ("[", "［") or not bare else line
