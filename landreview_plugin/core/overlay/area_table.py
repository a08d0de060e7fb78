# SPDX-License-Identifier: GPL-2.0-or-later
"""The land class table: pieces of the survey by class, owner, slope and grade, closed to the control.

Ridges (田坎) of arable patches are rows of class 1203 (TD/T 1055-2019); the rows of a parcel sum
up to its control area exactly, in decimal arithmetic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from ..arrays import as_ints
from ..geodesy.ridge import RIDGE_CLASS, split_ridge
from ..geodesy.rounding import adjust
from ..model.parcel import Parcel
from ..model.result import AreaRow
from ..tables import index, table
from .pieces import Overlay

Key = tuple[str, str, str, str, str, str]
"""class, ownership, owner code, owner name, slope, grade"""


def area_table(
    overlay: Overlay, roles: Mapping[str, str], parcels: Sequence[Parcel], layer: str, control: Sequence[Decimal]
) -> tuple[AreaRow, ...]:
    """Rows by parcel, then class. ``control`` (n,): what the rows of each parcel sum up to, 2 decimals.

    Where survey patches overlap each other the control can't be met: the rows keep their own areas.
    """
    columns = {role: overlay.attributes[name] for role, name in roles.items() if name in overlay.attributes}
    sums: dict[int, dict[Key, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for k, parcel in enumerate(as_ints(overlay.parcel)):
        if overlay.area_m2[k] > 0:
            row = {role: _text(column[k]) for role, column in columns.items()}
            net, ridge = split_ridge(float(overlay.area_m2[k]), _coefficient(row))
            sums[parcel][_key(row)] += net
            if ridge:
                sums[parcel][_key(row | {"class": RIDGE_CLASS})] += ridge
    rows: list[AreaRow] = []
    for i in sorted(sums):
        keys = sorted(sums[i])
        parts = [sums[i][key] for key in keys]
        target = control[i] if overlay.doubled_m2[i] < 0.01 else sum(parts, Decimal(0)).quantize(Decimal("0.01"))
        areas = adjust(parts, target, 2)
        rows += [_row(parcels[i].number, layer, key, area) for key, area in zip(keys, areas, strict=True)]
    return tuple(rows)


def _key(row: Mapping[str, str]) -> Key:
    return (
        row.get("class", ""),
        _ownership(row.get("ownership", "")),
        row.get("owner_code", ""),
        row.get("owner_name", ""),
        row.get("slope", ""),
        row.get("grade", ""),
    )


def _row(parcel: str, layer: str, key: Key, area_m2: Decimal) -> AreaRow:
    code, ownership, owner_code, owner_name, slope, grade = key
    known = index("landclass", "code").get(code, {})
    group = known.get("group3", "")
    return AreaRow(
        parcel=parcel,
        layer=layer,
        **{"class": code},
        class_name=known.get("name_zh", ""),
        # a code that stands for members of several groups belongs to none
        group=group if group in {"农用地", "建设用地", "未利用地"} else "",
        ownership=ownership,
        owner_code=owner_code,
        owner_name=owner_name,
        slope=slope,
        grade=grade,
        area_m2=area_m2,
    )


def _ownership(code: str) -> str:
    """国有 or 集体 by the groups of ``codelists.csv``; empty for an unknown code."""
    groups = (row for row in table("codelists") if row["list"] == "QSXZ_GROUP")
    return next((row["name_zh"] for row in groups if code in row["note"].split(",")), "")


def _coefficient(row: Mapping[str, str]) -> Decimal:
    """The ridge coefficient; 0 when it is absent. What is no number between 0 and 1 deducts nothing."""
    try:
        value = Decimal(row.get("ridge") or "0")
    except InvalidOperation:
        return Decimal(0)
    return value if 0 <= value < 1 else Decimal(0)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
