# SPDX-License-Identifier: GPL-2.0-or-later
"""Run the examples of a rule: small geometries that must hit and must not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import shapely

from ..geodesy.area import AreaMethod, measure_for
from ..model.case import Case
from ..model.crs import Crs
from ..model.parcel import Parcel
from ..model.profile import Tolerances
from ..model.result import Finding, LayerUse, Verdict
from ..overlay.coverage import coverage_of
from ..overlay.engine import overlay
from ..overlay.memory import MemoryLayer
from .evaluate import evaluate
from .facts import LayerFacts
from .needs import required_layers
from .pack import Example, Rule, RulePack

PLANE = Crs(name="plane of the examples, metres")
COUNTY = shapely.box(-1e5, -1e5, 1e5, 1e5)
CONSTRUCTION = ("04", "05", "06")
"""Classes that the catalogue of the examples counts as construction land."""
FAR = shapely.box(9e4, 9e4, 9.1e4, 9.1e4)
AREA_TOLERANCE_M2 = 0.005


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an example gave."""

    rule: str
    number: int
    expected: Verdict
    finding: Finding
    fits: bool


def run_examples(pack: RulePack, rule: Rule, at: dt.date) -> tuple[Outcome, ...]:
    """Every example of a rule, for the first of its business types."""
    outcomes = []
    for number, example in enumerate(rule.examples, start=1):
        finding = judge_example(pack, rule, example, at)
        fits = finding.verdict is example.expect and _same_area(example.area_m2, finding.area_m2)
        outcomes.append(Outcome(rule.id, number, example.expect, finding, fits))
    return tuple(outcomes)


def judge_example(
    pack: RulePack,
    rule: Rule,
    example: Example,
    at: dt.date,
    *,
    state: str = "checked",
    county: shapely.Geometry | None = COUNTY,
    business_type: str = "",
) -> Finding:
    """The finding that ``rule`` gives for an example, for its first business type unless another is named.

    ``state`` other than ``checked`` stands for a layer that can't be used; ``county`` is the declared
    coverage, None for none.
    """
    case = Case(
        business_type=business_type or rule.business_types[0],
        reference_date=at,
        answers={**_defaults(pack, rule), **example.answers},
    )
    only = pack.model_copy(update={"rules": (rule,), "changes": {}})
    parcel = Parcel(number="1", geometry=shapely.from_wkt(example.parcel))
    key = rule.layers[0]
    reach = required_layers(only, case, lambda name: name == key)[key].search_distance_m
    facts = {key: _facts(key, parcel, example, reach, state, county)}
    if rule.minus:
        facts[rule.minus] = LayerFacts(use=LayerUse(key=rule.minus, state="none"))
    measure = measure_for(AreaMethod.PLANAR, PLANE)
    findings = evaluate(only, case, [parcel], facts, measure=measure, tolerances=Tolerances())
    return findings[0]


def _defaults(pack: RulePack, rule: Rule) -> dict[str, str]:
    """Answers with which the rule counts."""
    return {question: choices[0] for question, choices in rule.when.items() if question in pack.questions}


def _facts(
    key: str, parcel: Parcel, example: Example, reach: float, state: str, county: shapely.Geometry | None
) -> LayerFacts:
    use = LayerUse(key=key, state=state)
    if state != "checked":
        return LayerFacts(use=use)
    measure = measure_for(AreaMethod.PLANAR, PLANE)
    shape = shapely.from_wkt(example.layer) if example.layer else FAR
    layer = MemoryLayer([shape], {name: [value] for name, value in example.attributes.items()}, crs=PLANE)
    parcels = np.array([parcel.geometry], dtype=object)
    found = overlay(
        parcels,
        layer,
        fields=tuple(example.attributes),
        measure=measure,
        search_distance_m=reach,
        keep_geometry=True,
        threads=1,
    )
    coverage = None if county is None else coverage_of(parcels, MemoryLayer([county], crs=PLANE), measure, threads=1)
    return LayerFacts(
        use=use,
        overlay=found,
        roles={name: name for name in example.attributes},
        constants={"construction": CONSTRUCTION},
        coverage=coverage,
        features={1: shape},
    )


def _same_area(expected_m2: Decimal | None, area_m2: float) -> bool:
    return expected_m2 is None or abs(float(expected_m2) - area_m2) < AREA_TOLERANCE_M2
