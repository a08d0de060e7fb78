# SPDX-License-Identifier: GPL-2.0-or-later
"""Sign in, refresh, sign out, and who one is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from landreview_plugin.sync.protocol import Answer, Refresh, Session, SignIn

from ..openapi import body_schema
from .common import CentreNow, Signed, address_of, body_of, problems

router = APIRouter(tags=["sign-in"])


class Me(Answer):
    """Who one is signed in as."""

    user: str
    office: str
    role: str


@router.post("/v1/sign-in", responses=problems(401, 422, 429), openapi_extra=body_schema(SignIn))
async def sign_in(request: Request, centre: CentreNow, given: Annotated[SignIn, Depends(body_of(SignIn))]) -> Session:
    """Tokens for a name and password."""
    return await centre.desk.sign_in(given, address_of(request, centre), request.scope["landreview.request"])


@router.post("/v1/refresh", responses=problems(401, 422), openapi_extra=body_schema(Refresh))
async def refresh(request: Request, centre: CentreNow, given: Annotated[Refresh, Depends(body_of(Refresh))]) -> Session:
    """New tokens for a refresh token; it works once, and a second use ends the sign-in."""
    return await centre.desk.refresh(given.refresh, address_of(request, centre), request.scope["landreview.request"])


@router.post("/v1/sign-out", status_code=204, responses=problems(401))
async def sign_out(centre: CentreNow, person: Signed) -> Response:
    """End this sign-in: its tokens are worth nothing from now on."""
    if person.family:
        await centre.desk.sign_out(person)
    return Response(status_code=204)


@router.get("/v1/me", responses=problems(401))
async def me(person: Signed) -> Me:
    """Who one is signed in as."""
    return Me(user=person.name, office=person.office, role=person.role.value)
