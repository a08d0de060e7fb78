# SPDX-License-Identifier: GPL-2.0-or-later
"""Which encoding Chinese attributes are in: said by the file, tried on every byte, and doubted aloud.

A GBK text can be valid UTF-8 and the other way round; then the one of more usual characters counts
(GB 2312 level 1, the 3,755 most frequent), and a close call is W-SRC-ENC.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..core.model.base import Text

UTF8: Final = "utf-8"
GBK: Final = "gb18030"
"""Superset of GBK, GB 2312 and CP936."""
_CHINESE_NAMES: Final = {"936", "cp936", "gbk", "gb2312", "gb18030", "ms936", "euc-cn", "ansi 936", "ansi_936"}
_UTF8_NAMES: Final = {"65001", "utf8", "utf-8", "utf_8", "ansi 65001"}
_CHINESE_LDID: Final = {0x4D, 0x7A}
_CLEAR: Final = 0.3
_CJK: Final = "\u2e80"
_SURE: Final = 3
"""So many characters of three bytes each, and nothing else, are no chance."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An encoding, and what is doubtful about it."""

    encoding: str
    doubt: Text | None = None
    why: str = ""
    """``given``, ``cpg``, ``ldid``, ``ascii``, ``bytes`` or ``guess``."""


def named(name: str) -> str:
    """Our name of an encoding as people and ``.cpg`` files write it; empty when nobody knows it."""
    plain = name.strip().lower()
    if plain in _CHINESE_NAMES:
        return GBK
    if plain in _UTF8_NAMES:
        return UTF8
    try:
        return codecs.lookup(plain.replace("ansi ", "cp").replace(" ", "")).name
    except (LookupError, ValueError):
        return ""


def raw_bytes(value: str | bytes) -> bytes | None:
    """The bytes of what is no UTF-8: GDAL gives them as such, or hidden in surrogates; None for proper text."""
    if isinstance(value, bytes):
        return value
    try:
        value.encode(UTF8)
    except UnicodeEncodeError:
        return value.encode(UTF8, errors="surrogateescape")
    return None


def readable(value: str | bytes) -> str:
    """A name or value of GDAL as text: UTF-8 that breaks off inside its last character ends before it, else GBK."""
    raw = raw_bytes(value)
    if raw is None:
        return str(value)
    try:
        whole = codecs.getincrementaldecoder(UTF8)().decode(raw)
    except UnicodeDecodeError:
        whole = ""
    return raw.decode(GBK, errors="replace") if whole.isascii() else whole


def gdal_name(encoding: str) -> str:
    """What GDAL calls one of our encodings."""
    return {GBK: "GB18030", UTF8: "UTF-8"}.get(encoding, encoding)


def stated_in(cpg: Path | None) -> str:
    """What a ``.cpg`` says; empty without one."""
    return cpg.read_bytes()[:64].decode("ascii", errors="ignore") if cpg else ""


def decide(values: Sequence[bytes], *, given: str = "", cpg: str = "", ldid: int = 0) -> Decision:
    """Decide over all names and values; what the file says counts only when its bytes agree."""
    if given:
        return _stated(values, named(given) or GBK, "given")
    if all(value.isascii() for value in values):
        return Decision(named(cpg) or UTF8, why="ascii")
    if named(cpg):
        return _stated(values, named(cpg), "cpg")
    if ldid in _CHINESE_LDID:
        return _stated(values, GBK, "ldid")
    return _by_bytes(values)


def _stated(values: Sequence[bytes], encoding: str, why: str) -> Decision:
    """As stated, unless the bytes are no such text, or make a plainly more usual one in another encoding."""
    found = _by_bytes(values)
    if _decodes(values, encoding) and (why == "given" or found.encoding == encoding or found.doubt is not None):
        return Decision(encoding, why=why)
    doubt = Text(
        zh=f"声明为{encoding}，字节不符，按{found.encoding}读取",
        en=f"stated as {encoding}, which the bytes are not; read as {found.encoding}",
    )
    return Decision(found.encoding, doubt, why)


def _by_bytes(values: Sequence[bytes]) -> Decision:
    fitting = [encoding for encoding in (UTF8, GBK) if _decodes(values, encoding)]
    if len(fitting) == 1:
        return Decision(fitting[0], why="bytes")
    if not fitting:
        doubt = Text(zh="既非UTF-8也非GBK，无法识别的字节以�代替", en="neither UTF-8 nor GBK; bad bytes became �")
        return Decision(GBK, doubt, "guess")
    foreign, count = _not_chinese(values)
    if not foreign and count >= _SURE:
        return Decision(UTF8, why="bytes")
    usual = {encoding: _usual_share(values, encoding) for encoding in fitting}
    best = max(fitting, key=usual.__getitem__)
    if abs(usual[UTF8] - usual[GBK]) >= _CLEAR:
        return Decision(best, why="bytes")
    shown = next(value for value in values if not value.isascii())
    doubt = Text.same(f"UTF-8: {shown.decode(UTF8)[:40]} / GBK: {shown.decode(GBK)[:40]}")
    return Decision(best, doubt, "guess")


def _decodes(values: Sequence[bytes], encoding: str) -> bool:
    try:
        for value in values:
            value.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _not_chinese(values: Sequence[bytes]) -> tuple[int, int]:
    """Read as UTF-8: how many characters are of other scripts, and how many there are beyond ASCII."""
    characters = [c for value in values for c in value.decode(UTF8) if not c.isascii()]
    return sum(c < _CJK for c in characters), len(characters)


def _usual_share(values: Sequence[bytes], encoding: str) -> float:
    characters = [c for value in values for c in value.decode(encoding) if not c.isascii()]
    return sum(map(_is_usual, characters)) / max(1, len(characters))


def _is_usual(character: str) -> bool:
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and (0xB0 <= code[0] <= 0xD7 or 0xA1 <= code[0] <= 0xA3)
