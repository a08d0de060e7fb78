# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings by meaning, then rule, then parcel: the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ...core.model.result import Finding, RuleSeverity, Verdict


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a group of findings means: a verdict and, of conflicts, the severity."""

    verdict: Verdict
    severity: RuleSeverity | None = None

    @property
    def name(self) -> str:
        """``conflict_prohibit``, ``not_checked`` …: names words and icons."""
        return f"{self.verdict.value}_{self.severity.value}" if self.severity else self.verdict.value


MEANINGS = (
    *(Meaning(Verdict.CONFLICT, severity) for severity in RuleSeverity),
    *(Meaning(verdict) for verdict in Verdict if verdict is not Verdict.CONFLICT),
)
"""Worst first."""
_CONFLICTS = {meaning.severity: meaning for meaning in MEANINGS if meaning.severity}
_OTHERS = {meaning.verdict: meaning for meaning in MEANINGS if not meaning.severity}


def meaning_of(finding: Finding) -> Meaning:
    """Under which heading a finding stands."""
    return _CONFLICTS[finding.severity] if finding.verdict is Verdict.CONFLICT else _OTHERS[finding.verdict]


@dataclass(frozen=True)
class RuleGroup:
    """What one rule found with one meaning. Sums are made when first asked for: a view asks often."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Any of them: rule, title, layer and law are the same in all."""
        return self.findings[0]

    @cached_property
    def area_m2(self) -> Decimal | None:
        """The sum over the parcels; None where nothing was measured. The whole case counts only alone."""
        if self.first.verdict is Verdict.NOT_CHECKED:
            return None
        parts = [finding.area_printed for finding in self.findings if finding.parcel]
        return sum(parts, Decimal(0)) if parts else self.first.area_printed

    @cached_property
    def count(self) -> int:
        """Features touched, as :attr:`area_m2` counts."""
        parts = [finding.count for finding in self.findings if finding.parcel]
        return sum(parts) if parts else self.first.count


@dataclass(frozen=True, slots=True)
class MeaningGroup:
    """All findings of one meaning, by rule in the order of the result."""

    meaning: Meaning
    rules: tuple[RuleGroup, ...]

    def count(self) -> int:
        """How many findings."""
        return sum(len(rule.findings) for rule in self.rules)


Node = MeaningGroup | RuleGroup | Finding


def findings_of(node: Node) -> tuple[Finding, ...]:
    """What a row stands for: itself, or all below it."""
    if isinstance(node, Finding):
        return (node,)
    rules = node.rules if isinstance(node, MeaningGroup) else (node,)
    return tuple(finding for rule in rules for finding in rule.findings)


def grouped(findings: Iterable[Finding]) -> tuple[MeaningGroup, ...]:
    """The tree of ``findings``, the worst group first; groups without a finding are left out."""
    by_meaning: dict[Meaning, dict[str, list[Finding]]] = {}
    rules: dict[tuple[Verdict, RuleSeverity, str], list[Finding]] = {}
    for finding in findings:
        key = (finding.verdict, finding.severity, finding.rule)
        group = rules.get(key)
        if group is None:
            by_rule = by_meaning.setdefault(meaning_of(finding), {})
            group = rules[key] = by_rule.setdefault(finding.rule, [])
        group.append(finding)
    return tuple(
        MeaningGroup(meaning, tuple(RuleGroup(tuple(found)) for found in by_meaning[meaning].values()))
        for meaning in MEANINGS
        if meaning in by_meaning
    )
