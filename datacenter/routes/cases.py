# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases: commands, state, list, history, receipts, packages."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request

from landreview_plugin.sync.protocol import (
    KEY_HEADER,
    Answer,
    CaseState,
    Change,
    Command,
    Id,
    Manifest,
    Receipt,
    Sha256,
    Stream,
)

from ..openapi import body_schema
from ..problems import Refusal
from ..storage import case_lists, case_rows
from .common import CasePath, CentreNow, HashPath, Signed, body_of, problems

router = APIRouter(prefix="/v1/cases", tags=["cases"])
_IF_MATCH = re.compile(r'(?:W/)?"([0-9]{1,9})"')
AnyOffice = Annotated[str, Query(pattern=r"^[0-9]{2,9}$", description="only cases that this office holds")]


class CasePage(Answer):
    """A page of the list, in the order of ids; ``after`` of the next one is the last id."""

    cases: tuple[CaseState, ...]
    more: bool


class History(Answer):
    """Entries of one of a case's two logs, in order."""

    changes: tuple[Change, ...]
    more: bool


class Receipts(Answer):
    """All receipts of a case, the first first."""

    receipts: tuple[Receipt, ...]


@router.post(
    "/{case}/commands", responses=problems(401, 403, 404, 409, 412, 422, 428, 503), openapi_extra=body_schema(Command)
)
async def command(
    request: Request,
    case: CasePath,
    centre: CentreNow,
    person: Signed,
    given: Annotated[Command, Depends(body_of(Command))],
    if_match: Annotated[str | None, Header(description='"revision" that the command is meant for')] = None,
) -> Receipt:
    """Submit, forward, return, decide, archive, annotate. The same id gets the same receipt again."""
    if if_match is None:
        raise Refusal(428, "E-CENTRE-PRECONDITION")
    match = _IF_MATCH.fullmatch(if_match)
    if match is None or int(match[1]) != given.expected_rev:
        raise Refusal(422, "E-CENTRE-REQUEST", "If-Match")
    if request.headers.get(KEY_HEADER) != given.id:
        raise Refusal(422, "E-CENTRE-REQUEST", KEY_HEADER)
    return await centre.commands.execute(person, case, given)


@router.get("", responses=problems(401, 403, 422))
async def cases(
    centre: CentreNow,
    person: Signed,
    after: Annotated[Id | None, Query(description="id of the last case of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    holder: AnyOffice | None = None,
    status: Annotated[str, Query(max_length=20, pattern="^[a-z]*$")] = "",
) -> CasePage:
    """The cases that this office may see."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await case_lists.page(connection, person.office, after, limit + 1, holder or "", status)
    states = tuple(CaseState.model_validate(row) for row in found[:limit])
    return CasePage(cases=states, more=len(found) > limit)


@router.get("/{case}", responses=problems(401, 403, 404, 422))
async def case_state(case: CasePath, centre: CentreNow, person: Signed) -> CaseState:
    """Where a case is and which package counts."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await case_rows.state(connection, case)
    if found is None:
        raise Refusal(404, "E-CENTRE-GONE")
    return CaseState.model_validate(found)


@router.get("/{case}/history", responses=problems(401, 403, 404, 422))
async def history(
    case: CasePath,
    centre: CentreNow,
    person: Signed,
    stream: Stream = Stream.CENTRE,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> History:
    """Entries of a log after a number: how a client fills a gap."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        if await case_rows.state(connection, case) is None:
            raise Refusal(404, "E-CENTRE-GONE")
        found = await case_rows.history(connection, case, stream, after, limit + 1)
    return History(changes=found[:limit], more=len(found) > limit)


@router.get("/{case}/receipts", responses=problems(401, 403, 404, 422))
async def receipts(case: CasePath, centre: CentreNow, person: Signed) -> Receipts:
    """All receipts of a case."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await case_lists.receipts(connection, case)
    if not found:
        raise Refusal(404, "E-CENTRE-GONE")
    return Receipts(receipts=tuple(Receipt.model_validate_json(text) for text in found))


@router.get("/{case}/packages/{sha256}", responses=problems(401, 403, 404, 422))
async def package(case: CasePath, sha256: HashPath, centre: CentreNow, person: Signed) -> Manifest:
    """The manifest of any package that the case ever had."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        text = await case_lists.manifest(connection, case, sha256)
    if text is None:
        raise Refusal(404, "E-CENTRE-GONE")
    return Manifest.model_validate_json(text)


@router.get("/{case}/packages", responses=problems(401, 403, 404, 422))
async def packages(case: CasePath, centre: CentreNow, person: Signed) -> tuple[Sha256, ...]:
    """Hashes of all packages of a case, the first first: its versions."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await case_lists.packages(connection, case)
    if not found:
        raise Refusal(404, "E-CENTRE-GONE")
    return found
