# SPDX-License-Identifier: GPL-2.0-or-later
"""From bytes to text: UTF-8, GB18030 (with GBK and GB2312), UTF-16; line ends become LF."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from ..model.base import Text
from .log import ProblemLog

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORDS: Final = ("地块坐标", "属性描述", "坐标系", "带号")
_MARK: Final = "\ufeff"
_SNIFFED: Final = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file with LF at the end of each line."""

    text: str
    encoding: str
    bom: bool
    line_end: str
    """``crlf``, ``lf`` or ``cr``: the kind of the first line."""


def decode(data: bytes, log: ProblemLog) -> Decoded:
    """Decode a TXT; bytes that are no text are E-TXT-ENC with their position, and read as far as possible."""
    encodings, bom = _candidates(data)
    body = data[len(bom) :]
    faults: dict[str, int] = {}
    for encoding in encodings:
        try:
            text = body.decode(encoding)
            break
        except UnicodeDecodeError as error:
            faults[encoding] = error.start
    else:  # a damaged file is of the encoding that carries further
        encoding = max(faults, key=faults.__getitem__)
        text = body.decode(encoding, errors="replace")
        _refuse(data, len(bom) + faults[encoding], log)
    if encoding == "gb18030" and encoding not in faults and not any(word in text for word in _WORDS):
        _refuse(data, next(i for i, byte in enumerate(data) if byte > 127), log)
    if bom:
        log.add("I-TXT-BOM", line=1)
    text = _without_marks(text, log)
    return Decoded(_with_newlines(text), encoding, bool(bom), _line_end(text))


def _candidates(data: bytes) -> tuple[tuple[str, ...], bytes]:
    """Encodings to try, and the byte-order mark that stands in front."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return (encoding,), bom
    if b"\0" in data[:_SNIFFED]:
        for encoding in ("utf-16-le", "utf-16-be"):
            if any(word in data[:_SNIFFED].decode(encoding, errors="replace") for word in _WORDS):
                return (encoding,), b""
    return ("utf-8", "gb18030"), b""


def _refuse(data: bytes, position: int, log: ProblemLog) -> None:
    line = data.count(b"\n", 0, position) + 1
    found = data[position : position + 4].hex(" ").upper()
    log.add(
        "E-TXT-ENC",
        line=line,
        text=found,
        reason=Text(zh=f"第{position}字节起：{found}", en=f"from byte {position}: {found}"),
    )


def _without_marks(text: str, log: ProblemLog) -> str:
    """Without the byte-order marks of joined files and the end-of-file mark (Ctrl-Z) of DOS programs."""
    if _MARK in text:
        log.add("I-TXT-BOM", line=text.count("\n", 0, text.index(_MARK)) + 1)
        text = text.replace(_MARK, "")
    return text.rstrip("\x1a\0")


def _line_end(text: str) -> str:
    lf, cr = text.find("\n"), text.find("\r")
    if cr >= 0 and lf == cr + 1:
        return "crlf"
    return "cr" if cr >= 0 and (lf < 0 or cr < lf) else "lf"


def _with_newlines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") or not text else text + "\n"
