# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rule pack may say: the schema of its YAML."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from ..geodesy.area import AreaMethod
from ..model.base import Model, Text
from ..model.result import Basis, RuleSeverity, Verdict
from ..tables import index
from .expression import parse

UNITS_M2 = {"m2": Decimal(1), "ha": Decimal(10_000), "km2": Decimal(1_000_000)}


class Predicate(StrEnum):
    """When a rule hits; areas by the pack's method, all comparisons strict."""

    OVERLAP_AREA_GT = "overlap_area_gt"
    OUTSIDE_AREA_GT = "outside_area_gt"
    CLASS_AREA = "class_area"
    WITHIN = "within"
    DISTANCE_LT = "distance_lt"
    CASE_AREA_GT = "case_area_gt"
    SHARE_OF_CASE_GT = "share_of_case_gt"
    AREA_DIFF_GT = "area_diff_gt"
    REDUCTION_PCT_LT = "reduction_pct_lt"


CASE_PREDICATES = {Predicate.CASE_AREA_GT, Predicate.SHARE_OF_CASE_GT}
PREVIOUS_RIGHT = {Predicate.AREA_DIFF_GT, Predicate.REDUCTION_PCT_LT}
"""They compare with the right as it was: where there is none, nothing is compared."""
_UNITS: dict[Predicate, set[str]] = {
    Predicate.DISTANCE_LT: {"m"},
    Predicate.SHARE_OF_CASE_GT: {"%"},
    Predicate.REDUCTION_PCT_LT: {"%"},
}


class Threshold(Model):
    """A number with its unit; strict: exactly the value is no hit."""

    value: Decimal = Field(ge=0)
    unit: Literal["m2", "ha", "km2", "m", "%"]
    role: str = ""
    """Distances: the feature's own distance stands in this field; the larger of both counts."""

    @property
    def shown(self) -> str:
        """The number as people write it: square metres with two decimals, others without idle zeros."""
        return f"{self.value:.2f}" if self.unit == "m2" else f"{self.value.normalize():f}"

    @property
    def area_m2(self) -> float:
        """The threshold in square metres."""
        return float(self.value * UNITS_M2[self.unit])


class Question(Model):
    """What data can't tell. Unanswered, the worst branch counts."""

    text: Text
    kind: Literal["choice", "text", "number"] = "choice"
    choices: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if (self.kind == "choice") != (len(self.choices) >= 2):
            raise ValueError("a choice has two or more choices, other kinds have none")
        return self


class Example(Model):
    """A small geometry that must hit or must not; measured planar, in metres."""

    parcel: str
    """WKT."""
    layer: str = ""
    """WKT of the reference feature; empty: the layer has none here."""
    attributes: dict[str, str] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)
    expect: Verdict
    area_m2: Decimal | None = None


