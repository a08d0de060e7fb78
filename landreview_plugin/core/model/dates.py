# SPDX-License-Identifier: GPL-2.0-or-later
"""One case judged at several dates: what was in force at each, and what differs."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from .base import Model, Text
from .case import Case
from .result import RuleSeverity, Verdict


class NamedDate(Model):
    """A reference date with what it stands for: acceptance, approval, today …"""

    name: str = Field(min_length=1)
    date: dt.date


class AtDate(Model):
    """The outcome at one date."""

    name: str
    date: dt.date
    verdict: Verdict
    worst_severity: RuleSeverity | None = None
    rules: int = 0
    """Rules in force that count for the case."""
    digest: str = ""
    refused: Text | None = None
    """Why nothing could be judged at this date."""


class Subject(StrEnum):
    """What may differ from date to date."""

    RULE = "rule"
    BASIS = "basis"
    LAYER = "layer"
    FINDING = "finding"


class DateDifference(Model):
    """One thing that is not the same at all dates."""

    subject: Subject
    key: str
    """Rule id, law and article, layer key, or finding id."""
    title: Text
    values: tuple[Text, ...]
    """One a date, in their order."""


class DateComparison(Model):
    """What differs between the dates; what is the same is counted."""

    case: Case
    dates: tuple[AtDate, ...]
    differences: tuple[DateDifference, ...] = ()
    same: dict[Subject, int] = Field(default_factory=dict)
