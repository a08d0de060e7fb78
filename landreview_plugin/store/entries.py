# SPDX-License-Identifier: GPL-2.0-or-later
"""What the store keeps of a case beside its cover and its parcels."""

from __future__ import annotations

import datetime as dt

from ..core.model.base import Model
from ..core.model.result import Verdict


class Actor(Model):
    """Who does something: without a centre as the office profile declares, and logged as declared."""

    person: str
    office: str = ""
    role: str = ""


class StoredFile(Model):
    """An attachment of a case."""

    material: str
    """Code of ``materials.csv``; empty: none of the checklist."""
    name: str
    sha256: str
    size: int
    added_at: dt.datetime


class ResultEntry(Model):
    """A review that was made of a case; its files are blobs."""

    version: int
    digest: str
    verdict: Verdict
    made_at: dt.datetime
    json_sha256: str
    gpkg_sha256: str = ""
    reports: dict[str, str] = {}
    """Format → SHA-256."""


def now() -> dt.datetime:
    """The moment, with its zone, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
