# SPDX-License-Identifier: GPL-2.0-or-later
"""Where does this figure come from? From a trace id to the steps that lead to it, in words.

Pure: everything is in the result, so that a printed figure is explained in ten years from its
``result.json`` alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.base import Text
from ..model.problems import LandReviewError
from ..model.result import AreaRow, Finding, ParcelSummary, ReviewResult, Uncovered
from . import why_finding as finding_steps
from . import why_land as land_steps
from .trace import area_trace, finding_trace, parcel_trace, uncovered_trace
from .why_step import Explanation, Kind, Step

__all__ = ["Explanation", "Kind", "Step", "explain", "traces"]


def traces(result: ReviewResult) -> tuple[str, ...]:
    """Every trace id of a result, parcels first; of single figures: ``<id>#<name of the figure>``."""
    return tuple(_all(result))


def explain(result: ReviewResult, trace: str) -> Explanation:
    """The steps behind ``trace`` (``F:PBF-01/1``, ``F:PBF-01/1#share``, ``A:…``, ``P:…``, ``U:…``).

    Raises LandReviewError E-CASE-FIELD for an id that the result does not have.
    """
    base, _, figure = trace.partition("#")
    item = _all(result).get(base)
    if item is None:
        # a parcel's number may itself hold a '#'
        item, figure = _all(result).get(trace), ""
    if isinstance(item, Finding):
        steps = finding_steps.steps(result, item, figure)
    elif isinstance(item, AreaRow):
        steps = land_steps.area_steps(result, item)
    elif isinstance(item, ParcelSummary):
        steps = land_steps.parcel_steps(result, item)
    elif isinstance(item, Uncovered):
        steps = land_steps.uncovered_steps(result, item)
    else:
        raise LandReviewError("E-CASE-FIELD", detail=Text(zh=f"结果中没有{trace}", en=f"the result has no {trace}"))
    return Explanation(trace=trace, steps=tuple(_numbered(trace, steps)))


def _numbered(trace: str, steps: Iterator[Step]) -> Iterator[Step]:
    for number, step in enumerate(steps, start=1):
        yield step.model_copy(update={"trace": f"{trace}>{number}.{step.kind.value}"})


def _all(result: ReviewResult) -> dict[str, Finding | AreaRow | ParcelSummary | Uncovered]:
    found: dict[str, Finding | AreaRow | ParcelSummary | Uncovered] = {}
    found |= {parcel_trace(each): each for each in result.parcels}
    found |= {finding_trace(each): each for each in result.findings}
    found |= {area_trace(each): each for each in result.areas}
    found |= {uncovered_trace(each): each for each in result.uncovered}
    return found
