# SPDX-License-Identifier: GPL-2.0-or-later
"""What every quality check looks at, and how it says what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import shapely

from ..geodesy.area import AreaMethod, Measure
from ..model.base import Text
from ..model.case import Case
from ..model.crs import Crs
from ..model.parcel import Parcel
from ..model.problems import Level, Place, Problem
from ..model.profile import OfficeProfile
from ..overlay.layer import Geometries
from ..tables import index
from .surroundings import NOWHERE, Surroundings


def threshold_of(profile: OfficeProfile, rule: str) -> Decimal:
    """The office's threshold of a check, else that of ``qa_rules.csv``."""
    changed = profile.quality.get(rule)
    if changed is not None and changed.threshold is not None:
        return changed.threshold
    return Decimal(index("qa_rules", "code")[rule]["threshold"] or "0")


@dataclass(frozen=True, slots=True)
class Context:
    """n parcels in one plane, and the office's settings."""

    parcels: Sequence[Parcel]
    shapes: Geometries
    """(n,) flat polygons."""
    crs: Crs
    profile: OfficeProfile
    case: Case | None = None
    measures: Mapping[AreaMethod, Measure] = field(default_factory=dict)
    around: Surroundings = NOWHERE
    stated_total_ha: Decimal | None = None
    """The area of the whole case, as the application says it."""

    def threshold(self, rule: str) -> Decimal:
        """The office's threshold of a check, else that of ``qa_rules.csv``."""
        return threshold_of(self.profile, rule)

    def on(self, rule: str) -> bool:
        """Whether the office has this check switched on."""
        changed = self.profile.quality.get(rule)
        return changed is None or not changed.off

    def problem(
        self,
        rule: str,
        code: str,
        reason: Text | None,
        *,
        parcel: str = "",
        xy: tuple[float, float] | None = None,
        geometry: shapely.Geometry | None = None,
    ) -> Problem:
        """A problem at the severity of the office, else of ``qa_rules.csv``."""
        changed = self.profile.quality.get(rule)
        severity = (changed.severity if changed else "") or index("qa_rules", "code")[rule]["severity"]
        return Problem(
            code=code,
            level=Level(severity),
            place=Place(parcel=parcel, xy=xy),
            reason=reason,
            rule=rule,
            geometry=geometry,
        )
