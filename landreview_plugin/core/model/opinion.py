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


class People(Model):
    """What people said of a result, as the reports print it beside the machine's findings."""

    judgements: tuple[Judgement, ...] = ()
    """In the order they were given: the last one of a finding counts, the earlier ones stay."""
    opinions: tuple[Opinion, ...] = ()
    files: dict[str, str] = Field(default_factory=dict)
    """SHA-256 of an attachment → its file name, where it is known."""

    def __bool__(self) -> bool:
        return bool(self.judgements or self.opinions)

    def of(self, finding: str, digest: str) -> tuple[Judgement, ...]:
        """The judgements of one finding of the result with this digest."""
        return tuple(each for each in self.judgements if (each.finding, each.result_digest) == (finding, digest))
