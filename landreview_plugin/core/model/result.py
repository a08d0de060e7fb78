# SPDX-License-Identifier: GPL-2.0-or-later
"""The result of a review: the contract of ``result.json``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainSerializer
from shapely.geometry.base import BaseGeometry

from .base import Model, Text
from .case import Case
from .opinion import People
from .problems import Problem

Printed = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""A decimal that was rounded for print; a plain number in JSON."""


class Verdict(StrEnum):
    """结论 of a finding, worst first. Only ``clear`` says "no conflict"."""

    CONFLICT = "conflict"
    NOT_CHECKED = "not_checked"
    PARTLY_COVERED = "partly_covered"
    CLEAR = "clear"

    @classmethod
    def worst(cls, verdicts: Iterable[Verdict]) -> Verdict:
        """The worst of several; of none at all: not_checked, never clear."""
        order = list(cls)
        found = [order.index(verdict) for verdict in verdicts]
        return order[min(found)] if found else cls.NOT_CHECKED


class RuleSeverity(StrEnum):
    """What a hit means, worst first (REFERENCE 5.4)."""

    PROHIBIT = "prohibit"
    NEEDS_APPROVAL = "needs_approval"
    NEEDS_EXPLANATION = "needs_explanation"
    INFO = "info"

    @classmethod
    def worst(cls, severities: Iterable[RuleSeverity]) -> RuleSeverity | None:
        """The worst of several, or None."""
        order = list(cls)
        found = [order.index(severity) for severity in severities]
        return order[min(found)] if found else None


class Basis(Model):
    """法律依据: a law and the place in it."""

    law: str
    article: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class Dropped(Model):
    """Slivers that were left out of a finding, with their sum."""

    count: int = 0
    area_m2: float = 0.0


class TouchedFeature(Model):
    """A feature of a reference layer that contributes to a finding."""

    fid: int
    label: str = ""
    """Its number or name, where the layer has such a field."""
    area_m2: float = 0.0
    distance_m: float | None = None


class Finding(Model):
    """One rule judged for one parcel (or, with an empty ``parcel``, for the whole case)."""

    id: str
    rule: str
    rule_version: str
    title: Text
    layer: str
    data_date: dt.date | None = None
    parcel: str
    verdict: Verdict
    severity: RuleSeverity
    area_m2: float = 0.0
    """By the pack's area method, before rounding."""
    area_planar_m2: float = 0.0
    area_printed: Printed = Decimal("0.00")
    share: float = 0.0
    """Of the parcel's (or case's) area, 0..1."""
    count: int = 0
    distance_m: float | None = None
    reason: Text
    basis: tuple[Basis, ...] = ()
    features: tuple[TouchedFeature, ...] = ()
    """At most 50; ``count`` has the full number."""
    dropped: Dropped = Dropped()
    standing: str = ""
    """K, R or P: to be confirmed by the office; the report prints it."""
    open_questions: tuple[str, ...] = ()
    knife_edge_m: float | None = None
    """Smallest shift of the boundary (1 mm, 1 cm, 0.1 m) that changes the verdict; None: none, or not asked."""
    trace: str = ""
    """Asks :mod:`core.evidence.why` where the figures come from; the same on every run."""
    geometry: BaseGeometry | None = Field(default=None, exclude=True, repr=False)
    """The land concerned, in the parcels' CRS; goes to the GeoPackage."""


class AreaRow(Model):
    """A row of the area table: the ledger closes over all rows of a parcel and layer."""

    parcel: str
    layer: str
    class_: str = Field(alias="class")
    class_name: str = ""
    group: str = ""
    """农用地, 建设用地 or 未利用地."""
    ownership: str = ""
    """国有 or 集体."""
    owner_code: str = ""
    owner_name: str = ""
    slope: str = ""
    grade: str = ""
    area_m2: Printed
    trace: str = ""
    """Asks :mod:`core.evidence.why` where the figures come from; the same on every run."""

    model_config = Model.model_config | {"populate_by_name": True}


class Uncovered(Model):
    """Land of a parcel that a layer (or its declared coverage) does not reach."""

    parcel: str
    layer: str
    area_m2: Printed
    around_m: float = 0.0
    """0: the parcel's own land; else land around it, up to this distance, that a rule had to look at."""
    reason: Text
    trace: str = ""
    """Asks :mod:`core.evidence.why` where the figures come from; the same on every run."""
    geometry: BaseGeometry | None = Field(default=None, exclude=True, repr=False)


