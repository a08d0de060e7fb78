# SPDX-License-Identifier: GPL-2.0-or-later
"""What was detected while a hand-in was read, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.model.parcel import ParcelReading
from ...i18n import translate


def summary(reading: ParcelReading) -> str:
    """One line: how many parcels and points, in which coordinate system."""
    crs = reading.crs.label if reading.crs else translate("landreview", "no coordinate system")
    counts = translate("landreview", "{} parcels, {} points").format(len(reading.parcels), _points(reading))
    parts = [counts, crs]
    if reading.points_rejected:
        parts.append(translate("landreview", "{} points rejected").format(reading.points_rejected))
    return " · ".join(parts)


def _points(reading: ParcelReading) -> int:
    if reading.points_in:
        return reading.points_in
    import shapely

    return int(sum(shapely.get_num_coordinates(parcel.geometry) for parcel in reading.parcels))


def facts(reading: ParcelReading) -> list[tuple[str, str]]:
    """(name, value) of everything that is worth knowing, in a fixed order."""
    notes = reading.notes
    names = _names()
    found = [(names[key], _value(key, notes[key])) for key in names if notes.get(key)]
    return [*found, *(_field(key, value) for key, value in _fields(notes).items())]


def _names() -> Mapping[str, str]:
    return {
        "encoding": translate("landreview", "Encoding"),
        "dialect": translate("landreview", "Dialect of the TXT"),
        "datum": translate("landreview", "Datum"),
        "width": translate("landreview", "Zone width (degrees)"),
        "zone": translate("landreview", "Zone"),
        "prefixed": translate("landreview", "Zone in front of the eastings"),
        "axes": translate("landreview", "Axes"),
        "closings_added": translate("landreview", "Closing points added"),
        "producer": translate("landreview", "Made by"),
        "date": translate("landreview", "Made on"),
        "precision": translate("landreview", "Precision (m)"),
    }


def _value(key: str, value: str) -> str:
    if key == "prefixed":
        return translate("landreview", "yes") if value == "true" else translate("landreview", "no")
    if key == "axes":
        return translate("landreview", "exchanged")
    return value


def _fields(notes: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in notes.items() if key.startswith(("field.", "column."))}


def _field(key: str, value: str) -> tuple[str, str]:
    return role_name(key.partition(".")[2]), value


def role_name(role: str) -> str:
    """What a field is read as."""
    names = {
        "number": translate("landreview", "Parcel number"),
        "parcel": translate("landreview", "Parcel number"),
        "name": translate("landreview", "Name"),
        "use": translate("landreview", "Use"),
        "land_class": translate("landreview", "Land class"),
        "map_sheet": translate("landreview", "Map sheet"),
        "stated_area": translate("landreview", "Stated area"),
        "area": translate("landreview", "Stated area"),
        "ring": translate("landreview", "Ring"),
        "label": translate("landreview", "Point label"),
        "x": translate("landreview", "X (northing)"),
        "y": translate("landreview", "Y (easting)"),
    }
    return names.get(role, role)
