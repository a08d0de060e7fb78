# SPDX-License-Identifier: GPL-2.0-or-later
"""The checklist of materials (要件) of a business type."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from ..model.base import Model, Text
from ..model.result import ReviewResult
from ..tables import table


class Requirement(StrEnum):
    """Whether a material must be there."""

    MANDATORY = "mandatory"
    CONDITIONAL = "conditional"
    """Its condition can't be computed: a person decides."""
    NOT_NEEDED = "not_needed"
    """Its condition was computed and does not hold."""


class Material(Model):
    """One row of the checklist."""

    code: str
    name: Text
    requirement: Requirement
    condition: str = ""
    present: bool = False

    @property
    def missing(self) -> bool:
        """Mandatory and not there (QA-X01)."""
        return self.requirement is Requirement.MANDATORY and not self.present


_COMPUTABLE = {"PBF > 0": ("pbf",)}
"""Conditions that a review answers: land of the case on one of these layers."""


def checklist(
    business_type: str, present: Collection[str] = (), result: ReviewResult | None = None
) -> tuple[Material, ...]:
    """The materials of a business type, in the order of ``materials.csv``.

    ``present``: codes of what was handed in. With a review's ``result`` conditions on layers are computed.
    """
    return tuple(
        Material(
            code=row["code"],
            name=Text(zh=row["name_zh"], en=row["name_en"]),
            requirement=_requirement(row["required"], row["condition"], result),
            condition=row["condition"],
            present=row["code"] in present,
        )
        for row in table("materials")
        if row["business_type"] == business_type
    )


def _requirement(required: str, condition: str, result: ReviewResult | None) -> Requirement:
    if required == "M":
        return Requirement.MANDATORY
    layers = _COMPUTABLE.get(condition)
    if layers is None or result is None:
        return Requirement.CONDITIONAL
    findings = [finding for finding in result.findings if finding.layer in layers]
    if any(finding.area_m2 > 0 for finding in findings):
        return Requirement.MANDATORY
    checked = findings and all(finding.verdict == "clear" for finding in findings)
    return Requirement.NOT_NEEDED if checked else Requirement.CONDITIONAL
