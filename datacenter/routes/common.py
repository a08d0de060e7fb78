# SPDX-License-Identifier: GPL-2.0-or-later
"""What routes share: the service's parts, who asks, bodies read by the wire models, documented problems."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from starlette.responses import Response

from landreview_plugin.sync.protocol import PROBLEM_MEDIA_TYPE, Id, Sha256, WireProblem

from ..problems import Refusal
from ..services.centre import Centre
from ..services.people import Person

Some = TypeVar("Some", bound=BaseModel)
CasePath = Annotated[Id, Path(description="id of the case, a UUIDv7")]
HashPath = Annotated[Sha256, Path(description="SHA-256 of the bytes, hexadecimal")]
_bearer = HTTPBearer(auto_error=False, description="the access token of /v1/sign-in")


def parts_of(request: Request) -> Centre:
    """The parts of this service."""
    parts: Centre = request.app.state.centre
    return parts


async def centre_of(request: Request) -> Centre:
    """The same as a dependency. It waits for nothing, but a plain function would get a thread for each request."""
    return parts_of(request)


CentreNow = Annotated[Centre, Depends(centre_of)]


def address_of(request: Request, centre: Centre) -> str:
    """Where a request comes from: behind the configured proxy the last hop that it names, else the peer."""
    peer = request.client.host if request.client else ""
    if not centre.settings.proxy or peer != centre.settings.proxy:
        return peer
    named = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return peer


async def person_of(
    request: Request,
    centre: CentreNow,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Person:
    """Who asks: by token, or by the client certificate that a configured proxy vouches for. Raises 401."""
    person = await centre.desk.person(given.credentials) if given else await _by_certificate(request, centre)
    if person is None:
        raise Refusal(401, "E-CENTRE-SIGNIN")
    centre.rates.take(person.id)
    request.scope["landreview.person"] = f"{person.name}@{person.office}"
    return person


async def _by_certificate(request: Request, centre: Centre) -> Person | None:
    name, proxy = centre.settings.certificate_header, centre.settings.proxy
    peer = request.client.host if request.client else ""
    fingerprint = request.headers.get(name, "") if name and proxy and peer == proxy else ""
    return await centre.desk.by_certificate(fingerprint) if fingerprint else None


Signed = Annotated[Person, Depends(person_of)]


def body_of(model: type[Some]) -> Callable[[Request], Awaitable[Some]]:
    """Reads a body by its own bytes: the JSON parser of pydantic bounds depth, the standard one does not."""

    async def read(request: Request) -> Some:
        return model.model_validate_json(await request.body())

    return read


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Refusals of a route for the OpenAPI document."""
    content = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/WireProblem"}}}
    return {status: {"model": WireProblem, "description": "refused", "content": content} for status in statuses}


def json_answer(model: BaseModel, status: int = 200) -> Response:
    """A model as JSON, written by pydantic itself."""
    return Response(model.model_dump_json().encode(), status, media_type="application/json")
