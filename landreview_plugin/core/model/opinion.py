# SPDX-License-Identifier: GPL-2.0-or-later
"""What people conclude, beside what the machine found: never in its place."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from .base import Model


class Mark(StrEnum):
    """A reviewer's judgement of one finding. The finding itself stays as it is."""

    MISTAKEN = "mistaken"
    """The machine's finding does not hold, for a stated reason (wrong data, wrong layer)."""
    JUSTIFIED = "justified"
    """The finding holds, and there is a ground or an approval for it."""
    OVERRULED = "overruled"
    """A leader passes a prohibition on, with a written ground."""


class Role(StrEnum):
    """Who may judge what."""

    TECHNICIAN = "technician"
    REVIEWER = "reviewer"
    LEADER = "leader"


class Judgement(Model):
    """One person's judgement of one finding, with ground and attachment."""

    finding: str
    """Id of the finding."""
    result_digest: str
    """Digest of the result that was judged: another result needs another judgement."""
    mark: Mark
    ground: str = Field(min_length=1)
    attachments: tuple[str, ...] = ()
    """SHA-256 of files in the case's store."""
    person: str = Field(min_length=1)
    role: Role
    at: dt.datetime


class Opinion(Model):
    """审查意见: the conclusion on a case."""

    result_digest: str
    conclusion: str = Field(min_length=1)
    passes: bool
    judgements: tuple[Judgement, ...] = ()
    person: str = Field(min_length=1)
    role: Role
    at: dt.datetime