class ParcelSummary(Model):
    """What the result says of each parcel."""

    number: str
    name: str = ""
    use: str = ""
    land_class: str = ""
    stated_area_ha: Decimal | None = None
    area_m2: Printed
    """By the pack's area method."""
    area_planar_m2: Printed
    area_ellipsoidal_m2: Printed | None = None
    """None where the CRS is no Gauss-Krüger plane."""
    verdict: Verdict
    geometry_sha256: str = ""
    """Of the land, whatever start vertex or order of parts: names the parcel that was touched later."""
    trace: str = ""
    """Asks :mod:`core.evidence.why` where the figures come from; the same on every run."""
    labels: tuple[tuple[str, ...], ...] = Field(default=(), exclude=True, repr=False)
    """界址点号 as handed in, per ring of ``geometry``; for the boundary-point table."""
    geometry: BaseGeometry | None = Field(default=None, exclude=True, repr=False)


class LayerUse(Model):
    """A layer as it was used: bound to what, how old, how read."""

    key: str
    name_zh: str = ""
    name_en: str = ""
    source: str = ""
    data_date: dt.date | None = None
    crs: str = ""
    state: str
    """``checked``, ``none`` (signed) or ``not_checked``."""
    reason: Text | None = None
    where: str = ""
    """The catalogue's filter: features that it keeps out were not looked at."""
    coverage: str = ""
    feature_count: int = -1
    touched_count: int = 0
    content_sha256: str = ""
    """Over the features that could touch the parcels."""
    roles: dict[str, str] = Field(default_factory=dict)
    """Role → field of the source, as it was found."""
    construction: tuple[str, ...] = ()
    """Planning layers: the classes that counted as construction land."""
    covered: bool = False
    """Whether a coverage was declared and could be used."""
    notes: tuple[Problem, ...] = ()


class RuleState(StrEnum):
    """What became of a rule in a review."""

    JUDGED = "judged"
    OTHER_BRANCH = "other_branch"
    """The answers (or, unanswered, a more severe branch) chose another rule."""
    NOT_IN_FORCE = "not_in_force"
    """At the reference date."""
    OFF = "off"
    """Switched off by the office."""


class RuleUse(Model):
    """A rule of the case's business type as it was asked: its test, and what became of it."""

    id: str
    title: Text
    state: RuleState
    predicate: str
    formula: Text
    threshold: str
    """As it is printed, in ``unit``."""
    unit: str
    distance_role: str = ""
    """Field whose own distance counts where it is larger."""
    where: str = ""
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Question → answers with which the rule counts."""
    minus: str = ""
    sliver_area_m2: str
    """Pieces of at most this area are dropped; ``0``: nothing is."""
    severity: RuleSeverity
    standing: str = ""
    basis: tuple[Basis, ...] = ()
    note: str = ""
    changed: Text | None = None
    """What the office changed of the pack's rule, who, when and why."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class Provenance(Model):
    """What was computed from what, so that anyone can run it again."""

    parcels_sha256: str
    source: str = ""
    source_sha256: str = ""
    crs: str
    area_method: str
    pack: str
    pack_version: str
    pack_sha256: str
    profile: str
    tolerances: dict[str, str] = Field(default_factory=dict)
    layers: tuple[LayerUse, ...] = ()
    rules: tuple[RuleUse, ...] = ()
    """Every rule of the pack for the business type, also those that were not judged."""
    versions: dict[str, str] = Field(default_factory=dict)
    """Engine versions stand beside the digest, not in it."""


class ReviewResult(Model):
    """审查结果: everything that the panel shows and the reports print."""

    schema_version: str = "1"
    case: Case
    verdict: Verdict
    worst_severity: RuleSeverity | None = None
    parcels: tuple[ParcelSummary, ...]
    findings: tuple[Finding, ...]
    areas: tuple[AreaRow, ...] = ()
    uncovered: tuple[Uncovered, ...] = ()
    quality: tuple[Problem, ...] = ()
    provenance: Provenance
    people: People = People()
    """Judgements and opinions stand beside the findings and change none; the digest does not cover them."""
    digest: str = ""
