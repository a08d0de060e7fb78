# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of problems of one reading: bounded, ordered by line, never silent about what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from ..model.base import Text
from ..model.problems import Level, Place, Problem
from ..texts import level

MAX_TEXT = 200


@dataclass(slots=True)
class ProblemLog:
    """Collects problems; repeated ones are counted, strict reading makes refusals of warnings."""

    file: str
    strict: bool = False
    max_per_code: int = 200
    _problems: list[Problem] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _notices: dict[str, tuple[Problem, int]] = field(default_factory=dict)

    def add(
        self,
        code: str,
        *,
        line: int | None = None,
        column: int | None = None,
        parcel: str = "",
        ring: int | None = None,
        xy: tuple[float, float] | None = None,
        text: str = "",
        reason: Text | None = None,
        repair: Text | None = None,
        needs_yes: bool = False,
        geometry: BaseGeometry | None = None,
    ) -> None:
        """Add one problem; beyond ``max_per_code`` of a code it is only counted."""
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] > self.max_per_code:
            return
        place = Place(file=self.file, line=line, column=column, parcel=parcel, ring=ring, xy=xy)
        self._problems.append(
            Problem(
                code=code,
                level=self._level(code),
                place=place,
                text=text[:MAX_TEXT],
                reason=reason,
                repair=repair,
                needs_yes=needs_yes,
                geometry=geometry,
            )
        )

    def notice(self, code: str, *, line: int, text: str = "", repair: Text | None = None, count: int = 1) -> None:
        """Something that many lines of a file share: the first is shown, the others are counted."""
        if code in self._notices:
            first, seen = self._notices[code]
            self._notices[code] = (first, seen + count)
            return
        place = Place(file=self.file, line=line)
        problem = Problem(code=code, level=self._level(code), place=place, text=text[:MAX_TEXT], repair=repair)
        self._notices[code] = (problem, count)

    def count(self, code: str) -> int:
        """How often a code was met so far."""
        return self._counts.get(code, 0) + (self._notices[code][1] if code in self._notices else 0)

    def problems(self) -> tuple[Problem, ...]:
        """All problems: of the whole file first, then by line, then what was only counted."""
        noticed = [_counted(problem, count) for problem, count in self._notices.values()]
        found = sorted([*self._problems, *noticed], key=lambda problem: problem.place.line or 0)
        return (*found, *self._beyond())

    def _beyond(self) -> list[Problem]:
        more = {code: count - self.max_per_code for code, count in self._counts.items() if count > self.max_per_code}
        return [
            Problem(
                code=code,
                level=self._level(code),
                place=Place(file=self.file),
                reason=Text(zh=f"另有{count}处同类问题未逐条列出", en=f"{count} more of this kind are not listed"),
            )
            for code, count in more.items()
        ]

    def _level(self, code: str) -> Level:
        found = level(code)
        return Level.ERROR if self.strict and found is Level.WARNING else found


def _counted(problem: Problem, count: int) -> Problem:
    if count == 1:
        return problem
    return problem.model_copy(
        update={"reason": Text(zh=f"共{count}行，首行如此", en=f"{count} lines; the first is here")}
    )
