# SPDX-License-Identifier: GPL-2.0-or-later
"""Judge every rule of a pack that counts for a case: one finding a rule and parcel, none left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..arrays import as_ints
from ..geodesy.area import Measure, planar_areas
from ..geodesy.rounding import round_half_up
from ..model.base import Text
from ..model.case import Case
from ..model.parcel import Parcel
from ..model.profile import Tolerances
from ..model.result import Basis, Finding, RuleSeverity, TouchedFeature, Verdict
from ..overlay.layer import Geometries, as_array
from ..overlay.pieces import Floats
from ..tables import table
from .branches import Branch, branches
from .case_rules import case_finding, case_sum_finding
from .changes import off_finding
from .expression import parse
from .facts import LayerFacts
from .filters import classes_of_group, role_values, truths
from .hits import Found, Ground, find
from .needs import Need, layer_of, required_layers
from .pack import CASE_PREDICATES, PREVIOUS_RIGHT, Rule, RulePack
from .sliver_findings import TITLE, sliver_finding
from .verdicts import Judgement, joined, judge

MOST_FEATURES = 50
__all__ = ["Need", "evaluate", "required_layers"]


def evaluate(
    pack: RulePack,
    case: Case,
    parcels: Sequence[Parcel],
    facts: Mapping[str, LayerFacts],
    *,
    measure: Measure,
    tolerances: Tolerances,
) -> tuple[Finding, ...]:
    """Findings in order of rule, then parcel; those of the case as a whole have an empty ``parcel``.

    ``facts`` by layer key must hold every key of :func:`required_layers`. Raises E-RULE-EMPTY when
    the pack has no rule for the case.
    """
    shapes = as_array(parcels)
    areas = measure(shapes)
    findings: list[Finding] = []
    for branch in branches(pack, case):
        key = layer_of(branch.rule, lambda name: name in facts and facts[name].use.state != "not_checked")
        layer = facts[key] if key in facts else facts[branch.rule.layers[0]]
        of_rule = _of_rule(branch, layer, case, parcels, shapes, areas, facts, measure, tolerances)
        findings += (each.model_copy(update={"rule_version": pack.version}) for each in of_rule)
    findings += (off_finding(pack, rule, case) for rule in pack.switched_off(case.business_type, case.reference_date))
    return tuple(findings)


def _of_rule(
    branch: Branch,
    layer: LayerFacts,
    case: Case,
    parcels: Sequence[Parcel],
    shapes: Geometries,
    areas: Floats,
    facts: Mapping[str, LayerFacts],
    measure: Measure,
    tolerances: Tolerances,
) -> Iterator[Finding]:
    rule = branch.rule
    if layer.overlay is None:
        found = [_found_without(rule, layer, i, shapes, areas) for i in range(len(parcels))]
        judged = [_judged_without(rule, layer, each) for each in found]
    else:
        ground = _ground(rule, layer, case, shapes, facts, measure, tolerances)
        found = find(ground)
        judged = [judge(rule, layer, each, i, tolerances) for i, each in enumerate(found)]
    if rule.predicate in CASE_PREDICATES:
        yield _finish(case_finding(rule, found, judged, float(areas.sum())), branch, layer, case, None)
        return
    for i, parcel in enumerate(parcels):
        finding = _finding(rule, layer, parcel, found[i], judged[i], float(areas[i]))
        yield _finish(finding, branch, layer, case, parcel)
        if (slivers := sliver_finding(finding, float(areas[i]), tolerances)) is not None:
            yield _finish(slivers, branch, layer, case, parcel).model_copy(update={"title": TITLE})
    if (whole := case_sum_finding(rule, found, float(areas.sum()))) is not None:
        yield _finish(whole, branch, layer, case, None)


def _ground(
    rule: Rule,
    layer: LayerFacts,
    case: Case,
    shapes: Geometries,
    facts: Mapping[str, LayerFacts],
    measure: Measure,
    tolerances: Tolerances,
) -> Ground:
    assert layer.overlay is not None
    constants = {
        "construction_classes": classes_of_group("建设用地"),
        **layer.constants,
        **case.answers,
        "reference_date": case.reference_date,
    }
    where = parse(rule.where) if rule.where else None
    minus = facts.get(rule.minus)
    return Ground(
        rule=rule,
        facts=layer,
        overlay=layer.overlay,
        truths=truths(layer.overlay, where, layer.roles, constants, layer.use.key),
        parcels=shapes,
        measure=measure,
        tolerances=tolerances,
        answers=case.answers,
        minus=minus.overlay if minus else None,
    )


def _found_without(rule: Rule, layer: LayerFacts, i: int, shapes: Geometries, areas: Floats) -> Found:
    """A layer without an overlay: signed as empty, everything lies outside it."""
    outside = layer.use.state == "none" and rule.predicate.value == "outside_area_gt"
    if not outside:
        return Found(hit=False)
    hit = float(areas[i]) > rule.threshold.area_m2
    planar = float(planar_areas(shapes[i : i + 1])[0])
    return Found(hit=hit, area_m2=float(areas[i]), area_planar_m2=planar, geometry=shapes[i])


def _judged_without(rule: Rule, layer: LayerFacts, found: Found) -> Judgement:
    reason = layer.use.reason or Text(zh="未核查", en="not checked")
    if layer.use.state != "none":
        return Judgement(Verdict.NOT_CHECKED, reason)
    if rule.predicate in PREVIOUS_RIGHT:
        nothing = Text(zh="没有可比较的原矿业权", en="there is no previous right to compare with")
        return Judgement(Verdict.NOT_CHECKED, joined(nothing, reason))
    if found.hit and rule.severity is not RuleSeverity.INFO:
        outside = Text(zh="没有该范围，地块全部在外", en="there is no such land: the parcel lies wholly outside")
        return Judgement(Verdict.CONFLICT, joined(outside, reason))
    return Judgement(Verdict.CLEAR, reason)


def _finding(rule: Rule, layer: LayerFacts, parcel: Parcel, found: Found, judged: Judgement, area_m2: float) -> Finding:
    return Finding(
        id=f"{rule.id}/{parcel.number}",
        rule=rule.id,
        rule_version="",
        title=rule.title,
        layer=layer.use.key,
        parcel=parcel.number,
        verdict=judged.verdict,
        severity=rule.severity,
        area_m2=found.area_m2,
        area_planar_m2=found.area_planar_m2,
        area_printed=round_half_up(found.area_m2, 2),
        share=found.area_m2 / area_m2 if area_m2 else 0.0,
        count=len(found.rows),
        distance_m=found.distance_m,
        reason=judged.reason,
        features=_features(layer, found),
        dropped=found.dropped,
        geometry=found.geometry,
    )


def _finish(finding: Finding, branch: Branch, layer: LayerFacts, case: Case, parcel: Parcel | None) -> Finding:
    """What every finding of a rule shares."""
    rule = branch.rule
    reason = finding.reason
    if branch.open_questions:
        zh, en = "；".join(text.zh for text in branch.asked), "; ".join(text.en for text in branch.asked)
        reason = joined(reason, Text(zh=f"未答复，按最不利情形：{zh}", en=f"unanswered, worst case: {en}"))
    return finding.model_copy(
        update={
            "title": rule.title,
            "layer": layer.use.key,
            "data_date": layer.use.data_date,
            "basis": tuple(_basis(each, case) for each in rule.basis),
            "standing": rule.standing if rule.standing in {"K", "R", "P"} else "",
            "open_questions": branch.open_questions,
            "reason": reason,
        }
    )


def _basis(basis: Basis, case: Case) -> Basis:
    """A law that is not in force at the reference date is marked in its article."""
    early = basis.valid_from is not None and case.reference_date < basis.valid_from
    late = basis.valid_to is not None and case.reference_date > basis.valid_to
    if not early and not late:
        return basis
    return basis.model_copy(update={"article": f"{basis.article}（基准日不在有效期内 not in force）".strip()})


def _features(layer: LayerFacts, found: Found) -> tuple[TouchedFeature, ...]:
    """The features of a finding, the largest first."""
    overlay = layer.overlay
    if overlay is None or not len(found.rows):
        return ()
    label_role = next(
        (row["role"] for row in table("layer_fields") if row["key"] == layer.use.key and row["label"] == "1"), ""
    )
    labels = role_values(overlay, layer.roles, label_role)
    rows = sorted(as_ints(found.rows), key=lambda k: (-overlay.area_m2[k], overlay.distance_m[k], overlay.fid[k]))
    return tuple(
        TouchedFeature(
            fid=int(overlay.fid[k]),
            label="" if labels is None or labels[k] is None else str(labels[k]),
            area_m2=float(overlay.area_m2[k]),
            distance_m=float(overlay.distance_m[k]) if found.distance_m is not None else None,
        )
        for k in rows[:MOST_FEATURES]
    )
