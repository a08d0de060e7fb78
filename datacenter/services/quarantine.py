# SPDX-License-Identifier: GPL-2.0-or-later
"""What arrived and does not verify: kept apart with the reasons, shown to the sender, never part of a case."""

from __future__ import annotations

import json
from collections.abc import Sequence

from landreview_plugin.core.model.base import Text
from landreview_plugin.sync.protocol import Command, canonical_text

from ..problems import Refusal
from ..storage.database import Connection
from .people import Person

_SHOWN = 20


class Suspect(Exception):  # noqa: N818 - no error of the program
    """A package with flaws; the transaction that meets it is rolled back."""

    def __init__(self, flaws: Sequence[Text]) -> None:
        super().__init__(f"{len(flaws)} flaws")
        self.flaws = tuple(flaws)


async def put(connection: Connection, person: Person, command: Command, suspect: Suspect) -> Refusal:
    """Keep the command (once, however often it is sent) and word the refusal."""
    assert command.manifest is not None
    reasons = [flaw.model_dump() for flaw in suspect.flaws]
    await connection.execute("SELECT set_config('app.jurisdiction', %s, true)", (person.office,))
    await connection.execute(
        "INSERT INTO centre.quarantine (id, office, actor, case_id, number, reasons, command, at_server)"
        " VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s, now()) ON CONFLICT DO NOTHING",
        (
            command.id,
            person.office,
            person.name,
            command.manifest.case,
            command.manifest.number,
            json.dumps(reasons),
            canonical_text(command),
        ),
    )
    shown = suspect.flaws[:_SHOWN]
    reason = Text(zh="；".join(flaw.zh for flaw in shown), en="; ".join(flaw.en for flaw in shown))
    return Refusal(422, "E-CENTRE-CHAIN", reason, quarantine=command.id)
