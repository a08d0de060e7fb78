# SPDX-License-Identifier: GPL-2.0-or-later
"""Which field of a hand-in says what: guessed by name, shown, and open to correction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from ..core.model.problems import LandReviewError

NAMES: dict[str, tuple[str, ...]] = {
    "number": ("DKBH", "地块编号", "地块号", "宗地号", "DKH", "ZDH", "BH", "number", "parcel_no", "parcel"),
    "name": ("DKMC", "地块名称", "宗地名称", "MC", "name", "parcel_name"),
    "use": ("TDYT", "土地用途", "地块用途", "DKYT", "YT", "use"),
    "land_class": ("DLBM", "地类编码", "land_class"),
    "map_sheet": ("TFH", "图幅号", "map_sheet"),
    "stated_area": ("SQMJ", "申报面积", "地块面积", "DKMJ", "stated_area_ha", "stated_area", "area_ha"),
}
"""Role → usual field names, the most telling first."""

_SQUARE_METRE_NAMES = re.compile(r"_?(m2|平方米|㎡)\)?$", re.IGNORECASE)
_SUFFIXES = (("公顷", Decimal(1)), ("亩", Decimal(1) / 15), ("平方米", Decimal("0.0001")), ("ha", Decimal(1)))


def guess_mapping(fields: Sequence[str]) -> dict[str, str]:
    """Role → field, for every role that a usual name is found for; case does not count."""
    by_lower = {field.lower(): field for field in reversed(fields)}
    found = {}
    for role, names in NAMES.items():
        wanted = (each.lower() for name in names for each in (name, _as_cut(name)))
        field = next((by_lower[name] for name in wanted if name in by_lower), None)
        if field is not None:
            found[role] = field
    return found


def _as_cut(name: str) -> str:
    """A name as a shapefile in UTF-8 keeps it: ten bytes, a Chinese character takes three."""
    return name.encode("utf-8")[:10].decode("utf-8", errors="ignore")


def mapping_of(fields: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """The guess, corrected by what the user said. Raises E-ATT-FIELD for a role or field that is not there."""
    by_lower = {field.lower(): field for field in fields}
    mapping = guess_mapping(fields)
    for role, field in given.items():
        if role not in NAMES or field.lower() not in by_lower:
            raise LandReviewError("E-ATT-FIELD", detail=f"{role}={field}")
        mapping[role] = by_lower[field.lower()]
    return mapping


def stated_hectares(field: str, text: str) -> Decimal | None:
    """A stated area in hectares: fields count in ha unless their name or the value says otherwise."""
    factor = Decimal("0.0001") if _SQUARE_METRE_NAMES.search(field) else Decimal(1)
    text = text.strip()
    for suffix, value in _SUFFIXES:
        if text.endswith(suffix):
            text, factor = text[: -len(suffix)].strip(), value
            break
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number * factor if number.is_finite() and number > 0 else None