class Rule(Model):
    """One rule: which layer, when it hits, what a hit means, under which law."""

    id: str = Field(pattern=r"^[A-Z][A-Z0-9-]+$")
    title: Text
    business_types: tuple[str, ...] = Field(min_length=1)
    layers: tuple[str, ...] = Field(min_length=1)
    """The first that the catalogue binds is used."""
    predicate: Predicate
    threshold: Threshold
    severity: RuleSeverity
    where: str = ""
    """Filter on roles of the layer, see ``core.rules.expression``."""
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Question → answers with which this rule counts."""
    minus: str = ""
    """Key of a layer whose land is taken off first."""
    basis: tuple[Basis, ...] = ()
    report: tuple[str, ...] = ()
    note: str = ""
    standing: Literal["", "S", "C", "R", "K", "P"] = ""
    matrix: tuple[str, ...] = ()
    """Rows of ``rules_matrix.csv`` that this rule stands for."""
    slivers: bool = True
    """False: nothing is dropped (permanent basic farmland, red lines)."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    examples: tuple[Example, ...] = ()

    @field_validator("business_types")
    @classmethod
    def _known_types(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        return _all_known(codes, "business_types", "code")

    @field_validator("layers")
    @classmethod
    def _known_layers(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        return _all_known(keys, "layers", "key")

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        units = _UNITS.get(self.predicate, set(UNITS_M2))
        if self.threshold.unit not in units:
            raise ValueError(f"{self.predicate} takes {' or '.join(sorted(units))}, not {self.threshold.unit}")
        if self.where:
            parse(self.where)
        if self.minus:
            _all_known((self.minus,), "layers", "key")
        return self

    def in_force(self, at: dt.date) -> bool:
        """Whether the rule counts at a date."""
        return (self.valid_from is None or self.valid_from <= at) and (self.valid_to is None or at <= self.valid_to)


class Change(Model):
    """An office's change to a rule of a pack that it includes. Every result says it (W-RULE-OFF)."""

    off: bool = False
    """Not asked at all: one finding ``not_checked`` for the case stands in its place."""
    severity: RuleSeverity | None = None
    threshold: Decimal | None = Field(default=None, ge=0)
    """In the unit of the rule."""
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    date: dt.date
    """From this day on it counts."""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.off == (self.severity is not None or self.threshold is not None):
            raise ValueError("give either off: true, or severity or threshold")
        return self

    def applied(self, rule: Rule) -> Rule:
        """The rule with another severity or threshold."""
        threshold = rule.threshold
        if self.threshold is not None:
            threshold = threshold.model_copy(update={"value": self.threshold})
        return rule.model_copy(update={"severity": self.severity or rule.severity, "threshold": threshold})


class PackFile(Model):
    """One YAML file of a pack."""

    pack: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: str
    title: Text | None = None
    area_method: AreaMethod | None = None
    """Required in the file that is asked for; a file that is only included may leave it out."""
    valid_from: dt.date | None = None
    includes: tuple[str, ...] = ()
    questions: dict[str, Question] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    changes: dict[str, Change] = Field(default_factory=dict)
    """Rule id → what the office changes of it."""


class RulePack(Model):
    """A pack with everything it includes."""

    pack: str
    version: str
    title: Text
    area_method: AreaMethod
    valid_from: dt.date | None = None
    """The latest of its files: before that day the pack as a whole was not in force, which a result says."""
    questions: dict[str, Question]
    rules: tuple[Rule, ...]
    changes: dict[str, Change] = Field(default_factory=dict)
    text: str = Field(repr=False)
    """The YAML of all files, for embedding."""
    sha256: str

    def applicable(self, business_type: str, at: dt.date) -> tuple[Rule, ...]:
        """The rules for a business type that are in force and not switched off, as the office changed them."""
        rules = (rule for rule in self._in_force(business_type, at) if not self._off(rule, at))
        return tuple(self.changed(rule, at) for rule in rules)

    def switched_off(self, business_type: str, at: dt.date) -> tuple[Rule, ...]:
        """The rules that would count, had the office not switched them off."""
        return tuple(rule for rule in self._in_force(business_type, at) if self._off(rule, at))

    def change(self, rule: str, at: dt.date) -> Change | None:
        """The office's change of a rule that counts at a date."""
        found = self.changes.get(rule)
        return found if found is not None and found.date <= at else None

    def changed(self, rule: Rule, at: dt.date) -> Rule:
        """A rule as the office has it at a date."""
        change = self.change(rule.id, at)
        return rule if change is None else change.applied(rule)

    def _off(self, rule: Rule, at: dt.date) -> bool:
        change = self.change(rule.id, at)
        return change is not None and change.off

    def _in_force(self, business_type: str, at: dt.date) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if business_type in rule.business_types and rule.in_force(at))


def _all_known(values: tuple[str, ...], table: str, column: str) -> tuple[str, ...]:
    for value in values:
        if value not in index(table, column):
            raise ValueError(f"unknown {column} {value!r}")
    return values
