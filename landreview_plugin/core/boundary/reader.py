# SPDX-License-Identifier: GPL-2.0-or-later
"""Read a boundary-point TXT (界址点坐标成果): always parcels and problems, never a lost point."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from shapely.geometry.base import BaseGeometry

from ..garbage import uncollected
from ..model.base import Text
from ..model.parcel import Parcel, ParcelReading
from ..model.problems import LandReviewError, Place
from ..progress import Part, Progress, Silent
from .areas import compare_areas, stated_area_ha
from .characters import half_width
from .columns import RawParcel
from .decoding import decode
from .dialects import Dialect, ParcelField, built_in_dialects, dialect_named
from .header import Header, read_header
from .jurisdiction import check_places
from .log import ProblemLog
from .notes import notes_of
from .options import ReadOptions
from .outlines import Outline, outline_of, report_count, report_faults, report_flat_rings, report_rings
from .overlaps import report_overlaps
from .reference import Points, Reference, decide, gather
from .scan import Scan, Scanner
from .shapes import Shape, shape_all
from .spreadsheet import without_quotes

__all__ = ["ReadOptions", "read_boundary_text"]

_BATCH = 500
"""Parcels between two looks at the cancel button."""


def read_boundary_text(
    data: bytes,
    *,
    file: str = "",
    options: ReadOptions = ReadOptions(),  # noqa: B008 - a frozen value
    progress: Progress = Silent(),  # noqa: B008 - holds nothing
    fast: bool = True,
) -> ParcelReading:
    """Read a boundary-point TXT in any dialect and encoding.

    What is wrong with the content becomes problems, with line and column. Every point line is in a
    parcel or counted in ``points_rejected``. ``fast`` off reads each line by itself, with the same
    result. Raises E-SRC-LIMIT for a file beyond the limits, and CancelledError.
    """
    _check_size(data, file, options)
    log = ProblemLog(file, options.strict, options.max_problems_per_code)
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        log.add("E-TXT-EMPTYFILE")
        return ParcelReading(source=file, sha256=digest, problems=log.problems())
    decoded = decode(data, log)
    dialects = _dialects(options)
    text = without_quotes(decoded.text, log)
    scanner = Scanner(text, dialects, log, Part(progress, 0.0, 0.5), max_points=options.max_points, fast=fast)
    with uncollected():
        reading = _Reading(options, log, scanner.run())
        parcels = reading.parcels(Part(progress, 0.5, 1.0))
    return ParcelReading(
        source=file,
        sha256=digest,
        crs=reading.reference.crs,
        parcels=parcels,
        problems=log.problems(),
        points_in=reading.points_in,
        points_rejected=reading.points_rejected,
        notes=notes_of(decoded, reading.scan, reading.header, reading.reference, reading.closings_added),
    )


def _check_size(data: bytes, file: str, options: ReadOptions) -> None:
    if len(data) > options.max_bytes:
        limit = Text(zh=f"文件超过{options.max_bytes}字节", en=f"the file is larger than {options.max_bytes} bytes")
        raise LandReviewError("E-SRC-LIMIT", detail=limit, place=Place(file=file))


def _dialects(options: ReadOptions) -> tuple[Dialect, ...]:
    if options.dialect:
        return (dialect_named(options.dialect, options.dialects),)
    return (*options.dialects, *built_in_dialects())


@dataclass(slots=True)
class _Built:
    """A parcel on its way: its outline in the file, its geometry."""

    outline: Outline
    parcel: Parcel
    intact: bool
    """Valid and complete: no line of it was refused."""


@dataclass(slots=True)
class _Reading:
    """From the scan of a file to its parcels."""

    options: ReadOptions
    log: ProblemLog
    scan: Scan
    header: Header = field(default_factory=Header)
    reference: Reference = field(default_factory=lambda: Reference(None))
    points_in: int = 0
    points_rejected: int = 0
    closings_added: int = 0

    def parcels(self, progress: Progress) -> tuple[Parcel, ...]:
        """All parcels that have an outline; the problems of the others say why."""
        self._check_sections()
        today = self.options.today or dt.date.today()
        by_hand = self.options.crs is not None
        self.header = read_header(self.scan.headers, self.scan.dialect, today, by_hand, self.log)
        outlines = [outline_of(raw) for raw in self.scan.parcels]
        self.points_in = self.scan.orphans + sum(len(o.points) + o.raw.rejected for o in outlines)
        self.points_rejected = self.scan.orphans + sum(o.rejected for o in outlines)
        points = _all_points(outlines)
        if len(points.line):
            self.reference = decide(points, self.header, self.options.crs, self.options.accept_repairs, self.log)
        if self.reference.exchanged:
            outlines = [outline.exchanged() for outline in outlines]
        progress.step(0.2)
        built = self._build(outlines, Part(progress, 0.2, 0.8))
        self._compare_areas(built)
        self._check_numbers()
        report_overlaps([(b.outline.raw.line, b.parcel) for b in built], self.log)
        check_places(points, self.reference, self.options, self.log)
        progress.step(1.0)
        return tuple(item.parcel for item in built)

    def _check_sections(self) -> None:
        if not self.scan.coordinate_sections or not (self.scan.parcels or self.scan.orphans):
            self.log.add("E-TXT-SECTION", text="[地块坐标]")
        if not self.scan.headers and self.options.crs is None:
            self.log.add("E-TXT-NOHEADER", text="[属性描述]")

    def _build(self, outlines: list[Outline], progress: Progress) -> list[_Built]:
        built = []
        for start in range(0, len(outlines), _BATCH):
            batch = outlines[start : start + _BATCH]
            for outline, shape in zip(batch, shape_all(batch), strict=True):
                parcel = self._parcel(outline, shape)
                if parcel is not None:
                    built.append(_Built(outline, parcel, shape.valid and not outline.raw.rejected))
            progress.step(start / len(outlines))
        return built

    def _parcel(self, outline: Outline, shape: Shape) -> Parcel | None:
        """One parcel with the problems of its rings; None when no outline can be made of it."""
        dialect, raw = self.scan.dialect, outline.raw
        number = raw.number(dialect)
        self._check_type(raw, number)
        stated = self._stated(raw, number)
        if not outline.rings:
            if not raw.rejected:
                self.log.add("E-TXT-EMPTY", line=raw.line, parcel=number, text=raw.text)
            return None
        report_rings(outline, number, self.log)
        report_count(outline, dialect, number, self.log)
        if shape.geometry is None:
            report_flat_rings(outline, shape.rings, shape.flat, number, self.log)
            self.points_rejected += len(outline.points) + raw.rejected - outline.rejected
            return None
        self.closings_added += outline.closings_added
        if not shape.valid:
            report_faults(outline, shape.rings, shape.geometry, number, self.log)
        return self._made(raw, stated, shape.geometry, shape.labels)

    def _check_type(self, raw: RawParcel, number: str) -> None:
        dialect = self.scan.dialect
        word = half_width(raw.value(ParcelField.TYPE, dialect)).strip()
        if word not in dialect.area_types:
            column = dialect.positions[ParcelField.TYPE] + 1
            self.log.add("E-TXT-TYPE", line=raw.line, column=column, parcel=number, text=word)

    def _stated(self, raw: RawParcel, number: str) -> Decimal | None:
        dialect = self.scan.dialect
        if ParcelField.AREA not in dialect.positions:
            return None
        column = dialect.positions[ParcelField.AREA] + 1
        text = raw.value(ParcelField.AREA, dialect)
        return stated_area_ha(text, dialect.area_unit, raw.line, column, number, self.log)

    def _made(
        self, raw: RawParcel, stated: Decimal | None, geometry: BaseGeometry, labels: tuple[tuple[str, ...], ...]
    ) -> Parcel:
        dialect = self.scan.dialect
        return Parcel(
            number=raw.number(dialect),
            name=raw.value(ParcelField.NAME, dialect),
            use=raw.value(ParcelField.USE, dialect),
            land_class=raw.value(ParcelField.LAND_CLASS, dialect),
            map_sheet=raw.value(ParcelField.MAP_SHEET, dialect),
            stated_area_ha=stated,
            extra=raw.further(dialect),
            labels=labels,
            geometry=geometry,
        )

    def _compare_areas(self, built: list[_Built]) -> None:
        """Compare stated and computed areas of intact parcels; the others have graver problems."""
        if self.log.count("E-TXT-DEG"):
            return
        compared = [item for item in built if item.intact and item.parcel.stated_area_ha is not None]
        lines = [(item.outline.raw.line, item.parcel) for item in compared]
        stated = compare_areas(lines, self.reference.crs, self.options.area_methods, self.log)
        for item, area_ha in zip(compared, stated, strict=True):
            if area_ha != item.parcel.stated_area_ha:
                item.parcel = item.parcel.model_copy(update={"stated_area_ha": area_ha})

    def _check_numbers(self) -> None:
        """E-ATT-DUPNO for every parcel number that was there before, naming both lines."""
        first: dict[str, int] = {}
        for raw in self.scan.parcels:
            number = raw.number(self.scan.dialect)
            if number and number in first:
                reason = Text(zh=f"第{first[number]}行已有", en=f"also in line {first[number]}")
                self.log.add("E-ATT-DUPNO", line=raw.line, column=3, parcel=number, text=number, reason=reason)
            first.setdefault(number, raw.line)


def _all_points(outlines: list[Outline]) -> Points:
    rows = [outline.kept_rows() for outline in outlines]
    arrays = [outline.xy[kept, ::-1] for outline, kept in zip(outlines, rows, strict=True)]
    lines = [np.array(outline.points.line, np.int64)[kept] for outline, kept in zip(outlines, rows, strict=True)]
    return gather(arrays, lines)
