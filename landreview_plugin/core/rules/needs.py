# SPDX-License-Identifier: GPL-2.0-or-later
"""What a case's rules need of the catalogue, so that only that is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model.case import Case
from ..tables import table
from .branches import branches
from .expression import parse
from .pack import Predicate, Rule, RulePack

RADIUS_REACH_M = 2_000.0
"""How far a feature's own distance is looked for: no office's hazard reaches further."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is needed of one layer."""

    roles: frozenset[str] = frozenset()
    """Without a field for one of these the layer is not checked."""
    search_distance_m: float = 0.0
    limits_m: frozenset[float] = frozenset()
    """Distances around the parcels within which the layer must be whole."""


def required_layers(pack: RulePack, case: Case, binds: Callable[[str], bool]) -> dict[str, Need]:
    """Need by layer key, in order of key. Of a rule's alternatives the first bound one is needed."""
    needs: dict[str, Need] = {}
    for branch in branches(pack, case):
        key = layer_of(branch.rule, binds)
        old = needs.get(key, Need())
        reach_m = max(old.search_distance_m, _reach(branch.rule))
        needs[key] = Need(old.roles | _roles(branch.rule, key), reach_m, old.limits_m | _limits(branch.rule))
        if branch.rule.minus:
            needs.setdefault(branch.rule.minus, Need())
    return dict(sorted(needs.items()))


def layer_of(rule: Rule, binds: Callable[[str], bool]) -> str:
    """The key that a rule is judged on: the first that the catalogue binds, else the first."""
    return next((key for key in rule.layers if binds(key)), rule.layers[0])


def _reach(rule: Rule) -> float:
    if rule.predicate is not Predicate.DISTANCE_LT:
        return 0.0
    value = float(rule.threshold.value)
    return max(value, RADIUS_REACH_M) if rule.threshold.role else value


def _limits(rule: Rule) -> frozenset[float]:
    return frozenset({float(rule.threshold.value)} if rule.predicate is Predicate.DISTANCE_LT else ())


def _roles(rule: Rule, key: str) -> frozenset[str]:
    """The roles of ``layer_fields.csv`` that are required and that the rule looks at."""
    named = set(parse(rule.where).fields) if rule.where else set()
    if rule.predicate is Predicate.CLASS_AREA:
        named.add("class")
    required = {row["role"] for row in table("layer_fields") if row["key"] == key and row["required"] == "1"}
    return frozenset(named & required)
