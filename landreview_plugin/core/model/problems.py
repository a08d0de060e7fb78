# SPDX-License-Identifier: GPL-2.0-or-later
"""Problems and errors: a code, a place, a reason, a next step.

Core raises and lists codes; their wording stands in ``resources/tables/error_codes.csv`` and is
looked up at the border (``core.texts``), so that one table holds every sentence a user can meet.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field
from shapely.geometry.base import BaseGeometry

from .base import Language, Model, Text


class Level(StrEnum):
    """How grave a problem is (column ``severity`` of ``error_codes.csv``)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEEDS_EXPLANATION = "needs_explanation"


class Place(Model):
    """Where a problem is. Everything that is known is given, nothing is guessed."""

    file: str = ""
    layer: str = ""
    line: int | None = None
    """Line in the file, the first is 1."""
    column: int | None = None
    """Field in the line, the first is 1."""
    parcel: str = ""
    feature: str = ""
    """Feature id or record number, as the source counts it."""
    ring: int | None = None
    xy: tuple[float, float] | None = None
    """(easting, northing) in the data's own coordinates."""

    def describe(self, language: Language) -> str:
        """The place as one phrase, for example ``a.txt, line 12, column 3``."""
        zh = language is Language.ZH
        parts = [part for part in (self.file, self.layer) if part]
        labels: tuple[tuple[str, str, object], ...] = (
            ("第{}行", "line {}", self.line),
            ("第{}列", "column {}", self.column),
            ("地块{}", "parcel {}", self.parcel or None),
            ("要素{}", "feature {}", self.feature or None),
            ("第{}圈", "ring {}", self.ring),
        )
        parts += [(z if zh else e).format(v) for z, e, v in labels if v is not None]
        if self.xy is not None:
            parts.append(f"({self.xy[0]:.3f}, {self.xy[1]:.3f})")
        return ("，" if zh else ", ").join(parts)


class Problem(Model):
    """One thing found in handed-in data. ``text`` is the offending text, verbatim."""

    code: str
    level: Level
    place: Place = Place()
    text: str = ""
    reason: Text | None = None
    """What exactly is wrong here, with the numbers ("3.2 m", "37 ≠ 38")."""
    repair: Text | None = None
    """What was changed while reading; None: nothing was."""
    needs_yes: bool = False
    """A plausible repair that nobody has confirmed yet (exchanged axes): until then it refuses."""
    rule: str = ""
    """Id of the quality check (``qa_rules.csv``) that found it; the id of the office's setting."""
    geometry: BaseGeometry | None = Field(default=None, exclude=True, repr=False)
    """The spot, line or area concerned, in the data's own coordinates, for showing it."""

    @property
    def refuses(self) -> bool:
        """True when data with this problem may be looked at but neither stored nor reviewed."""
        return self.level is Level.ERROR or self.needs_yes


class LandReviewError(Exception):
    """The one error of the house: what, where, why, next step.

    ``message`` and ``hint`` are normally left out: they come from the table of codes. ``detail``
    says why in this case (numbers, names); ``place`` says where.
    """

    def __init__(
        self,
        code: str,
        message: Text | None = None,
        detail: Text | str | None = None,
        hint: Text | None = None,
        *,
        place: Place | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.detail = Text.same(detail) if isinstance(detail, str) else detail
        self.hint = hint
        self.place = place or Place()
        self.problems = problems

    def __str__(self) -> str:
        detail = self.detail.en if self.detail else ""
        return " ".join(part for part in (self.code, self.place.describe(Language.EN), detail) if part)
