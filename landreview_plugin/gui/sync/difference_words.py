# SPDX-License-Identifier: GPL-2.0-or-later
"""Fields of two versions of a case, and their values, in the person's language."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from ...core.geodesy.rounding import round_half_up
from ...core.model.problems import LandReviewError
from ...i18n import translate
from ...sync.wkt import parcel_of_wkt
from ..case_words import cover_names, stage_name, type_name

_OUTLINE = "geometry"
_LONGEST = 400


def field_words(field: str) -> str:
    """``cover/project`` → project; ``parcels/DK01/geometry`` → parcel DK01: outline."""
    room, _, rest = field.partition("/")
    if room == "parcels":
        number, _, name = rest.rpartition("/")
        return translate("landreview", "Parcel {}: {}").format(number, _names().get(name, name))
    if room == "answers":
        return translate("landreview", "Answer to {}").format(rest)
    name = rest or room
    return _names().get(name, name)


def value_words(field: str, value: str) -> str:
    """A value as a person reads it; an outline by its points and its area."""
    name = field.rpartition("/")[2]
    if not value:
        return translate("landreview", "(nothing)")
    if (shape := outline_of(field, value)) is not None:
        points = int(shapely.get_num_coordinates(shape))
        return translate("landreview", "{} points, {} m² (planar)").format(points, round_half_up(shape.area, 2))
    if name == "business_type":
        return type_name(value)
    if name == "stage":
        return stage_name(value)
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"


def outline_of(field: str, value: str) -> BaseGeometry | None:
    """The outline that a value is; None for any other."""
    if not (field.startswith("parcels/") and field.endswith("/" + _OUTLINE) and value):
        return None
    try:
        return parcel_of_wkt(value)
    except (ValueError, LandReviewError):
        return None  # shown as the text that it is


def _names() -> dict[str, str]:
    return cover_names() | {
        "accepted": translate("landreview", "day of acceptance"),
        "pauses": translate("landreview", "pauses of the clock"),
        "stage": translate("landreview", "stage"),
        "verdict": translate("landreview", "verdict"),
        "result_digest": translate("landreview", "result that counts"),
        "passed": translate("landreview", "passed on"),
        "opinions": translate("landreview", "opinions"),
        "name": translate("landreview", "name"),
        "use": translate("landreview", "use"),
        _OUTLINE: translate("landreview", "outline"),
    }
