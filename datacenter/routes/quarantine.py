# SPDX-License-Identifier: GPL-2.0-or-later
"""What an office sent and did not verify."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path

from landreview_plugin.core.model.base import Text
from landreview_plugin.sync.protocol import Answer, Id

from ..problems import Refusal
from ..storage.database import one, rows
from .common import CentreNow, Signed, problems

router = APIRouter(prefix="/v1/quarantine", tags=["quarantine"])


class Held(Answer):
    """A package that did not verify, and why."""

    id: str
    office: str
    actor: str
    case: str
    number: str
    reasons: tuple[Text, ...]
    at_server: dt.datetime


_HELD = 'SELECT id::text, office, actor, case_id::text AS "case", number, reasons, at_server FROM centre.quarantine'


@router.get("", responses=problems(401, 403))
async def quarantine(centre: CentreNow, person: Signed) -> tuple[Held, ...]:
    """The last hundred that this office or one below it sent."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await rows(connection, _HELD + " ORDER BY at_server DESC LIMIT 100")
    return tuple(Held.model_validate(row) for row in found)


@router.get("/{held}", responses=problems(401, 403, 404, 422))
async def quarantined(held: Annotated[Id, Path()], centre: CentreNow, person: Signed) -> Held:
    """One of them."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await one(connection, _HELD + " WHERE id = %s", (held,))
    if found is None:
        raise Refusal(404, "E-CENTRE-GONE")
    return Held.model_validate(found)
