# SPDX-License-Identifier: GPL-2.0-or-later
"""What travels of reviews that the centre makes itself. The rest of the wire is ``protocol``."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from .protocol import Answer, Sent


class ReviewOrder(Sent):
    """``POST /v1/cases/{id}/reviews``: review the package that counts by the layers of the centre."""

    pack: str = Field(default="", max_length=60, pattern=r"^[a-z0-9-]*$")
    """A built-in rule pack; empty: that of the centre's profile."""
    reference_date: dt.date | None = None
    """None: the case's own."""


class ReviewedLayer(Answer):
    """A layer that the rules asked for, as it was used."""

    key: str
    state: str
    """checked, none, not_checked."""
    jurisdiction: str = ""
    """Whose layer; empty: the centre has none."""
    version: int | None = None
    data_date: dt.date | None = None


class CentreReview(Answer):
    """A review by the centre. ``result.json`` is at ``GET /v1/cases/{case}/reviews/{id}``."""

    id: str
    case: str
    package: str
    reference_date: dt.date
    pack: str
    pack_version: str
    verdict: str
    digest: str
    """That of the same review anywhere: of the same land, layers, pack and date."""
    layers: tuple[ReviewedLayer, ...]
    file_sha256: str
    file_size: int
    actor: str
    office: str
    at_server: dt.datetime


class CentreReviews(Answer):
    """All reviews of a case by the centre, the newest first."""

    reviews: tuple[CentreReview, ...] = ()
