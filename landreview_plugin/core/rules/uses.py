# SPDX-License-Identifier: GPL-2.0-or-later
"""What became of every rule of the business type: judged, or why not. A result lists them all."""

from __future__ import annotations

from ..model.case import Case
from ..model.profile import Tolerances
from ..model.result import RuleState, RuleUse
from .branches import branches
from .changes import change_words
from .formulas import FORMULAS
from .pack import Rule, RulePack


def rule_uses(pack: RulePack, case: Case, tolerances: Tolerances) -> tuple[RuleUse, ...]:
    """Every rule for the case's business type in the order of the pack, with its test and its state."""
    judged = {branch.rule.id for branch in branches(pack, case)}
    of_type = [rule for rule in pack.rules if case.business_type in rule.business_types]
    return tuple(_use(pack, rule, _state(pack, rule, judged, case), case, tolerances) for rule in of_type)


def _state(pack: RulePack, rule: Rule, judged: set[str], case: Case) -> RuleState:
    if not rule.in_force(case.reference_date):
        return RuleState.NOT_IN_FORCE
    change = pack.change(rule.id, case.reference_date)
    if change is not None and change.off:
        return RuleState.OFF
    return RuleState.JUDGED if rule.id in judged else RuleState.OTHER_BRANCH


def _use(pack: RulePack, origin: Rule, state: RuleState, case: Case, tolerances: Tolerances) -> RuleUse:
    change = pack.change(origin.id, case.reference_date)
    rule = pack.changed(origin, case.reference_date)
    return RuleUse(
        id=rule.id,
        title=rule.title,
        state=state,
        predicate=rule.predicate.value,
        formula=FORMULAS[rule.predicate],
        threshold=rule.threshold.shown,
        unit=rule.threshold.unit,
        distance_role=rule.threshold.role,
        where=rule.where,
        when=rule.when,
        minus=rule.minus,
        sliver_area_m2=str(tolerances.sliver_area_m2) if rule.slivers else "0",
        severity=rule.severity,
        standing=rule.standing,
        basis=rule.basis,
        note=rule.note,
        changed=None if change is None else change_words(origin, change),
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
    )
