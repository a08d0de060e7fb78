# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rules are told of one layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely

from ..model.result import LayerUse
from ..overlay.coverage import Coverage
from ..overlay.pieces import Overlay


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """A layer of the catalogue as a review found it.

    ``use.state`` is ``checked`` (then ``overlay`` is there), ``none`` (signed as empty) or
    ``not_checked``; ``use.reason`` says why, or why a declared coverage can't be used.
    """

    use: LayerUse
    overlay: Overlay | None = None
    """All pieces with geometry; attributes by field of the source."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Role → field of the source."""
    constants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Lists that the catalogue gives, e.g. ``construction``."""
    coverage: Coverage | None = None
    around: Mapping[float, Coverage] = field(default_factory=dict)
    """Distance in metres → how far the coverage reaches that far around the parcels."""
    fills_county: bool = False
    """A partition: a gap is missing data, not "no class"."""
    features: Mapping[int, shapely.Geometry] = field(default_factory=dict)
    """The whole features that pieces come from, by id."""
