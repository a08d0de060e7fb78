# SPDX-License-Identifier: GPL-2.0-or-later
"""When a reading may not go on."""

from __future__ import annotations

from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Level


def refuse(reading: ParcelReading, *, strict: bool = False) -> None:
    """Raise the first error of a reading, carrying all of them; strict turns warnings into errors.

    A plausible repair that nobody said yes to refuses, too.
    """
    refusing = tuple(p for p in reading.problems if p.refuses or (strict and p.level is Level.WARNING))
    if refusing:
        first = refusing[0]
        raise LandReviewError(
            first.code, detail=first.reason or first.text or None, place=first.place, problems=refusing[1:]
        )
