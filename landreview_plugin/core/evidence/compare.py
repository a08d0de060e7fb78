# SPDX-License-Identifier: GPL-2.0-or-later
"""What differs between a stored result and the same review computed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from ..model.base import Language, Model, Text
from ..model.result import Finding, LayerUse, ReviewResult, RuleUse

_CENT = Decimal("0.01")


class Difference(Model):
    """One thing that is not as it was."""

    what: Text
    where: str
    stored: str
    again: str

    def sentence(self, language: Language) -> str:
        """For people: what, where, from, to."""
        return f"{self.what.get(language)} {self.where}: {self.stored or '-'} → {self.again or '-'}"


def differences(stored: ReviewResult, again: ReviewResult) -> tuple[Difference, ...]:
    """Every input and value that differs, inputs first; empty when the digests agree."""
    if stored.digest == again.digest:
        return ()
    found = [
        *_inputs(stored, again),
        *_rules(stored, again),
        *_layers(stored, again),
        *_findings(stored, again),
        *_areas(stored, again),
    ]
    if not found:
        # nothing that is named here, and yet another digest: the stored file itself was touched
        found.append(_difference("摘要", "digest", "", stored.digest, again.digest))
    return tuple(found)


def _difference(zh: str, en: str, where: str, stored: object, again: object) -> Difference:
    return Difference(what=Text(zh=zh, en=en), where=where, stored=str(stored), again=str(again))


def _inputs(stored: ReviewResult, again: ReviewResult) -> Iterator[Difference]:
    before = {parcel.number: parcel.geometry_sha256 for parcel in stored.parcels}
    after = {parcel.number: parcel.geometry_sha256 for parcel in again.parcels}
    for number in sorted(before.keys() | after.keys()):
        if before.get(number) != after.get(number):
            yield _difference("地块图形", "parcel's land", number, before.get(number, ""), after.get(number, ""))
    facts = (
        ("规则包", "rule pack", "pack_sha256"),
        ("面积类型", "area method", "area_method"),
        ("坐标系", "coordinate system", "crs"),
        ("容差", "tolerances", "tolerances"),
    )
    for zh, en, name in facts:
        one, other = getattr(stored.provenance, name), getattr(again.provenance, name)
        if one != other:
            yield _difference(zh, en, "", one, other)
    if stored.case != again.case:
        yield _difference("案卷", "case", stored.case.number, stored.case.model_dump(), again.case.model_dump())


def _rules(stored: ReviewResult, again: ReviewResult) -> Iterator[Difference]:
    """Each rule that is another one now; a result from before rules were listed names the pack only."""
    before, after = _rules_of(stored), _rules_of(again)
    if not before or not after:
        return
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield _difference("规则", "rule", name, _rule(before.get(name)), _rule(after.get(name)))


def _rules_of(result: ReviewResult) -> Mapping[str, RuleUse]:
    """By id, and by its first day where an id stands for several versions."""
    rules = result.provenance.rules
    several = {rule.id for i, rule in enumerate(rules) if rule.id in {other.id for other in rules[:i]}}
    return {f"{rule.id} {rule.valid_from or ''}".strip() if rule.id in several else rule.id: rule for rule in rules}


def _rule(rule: RuleUse | None) -> str:
    if rule is None:
        return ""
    facts = (
        rule.predicate,
        f"{rule.threshold} {rule.unit}",
        rule.where,
        rule.minus,
        rule.severity.value,
        rule.state.value,
    )
    return "; ".join(fact for fact in facts if fact)


def _layers(stored: ReviewResult, again: ReviewResult) -> Iterator[Difference]:
    before = {use.key: use for use in stored.provenance.layers}
    after = {use.key: use for use in again.provenance.layers}
    for key in sorted(before.keys() | after.keys()):
        one, other = _layer(before.get(key)), _layer(after.get(key))
        if one != other:
            yield _difference("图层", "layer", key, one, other)


def _layer(use: LayerUse | None) -> str:
    return "" if use is None else f"{use.state} {use.data_date} {use.content_sha256[:16]}"


def _findings(stored: ReviewResult, again: ReviewResult) -> Iterator[Difference]:
    before, after = _by_id(stored.findings), _by_id(again.findings)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield _difference("核查结果", "finding", name, before.get(name, ""), after.get(name, ""))


def _by_id(findings: tuple[Finding, ...]) -> Mapping[str, str]:
    return {
        finding.id: f"{finding.verdict.value} {finding.severity.value} {_cents(finding.area_m2)} m² × {finding.count}"
        for finding in findings
    }


def _areas(stored: ReviewResult, again: ReviewResult) -> Iterator[Difference]:
    before = {(row.parcel, row.class_, row.owner_code, row.slope, row.grade): row.area_m2 for row in stored.areas}
    after = {(row.parcel, row.class_, row.owner_code, row.slope, row.grade): row.area_m2 for row in again.areas}
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield _difference("地类面积", "area by class", " ".join(key), before.get(key, ""), after.get(key, ""))


def _cents(value: float) -> str:
    return str(Decimal(repr(float(value))).quantize(_CENT, ROUND_HALF_UP))
