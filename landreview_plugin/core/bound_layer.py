# SPDX-License-Identifier: GPL-2.0-or-later
"""A key of the catalogue as a review meets it: opened, signed as empty, or not to be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from .model.base import Text
from .model.catalogue import CatalogueEntry
from .overlay.layer import ReferenceLayer


class LayerState(StrEnum):
    """What stands behind a key."""

    CHECKED = "checked"
    NONE = "none"
    """Signed: there is no such land."""
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class BoundLayer:
    """What a key leads to. ``reason`` says why when the state is not ``checked``."""

    key: str
    state: LayerState
    reason: Text | None = None
    entry: CatalogueEntry | None = None
    layer: ReferenceLayer | None = None
    coverage: ReferenceLayer | None = None
    coverage_reason: Text | None = None
    """Why a declared coverage can't be used; without one the verdict can't be clear."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Role → field of the source, for every role that was found."""


class LayerBinder(Protocol):
    """Opens the layers of a catalogue in the plane of the parcels; ``sources`` implements it."""

    def bind(self, key: str) -> BoundLayer:
        """The layer behind ``key``. Never raises for a layer that can't be used: it says why."""

    def binds(self, key: str) -> bool:
        """Whether the catalogue says anything about ``key``."""
