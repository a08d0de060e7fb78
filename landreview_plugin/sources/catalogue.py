# SPDX-License-Identifier: GPL-2.0-or-later
"""Open what a catalogue binds. A layer that can't be used becomes "not checked" with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..core.bound_layer import BoundLayer, LayerState
from ..core.model.base import Text
from ..core.model.catalogue import Catalogue, CatalogueEntry, SignedNone
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError
from ..core.overlay.layer import ReferenceLayer
from ..core.tables import table
from ..core.texts import because
from .reference import open_reference

OpenLayer = Callable[[str, Path, Crs], ReferenceLayer]
"""Opens a source (relative to a folder) in the plane given; a project or a pool may stand behind it."""


def open_file(source: str, base: Path, target: Crs) -> ReferenceLayer:
    """Open a source afresh (see :func:`sources.reference.open_reference`)."""
    return open_reference(source, base=base, target=target)


class CatalogueBinder:
    """Binds keys of one catalogue at one date, in the plane of the parcels."""

    def __init__(
        self,
        catalogue: Catalogue,
        base: Path,
        target: Crs,
        at: dt.date,
        open_layer: OpenLayer = open_file,
    ) -> None:
        self._catalogue, self._base, self._target, self._at = catalogue, base, target, at
        self._open_layer = open_layer
        self._coverages: dict[str, ReferenceLayer | LandReviewError] = {}

    def binds(self, key: str) -> bool:
        """Whether the catalogue says anything about ``key``."""
        return self._catalogue.binds(key)

    def bind(self, key: str) -> BoundLayer:
        """The layer behind ``key``, opened; or the reason why it can't be checked."""
        entry = self._catalogue.entry(key, self._at)
        if entry is None:
            return BoundLayer(key, LayerState.NOT_CHECKED, self._why_unbound(key))
        if len(rivals := self._catalogue.rivals(key, self._at)) > 1:
            return BoundLayer(key, LayerState.NOT_CHECKED, _ambiguous(rivals), entry)
        if too_old := _too_old(entry, self._at):
            return BoundLayer(key, LayerState.NOT_CHECKED, too_old, entry)
        if entry.none is not None:
            return BoundLayer(key, LayerState.NONE, _signed(entry.none), entry)
        try:
            layer = self._open_layer(entry.source, self._base, self._target)
            roles = resolve_roles(key, layer.field_names, entry.fields)
        except LandReviewError as error:
            return BoundLayer(key, LayerState.NOT_CHECKED, because(error), entry)
        coverage, why_not = self._coverage(entry)
        return BoundLayer(key, LayerState.CHECKED, None, entry, layer, coverage, why_not, roles)

    def _coverage(self, entry: CatalogueEntry) -> tuple[ReferenceLayer | None, Text | None]:
        if not entry.coverage:
            return None, Text(zh="未声明覆盖范围", en="no coverage declared")
        if entry.coverage not in self._coverages:
            try:
                self._coverages[entry.coverage] = self._open_layer(entry.coverage, self._base, self._target)
            except LandReviewError as error:
                self._coverages[entry.coverage] = error
        found = self._coverages[entry.coverage]
        return (None, because(found)) if isinstance(found, LandReviewError) else (found, None)

    def _why_unbound(self, key: str) -> Text:
        if self._catalogue.binds(key):
            return Text(
                zh=f"目录中没有{self._at}之前的版本",
                en=f"the catalogue has no version from {self._at} or before",
            )
        return Text(zh="目录中未绑定该图层", en="the catalogue does not bind this layer")


def resolve_roles(key: str, field_names: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Role → field, by the catalogue first, then by the names and aliases of ``layer_fields.csv``.

    Raises E-ATT-FIELD when the catalogue names a field that the source lacks.
    """
    by_lower = {name.lower(): name for name in field_names}
    roles: dict[str, str] = {}
    for role, name in given.items():
        if name.lower() not in by_lower:
            raise LandReviewError("E-ATT-FIELD", detail=f"{role}: {name}")
        roles[role] = by_lower[name.lower()]
    for row in table("layer_fields"):
        if row["key"] != key or row["role"] in roles:
            continue
        found = next((by_lower[f.lower()] for f in row["fields"].split("|") if f.lower() in by_lower), None)
        if found:
            roles[row["role"]] = found
    return roles


def _ambiguous(rivals: Sequence[CatalogueEntry]) -> Text:
    """Of two bindings of one date only one would be looked at, and nobody said which."""
    named = ", ".join(entry.source or "none" for entry in rivals)
    return Text(
        zh=f"目录中该图层在同一日期绑定了{len(rivals)}次（{named}），无法确定以哪一个为准；请合并数据或给出不同日期",
        en=f"the catalogue binds this layer {len(rivals)} times at one date ({named}): merge the data "
        "or date them apart",
    )


def _too_old(entry: CatalogueEntry, at: dt.date) -> Text | None:
    if entry.max_age_days is None:
        return None
    if entry.date is None:
        return Text(zh="限定了数据时效但未给出数据日期", en="an age limit is set but the data have no date")
    age = (at - entry.date).days
    if age <= entry.max_age_days:
        return None
    return Text(
        zh=f"数据已过期：{entry.date}，距审查基准日{age}天，上限{entry.max_age_days}天",
        en=f"the data are too old: {entry.date}, {age} days before the reference date, limit {entry.max_age_days}",
    )


def _signed(none: SignedNone) -> Text:
    return Text(
        zh=f"{none.reason}（{none.by}，{none.date}签署）",
        en=f"{none.reason} (signed by {none.by}, {none.date})",
    )
