# SPDX-License-Identifier: GPL-2.0-or-later
"""Many cases in one answer: where each is, its manifest, and its small parts. For a store that begins from nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from landreview_plugin.sync.protocol import Bundle, BundleQuery, Bundles, CaseState

from ..openapi import body_schema
from ..services.audit import Entry, record
from ..storage import case_rows
from ..storage.database import Connection, rows
from .common import CentreNow, Signed, address_of, body_of, problems

router = APIRouter(prefix="/v1/bundles", tags=["cases"])
_MOST_BYTES = 2 * 1024 * 1024
_SIZES = "SELECT sha256, octet_length(body) AS size FROM centre.bodies WHERE case_id = %s AND sha256 = ANY (%s)"
_BODIES = "SELECT sha256, body FROM centre.bodies WHERE case_id = %s AND sha256 = ANY (%s)"


@router.post("", responses=problems(401, 403, 422), openapi_extra=body_schema(BundleQuery))
async def bundles(
    request: Request, centre: CentreNow, person: Signed, given: Annotated[BundleQuery, Depends(body_of(BundleQuery))]
) -> Bundles:
    """The cases asked for that this office may see. Parts that don't fit any more are left to ``/v1/blobs``."""
    person.may("read")
    room, found = _MOST_BYTES, []
    where = address_of(request, centre)
    async with centre.database.office(person.office) as connection:
        for case in dict.fromkeys(given.cases):
            row = await case_rows.state(connection, case)
            if row is None:
                continue
            state = CaseState.model_validate(row)
            inline, room = await _small_parts(connection, state, room)
            found.append(Bundle(state=state, inline=inline))
            await record(connection, Entry(person.name, person.office, "download", case, where))
    return Bundles(bundles=tuple(found))


async def _small_parts(connection: Connection, state: CaseState, room: int) -> tuple[dict[str, str], int]:
    """Parts kept in the database, as long as there is room; and the room that is left."""
    hashes = [part.sha256 for part in state.manifest.parts] if state.manifest else []
    fitting = []
    for row in await rows(connection, _SIZES, (state.id, hashes)):
        if row["size"] <= room:
            fitting.append(row["sha256"])
            room -= row["size"]
    found = await rows(connection, _BODIES, (state.id, fitting))
    return {row["sha256"]: row["body"].decode("utf-8") for row in found}, room
