# SPDX-License-Identifier: GPL-2.0-or-later
"""What a shapefile does not say by itself: whether it is whole, and how its text is encoded."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Level, Place, Problem

_PARTS = (".shx", ".dbf")
_CODE_PAGES = {0x4D: "gb18030", 0x7A: "gb18030", 0x78: "big5", 0x4E: "cp949", 0x7B: "cp932"}
"""Language driver ids of dBASE that stand for an East Asian code page."""
_SAMPLE_BYTES = 8 << 20


def parts_of(path: Path) -> dict[str, Path]:
    """The files of a shapefile by suffix, whatever their case."""
    return {each.suffix.lower(): each for each in path.parent.iterdir() if each.stem == path.stem}


def check_whole(path: Path) -> None:
    """Every part there, and as long as header and index say: a cut-off file is never read in part.

    Raises E-SRC-MISSING naming the parts, or E-SRC-CORRUPT naming the record.
    """
    parts = parts_of(path)
    missing = [f"{path.stem}{suffix}" for suffix in _PARTS if suffix not in parts]
    if missing:
        raise LandReviewError("E-SRC-MISSING", detail=", ".join(missing), place=Place(file=path.name))
    size, index = path.stat().st_size, parts[".shx"].read_bytes()
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or len(index) < 100:
        raise LandReviewError("E-SRC-CORRUPT", detail="< 100 bytes", place=Place(file=path.name))
    stated = struct.unpack(">i", head[24:28])[0] * 2
    records = np.frombuffer(index[100 : 100 + (len(index) - 100) // 8 * 8], dtype=">i4").reshape(-1, 2).astype(np.int64)
    broken = np.flatnonzero(records[:, 0] * 2 + 8 + records[:, 1] * 2 > size)
    if len(broken) or stated > size:
        record = str(broken[0] + 1) if len(broken) else ""
        detail = Text(zh=f"文件头记{stated}字节，实有{size}字节", en=f"{stated} bytes by its header, {size} there")
        raise LandReviewError("E-SRC-CORRUPT", detail=detail, place=Place(file=path.name, feature=record))


def text_encoding(path: Path, given: str = "") -> tuple[str, list[Problem]]:
    """Encoding of the attributes: as given, by .cpg, by the text itself, by the language driver.

    What decides between UTF-8 and GBK is the text: all of it must decode. W-SRC-ENC when nothing fits.
    """
    parts = parts_of(path)
    if given:
        return given, []
    stated = _by_cpg(parts.get(".cpg"))
    data = parts[".dbf"].read_bytes()[:_SAMPLE_BYTES]
    cells = [cell for cell in _cells(data) if not cell.isascii()]
    if not cells:
        return stated or "UTF-8", []
    driver = _CODE_PAGES.get(data[29], "") if len(data) > 29 else ""
    # Chinese in GBK is never valid UTF-8 by chance, Chinese in UTF-8 often passes for GBK: UTF-8 first
    for name in filter(None, ("utf-8", stated, driver, "gb18030")):
        if _fits(cells, name):
            odd = bool(stated) and name != stated
            return name.upper(), [_uncertain(path, f"{stated} → {name}")] if odd else []
    return stated or "GB18030", [_uncertain(path, stated or "?")]


def _uncertain(path: Path, shown: str) -> Problem:
    return Problem(code="W-SRC-ENC", level=Level.WARNING, place=Place(file=path.name), reason=Text.same(shown))


def _by_cpg(path: Path | None) -> str:
    if path is None:
        return ""
    name = path.read_text(encoding="ascii", errors="replace").strip()
    name = f"cp{name}" if name.isdigit() else name
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return "gb18030" if found in {"gbk", "gb2312", "cp936"} else found


def _cells(data: bytes) -> Iterator[bytes]:
    """Field names and text values of a dBASE table."""
    if len(data) < 33:
        return
    header, width = struct.unpack("<HH", data[8:12])
    columns, at = [], 1
    for start in range(32, header - 1, 32):
        field = data[start : start + 32]
        if len(field) < 32 or field[0] == 0x0D:
            break
        yield field[:11].split(b"\0")[0]
        columns.append((field[11:12], at, field[16]))
        at += field[16]
    for row in range(header, len(data) - width + 1, width) if width else ():
        for kind, offset, length in columns:
            if kind == b"C":
                yield data[row + offset : row + offset + length].rstrip(b" \0")


def _fits(cells: list[bytes], encoding: str) -> bool:
    """Whether every value decodes; a last character that the field width cut off does not count."""
    for cell in cells:
        try:
            codecs.getincrementaldecoder(encoding)().decode(cell, final=False)
        except (UnicodeDecodeError, LookupError):
            return False
    return True
