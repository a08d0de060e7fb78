# SPDX-License-Identifier: GPL-2.0-or-later
"""Offices, people and the audit log."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Annotated

import psycopg
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from landreview_plugin.core.model.base import Text
from landreview_plugin.sync.protocol import Answer, Code, Sent, Sha256

from ..openapi import body_schema
from ..problems import Refusal
from ..services.audit import Entry, record
from ..services.passwords import MIN_PASSWORD, password_hash
from ..services.people import Role
from ..storage.database import one, rows
from .common import CentreNow, Signed, address_of, body_of, problems

router = APIRouter(tags=["people"])
_TAKEN = Text(zh="certificate：该证书已登记给另一人", en="certificate: it signs in somebody else already")


class Office(Answer):
    """An office that cases can go to."""

    code: str
    name: str


class PersonShown(Answer):
    """A person of this office or one below."""

    name: str
    office: str
    role: str
    disabled: bool


class PersonGiven(Sent):
    """What is set of a person. Every change ends the person's sign-ins."""

    office: Code
    role: Role
    password: str = Field(default="", max_length=200)
    """Empty: stays; needed for a new person."""
    certificate: Sha256 | None = None
    """SHA-256 of a client certificate that signs the person in behind the configured proxy."""
    disabled: bool = False


class AuditEntry(Answer):
    """Who did what from where."""

    id: int
    at_server: dt.datetime
    actor: str
    office: str
    action: str
    about: str
    address: str
    request: str


@router.get("/v1/offices", responses=problems(401))
async def offices(centre: CentreNow, _person: Signed) -> tuple[Office, ...]:
    """All offices; their names are public."""
    async with centre.database.plain() as connection:
        found = await rows(connection, "SELECT code, name FROM centre.offices ORDER BY code")
    return tuple(Office.model_validate(row) for row in found)


@router.get("/v1/people", responses=problems(401, 403))
async def people(centre: CentreNow, person: Signed) -> tuple[PersonShown, ...]:
    """The people of this office and of those below it."""
    person.may("people")
    async with centre.database.plain() as connection:
        found = await rows(connection, "SELECT * FROM keeper.people(%s)", (person.office,))
    return tuple(PersonShown.model_validate(row) for row in found)


@router.put(
    "/v1/people/{name}",
    status_code=204,
    responses=problems(401, 403, 404, 422),
    openapi_extra=body_schema(PersonGiven),
)
async def put_person(
    request: Request,
    name: Annotated[str, Path(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f/]+$")],
    centre: CentreNow,
    person: Signed,
    given: Annotated[PersonGiven, Depends(body_of(PersonGiven))],
) -> Response:
    """Make or change a person of this office or one below; nobody else's can be touched."""
    person.may("people")
    if given.password and len(given.password) < MIN_PASSWORD:
        raise Refusal(422, "E-CENTRE-REQUEST", f"password < {MIN_PASSWORD}")
    hashed = await asyncio.to_thread(password_hash, given.password) if given.password else ""
    async with centre.database.plain() as connection, connection.transaction():
        if not hashed and not await one(connection, "SELECT 1 FROM keeper.find_user(%s)", (name,)):
            raise Refusal(422, "E-CENTRE-REQUEST", "password")
        if not await one(connection, "SELECT 1 FROM centre.offices WHERE code = %s", (given.office,)):
            raise Refusal(404, "E-CENTRE-OFFICE", given.office)
        facts = (name, given.office, given.role.value, hashed, given.certificate or "", given.disabled, person.office)
        try:
            done = await one(connection, "SELECT keeper.put_user(%s, %s, %s, %s, %s, %s, %s) AS done", facts)
        except psycopg.errors.UniqueViolation as error:
            raise Refusal(422, "E-CENTRE-REQUEST", _TAKEN) from error
        if not done or not done["done"]:
            raise Refusal(403, "E-CENTRE-RIGHTS")
        about = f"{name} {given.office} {given.role.value}{' disabled' if given.disabled else ''}"
        where = address_of(request, centre)
        await record(connection, Entry(person.name, person.office, "person", about, where))
    return Response(status_code=204)


@router.get("/v1/audit", responses=problems(401, 403, 422))
async def audit(
    centre: CentreNow,
    person: Signed,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> tuple[AuditEntry, ...]:
    """Entries of this office and of those below it, after a number."""
    person.may("audit")
    async with centre.database.office(person.office) as connection:
        query = "SELECT * FROM centre.audit WHERE id > %s ORDER BY id LIMIT %s"
        found = await rows(connection, query, (after, limit))
    return tuple(AuditEntry.model_validate(row) for row in found)
