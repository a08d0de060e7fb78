# SPDX-License-Identifier: GPL-2.0-or-later
"""What the review and the people say of a case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from landreview_plugin.sync.protocol import Answer

from ..problems import Refusal
from ..storage import case_rows, judgement_rows
from .common import CasePath, CentreNow, Signed, problems

router = APIRouter(prefix="/v1/cases", tags=["cases"])


class FindingShown(Answer):
    """One rule judged for one parcel, or for the whole case where ``parcel`` is empty."""

    rule: str
    rule_version: str
    layer: str
    data_date: dt.date | None
    parcel: str
    verdict: str
    severity: str
    area_m2: float
    count: int
    distance_m: float | None
    reason_zh: str
    reason_en: str


class AreaShown(Answer):
    """A row of the area table."""

    model_config = ConfigDict(populate_by_name=True)

    parcel: str
    layer: str
    class_: str = Field(alias="class")
    land_group: str
    ownership: str
    owner_code: str
    owner_name: str
    area_m2: Decimal


class OpinionShown(Answer):
    """审查意见."""

    person: str
    role: str
    passes: bool
    conclusion: str
    result_digest: str
    at: dt.datetime


class JudgementShown(Answer):
    """Of the package that counts."""

    findings: tuple[FindingShown, ...]
    areas: tuple[AreaShown, ...]
    opinions: tuple[OpinionShown, ...]


@router.get("/{case}/judgement", responses=problems(401, 403, 404, 422))
async def judgement(case: CasePath, centre: CentreNow, person: Signed) -> JudgementShown:
    """Findings, areas and opinions of the package that counts."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        if await case_rows.state(connection, case) is None:
            raise Refusal(404, "E-CENTRE-GONE")
        found = await judgement_rows.of_case(connection, case)
    return JudgementShown.model_validate(found)
