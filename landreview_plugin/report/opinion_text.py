# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of an opinion from a result and what people judged: fields for the office's text blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..core.model.opinion import Judgement, Role
from ..core.model.result import Finding, ReviewResult, Verdict
from ..core.workflow.opinion_blocks import OpinionBlocks, fill
from .area_tables import ARABLE, AreaLine, area_layers, area_lines
from .finding_tables import ordered
from .people_tables import LOCAL_TIME, person_words
from .summary import conclusion, method_words, parcels_words
from .tones import verdict_words
from .units import DASH, areas, total_of
from .words import Words


def opinion_fields(
    result: ReviewResult,
    judgements: Sequence[Judgement],
    blocks: OpinionBlocks,
    words: Words,
    signed: tuple[str, Role],
) -> dict[str, str]:
    """Every field of ``core.workflow.opinion_blocks.FIELDS``."""
    case = result.case
    total = areas(sum((parcel.area_m2 for parcel in result.parcels), Decimal(0)))
    concluded = conclusion(result, words)
    person, role = signed
    return _classes(result) | {
        "number": case.number or DASH,
        "project": case.project or DASH,
        "applicant": case.applicant or DASH,
        "business_type": words.coded("business_types", case.business_type),
        "county": words.coded("jurisdictions", case.jurisdiction) or DASH,
        "reference_date": case.reference_date.isoformat(),
        "parcels": str(len(result.parcels)),
        "area_m2": str(total.m2),
        "area_ha": str(total.ha),
        "area_mu": str(total.mu),
        "verdict": concluded.headline,
        "counts": concluded.sentences[0],
        "findings": finding_lines(result, judgements, blocks, words),
        "method": method_words(result, words),
        "pack": f"{result.provenance.pack} {result.provenance.pack_version}",
        "person": person,
        "role": words(f"role.{role.value}"),
        "date": dt.datetime.now(LOCAL_TIME).date().isoformat(),
    }


def finding_lines(result: ReviewResult, judgements: Sequence[Judgement], blocks: OpinionBlocks, words: Words) -> str:
    """What is not clear, one line a rule, verdict and judgement; a word that there is nothing, else."""
    judged = {each.finding: each for each in judgements if each.result_digest == result.digest}
    groups: dict[object, list[Finding]] = {}
    for finding in ordered(result.findings):
        if finding.verdict is not Verdict.CLEAR:
            groups.setdefault(_alike(finding, judged), []).append(finding)
    spoken = words.language
    lines = [
        fill(blocks.finding.get(spoken), {"no": str(number)} | _line(found, judged, blocks, words))
        for number, found in enumerate(groups.values(), start=1)
    ]
    return "\n".join(lines) if lines else blocks.none.get(spoken)


def _alike(finding: Finding, judged: Mapping[str, Judgement]) -> object:
    """Findings of one rule that say the same and were judged the same stand in one line."""
    said = finding.reason.zh if finding.verdict is Verdict.NOT_CHECKED else ""
    judgement = judged.get(finding.id)
    given = (judgement.mark, judgement.ground, judgement.person, judgement.role) if judgement else None
    return finding.rule, finding.verdict, finding.severity, said, given, not finding.parcel


def _line(
    found: Sequence[Finding], judged: Mapping[str, Judgement], blocks: OpinionBlocks, words: Words
) -> dict[str, str]:
    first = found[0]
    return {
        "rule": first.rule,
        "title": words.text(first.title),
        "where": parcels_words([finding.parcel for finding in found], words),
        "verdict": verdict_words(first, words),
        "figures": _figures(found, words),
        "basis": words.laws(first.basis) or DASH,
        "judged": _judged(judged.get(first.id), blocks, words),
    }


def _figures(found: Sequence[Finding], words: Words) -> str:
    """The area in three units; what the finding itself says where it has none."""
    total = areas(sum((finding.area_printed for finding in found), Decimal(0)))
    if found[0].verdict is Verdict.NOT_CHECKED or not total.m2:
        return words.text(found[0].reason)
    return words.join(
        (
            f"{total.m2} {words('unit.m2')}",
            f"{total.ha} {words('unit.ha')}",
            f"{total.mu} {words('unit.mu')}",
        ),
        "list.comma",
    )


def _judged(judgement: Judgement | None, blocks: OpinionBlocks, words: Words) -> str:
    spoken = words.language
    if judgement is None:
        return blocks.unjudged.get(spoken)
    fields = {
        "mark": words(f"mark.{judgement.mark.value}"),
        "who": person_words(judgement.person, judgement.role, words),
        "ground": judgement.ground,
    }
    return fill(blocks.judged.get(spoken), fields)


def _classes(result: ReviewResult) -> dict[str, str]:
    """Hectares of the three groups and of arable land, as the tables print them; dashes without a survey."""
    layers = area_layers(result)
    lines = area_lines(result, layers[0]) if layers else []

    def hectares(chosen: Sequence[AreaLine]) -> str:
        return str(total_of([line.area for line in chosen]).ha) if lines else DASH

    return {
        "farmland_ha": hectares([line for line in lines if line.row.group == "农用地"]),
        "construction_ha": hectares([line for line in lines if line.row.group == "建设用地"]),
        "unused_ha": hectares([line for line in lines if line.row.group == "未利用地"]),
        "arable_ha": hectares([line for line in lines if line.row.class_.startswith(ARABLE)]),
    }
