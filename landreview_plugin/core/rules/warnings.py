# SPDX-License-Identifier: GPL-2.0-or-later
"""What a result must say aloud of the pack and the profile that judged it."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.base import Text
from ..model.case import Case
from ..model.problems import Level, Problem
from ..model.profile import OfficeProfile, Tolerances
from .changes import change_words
from .pack import RulePack


def pack_warnings(pack: RulePack, case: Case, profile: OfficeProfile) -> Iterator[Problem]:
    """A pack not in force at the reference date (W-RULE-DATE), what the office changed (W-RULE-OFF)."""
    if pack.valid_from is not None and case.reference_date < pack.valid_from:
        reason = Text(
            zh=f"{pack.pack} {pack.version}自{pack.valid_from}起生效，审查基准日为{case.reference_date}",
            en=f"{pack.pack} {pack.version} is in force from {pack.valid_from}, the case is judged at "
            f"{case.reference_date}",
        )
        yield Problem(code="W-RULE-DATE", level=Level.WARNING, reason=reason, rule=pack.pack)
    yield from _changes(pack, case)
    yield from _wider_tolerances(profile)


def _changes(pack: RulePack, case: Case) -> Iterator[Problem]:
    """Every change of a rule that would count for the case."""
    for rule in pack.rules:
        change = pack.change(rule.id, case.reference_date)
        if change is None or case.business_type not in rule.business_types or not rule.in_force(case.reference_date):
            continue
        said = change_words(rule, change)
        reason = Text(zh=f"{rule.id}：{said.zh}", en=f"{rule.id}: {said.en}")
        yield Problem(code="W-RULE-OFF", level=Level.WARNING, reason=reason, rule=rule.id)


def _wider_tolerances(profile: OfficeProfile) -> Iterator[Problem]:
    """Tolerances above the working defaults hide what the defaults would show."""
    given, usual = profile.tolerances.model_dump(), Tolerances().model_dump()
    for name, value in given.items():
        if value > usual[name]:
            reason = Text(
                zh=f"容差{name} = {value}，大于默认值{usual[name]}",
                en=f"tolerance {name} = {value}, the default is {usual[name]}",
            )
            yield Problem(code="W-RULE-OFF", level=Level.WARNING, reason=reason, rule=name)
