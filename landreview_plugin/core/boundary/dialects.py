# SPDX-License-Identifier: GPL-2.0-or-later
"""Dialects of the boundary-point TXT: data in YAML, so that an office adds its own."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from ..model.base import Model, Text
from ..model.crs import Datum
from ..model.problems import LandReviewError
from ..tables import RESOURCES
from ..yaml_source import CASE_CODES, read_document, validate

BUILT_IN: Final = RESOURCES / "dialects"
CANONICAL: Final = "canonical"


class Role(StrEnum):
    """What a header key means, whatever a producer calls it."""

    VERSION = "version"
    PRODUCER = "producer"
    DATE = "date"
    DATUM = "datum"
    WIDTH = "width"
    PROJECTION = "projection"
    UNIT = "unit"
    ZONE = "zone"
    MERIDIAN = "meridian"
    PRECISION = "precision"
    PARAMETERS = "parameters"


class ParcelField(StrEnum):
    """Fields of a parcel line, before the end mark ``@``."""

    POINTS = "points"
    AREA = "area"
    NUMBER = "number"
    NAME = "name"
    TYPE = "type"
    MAP_SHEET = "map_sheet"
    USE = "use"
    LAND_CLASS = "land_class"


class PointField(StrEnum):
    """Columns of a point line; X of the standard is the northing, Y the easting."""

    LABEL = "label"
    RING = "ring"
    NORTHING = "northing"
    EASTING = "easting"


class HeaderKey(Model):
    """One line of the header as a dialect writes it."""

    role: Role
    key: str
    value: str = ""
    """Written when nobody gives another."""


class Dialect(Model):
    """How one family of programs writes the boundary-point TXT."""

    name: str
    title: Text
    encoding: str = "gbk"
    line_end: Literal["crlf", "lf", "cr"] = "crlf"
    separator: Literal[",", ";", "\t"] = ","
    header: tuple[HeaderKey, ...] = ()
    """The keys in their order; empty: as the canonical dialect."""
    aliases: dict[Role, tuple[str, ...]] = Field(default_factory=dict)
    """Further names of header keys, understood when reading."""
    datums: dict[Datum, str] = Field(default_factory=dict)
    """How each datum is called in the header."""
    parcel: tuple[ParcelField, ...] = tuple(ParcelField)
    extra: tuple[str, ...] = ()
    """Names of the fields between the known ones and ``@``; kept verbatim."""
    area_types: Annotated[tuple[str, ...], Field(min_length=1)] = (
        "面",
        "面状",
        "多边形",
        "POLYGON",
        "Polygon",
        "polygon",
    )
    """Words that say "this is an area"; the first is written."""
    area_unit: Literal["ha", "m2", "mu"] = "ha"
    area_decimals: Annotated[int, Field(ge=0, le=8)] = 4
    point: tuple[PointField, ...] = tuple(PointField)
    label_prefix: str = "J"
    labels: Literal["running", "restart"] = "running"
    """Numbering of labels through all rings of a parcel, or anew in each ring."""
    decimals: Annotated[int, Field(ge=2, le=8)] = 4
    prefixed: bool = True
    """Eastings start with the zone number."""
    repeat_first: bool = True
    """A ring ends with its first point again."""
    count_repeated: bool = True
    """The stated number of points counts the repeated ones."""

    @property
    def newline(self) -> str:
        """The characters at the end of a line."""
        return {"crlf": "\r\n", "lf": "\n", "cr": "\r"}[self.line_end]

    @cached_property
    def positions(self) -> dict[ParcelField, int]:
        """Where each field stands in a parcel line."""
        return {field: i for i, field in enumerate(self.parcel)}

    @model_validator(mode="after")
    def _can_be_read_again(self) -> Self:
        needed = {PointField.LABEL, PointField.NORTHING, PointField.EASTING}
        if not needed <= set(self.point) or len(set(self.point)) != len(self.point):
            raise ValueError("point: label, northing and easting are needed, each once")
        if not self.repeat_first and PointField.RING not in self.point:
            raise ValueError("without ring numbers the first point must be repeated")
        if {ParcelField.POINTS, ParcelField.TYPE} - set(self.parcel):
            raise ValueError("parcel: points and type are needed")
        return self


@cache
def built_in_dialects() -> tuple[Dialect, ...]:
    """The dialects that come with the program, the canonical one first."""
    found = _read(BUILT_IN)
    canonical = next(dialect for dialect in found if dialect.name == CANONICAL)
    others = (dialect for dialect in found if dialect is not canonical)
    return tuple(_completed(dialect, canonical) for dialect in (canonical, *others))


def load_dialects(folder: Path) -> tuple[Dialect, ...]:
    """An office's own dialects: all ``*.yaml`` of a folder, by file name.

    Raises E-CASE-PARSE, E-CASE-FIELD or E-CASE-TYPE with line and column for a file that is not a dialect.
    """
    canonical = built_in_dialects()[0]
    return tuple(_completed(dialect, canonical) for dialect in _read(folder))


def _read(folder: Path) -> tuple[Dialect, ...]:
    paths = sorted(folder.glob("*.yaml"))
    return tuple(validate(read_document(path, CASE_CODES), Dialect, CASE_CODES) for path in paths)


def _completed(dialect: Dialect, canonical: Dialect) -> Dialect:
    """What a dialect leaves out of its header is as in the canonical one."""
    missing = [name for name in ("header", "aliases", "datums") if not getattr(dialect, name)]
    return dialect.model_copy(update={name: getattr(canonical, name) for name in missing})


def dialect_named(name: str, dialects: Iterable[Dialect] = ()) -> Dialect:
    """The dialect of that name, an office's own before a built-in one; raises E-CASE-FIELD when there is none."""
    known = {dialect.name: dialect for dialect in (*built_in_dialects(), *dialects)}
    if name not in known:
        names = ", ".join(known)
        raise LandReviewError(
            "E-CASE-FIELD",
            detail=Text(
                zh=f"没有名为“{name}”的TXT格式；可用：{names}", en=f"no TXT dialect “{name}”; there are: {names}"
            ),
        )
    return known[name]


def key_roles(dialect: Dialect) -> dict[str, Role]:
    """The role of every header key that a dialect knows, aliases included."""
    roles = {alias: role for role, aliases in dialect.aliases.items() for alias in aliases}
    return roles | {entry.key: entry.role for entry in dialect.header}
