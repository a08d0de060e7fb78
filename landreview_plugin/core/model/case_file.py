# SPDX-License-Identifier: GPL-2.0-or-later
"""The case as an office keeps it: what stands on its cover, where it is, by when, and what was found."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from .base import Model
from .result import RuleSeverity, Verdict


class Pause(Model):
    """A time in which the clock stands, with its reason (补正, hearing, expert review, fee)."""

    since: dt.date
    until: dt.date | None = None
    reason: str = ""


class Transfer(StrEnum):
    """How a hand-over to another office stands. "Sent" is never shown for "received"."""

    NONE = ""
    QUEUED = "queued"
    SENDING = "sending"
    RECEIVED = "received"
    RETURNED = "returned"
    FAILED = "failed"


class CaseFile(Model):
    """案卷封面: one row of the case list. Every change of it stands in the event log, too."""

    id: str
    """UUIDv7, made by the office that took the case in; never shown."""
    number: str
    project: str = ""
    applicant: str = ""
    business_type: str
    jurisdiction: str = ""
    holder: str = ""
    """Jurisdiction code of the one office that may change the case."""
    stage: str
    """Key of ``core.workflow.stages``."""
    reference_date: dt.date
    accepted: dt.date | None = None
    """Day 0 of the clock; None: not accepted yet."""
    limit_workdays: int = Field(default=20, ge=1)
    pauses: tuple[Pause, ...] = ()
    answers: dict[str, str] = Field(default_factory=dict)
    verdict: Verdict | None = None
    """None: not reviewed yet."""
    worst_severity: RuleSeverity | None = None
    result_digest: str = ""
    passed: bool | None = None
    """The conclusion of the opinion in force; None: no opinion yet."""
    transfer: Transfer = Transfer.NONE
    archived: bool = False
    version: int = 0
    """Number of the hand-in that counts; each correction makes a new one."""
    rev: int = 0
    """Grows with every change: a window that holds an older one may not write."""
