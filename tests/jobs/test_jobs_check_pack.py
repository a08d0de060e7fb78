# SPDX-License-Identifier: GPL-2.0-or-later
"""A pack is checked by its own examples; what an office has to confirm is listed."""

from __future__ import annotations

import datetime as dt

import pytest

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import CancelledError, Silent
from landreview_plugin.core.rules.load import builtin_pack
from landreview_plugin.jobs.check_pack import UNCONFIRMED, check_pack

AT = dt.date(2026, 9, 1)


def test_the_pack_of_hunan_holds_and_names_its_working_defaults() -> None:
    report = check_pack("hunan", AT, Silent())
    pack = builtin_pack("hunan")
    assert (report.rules, report.wrong, report.untested) == (len(pack.rules), (), ())
    assert report.examples == sum(len(rule.examples) for rule in pack.rules)
    assert len(report.to_confirm) == sum(rule.standing in UNCONFIRMED for rule in pack.rules) > 50
    assert all("m2" in line.en or "%" in line.en or " m" in line.en or "ha" in line.en for line in report.to_confirm)


def test_an_unknown_pack_is_named() -> None:
    with pytest.raises(LandReviewError) as raised:
        check_pack("atlantis", AT, Silent())
    assert raised.value.code == "E-RULE-PATH"


def test_laws_that_end_are_named_in_time() -> None:
    pack = builtin_pack("hunan")
    ends = [basis.valid_to for rule in pack.rules for basis in rule.basis if basis.valid_to]
    for day in ends[:1]:
        assert check_pack("hunan", day - dt.timedelta(days=30), Silent()).ending


def test_a_check_can_be_cancelled() -> None:
    class Cancels:
        def step(self, done: float, message: str = "") -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        check_pack("plain", AT, Cancels())
