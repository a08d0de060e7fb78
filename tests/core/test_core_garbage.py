# SPDX-License-Identifier: GPL-2.0-or-later
"""The search for garbage is put off for a block, and is afterwards as it was."""

from __future__ import annotations

import gc

import pytest

from landreview_plugin.core.boundary.reader import read_boundary_text
from landreview_plugin.core.garbage import uncollected
from landreview_plugin.core.progress import CancelledError


def test_it_is_off_inside_and_on_again_after() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_inside_leaves_it_on() -> None:
    with pytest.raises(ValueError, match="inside"), uncollected():
        raise ValueError("inside")
    assert gc.isenabled()


def test_one_inside_another_leaves_it_to_the_outer_one() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_cancelled_reading_leaves_it_on() -> None:
    class Cancelled:
        def step(self, done: float, message: str = "") -> None:
            raise CancelledError

    data = "[地块坐标]\n4,,1,甲,面,,,,@\n" + "J1,1,3120000.0,38405000.0\n" * 5000
    with pytest.raises(CancelledError):
        read_boundary_text(data.encode(), progress=Cancelled())
    assert gc.isenabled()
