# SPDX-License-Identifier: GPL-2.0-or-later
"""Vector tiles of parcels and reference layers, for maps."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Path
from starlette.responses import Response

from ..ogc import rows
from ..problems import Refusal
from .common import CentreNow, Signed, problems
from .ogc import Name

router = APIRouter(prefix="/tiles", tags=["tiles"])
MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_CACHE_S = 60
Zoom = Annotated[int, Path(ge=0, le=22)]
Index = Annotated[int, Path(ge=0, le=2**22 - 1)]


@router.get(
    "/{name}/{z}/{x}/{y}.mvt",
    response_model=None,
    responses={200: {"content": {MEDIA_TYPE: {}}, "description": "a tile"}, **problems(401, 403, 404, 422)},
)
async def tile(
    name: Name,
    z: Zoom,
    x: Index,
    y: Index,
    centre: CentreNow,
    person: Signed,
    if_none_match: Annotated[str, Header(max_length=100)] = "",
) -> Response:
    """A tile in the scheme that web maps share (3857, y from the north)."""
    person.may("read")
    if max(x, y) >= 2**z:
        raise Refusal(404, "E-CENTRE-GONE")
    async with centre.database.office(person.office) as connection:
        body = await rows.tile(connection, name, z, x, y)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    # what an office may see is its own: no shared cache keeps it
    headers = {"Cache-Control": f"private, max-age={_CACHE_S}", "ETag": tag}
    if if_none_match == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=MEDIA_TYPE)
