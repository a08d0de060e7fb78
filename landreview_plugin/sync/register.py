# SPDX-License-Identifier: GPL-2.0-or-later
"""The register of a package: what an office's store keeps of a case beside cover, parcels, opinions and log."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from ..core.model.crs import Crs
from ..core.model.opinion import Judgement
from ..core.model.problems import Problem
from ..store.entries import ResultEntry, StoredFile
from .protocol import Sent


class HandIn(Sent):
    """Where the parcels came from."""

    source: str = ""
    sha256: str = ""
    crs: Crs
    problems: tuple[Problem, ...] = ()
    taken_at: dt.datetime


class Register(Sent):
    """JSON of the part ``register``. A package without one is read, too: the store then fills in what it can."""

    hand_in: HandIn | None = None
    result: ResultEntry | None = None
    """The review that counts; its files travel as parts."""
    judgements: tuple[Judgement, ...] = ()
    """Of the review that counts."""
    files: tuple[StoredFile, ...] = Field(default=(), max_length=10_000)
    """The attachments with their materials."""
