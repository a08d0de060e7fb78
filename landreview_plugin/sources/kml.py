# SPDX-License-Identifier: GPL-2.0-or-later
"""KML from phones: refused before any parser sees it when it defines entities; always WGS 84."""

from __future__ import annotations

import codecs
import re
import uuid
from pathlib import Path

import shapely
from osgeo import gdal

from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError, Place
from .collector import Collector
from .crs import parse_crs
from .limits import read_bounded
from .vector_layer import read_with

_HEAD_BYTES = 1 << 20
_DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_POLYGON = re.compile(rb"<(?:\w+:)?Polygon[\s>]")
_LINK = re.compile(rb"<(?:\w+:)?NetworkLink[\s>]")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_GBK_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"'](?:gbk|gb2312|gb18030)[\"'][^>]*\?>", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_kml(path: Path, wanted: str, collector: Collector) -> Crs | None:
    """Read the polygons of a KML document; pins and links to other documents are left out and counted.

    The parser reads a copy in memory: the bytes that were searched, and in UTF-8 where they were GBK,
    which the parsers of KML don't know.
    """
    refuse_entities(path)
    data = read_bounded(path, collector)
    declared = _GBK_DECLARED.match(data)
    if declared:
        body = data[declared.end() :].decode("gb18030", errors="replace")
        data = b'<?xml version="1.0" encoding="UTF-8"?>' + body.encode("utf-8")
    name = f"/vsimem/landreview_{uuid.uuid4().hex}/{path.stem}.kml"
    gdal.FileFromMemBuffer(name, data)
    try:
        driver = "LIBKML" if gdal.GetDriverByName("LIBKML") else "KML"
        crs = read_with(driver, name, wanted, collector, pins=True) or parse_crs("EPSG:4326")
    finally:
        gdal.Unlink(name)
    plain = _COMMENT.sub(b"", data.replace(b"\0", b""))
    if links := len(_LINK.findall(plain)):
        collector.add("I-SRC-SKIP", text=f"NetworkLink {links}")
    if not wanted:
        _compare_polygons(plain, collector)
    return crs


def _compare_polygons(plain: bytes, collector: Collector) -> None:
    """The parser leaves out elements that it does not know: what it read is compared with what stands there."""
    written = len(_POLYGON.findall(plain))
    read = sum(int(shapely.get_num_geometries(parcel.geometry)) for parcel in collector.parcels)
    if written != read and not any(problem.refuses for problem in collector.problems()):
        reason = Text(zh=f"文档有{written}个面，读到{read}个", en=f"{written} polygons written, {read} read")
        collector.add("E-SRC-CORRUPT", reason=reason)


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
