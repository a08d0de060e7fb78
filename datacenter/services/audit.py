# SPDX-License-Identifier: GPL-2.0-or-later
"""Who did what from where. Entries are added; no role of the service changes or deletes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..storage.database import Connection


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log."""

    actor: str
    office: str
    action: str
    about: str = ""
    address: str = ""
    request: str = ""


async def record(connection: Connection, entry: Entry) -> None:
    """Add an entry in the caller's transaction."""
    await connection.execute(
        "INSERT INTO centre.audit (actor, office, action, about, address, request) VALUES (%s, %s, %s, %s, %s, %s)",
        (entry.actor, entry.office, entry.action, entry.about, entry.address, entry.request),
    )


async def record_each(connection: Connection, entry: Entry, about: Sequence[str]) -> None:
    """An entry for each of many, in their order, by one statement."""
    await connection.execute(
        "INSERT INTO centre.audit (actor, office, action, about, address, request)"
        " SELECT %s, %s, %s, a.about, %s, %s FROM unnest(%s::text[]) WITH ORDINALITY a (about, place) ORDER BY a.place",
        (entry.actor, entry.office, entry.action, entry.address, entry.request, list(about)),
    )
