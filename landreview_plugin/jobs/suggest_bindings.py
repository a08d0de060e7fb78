# SPDX-License-Identifier: GPL-2.0-or-later
"""Which layers of a county's folder could stand behind which keys, by name and alias. Nothing is bound here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..core.model.base import Text
from ..core.model.catalogue import CatalogueEntry
from ..core.model.problems import LandReviewError
from ..core.progress import Progress
from ..core.tables import table
from ..sources.layer_list import LayerInfo, data_sets, layers_of

_PARTS = re.compile(r"[A-Z]+|[\u4e00-\u9fff]+")
_SHORT = 3
"""Letters up to which an alias must be a whole part of the name: ``LD`` also stands inside other words."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A layer and the key that its name speaks for."""

    key: str
    layer: LayerInfo
    because: Text
    sure: bool
    """The name is the key's own layer name or alias, not only like it."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found in a folder or file. All of it is shown: what has no key, and what could not be opened, too."""

    proposals: tuple[Proposal, ...]
    nameless: tuple[LayerInfo, ...]
    """Layers whose names speak for no key."""
    flaws: tuple[LandReviewError, ...]


def suggest(place: Path, progress: Progress) -> Suggestions:
    """Look into a file, geodatabase or folder. Raises E-SRC-MISSING when it is not there."""
    found: list[LayerInfo] = []
    flaws: list[LandReviewError] = []
    is_set = place.is_file() or place.suffix.lower() == ".gdb" or not place.exists()
    paths = [place] if is_set else list(data_sets(place))
    for i, path in enumerate(paths):
        progress.step(i / len(paths), path.name)
        try:
            found += layers_of(path)
        except LandReviewError as error:
            if is_set:
                raise
            flaws.append(error)
    spatial = [layer for layer in found if layer.geometry]
    proposals = [proposal for layer in spatial for proposal in _proposals(layer)]
    named = {proposal.layer.source for proposal in proposals}
    order = {key: i for i, key in enumerate(_names())}
    proposals.sort(key=lambda each: (order[each.key], not each.sure, len(each.layer.name), each.layer.source))
    return Suggestions(tuple(proposals), tuple(x for x in spatial if x.source not in named), tuple(flaws))


def bound(proposal: Proposal, base: Path, coverage: str = "") -> CatalogueEntry:
    """The binding that a person has looked at and wants; the source relative to the catalogue's folder."""
    return CatalogueEntry(key=proposal.key, source=relative(proposal.layer.source, base), coverage=coverage)


def relative(source: str, base: Path) -> str:
    """A source below ``base`` without it, so that the folder can be moved; any other as it is."""
    location, bar, rest = source.partition("|")
    path = Path(location)
    if not path.is_absolute() or not path.is_relative_to(base):
        return source
    return path.relative_to(base).as_posix() + bar + rest


def _proposals(layer: LayerInfo) -> Iterator[Proposal]:
    """What the name speaks for; where its fields don't fit, also what the fields speak for."""
    named = tuple(_by_name(layer))
    yield from named
    if not any(_complete(proposal.key, layer) for proposal in named):
        keys = {proposal.key for proposal in named}
        yield from (proposal for proposal in _by_fields(layer) if proposal.key not in keys)


def _by_name(layer: LayerInfo) -> Iterator[Proposal]:
    """By the layer's own name first; a lone layer of a file may also be named by the file."""
    file = Path(layer.source.partition("|")[0]).stem
    for name in dict.fromkeys((layer.name, file if "|" not in layer.source else layer.name)):
        matches = [(key, alias, sure) for key in _names() if _fits(key, layer) for alias, sure in _match(key, name)]
        if not matches:
            continue
        # the longest name that fits says most: 城镇开发边界 before 边界, YJJBNTTB before JBNT
        longest = max(len(alias) for _, alias, _ in matches)
        for key, alias, sure in matches:
            if len(alias) == longest:
                because = Text(zh=f"图层名“{name}”含“{alias}”", en=f"the name “{name}” has “{alias}”")
                yield Proposal(key, layer, because, sure and _complete(key, layer))
        return


def _by_fields(layer: LayerInfo) -> Iterator[Proposal]:
    """Keys whose needed fields are all there, at least one of them a field that no other key has."""
    for key, needed in _needed().items():
        found = [next((f for f in names if f in layer.fields), "") for names in needed]
        own = [name for name in found if len(_keys_of_field().get(name, ())) == 1]
        if all(found) and own and _fits(key, layer):
            because = Text(zh=f"有字段{own[0]}", en=f"it has the field {own[0]}")
            yield Proposal(key, layer, because, sure=False)


def _complete(key: str, layer: LayerInfo) -> bool:
    return all(any(name in layer.fields for name in names) for names in _needed().get(key, ()))


def _match(key: str, name: str) -> Iterator[tuple[str, bool]]:
    parts = _PARTS.findall(name.upper())
    for alias in _names()[key]:
        if alias in parts or alias == name.upper():
            yield alias, True
        elif len(alias) > _SHORT and alias in name.upper():
            yield alias, False


def _fits(key: str, layer: LayerInfo) -> bool:
    wanted = next(row["geom"] for row in table("layers") if row["key"] == key)
    return layer.geometry == "Unknown" or layer.geometry in wanted


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Key → layer name, aliases and Chinese names, in capitals."""
    names: dict[str, tuple[str, ...]] = {}
    for row in table("layers"):
        chinese = [part.strip() for part in row["name_zh"].split("/")]
        every = [row["layer"], *row["aliases"].split(","), *chinese]
        names[row["key"]] = tuple(dict.fromkeys(each.upper() for each in every if each))
    return names


@cache
def _needed() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Key → the names that each field may have without which rules can't be checked."""
    needed: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in table("layer_fields"):
        if row["required"] == "1":
            needed[row["key"]] = (*needed.get(row["key"], ()), tuple(row["fields"].split("|")))
    return needed


@cache
def _keys_of_field() -> dict[str, frozenset[str]]:
    keys: dict[str, frozenset[str]] = {}
    for row in table("layer_fields"):
        for name in row["fields"].split("|"):
            keys[name] = keys.get(name, frozenset()) | {row["key"]}
    return keys
