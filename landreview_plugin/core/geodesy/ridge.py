# SPDX-License-Identifier: GPL-2.0-or-later
"""Ridges between fields (田坎): the share of an arable patch that counts as class 1203."""

from __future__ import annotations

from decimal import Decimal

from .rounding import round_half_up

RIDGE_CLASS = "1203"


def split_ridge(area_m2: float | Decimal, coefficient: Decimal) -> tuple[Decimal, Decimal]:
    """(net area, ridge) of a piece in m²; they sum up to the piece as given.

    ``coefficient`` is the survey's KCXS (扣除地类系数), 0..1; ridge = round2(piece × KCXS)
    (TD/T 1055-2019). Raises ValueError outside 0..1.
    """
    if not 0 <= coefficient <= 1:
        raise ValueError(f"ridge coefficient outside 0..1: {coefficient}")
    exact = area_m2 if isinstance(area_m2, Decimal) else Decimal(repr(float(area_m2)))
    ridge = min(round_half_up(exact * coefficient, 2), exact)
    return exact - ridge, ridge
