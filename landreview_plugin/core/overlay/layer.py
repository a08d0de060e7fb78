# SPDX-License-Identifier: GPL-2.0-or-later
"""What the engine asks of a reference layer; ``sources`` and ``project`` provide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import shapely

from ..model.crs import Crs
from ..model.parcel import Parcel
from ..model.problems import Problem

Geometries = npt.NDArray[np.object_]
"""Array of shapely geometries."""
Boxes = npt.NDArray[np.float64]
"""(n, 4): xmin, ymin, xmax, ymax in the plane of the parcels, metres."""


def as_array(parcels: Sequence[Parcel]) -> Geometries:
    """(n,) the polygons of the parcels, heights dropped."""
    shapes = np.empty(len(parcels), dtype=object)
    shapes[:] = [shapely.force_2d(parcel.geometry) for parcel in parcels]
    return shapes


@dataclass(frozen=True, slots=True)
class ReferenceBatch:
    """Features of a reference layer, in the plane of the parcels."""

    fids: npt.NDArray[np.int64]
    geometries: Geometries
    """May hold invalid polygons: the engine repairs and counts them. None: no geometry."""
    attributes: Mapping[str, Sequence[object]] = field(default_factory=dict)
    """One value a feature for each field that was asked for; None is null."""
    share: float | None = None
    """How much of the reading is done with this batch, 0..1; None: the reader can't tell."""


class ReferenceLayer(Protocol):
    """An opened reference layer that delivers features in the plane of the parcels.

    It transforms (and densifies) itself; it raises LandReviewError for what it can't read:
    ``E-SRC-*`` for the source, ``E-CRS-*`` for a CRS that can't be brought to the parcels' plane.
    """

    @property
    def name(self) -> str:
        """For people: file and layer."""

    @property
    def crs(self) -> Crs:
        """The layer's own CRS, before transformation."""

    @property
    def field_names(self) -> tuple[str, ...]:
        """The attribute fields, in the order of the source."""

    @property
    def feature_count(self) -> int:
        """Number of features in the whole layer, or -1 when counting would cost a full read."""

    @property
    def dimension(self) -> int | None:
        """0 points, 1 lines, 2 areas; None: mixed, or the source does not say."""

    def extent(self) -> tuple[float, float, float, float] | None:
        """Box of all features in the plane of the parcels; None: the layer is empty."""

    def batches(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[ReferenceBatch]:
        """All features whose true bounds touch at least one of ``boxes``, each exactly once.

        ``fields`` are names of the source. The order is that of the source's feature ids within
        a batch; batches are bounded in memory, whatever the layer's size.
        """

    def notes(self) -> tuple[Problem, ...]:
        """What was read with a notice (curves stroked, heights ignored, unreadable features)."""
