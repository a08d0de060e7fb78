# SPDX-License-Identifier: GPL-2.0-or-later
"""Tolerance sweep: does the answer hold when the parcel's boundary moves by a millimetre?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.area import Measure
from ..progress import Part, Progress, Silent
from .engine import overlay
from .layer import Geometries, ReferenceLayer
from .pieces import Floats, Overlay

TOLERANCES_M = (0.0, 0.001, 0.01, 0.1)
"""0, 1 mm, 1 cm, 0.1 m: from the noise of drawing to the accuracy of a boundary point."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sweep:
    """Areas of n parcels with the outline moved inwards (−) and outwards (+)."""

    offsets_m: tuple[float, ...]
    """s signed offsets, ascending; 0 is the parcel as handed in."""
    area_m2: Floats
    """(n, s) by the area method."""

    def knife_edge(self, threshold_m2: float = 0.0, within_m: float = TOLERANCES_M[-1]) -> Mask:
        """(n,) parcels whose answer to "area > threshold" is not the same at all offsets up to ``within_m``."""
        inside = [i for i, offset in enumerate(self.offsets_m) if abs(offset) <= within_m]
        hit = self.area_m2[:, inside] > threshold_m2
        return np.asarray(hit.any(axis=1) & ~hit.all(axis=1))


def sweep(
    parcels: Geometries,
    layer: ReferenceLayer,
    *,
    measure: Measure,
    fields: tuple[str, ...] = (),
    counts: Callable[[Overlay], Mask] | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Overlay area of each parcel at every tolerance, inwards and outwards.

    ``counts`` says which pieces count (a rule's filter on ``fields``); without it all do.
    """
    offsets = tuple(sorted({sign * tolerance for tolerance in TOLERANCES_M for sign in (-1.0, 1.0)} | {0.0}))
    report, columns = progress or Silent(), []
    for i, offset in enumerate(offsets):
        moved = parcels if offset == 0 else shapely.buffer(parcels, offset, join_style="mitre")
        part = Part(report, i / len(offsets), (i + 1) / len(offsets))
        found = overlay(moved, layer, measure=measure, fields=fields, progress=part)
        weights = found.area_m2 if counts is None else np.where(counts(found), found.area_m2, 0.0)
        columns.append(np.bincount(found.parcel, weights=weights, minlength=len(parcels)))
    return Sweep(offsets, np.stack(columns, axis=1))
