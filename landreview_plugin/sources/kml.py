# SPDX-License-Identifier: GPL-2.0-or-later
"""KML from phones: refused before any parser sees it when it defines entities."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ..core.model.problems import LandReviewError, Place

_HEAD_BYTES = 1 << 20
_DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def refuse_entities(path: Path) -> None:
    """Raise E-SEC-ENTITY for a document with a document type or entities, in any encoding XML may have.

    Both can only stand before the root element, but a whole file is searched: it costs little, and
    nothing needs them.
    """
    with path.open("rb") as file:
        carry = ""
        head = file.read(4)
        encoding = next((name for mark, name in _MARKS if head.startswith(mark)), _without_mark(head))
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        piece = head
        while piece:
            text = carry + decoder.decode(piece)
            if found := _DECLARATION.search(text):
                line = text[: found.start()].count("\n") + 1
                raise LandReviewError("E-SEC-ENTITY", detail=found.group(), place=Place(file=path.name, line=line))
            carry = text[-32:]
            piece = file.read(_HEAD_BYTES)


def _without_mark(head: bytes) -> str:
    """UTF-16 and UTF-32 without a mark show in their zero bytes; everything else is a superset of ASCII."""
    if head[:2] == b"\0\0" or head[2:4] == b"\0\0":
        return "utf-32-be" if head[:1] == b"\0" else "utf-32-le"
    if head[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if head[1:2] == b"\0" else "latin-1"
