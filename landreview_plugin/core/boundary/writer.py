# SPDX-License-Identifier: GPL-2.0-or-later
"""Write a boundary-point TXT in any dialect: what is read again is what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import shapely

from ..arrays import as_floats, as_pairs
from ..geodesy.area import planar_areas
from ..geodesy.rounding import Unit, convert, round_half_up
from ..geodesy.zones import PREFIX_M, Zone, zone_of_crs
from ..model.base import Text
from ..model.crs import Crs, Datum
from ..model.parcel import Parcel, ParcelReading
from ..model.problems import LandReviewError, Place
from .areas import SQUARE_METRES
from .dialects import CANONICAL, Dialect, ParcelField, PointField, Role, dialect_named, key_roles
from .header import datums_in
from .lines import PointLine, read_parcel_line, read_point_line
from .notes import header_lines
from .numbering import NumberedRing, numbered_rings

_NEWLINES: Final = {"crlf": "\r\n", "lf": "\n", "cr": "\r"}
_MAX_DECIMALS: Final = 8


def write_boundary_text(
    parcels: Sequence[Parcel],
    crs: Crs | None,
    *,
    dialect: str | Dialect = CANONICAL,
    encoding: str = "",
    header: Mapping[str, str] | None = None,
    renumber: bool = True,
    fill_areas: bool = False,
    decimals: int | None = None,
    line_end: str = "",
) -> bytes:
    """The bytes of a boundary-point TXT.

    ``encoding``, ``decimals`` and ``line_end`` (crlf, lf, cr) are the dialect's when not given.
    ``header``: values by key. Where it names the datum (坐标系) it is taken as the whole header, in
    its order; otherwise it fills in the dialect's. ``renumber``: points from the north-west corner,
    clockwise, with new labels. ``fill_areas``: a parcel without stated area gets its planar one.
    Eastings get or lose the zone number as the dialect has it, which is a pure shift.

    Raises E-CRS-ZONE for a system that is no Gauss-Krüger zone of the tables or that contradicts
    ``header``, E-ATT-NAME and E-ATT-FIELD for texts that the dialect can't carry, E-TXT-ENC for
    characters that the encoding has not, E-CASE-FIELD for an unknown dialect.
    """
    form = dialect_named(dialect) if isinstance(dialect, str) else dialect
    places = form.decimals if decimals is None else decimals
    writer = _Writer(form, _zone(crs), places, renumber, fill_areas)
    lines = ["[属性描述]", *writer.header(header or {}), "[地块坐标]"]
    for parcel in parcels:
        lines.extend(writer.parcel(parcel))
    newline = _NEWLINES[line_end] if line_end else form.newline
    return _encoded("".join(line + newline for line in lines), encoding or form.encoding)


def write_as_read(reading: ParcelReading, dialects: Sequence[Dialect] = ()) -> bytes:
    """The reading as a file like the one it came from: header, dialect, encoding, labels, order of points.

    Coordinates get as many decimals as they had, at least those of 精度 or of the dialect.
    """
    notes = reading.notes
    form = dialect_named(notes.get("dialect", CANONICAL), dialects)
    return write_boundary_text(
        reading.parcels,
        reading.crs,
        dialect=form,
        encoding={"gb18030": "gb18030", "utf-8 BOM": "utf-8-sig"}.get(
            notes.get("encoding", ""), notes.get("encoding", "")
        ),
        header=header_lines(notes),
        renumber=False,
        decimals=_decimals(reading, form),
        line_end=notes.get("line_end", ""),
    )


def _decimals(reading: ParcelReading, dialect: Dialect) -> int:
    stated = _stated_decimals(reading.notes.get("precision", ""))
    coordinates = (as_floats(shapely.get_coordinates(parcel.geometry).ravel()) for parcel in reading.parcels)
    found = max((-_exponent(value) for values in coordinates for value in values), default=0)
    return min(max(found, dialect.decimals if stated is None else stated), _MAX_DECIMALS)


def _exponent(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _stated_decimals(precision: str) -> int | None:
    """精度 is written as a length (0.001) or as a number of decimals (3)."""
    try:
        value = Decimal(precision.strip())
    except ArithmeticError:
        return None
    if 0 < value < 1:
        return -_exponent(float(value))
    return int(value) if 0 <= value <= _MAX_DECIMALS else None


def _zone(crs: Crs | None) -> Zone:
    zone = zone_of_crs(crs)
    if zone is None:
        label = crs.label if crs else "?"
        detail = Text(zh=f"{label}不是高斯-克吕格分带坐标系", en=f"{label} is no Gauss-Krüger zone")
        raise LandReviewError("E-CRS-ZONE", detail=detail)
    return zone


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        found = text[error.start : error.end][:20]
        detail = Text(zh=f"{encoding}没有字符“{found}”，请改用UTF-8", en=f"{encoding} has no “{found}”; choose UTF-8")
        raise LandReviewError("E-TXT-ENC", detail=detail) from error


@dataclass(frozen=True, slots=True)
class _Writer:
    dialect: Dialect
    zone: Zone
    decimals: int
    renumber: bool
    fill_areas: bool

    def header(self, given: Mapping[str, str]) -> Iterator[str]:
        """The lines of the section 属性描述."""
        roles = key_roles(self.dialect)
        said = {roles[key]: value for key, value in given.items() if key in roles}
        self._check_header(given, said)
        if Role.DATUM in said:
            yield from (f"{key}={value}" for key, value in given.items())
            return
        computed = self._computed()
        for entry in self.dialect.header:
            yield f"{entry.key}={said.get(entry.role) or computed.get(entry.role, entry.value)}"
        yield from (f"{key}={value}" for key, value in given.items() if key not in roles)

    def _computed(self) -> dict[Role, str]:
        return {
            Role.DATUM: self.dialect.datums.get(self.zone.datum, self.zone.datum.value),
            Role.WIDTH: str(self.zone.width_deg),
            Role.ZONE: str(self.zone.zone),
            Role.MERIDIAN: str(self.zone.central_meridian_deg),
            Role.PRECISION: f"{Decimal(1).scaleb(-self.decimals):f}",
        }

    def _check_header(self, given: Mapping[str, str], said: Mapping[Role, str]) -> None:
        for key, value in given.items():
            if any(character in key + value for character in "\r\n"):
                raise LandReviewError("E-ATT-NAME", detail=f"{key}={value!r}")
        computed = self._computed()
        if said.get(Role.DATUM) and datums_in(said[Role.DATUM]) != {Datum(self.zone.datum)}:
            raise LandReviewError("E-CRS-DATUM", detail=f"{said[Role.DATUM]} ≠ {self.zone.datum.value}")
        for role in (Role.WIDTH, Role.ZONE):
            if said.get(role) and computed[role] not in said[role]:
                raise LandReviewError("E-CRS-ZONE", detail=f"{said[role]} ≠ {computed[role]}")

    def parcel(self, parcel: Parcel) -> Iterator[str]:
        """A parcel line and its point lines."""
        restart = self.dialect.labels == "restart"
        rings = numbered_rings(parcel, renumber=self.renumber, prefix=self.dialect.label_prefix, restart=restart)
        yield self._parcel_line(parcel, rings)
        for ring in rings:
            yield from self._ring(ring, parcel)

    def _parcel_line(self, parcel: Parcel, rings: Sequence[NumberedRing]) -> str:
        repeated = len(rings) if self.dialect.repeat_first and self.dialect.count_repeated else 0
        values = {
            ParcelField.POINTS: str(sum(len(ring.labels) for ring in rings) + repeated),
            ParcelField.AREA: self._area(parcel),
            ParcelField.NUMBER: parcel.number,
            ParcelField.NAME: parcel.name,
            ParcelField.TYPE: self.dialect.area_types[0],
            ParcelField.MAP_SHEET: parcel.map_sheet,
            ParcelField.USE: parcel.use,
            ParcelField.LAND_CLASS: parcel.land_class,
        }
        extra = (*parcel.extra, *("" for _ in self.dialect.extra[len(parcel.extra) :]))
        lost = [name.value for name, value in values.items() if value and name not in self.dialect.parcel]
        if lost or (extra and len(self.dialect.parcel) < len(ParcelField)):
            raise _refusal("E-ATT-FIELD", parcel, ", ".join(lost) or ", ".join(extra))
        fields = (*(values[name] for name in self.dialect.parcel), *extra)
        line = self.dialect.separator.join((*fields, "@"))
        again = read_parcel_line(line, self.dialect) if line.isprintable() or "\t" in line else None
        if again is None or again.fields != fields or again.flaw:
            raise _refusal("E-ATT-NAME", parcel, line)
        return line

    def _area(self, parcel: Parcel) -> str:
        area_ha = parcel.stated_area_ha
        if area_ha is None and self.fill_areas:
            area_ha = convert(float(planar_areas(parcel.geometry)), Unit.HA, self.dialect.area_decimals)
        if area_ha is None:
            return ""
        area = area_ha * SQUARE_METRES["ha"] / SQUARE_METRES[self.dialect.area_unit]
        exponent = area.normalize().as_tuple().exponent
        places = max(self.dialect.area_decimals, -exponent if isinstance(exponent, int) else 0)
        return f"{round_half_up(area, min(places, _MAX_DECIMALS)):f}"

    def _ring(self, ring: NumberedRing, parcel: Parcel) -> Iterator[str]:
        shift = PREFIX_M * self.zone.zone * (int(self.dialect.prefixed) - int(self.zone.prefixed))
        number = str(ring.number)
        first = ""
        for label, (easting, northing) in zip(ring.labels, as_pairs(ring.xy), strict=True):
            values = {
                PointField.LABEL: label,
                PointField.RING: number,
                PointField.NORTHING: str(round_half_up(northing, self.decimals)),
                PointField.EASTING: str(round_half_up(Decimal(repr(easting)) + shift, self.decimals)),
            }
            line = self.dialect.separator.join(values[name] for name in self.dialect.point)
            if not label.isalnum() or not first:
                self._check_label(line, label, parcel)
            first = first or line
            yield line
        if self.dialect.repeat_first:
            yield first

    def _check_label(self, line: str, label: str, parcel: Parcel) -> None:
        again = read_point_line(line, self.dialect)
        if not isinstance(again, PointLine) or again.label != label:
            raise _refusal("E-ATT-NAME", parcel, line)


def _refusal(code: str, parcel: Parcel, text: str) -> LandReviewError:
    return LandReviewError(code, detail=text, place=Place(parcel=parcel.number))
