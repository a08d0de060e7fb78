# SPDX-License-Identifier: GPL-2.0-or-later
"""What is found while a file is read: parcels, problems and notes, bounded, and nothing dropped without a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from ..core.model.base import Text
from ..core.model.parcel import Parcel
from ..core.model.problems import LandReviewError, Level, Place, Problem
from ..core.progress import Progress, Silent
from ..core.texts import level
from .attributes import stated_hectares
from .import_options import ImportOptions

MAX_PER_CODE: Final = 200
MAX_TEXT: Final = 200
BATCH: Final = 250
"""Features between two looks at the cancel button."""
_SQUARE_METRES_SHARE: Final = 0.005


@dataclass(slots=True)
class Collector:
    """Takes in what a reader of one format finds."""

    place: Place
    """File and, once it is known, layer: where every problem is that says no more."""
    options: ImportOptions
    progress: Progress = field(default_factory=Silent)
    parcels: list[Parcel] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    points_in: int = 0
    points_rejected: int = 0
    closings_added: int = 0
    """Points that close rings which the file leaves open."""
    features_in: int = 0
    features_stated: int | None = None
    """How many features the reader must find; None: as many as GDAL says."""
    heights: int = 0
    _problems: list[Problem] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _features: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        code: str,
        place: Place | None = None,
        *,
        text: str = "",
        reason: Text | None = None,
        repair: Text | None = None,
        needs_yes: bool = False,
        geometry: BaseGeometry | None = None,
    ) -> None:
        """Add one problem; beyond 200 of a code it is only counted. Strict reading makes errors of warnings."""
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] <= MAX_PER_CODE:
            problem = Problem(
                code=code,
                level=self._level(code),
                place=place or self.place,
                text=text[:MAX_TEXT],
                reason=reason,
                repair=repair,
                needs_yes=needs_yes and code not in self.options.accept_repairs,
                geometry=geometry,
            )
            self._problems.append(problem)

    def take_feature(self, points: int) -> None:
        """Count a feature and its points. Raises E-SRC-LIMIT beyond the limits, CancelledError when cancelled."""
        self.features_in += 1
        self.points_in += points
        self._check("max_features", self.features_in, self.options.max_features)
        self._check("max_points", self.points_in, self.options.max_points)
        if self.features_in % BATCH == 0:
            self.progress.step(min(0.95, self.features_in / self.options.max_features))

    def take_parcel(
        self, at: Place, values: Mapping[str, str], mapping: Mapping[str, str], geometry: BaseGeometry
    ) -> None:
        """Make a parcel of a feature's values by role; a number is asked for where a field should hold it."""
        number = values.get("number", "")
        if not number:
            number = at.feature
            if "number" in mapping:
                repair = Text(zh=f"暂用要素号{number}", en=f"feature id {number} is used")
                self.add("QA-N02", at, repair=repair)
        at = at.model_copy(update={"parcel": number})
        if number in self._features:
            before = self._features[number]
            reason = Text(zh=f"要素{before}已用此编号", en=f"feature {before} has it already")
            self.add("E-ATT-DUPNO", at, text=number, reason=reason)
        self._features.setdefault(number, at.feature)
        parcel = Parcel(
            number=number,
            name=values.get("name", ""),
            use=values.get("use", ""),
            land_class=values.get("land_class", ""),
            map_sheet=values.get("map_sheet", ""),
            stated_area_ha=self.stated_area_ha(
                at, mapping.get("stated_area", ""), values.get("stated_area", ""), geometry
            ),
            geometry=geometry,
        )
        self.parcels.append(parcel)

    def count(self, code: str) -> int:
        """How often a code was met."""
        return self._counts.get(code, 0)

    def problems(self) -> tuple[Problem, ...]:
        """All problems in the order found, then what was only counted."""
        more = {code: count - MAX_PER_CODE for code, count in self._counts.items() if count > MAX_PER_CODE}
        beyond = [
            Problem(
                code=code,
                level=self._level(code),
                place=self.place,
                reason=Text(zh=f"另有{count}处同类问题未逐条列出", en=f"{count} more of this kind are not listed"),
            )
            for code, count in more.items()
        ]
        return (*self._problems, *beyond)

    def stated_area_ha(self, at: Place, name: str, text: str, geometry: BaseGeometry) -> Decimal | None:
        """The stated area that field ``name`` holds; what is no number, or plainly m², is said."""
        stated = stated_hectares(name, text)
        if stated is None:
            if text and text.strip("0.") != "":
                self.add("E-TXT-NUM", at, text=text, reason=Text.same(name))
            return None
        computed_m2 = shapely.area(geometry)
        if computed_m2 > 0 and abs(float(stated) - computed_m2) < _SQUARE_METRES_SHARE * computed_m2:
            repair = Text(zh="数值与计算面积（平方米）相符，按平方米读取", en="it equals the computed m², read as m²")
            self.add("W-TXT-AREAUNIT", at, text=text, repair=repair)
            return stated / 10_000
        return stated

    def _check(self, name: str, value: int, limit: int) -> None:
        if value > limit:
            raise LandReviewError("E-SRC-LIMIT", detail=f"{name}: > {limit}", place=self.place)

    def _level(self, code: str) -> Level:
        found = level(code)
        return Level.ERROR if self.options.strict and found is Level.WARNING else found
