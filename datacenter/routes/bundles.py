# SPDX-License-Identifier: GPL-2.0-or-later
"""Many cases in one answer: where each is, its manifest, and its small parts. For a store that begins from nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from landreview_plugin.sync.protocol import Bundle, BundleQuery, Bundles, CaseState

from ..openapi import body_schema
from ..services.audit import Entry, record_each
from ..storage import case_rows
from ..storage.database import Connection, rows
from .common import CentreNow, Signed, address_of, body_of, problems

router = APIRouter(prefix="/v1/bundles", tags=["cases"])
_MOST_BYTES = 2 * 1024 * 1024
_NAMED = """
FROM unnest(%s::uuid[], %s::text[]) WITH ORDINALITY n (case_id, sha256, place)
JOIN centre.bodies b USING (case_id, sha256) ORDER BY n.place
"""
_SIZES = f"SELECT case_id::text, sha256, octet_length(b.body) AS size {_NAMED}"
_BODIES = f"SELECT case_id::text, sha256, b.body {_NAMED}"


@router.post("", responses=problems(401, 403, 422), openapi_extra=body_schema(BundleQuery))
async def bundles(
    request: Request, centre: CentreNow, person: Signed, given: Annotated[BundleQuery, Depends(body_of(BundleQuery))]
) -> Bundles:
    """The cases asked for that this office may see. Parts that don't fit any more are left to ``/v1/blobs``."""
    person.may("read")
    where = address_of(request, centre)
    async with centre.database.office(person.office) as connection:
        found = await case_rows.states(connection, given.cases)
        states = [CaseState.model_validate(row) for row in found]
        inline = await _small_parts(connection, states)
        entry = Entry(person.name, person.office, "download", address=where)
        await record_each(connection, entry, [state.id for state in states])
    return Bundles(bundles=tuple(Bundle(state=state, inline=inline.get(state.id, {})) for state in states))


async def _small_parts(connection: Connection, states: Sequence[CaseState]) -> dict[str, dict[str, str]]:
    """Parts kept in the database, by case and hash, as long as there is room."""
    named = [(state.id, part.sha256) for state in states if state.manifest for part in state.manifest.parts]
    room, fitting = _MOST_BYTES, []
    for row in await rows(connection, _SIZES, _columns(named)):
        if row["size"] <= room:
            fitting.append((row["case_id"], row["sha256"]))
            room -= row["size"]
    inline: dict[str, dict[str, str]] = {}
    for row in await rows(connection, _BODIES, _columns(fitting)):
        inline.setdefault(row["case_id"], {})[row["sha256"]] = row["body"].decode("utf-8")
    return inline


def _columns(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Pairs as the two arrays of a query."""
    distinct = list(dict.fromkeys(pairs))
    return [case for case, _ in distinct], [sha256 for _, sha256 in distinct]
