# SPDX-License-Identifier: GPL-2.0-or-later
"""A hand-over on its way: what it is, how it stands, and the ledger of its parts."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import JsonValue

from ..core.model.base import Model, Text


class JobState(StrEnum):
    """How a hand-over stands. Only a receipt makes it received."""

    QUEUED = "queued"
    SENDING = "sending"
    RECEIVED = "received"
    RETURNED = "returned"
    """Received, and sent back for correction since."""
    FAILED = "failed"
    """Refused: it goes on only when a person has seen why."""
    WITHDRAWN = "withdrawn"


OPEN_STATES = (JobState.QUEUED, JobState.SENDING)
"""It goes on by itself."""


_GIVEN_BY_AN_OFFICE = '"centre_no":0,'
"""In a receipt: no entry of the centre's log."""


class Reason(Model):
    """Why a job waits, failed or came back."""

    code: str = ""
    detail: Text | None = None
    corrections: tuple[str, ...] = ()
    """What the other office asks to have mended."""


class Job(Model):
    """One hand-over. ``command`` is the exact text that was or will be sent: a repetition is the same bytes."""

    id: str
    case_id: str
    kind: str
    """``sync.protocol.CommandType``."""
    target: str
    """The office that the case goes to; empty where it stays."""
    facts: dict[str, JsonValue] = {}
    """What the command says beside: text, corrections, decision."""
    manifest: str = ""
    """The package's manifest as JSON; empty for a command without one."""
    command: str = ""
    """Empty until it is first sent or exported: the revision that it is meant for is known only then."""
    state: JobState = JobState.QUEUED
    reason: Reason = Reason()
    attempts: int = 0
    created_at: dt.datetime
    next_at: dt.datetime
    """Not to be tried before."""
    bytes_sent: int = 0
    """What went over the line in all, repetitions included."""
    receipt: str = ""
    """The receipt as JSON: only with it the job is received."""

    @property
    def unreported(self) -> bool:
        """Received by a stick, and the centre has not been told: when there is a line, it is."""
        return _GIVEN_BY_AN_OFFICE in self.receipt

    @property
    def on_a_stick(self) -> bool:
        """Whether a stick carries it: a hand-over that waits and that no stick has delivered yet."""
        return self.state in OPEN_STATES and bool(self.manifest) and not self.unreported

    @property
    def to_send(self) -> bool:
        """Whether it goes over the line by itself."""
        return self.state in OPEN_STATES or self.unreported


class JobPart(Model):
    """One part of a job's package."""

    seq: int
    sha256: str
    size: int
    suffix: str = ""
    """How the store's files name it; unused when the bytes stand in the ledger."""
    sent: int = 0
    """Bytes that the centre has said to hold."""
    done: bool = False
    """The centre holds it whole and verified."""
