# SPDX-License-Identifier: GPL-2.0-or-later
"""Which findings are shown: by words, meaning, what is still open, and what lies in the map's window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from ...core.model.opinion import Judgement
from ...core.model.result import Finding, ReviewResult
from ...core.workflow.opinion import Obstacle, obstacles_of
from .tree import Meaning, MeaningGroup, grouped, meaning_of

Box = tuple[float, float, float, float]
"""xmin, ymin, xmax, ymax in the parcels' plane."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to see; as made: everything."""

    text: str = ""
    meanings: frozenset[Meaning] = frozenset()
    """Empty: all."""
    open_only: bool = False
    box: Box | None = None


class Shelf:
    """The findings of one result with what filters need, made when first asked for."""

    def __init__(
        self,
        result: ReviewResult,
        judgements: tuple[Judgement, ...] = (),
        placed: Callable[[], ReviewResult | None] | None = None,
    ) -> None:
        """``placed`` reads the same result with its geometries, once, when a filter asks where things lie."""
        self.result = result
        self._placed = placed or (lambda: result)
        self._judgements = judgements
        self.judged = {each.finding: each for each in judgements if each.result_digest == result.digest}
        """The judgement in force by finding: the last one given."""

    def select(self, wanted: Wanted) -> tuple[Finding, ...]:
        """The findings wanted, in the order of the result."""
        found = self.result.findings
        if wanted.box is not None:
            inside = self._inside(wanted.box)
            found = tuple(finding for finding, seen in zip(found, inside, strict=True) if seen)
        if wanted.meanings:
            found = tuple(finding for finding in found if meaning_of(finding) in wanted.meanings)
        if wanted.open_only:
            found = tuple(finding for finding in found if finding.id in self.obstacles)
        if text := wanted.text.strip().casefold():
            found = tuple(finding for finding in found if self._says(finding, text))
        return found

    @cached_property
    def groups(self) -> tuple[MeaningGroup, ...]:
        """The tree of everything."""
        return grouped(self.result.findings)

    @cached_property
    def obstacles(self) -> dict[str, Obstacle]:
        """What keeps the case from being passed on, by finding."""
        return {each.finding.id: each for each in obstacles_of(self.result, self._judgements)}

    @cached_property
    def by_id(self) -> dict[str, Finding]:
        """The findings by their id."""
        return {finding.id: finding for finding in self.result.findings}

    @cached_property
    def _rule_words(self) -> dict[str, str]:
        return {
            finding.rule: "\n".join(
                (
                    finding.rule,
                    finding.title.zh,
                    finding.title.en,
                    finding.layer,
                    *(f"{basis.law} {basis.article}" for basis in finding.basis),
                )
            ).casefold()
            for finding in {finding.rule: finding for finding in self.result.findings}.values()
        }

    def _says(self, finding: Finding, text: str) -> bool:
        return (
            text in self._rule_words[finding.rule]
            or text in finding.parcel.casefold()
            or text in finding.reason.zh.casefold()
            or text in finding.reason.en.casefold()
        )

    def _inside(self, box: Box) -> npt.NDArray[np.bool_]:
        west, south, east, north = box
        x0, y0, x1, y1 = self._bounds.T
        # a place that is not known (NaN) is never hidden
        return ~((x0 > east) | (x1 < west) | (y0 > north) | (y1 < south))

    @cached_property
    def _bounds(self) -> npt.NDArray[np.float64]:
        """(n, 4) bounds: of the land concerned, else of the parcel; NaN for what concerns the whole case."""
        result = self._placed() or self.result
        parcels = {parcel.number: parcel.geometry for parcel in result.parcels}
        shapes = [
            parcels.get(finding.parcel) if finding.geometry is None else finding.geometry for finding in result.findings
        ]
        return np.asarray(shapely.bounds(np.array(shapes, dtype=object))).reshape(-1, 4)
