# SPDX-License-Identifier: GPL-2.0-or-later
"""The way of a case from acceptance to archive, as ``flow.csv`` lists it."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from ..model.base import Model, Text
from ..model.problems import LandReviewError
from ..tables import Row, table

_PATH_SCOPES = ("all", "county", "prefecture", "province")
_ASIDE = {"pre_survey", "submit", "correction", "fee", "site_check"}
"""Stages that a case meets beside its way: the clock stands, or nothing is decided there."""
ENGLISH = {
    "accept_check": "acceptance check",
    "accept": "acceptance",
    "technical_review": "technical review",
    "business_review": "section review",
    "joint_meeting": "joint meeting",
    "sign_off": "leader's approval",
    "government": "government",
    "receive": "reception",
    "review": "review",
    "decision": "decision",
    "deliver": "delivery",
    "archive": "archive",
    "filing": "filing",
}


class Clock(StrEnum):
    """What a stage does to the case clock (column ``clock``)."""

    BEFORE = "before"
    OWN = "own"
    START = "start"
    RUN = "run"
    STOP = "stop"
    AFTER = "after"


class Stage(Model):
    """One station of the way."""

    key: str
    """``scope.stage``, e.g. ``county.technical_review``."""
    scope: str
    name: Text
    role: Text
    limit_workdays: int | None = None
    clock: Clock


@cache
def stages() -> tuple[Stage, ...]:
    """The stations in their order, acceptance check to filing."""
    return tuple(_stage(row) for row in table("flow") if row["scope"] in _PATH_SCOPES and row["stage"] not in _ASIDE)


def stage(key: str) -> Stage:
    """The station ``key``; raises E-CASE-TYPE for one that the way does not have."""
    for each in stages():
        if each.key == key:
            return each
    raise LandReviewError("E-CASE-TYPE", detail=key)


def first_stage() -> Stage:
    """Where a case begins."""
    return stages()[0]


def next_stage(key: str) -> Stage | None:
    """The station after ``key``; None at the end of the way."""
    way = stages()
    at = way.index(stage(key))
    return way[at + 1] if at + 1 < len(way) else None


def _stage(row: Row) -> Stage:
    scope, name = row["scope"], row["stage"]
    english = ENGLISH[name]
    return Stage(
        key=f"{scope}.{name}",
        scope=scope,
        name=Text(zh=row["stage_zh"].split("(")[0], en=english if scope == "all" else f"{scope}: {english}"),
        role=Text(zh=row["role_zh"], en=row["role"].replace("_", " ")),
        limit_workdays=int(row["limit"]) if row["limit"] and row["limit_unit"] == "workday" else None,
        clock=Clock(row["clock"]),
    )
