# SPDX-License-Identifier: GPL-2.0-or-later
"""Printed columns sum up exactly, whatever the variant, unit and number of parts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.geodesy.ridge import split_ridge
from landreview_plugin.core.geodesy.rounding import (
    Adjustment,
    Unit,
    adjust,
    adjust_converted,
    convert,
    round_half_up,
)
from landreview_plugin.core.model.problems import LandReviewError

D = Decimal


def test_rounds_half_up_on_the_decimal_form() -> None:
    assert round_half_up(0.285, 2) == D("0.29")  # binary 0.28499999…
    assert round_half_up(2.5, 0) == D(3)
    assert round_half_up(D("-0.005"), 2) == D("-0.01")


def test_units() -> None:
    assert convert(D("9594.31"), Unit.HA, 4) == D("0.9594")
    assert convert(D(1_000_000) / 3, Unit.MU, 4) == D("500.0000")
    assert convert(12.345, Unit.M2, 2) == D("12.35")


def test_worked_example() -> None:
    """One hectare in three parts (REFERENCE 3.7)."""
    parts = (D("0.3333333"), D("0.3333333"), D("0.3333334"))
    assert adjust(parts, D("1.0000"), 4) == (D("0.3333"), D("0.3333"), D("0.3334"))
    assert adjust(parts, D("1.0000"), 4, Adjustment.LAST) == (D("0.3333"), D("0.3333"), D("0.3334"))


def test_first_of_equals_takes_the_rest() -> None:
    assert adjust((1.0, 1.0, 1.0), D("3.01"), 2) == (D("1.01"), D("1.00"), D("1.00"))


def test_last_falls_back_to_the_largest_rather_than_below_zero() -> None:
    adjusted = adjust([0.005] * 199 + [0.0], D("1.00"), 2, Adjustment.LAST)
    assert sum(adjusted) == D("1.00")
    assert min(adjusted) >= 0


def test_too_far_from_the_control_is_an_error() -> None:
    with pytest.raises(LandReviewError, match="E-AREA-DIFF"):
        adjust((100.0, 100.0), D("201.01"), 2)
    with pytest.raises(LandReviewError, match="E-AREA-DIFF"):
        adjust((), D("5.00"), 2)
    with pytest.raises(LandReviewError, match="E-AREA-DIFF"):
        adjust((5.0,), D("0.00"), 2)


areas = st.lists(st.floats(0.0, 1e7, allow_nan=False), min_size=1, max_size=40)


@given(areas, st.sampled_from(list(Adjustment)), st.integers(0, 4))
def test_every_column_closes(parts: list[float], variant: Adjustment, places: int) -> None:
    control = round_half_up(sum(map(D, map(repr, parts)), D(0)), places)
    adjusted = adjust(parts, control, places, variant)
    assert sum(adjusted) == control
    assert min(adjusted) >= 0


@given(areas, st.sampled_from(list(Adjustment)))
def test_largest_remainder_moves_nobody_by_more_than_a_unit(parts: list[float], variant: Adjustment) -> None:
    control = round_half_up(sum(map(D, map(repr, parts)), D(0)), 2)
    adjusted = adjust(parts, control, 2, Adjustment.LARGEST_REMAINDER)
    total = sum(map(D, map(repr, parts)), D(0))
    for before, after in zip(parts, adjusted, strict=True):
        exact = D(repr(before)) * control / total if total else D(repr(before))
        assert abs(after - exact) <= D("0.01")


@given(areas, st.sampled_from([Unit.HA, Unit.MU]), st.sampled_from(list(Adjustment)))
def test_converted_columns_close_too(parts: list[float], unit: Unit, variant: Adjustment) -> None:
    control = round_half_up(sum(map(D, map(repr, parts)), D(0)), 2)
    adjusted = adjust(parts, control, 2, variant)
    assert sum(adjust_converted(adjusted, unit, 4, variant)) == convert(control, unit, 4)


def test_ridge() -> None:
    net, ridge = split_ridge(D("1234.567"), D("0.1234"))
    assert (net, ridge) == (D("1082.217"), D("152.35"))
    assert split_ridge(100.0, D(0)) == (D("100.0"), D("0.00"))
    with pytest.raises(ValueError, match="outside"):
        split_ridge(1.0, D("1.1"))


@given(st.floats(0, 1e6), st.decimals(0, 1, places=4))
def test_net_and_ridge_make_the_piece(area: float, coefficient: Decimal) -> None:
    net, ridge = split_ridge(area, coefficient)
    assert net + ridge == D(repr(area))
    assert net >= 0 and ridge >= 0
