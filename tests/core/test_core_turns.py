# SPDX-License-Identifier: GPL-2.0-or-later
"""Short turns: only while work runs beside the window, and the program's own afterwards."""

from __future__ import annotations

import sys
import threading

import pytest

from landreview_plugin.core.turns import TURN_S, short_turns


def test_turns_are_short_in_the_block_and_as_before_after_it() -> None:
    before = sys.getswitchinterval()
    with short_turns():
        assert sys.getswitchinterval() == pytest.approx(TURN_S)
    assert sys.getswitchinterval() == before


def test_an_error_restores_them_too() -> None:
    before = sys.getswitchinterval()
    with pytest.raises(ValueError), short_turns():
        raise ValueError
    assert sys.getswitchinterval() == before


def test_the_last_one_out_restores_them() -> None:
    before = sys.getswitchinterval()
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with short_turns():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    with short_turns():
        thread.start()
        assert inside.wait(10)
    assert sys.getswitchinterval() == pytest.approx(TURN_S), "the other work still runs"
    leave.set()
    thread.join(10)
    assert sys.getswitchinterval() == before
