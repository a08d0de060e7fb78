# SPDX-License-Identifier: GPL-2.0-or-later
"""The head of a report: the facts of the case and the conclusion in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..core.model.result import Finding, ReviewResult, Verdict
from .tones import Tone, tone_of
from .units import DASH, areas
from .words import Words

MANY_PARCELS = 6
"""Beyond this number a sentence counts parcels instead of listing them."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The verdict of the case: a headline in colour, and sentences that leave nothing out."""

    headline: str
    tone: Tone
    sentences: tuple[str, ...]


def case_facts(result: ReviewResult, words: Words) -> tuple[tuple[str, str], ...]:
    """(label, value) of everything that identifies the case and the review."""
    case, provenance = result.case, result.provenance
    total = areas(sum((parcel.area_m2 for parcel in result.parcels), Decimal(0)))
    facts = {
        "number": case.number,
        "business_type": words.coded("business_types", case.business_type),
        "project": case.project,
        "applicant": case.applicant,
        "jurisdiction": words.coded("jurisdictions", case.jurisdiction),
        "reference_date": case.reference_date.isoformat(),
        "parcels": str(len(result.parcels)),
        "area": f"{total.m2} {words('unit.m2')}  {total.ha} {words('unit.ha')}  {total.mu} {words('unit.mu')}",
        "area_method": method_words(result, words),
        "pack": f"{provenance.pack} {provenance.pack_version}",
        "crs": provenance.crs,
        "source": provenance.source,
        "owners": words.join(dict.fromkeys(row.owner_name for row in result.areas), "list.comma"),
        "answers": words.join(f"{key} = {value}" for key, value in sorted(case.answers.items())),
        "profile": provenance.profile,
    }
    return tuple((words(f"case.{key}"), value or DASH) for key, value in facts.items())


def method_words(result: ReviewResult, words: Words) -> str:
    """The area method of the pack in words."""
    return words.known("method", result.provenance.area_method)


def conclusion(result: ReviewResult, words: Words) -> Conclusion:
    """The verdict of the case with every rule that stands in the way of "no conflict" named."""
    return Conclusion(
        _headline(result, words), tone_of(result.verdict, result.worst_severity), _sentences(result, words)
    )


def _headline(result: ReviewResult, words: Words) -> str:
    if result.verdict is not Verdict.CONFLICT:
        return words(f"headline.{result.verdict.value}")
    if result.worst_severity is None:
        return words("headline.conflict_plain")
    return words("headline.conflict", severity=words(f"severity.{result.worst_severity.value}"))


def _sentences(result: ReviewResult, words: Words) -> tuple[str, ...]:
    if not result.findings:
        return (words("sentence.nothing"),)
    by_verdict = {verdict: [f for f in result.findings if f.verdict is verdict] for verdict in Verdict}
    counts = {verdict.value: len(found) for verdict, found in by_verdict.items()}
    rules = len({finding.rule for finding in result.findings})
    said = [words("sentence.counts", parcels=len(result.parcels), rules=rules, findings=len(result.findings), **counts)]
    for verdict, key in (
        (Verdict.CONFLICT, "sentence.conflicts"),
        (Verdict.NOT_CHECKED, "sentence.not_checked"),
        (Verdict.PARTLY_COVERED, "sentence.partly_covered"),
    ):
        if by_verdict[verdict]:
            said.append(words(key, items=_by_rule(by_verdict[verdict], words)))
    signed = [words.layer(use.key, result) for use in result.provenance.layers if use.state == "none"]
    if signed:
        said.append(words("sentence.signed_none", items=words.join(signed, "list.comma")))
    if changed := [use.id for use in result.provenance.rules if use.changed is not None]:
        said.append(words("sentence.changed", items=words.join(changed, "list.comma")))
    judged = {each.finding for each in result.people.judgements if each.result_digest == result.digest}
    if count := len(judged & {finding.id for finding in result.findings}):
        said.append(words("sentence.judged", count=count))
    return tuple(said)


def _by_rule(findings: Sequence[Finding], words: Words) -> str:
    """``PBF-01 批次用地占用永久基本农田（地块1、2）；…`` in the order of the findings."""
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    return words.join(
        words(
            "item.rule",
            rule=rule,
            title=words.text(found[0].title),
            parcels=parcels_words([finding.parcel for finding in found], words),
        )
        for rule, found in rules.items()
    )


def parcels_words(numbers: Sequence[str], words: Words) -> str:
    """``地块1、2、3``; counted when there are many; the whole case by its own words."""
    named = list(dict.fromkeys(numbers))
    if not any(named):
        return words("item.case")
    if len(named) > MANY_PARCELS:
        return words("item.parcels", count=len(named))
    return words("item.parcel", parcels=words.join(map(words.parcel, named), "list.comma"))
