# SPDX-License-Identifier: GPL-2.0-or-later
"""Printed figures: round half up in decimal, and columns that sum up exactly (面积平差)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from ..model.base import Text
from ..model.problems import LandReviewError

M2_PER_HA = Decimal(10_000)
M2_PER_MU = Decimal(2000) / Decimal(3)
CLOSURE_LIMIT = Decimal("0.005")
"""|control − Σ parts| / control at or beyond this: the overlay is faulty, nothing is adjusted."""


class Adjustment(StrEnum):
    """Who takes the rest when rounded parts miss the control area."""

    LAST = "last"
    LARGEST = "largest"
    LARGEST_REMAINDER = "largest_remainder"


class Unit(StrEnum):
    """Units that areas are printed in."""

    M2 = "m2"
    HA = "ha"
    MU = "mu"


def round_half_up(value: float | Decimal, places: int) -> Decimal:
    """``value`` with ``places`` decimals, 四舍五入.

    A float enters by its shortest decimal form (repr), so that 0.285 rounds to 0.29.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def convert(area_m2: float | Decimal, unit: Unit, places: int) -> Decimal:
    """An area in ha or mu (1 mu = 2000/3 m²), rounded half up to ``places``."""
    exact = area_m2 if isinstance(area_m2, Decimal) else Decimal(repr(float(area_m2)))
    if unit is Unit.HA:
        exact = exact / M2_PER_HA
    elif unit is Unit.MU:
        exact = exact * 3 / 2000
    return round_half_up(exact, places)


def adjust(
    parts_m2: Sequence[float | Decimal],
    control: Decimal,
    places: int = 2,
    variant: Adjustment = Adjustment.LARGEST,
) -> tuple[Decimal, ...]:
    """Parts scaled to ``control`` and rounded to ``places`` so that they sum up to it exactly.

    The parts must not be negative and must come in (code, id) order: among equals the first takes
    the rest. ``control`` itself must have at most ``places`` decimals. Raises E-AREA-DIFF when the
    parts miss the control by 0.5 % or more, or when there is a control but no part.
    """
    exact = [part if isinstance(part, Decimal) else Decimal(repr(float(part))) for part in parts_m2]
    total = sum(exact, Decimal(0))
    _check(exact, total, control, places)
    if not total:
        return tuple(round_half_up(part, places) for part in exact)
    scaled = [part * control / total for part in exact]
    rounded = [round_half_up(part, places) for part in scaled]
    return tuple(_distribute(scaled, rounded, control - sum(rounded, Decimal(0)), places, variant))


def adjust_converted(
    parts_m2: Sequence[Decimal],
    unit: Unit,
    places: int,
    variant: Adjustment = Adjustment.LARGEST,
    control: Decimal | None = None,
) -> tuple[Decimal, ...]:
    """Adjusted m² parts converted to ``unit`` and adjusted anew to the converted total.

    ``control`` is that total where a table above has printed it already (the parcel's in the case's).
    """
    total = sum(parts_m2, Decimal(0))
    factor = {Unit.M2: Decimal(1), Unit.HA: 1 / M2_PER_HA, Unit.MU: Decimal(3) / 2000}[unit]
    converted = [part * factor for part in parts_m2]
    printed = round_half_up(total * factor, places) if control is None else control
    return _adjust_unchecked(converted, printed, places, variant)


def _adjust_unchecked(
    parts: Sequence[Decimal], control: Decimal, places: int, variant: Adjustment
) -> tuple[Decimal, ...]:
    """As :func:`adjust`, without scaling: a coarse unit may legitimately round by more than 0.5 %."""
    rounded = [round_half_up(part, places) for part in parts]
    if not parts:
        return ()
    return tuple(_distribute(list(parts), rounded, control - sum(rounded, Decimal(0)), places, variant))


def _check(parts: Sequence[Decimal], total: Decimal, control: Decimal, places: int) -> None:
    if any(part < 0 for part in parts) or control < 0:
        raise ValueError("areas must not be negative")
    if control != round_half_up(control, places):
        raise ValueError("the control area has more decimals than the parts")
    if abs(control - total) >= CLOSURE_LIMIT * control and control != round_half_up(total, places):
        text = f"{control} m² ≠ {round_half_up(total, places)} m²"
        raise LandReviewError("E-AREA-DIFF", detail=Text.same(text))


def _distribute(
    scaled: list[Decimal], rounded: list[Decimal], rest: Decimal, places: int, variant: Adjustment
) -> list[Decimal]:
    """Give the rest to whom the variant names; never below zero."""
    unit = Decimal(1).scaleb(-places).copy_sign(rest)
    if variant is Adjustment.LARGEST_REMAINDER:
        return _by_remainder(scaled, rounded, unit, int(rest / unit))
    taker = max(range(len(scaled)), key=lambda i: scaled[i])
    if variant is Adjustment.LAST and rounded[-1] + rest >= 0:
        taker = len(rounded) - 1
    if rounded[taker] + rest < 0:
        return _by_remainder(scaled, rounded, unit, int(rest / unit))
    rounded[taker] += rest
    return rounded


def _by_remainder(scaled: list[Decimal], rounded: list[Decimal], unit: Decimal, units: int) -> list[Decimal]:
    """One unit each to the parts that lost most by rounding (or won most, when the rest is negative)."""
    loss = [exact - part for exact, part in zip(scaled, rounded, strict=True)]
    order = sorted(range(len(scaled)), key=lambda i: -loss[i] if unit > 0 else loss[i])
    for i in [i for i in order if rounded[i] + unit >= 0][:units]:
        rounded[i] += unit
    return rounded
