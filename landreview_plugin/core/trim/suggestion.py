# SPDX-License-Identifier: GPL-2.0-or-later
"""What a search for a trimmed boundary comes back with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shapely.geometry.base import BaseGeometry

from .inward import Point, points_of
from .useful import Dropped


class Outcome(StrEnum):
    """How the search for a trimmed boundary ended."""

    TRIMMED = "trimmed"
    NOTHING_TO_TRIM = "nothing_to_trim"
    """The parcel has no forbidden land."""
    ALL_FORBIDDEN = "all_forbidden"
    """The parcel has nothing else."""
    NOTHING_USEFUL = "nothing_useful"
    """What is left are strips and scraps."""
    NOT_ROUNDABLE = "not_roundable"
    """No outline with the decimals of a boundary TXT fits between the forbidden land."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to trim a parcel. Areas by the measure that was asked for."""

    outcome: Outcome
    before: BaseGeometry
    after: BaseGeometry | None
    """None: there is nothing to suggest."""
    before_m2: float
    after_m2: float
    forbidden_m2: float
    """Of the parcel."""
    dropped: tuple[Dropped, ...] = ()
    """Land that is lost though it is not forbidden: its area is most of ``lost_m2 - forbidden_m2``."""
    largest_only: bool = False

    @property
    def lost_m2(self) -> float:
        """What the parcel gives up; 0 where nothing is suggested."""
        return 0.0 if self.after is None else self.before_m2 - self.after_m2

    @property
    def left_m2(self) -> float:
        """What the parcel has after all: all of it where there is nothing to trim, 0 where nothing can be."""
        return self.before_m2 if self.outcome is Outcome.NOTHING_TO_TRIM else self.after_m2

    @property
    def new_points(self) -> tuple[Point, ...]:
        """Boundary points that the parcel did not have."""
        if self.after is None:
            return ()
        return tuple(sorted(points_of(self.after) - points_of(self.before)))
