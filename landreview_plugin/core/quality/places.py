# SPDX-License-Identifier: GPL-2.0-or-later
"""What readers say, as the office weighs it, and every problem with a place on the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely

from ..model.parcel import Parcel
from ..model.problems import Level, Problem
from ..model.profile import OfficeProfile
from ..tables import table

_ORDER = list(Level)


def on_the_map(problems: Iterable[Problem], parcels: Sequence[Parcel]) -> tuple[Problem, ...]:
    """Each problem with a geometry: its own, else its point, else the parcel it speaks of; None for the whole case."""
    by_number: dict[str, shapely.Geometry] = {}
    for parcel in parcels:
        by_number.setdefault(parcel.number, shapely.force_2d(parcel.geometry))
    return tuple(_placed(problem, by_number) for problem in problems)


def _placed(problem: Problem, by_number: dict[str, shapely.Geometry]) -> Problem:
    if problem.geometry is not None and not problem.geometry.is_empty:
        return problem
    xy = problem.place.xy
    geometry = shapely.Point(xy) if xy is not None else by_number.get(problem.place.parcel)
    return problem if geometry is None else problem.model_copy(update={"geometry": geometry})


def weighed(problems: Iterable[Problem], profile: OfficeProfile) -> tuple[Problem, ...]:
    """Problems of a reader with the id of their check, and as grave as the office wants them.

    An office can make a notice a refusal; it can't make readable what is not.
    """
    rules: dict[str, list[str]] = {}
    for row in table("qa_rules"):
        for code in row["emits"].split("|"):
            rules.setdefault(code, []).append(row["code"])
    return tuple(_weighed(problem, rules.get(problem.code, []), profile) for problem in problems)


def _weighed(problem: Problem, rules: Sequence[str], profile: OfficeProfile) -> Problem:
    if problem.rule or not rules:
        return problem
    wanted = [
        Level(profile.quality[rule].severity)
        for rule in rules
        if rule in profile.quality and profile.quality[rule].severity
    ]
    gravest = min((problem.level, *wanted), key=_ORDER.index)
    return problem.model_copy(update={"rule": rules[0] if len(rules) == 1 else "", "level": gravest})
