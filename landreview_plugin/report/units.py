# SPDX-License-Identifier: GPL-2.0-or-later
"""Square metres in hectares and mu, and every kind of cell as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..core.geodesy.rounding import Adjustment, Unit, adjust_converted, convert, round_half_up
from .tables import Cell, Kind

HA_PLACES = 4
MU_PLACES = 4
DASH = "—"
VARIANT = Adjustment.LARGEST_REMAINDER


@dataclass(frozen=True, slots=True)
class Areas:
    """One area in the three units of print; in a column each unit sums up by itself."""

    m2: Decimal
    ha: Decimal
    mu: Decimal


def areas(area_m2: Decimal) -> Areas:
    """One area that stands alone; read from JSON it has lost its trailing zeros."""
    return Areas(
        round_half_up(area_m2, Kind.M2.places),
        convert(area_m2, Unit.HA, HA_PLACES),
        convert(area_m2, Unit.MU, MU_PLACES),
    )


def columns_of(parts_m2: Sequence[Decimal], control: Areas | None = None) -> tuple[Areas, ...]:
    """The parts of a sum: in every unit the printed parts sum up to the converted sum, exactly.

    ``control`` is that sum where it has been printed already, as itself a part of a larger sum. The
    rest goes to the largest remainders: given to the largest part alone, a hundred equal parcels
    would leave one of them visibly wrong.
    """
    hectares = adjust_converted(parts_m2, Unit.HA, HA_PLACES, VARIANT, control.ha if control else None)
    mu = adjust_converted(parts_m2, Unit.MU, MU_PLACES, VARIANT, control.mu if control else None)
    return tuple(Areas(*row) for row in zip(parts_m2, hectares, mu, strict=True))


def total_of(parts: Sequence[Areas]) -> Areas:
    """The sum of printed parts."""
    zero = Decimal(0)
    return Areas(
        sum((part.m2 for part in parts), zero),
        sum((part.ha for part in parts), zero),
        sum((part.mu for part in parts), zero),
    )


def share(value: float | Decimal) -> Decimal:
    """A share 0..1 with the decimals that its percentage is printed with."""
    return round_half_up(value, Kind.SHARE.places + 2)


def shown(value: Cell, kind: Kind) -> str:
    """A cell as text, with the decimals of its kind."""
    if value is None:
        return DASH
    if isinstance(value, dt.date):
        return value.isoformat()
    if kind is Kind.SHARE and isinstance(value, Decimal):
        return f"{round_half_up(value * 100, kind.places)}%"
    return str(round_half_up(value, kind.places)) if isinstance(value, Decimal) else str(value)
