# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue follows the reference layers: the new version's file, and its data date."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

from ..core.catalogue import open_catalogue, save_catalogue
from ..core.model.base import Model, Text
from ..core.model.catalogue import CatalogueEntry
from ..store.layers import LayerVersion


class LayerUpdate(Model):
    """What was done for one layer."""

    layer: str
    jurisdiction: str
    version: int
    data_date: dt.date
    path: str
    changed: bool
    deltas: int = 0
    """Deltas applied; 0 for a whole file."""
    received_bytes: int = 0
    notes: tuple[Text, ...] = ()


def follow(catalogue: Path, updates: Sequence[LayerUpdate], older: Sequence[LayerVersion]) -> list[str]:
    """Let a catalogue name the new versions with their dates; the keys that changed.

    An entry follows when it names a file of an earlier version of the layer. Others are the office's own and stay.
    """
    file = open_catalogue(catalogue)
    changed: list[str] = []
    layers = [_followed(entry, file.base, updates, older, changed) for entry in file.catalogue.layers]
    if changed:
        save_catalogue(file, file.catalogue.model_copy(update={"layers": tuple(layers)}))
    return changed


def _followed(
    entry: CatalogueEntry, base: Path, updates: Sequence[LayerUpdate], older: Sequence[LayerVersion], changed: list[str]
) -> CatalogueEntry:
    source, bar, rest = entry.source.partition("|")
    named = os.path.realpath(base / source) if source else ""
    was = next((each for each in older if os.path.realpath(each.path) == named and each.layer == entry.key), None)
    for update in updates:
        if was is None or (was.layer, was.jurisdiction) != (update.layer, update.jurisdiction):
            continue
        new = entry.model_copy(
            update={"source": _relative(update.path, base) + bar + rest, "data_date": update.data_date}
        )
        if new != entry:
            changed.append(entry.key)
        return new
    return entry


def _relative(path: str, base: Path) -> str:
    """Relative to the catalogue where both lie below one folder, so that the folder may move."""
    try:
        return Path(path).resolve().relative_to(base).as_posix()
    except ValueError:
        return Path(path).as_posix()


def files_of(catalogue: Path) -> list[str]:
    """Every file that a catalogue names, by its real path."""
    file = open_catalogue(catalogue)
    return [
        os.path.realpath(file.base / entry.source.partition("|")[0]) for entry in file.catalogue.layers if entry.source
    ]
