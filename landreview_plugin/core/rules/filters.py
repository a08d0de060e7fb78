# SPDX-License-Identifier: GPL-2.0-or-later
"""Filters on the pieces of an overlay: yes, no, or unknown for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from ..geodesy.area import Measure
from ..model.base import Text
from ..overlay.layer import Geometries, ReferenceLayer
from ..overlay.pieces import Overlay
from ..overlay.select import subset
from ..progress import Progress
from ..tables import index, table
from .expression import Expression, missing

Mask = npt.NDArray[np.bool_]
_SHOWN = 5
"""Values of a layer that a message shows."""


@dataclass(frozen=True, slots=True)
class Truths:
    """One truth for each of k pieces."""

    yes: Mask
    unknown: Mask

    @property
    def no(self) -> Mask:
        """Pieces that the filter surely keeps out."""
        return np.asarray(~(self.yes | self.unknown), dtype=bool)


def truths(
    overlay: Overlay, where: Expression | None, roles: Mapping[str, str], constants: Mapping[str, object], key: str
) -> Truths:
    """Test every piece. A role that the source lacks is a missing value; an unknown code is unknown."""
    count = len(overlay.parcel)
    if where is None:
        return Truths(np.ones(count, dtype=bool), np.zeros(count, dtype=bool))
    columns = {name: overlay.attributes.get(roles.get(name, name)) for name in where.fields}
    yes, unknown = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    lists = {name: _sure(codes, columns[name]) for name in where.fields if (codes := known_codes(key, name))}
    seen: dict[tuple[object, ...], bool | None] = {}
    for i in range(count):
        values = tuple(None if column is None else column[i] for column in columns.values())
        if values not in seen:
            row = dict(zip(columns, values, strict=True))
            strange = any(not missing(row[name]) and not _listed(row[name], codes) for name, codes in lists.items())
            seen[values] = None if strange else where.test(row, constants)
        yes[i], unknown[i] = seen[values] is True, seen[values] is None
    return Truths(yes, unknown)


def _listed(value: object, codes: frozenset[str]) -> bool:
    """Whether a code list has the value. A number has lost the zeros before it: 101 may be 0101 or another class."""
    zeros = any(code.startswith("0") for code in codes)
    return str(value).strip() in codes and (isinstance(value, str) or not zeros)


def _sure(codes: frozenset[str], column: Sequence[object] | None) -> frozenset[str]:
    """Without those that a spreadsheet has perhaps cut a zero off: 101 is 铁路用地 of the second survey, or 0101 水田.

    Codes of three digits that begin with a zero, and none of four, show that a layer is of the second survey.
    """
    if not codes & ambiguous_codes():
        return codes
    found = {str(value).strip() for value in set(column or ()) if not missing(value)}
    second = any(len(code) == 3 and code.startswith("0") for code in found) and all(len(code) < 4 for code in found)
    return codes if second else codes - ambiguous_codes()


@cache
def ambiguous_codes() -> frozenset[str]:
    """Land classes that are another one with a zero before them."""
    codes = index("landclass", "code")
    return frozenset(code for code in codes if len(code) == 3 and f"0{code}" in codes)


def filtered(overlay: Overlay, where: Expression, at: dt.date, measure: Measure, parcels: Geometries) -> Overlay:
    """The pieces that the filter of a catalogue lets through; parcels on unknown ones are unchecked."""
    found = truths(overlay, where, MappingProxyType({}), {"reference_date": at}, "")
    part = subset(overlay, found.yes, measure, parcels)
    reason = Text(
        zh=f"目录筛选条件无法判断：{where.source}", en=f"the catalogue's filter can't be decided: {where.source}"
    )
    doubtful = {int(parcel): reason for parcel in overlay.parcel[found.unknown]}
    return replace(part, unchecked={**doubtful, **part.unchecked})


def selects_nothing(layer: ReferenceLayer, where: Expression, at: dt.date, progress: Progress) -> Text | None:
    """Why a catalogue's filter can't be meant as it stands: it keeps out every feature of the whole layer.

    A value that is written in another way (采矿 for 采矿权) looks just like a county without such land.
    """
    extent = layer.extent()
    fields = sorted(where.fields)
    seen: dict[tuple[object, ...], None] = {}
    for batch in layer.batches(np.array([extent]), fields) if extent is not None else ():
        progress.step(0.0)
        for values in zip(*(batch.attributes[name] for name in fields), strict=True):
            if (
                values not in seen
                and where.test(dict(zip(fields, values, strict=True)), {"reference_date": at}) is not False
            ):
                return None
            seen[values] = None
    found = "; ".join("/".join(map(str, values)) for values in list(seen)[:_SHOWN])
    return Text(
        zh=f"目录筛选条件没有选中图层中的任何要素：{where.source}（图层中为：{found}）；请更正，确无此类用地的请以none签署",
        en=f"the catalogue's filter selects no feature of the whole layer: {where.source} (the layer has: {found}); "
        "correct it, or sign none if there is truly no such land",
    )


@cache
def known_codes(key: str, role: str) -> frozenset[str]:
    """The values that a role of a layer may have; empty: any."""
    named = next((row["codes"] for row in table("layer_fields") if row["key"] == key and row["role"] == role), "")
    if named == "landclass":
        return frozenset(index("landclass", "code"))
    if named.startswith("list:"):
        return frozenset(row["code"] for row in table("codelists") if row["list"] == named[5:])
    return frozenset(part for part in named.split("|") if part)


def classes_of_group(group: str) -> tuple[str, ...]:
    """Codes of the land classes of a group (农用地, 建设用地, 未利用地)."""
    return tuple(row["code"] for row in table("landclass") if row["group3"] == group)


def role_values(overlay: Overlay, roles: Mapping[str, str], role: str) -> Sequence[object] | None:
    """The values of a role for k pieces; None when the source has no such field."""
    return overlay.attributes.get(roles[role]) if role in roles else None
