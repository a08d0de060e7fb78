# SPDX-License-Identifier: GPL-2.0-or-later
"""What a result must say aloud of the pack that judged it."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.base import Text
from ..model.case import Case
from ..model.problems import Level, Problem
from .pack import RulePack


def pack_warnings(pack: RulePack, case: Case) -> Iterator[Problem]:
    """A pack that was not in force at the reference date (W-RULE-DATE)."""
    if pack.valid_from is not None and case.reference_date < pack.valid_from:
        reason = Text(
            zh=f"{pack.pack} {pack.version}自{pack.valid_from}起生效，审查基准日为{case.reference_date}",
            en=f"{pack.pack} {pack.version} is in force from {pack.valid_from}, the case is judged at "
            f"{case.reference_date}",
        )
        yield Problem(code="W-RULE-DATE", level=Level.WARNING, reason=reason, rule=pack.pack)
