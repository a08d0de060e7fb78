# SPDX-License-Identifier: GPL-2.0-or-later
"""A step in the life of a case, as it stands in the log."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from .base import Model


class Event(Model):
    """One entry of the append-only, hash-chained log of a case."""

    case: str
    no: int = Field(ge=1)
    kind: str
    """What happened: ``taken_in``, ``reviewed``, ``judged``, ``forwarded`` …"""
    actor: str
    office: str
    at_client: dt.datetime
    body: str
    """Canonical JSON (RFC 8785), kept as text: another writer would change its bytes and break the chain."""
    prev: str
    """Hash of the entry before; empty for the first."""
    hash: str
