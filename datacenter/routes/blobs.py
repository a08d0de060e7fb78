# SPDX-License-Identifier: GPL-2.0-or-later
"""Files by hash: which are lacking, pieces up, whole files down."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from starlette.responses import Response

from landreview_plugin.sync.protocol import DIGEST_HEADER, BlobQuery, BlobsMissing, BlobState, digest_holds

from ..openapi import body_schema
from ..problems import Refusal
from ..services.audit import Entry, record
from ..services.files import Piece
from .common import CentreNow, HashPath, Signed, address_of, body_of, json_answer, problems
from .ranges import file_answer, headers_of

router = APIRouter(prefix="/v1/blobs", tags=["files"])
_RANGE = re.compile(r"bytes ([0-9]{1,12})-([0-9]{1,12})/([0-9]{1,12})")
_BYTES = {"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}


@router.post("/missing", responses=problems(401, 403, 422), openapi_extra=body_schema(BlobQuery))
async def missing(
    centre: CentreNow, person: Signed, given: Annotated[BlobQuery, Depends(body_of(BlobQuery))]
) -> BlobsMissing:
    """Which files this office must still send, and from which byte on."""
    person.may("upload")
    return await centre.files.missing(person, given.sha256)


@router.put(
    "/{sha256}",
    response_model=None,
    responses={
        **problems(401, 403, 409, 413, 422),
        201: {"description": "whole, verified, on disk"},
        202: {"model": BlobState},
    },
    openapi_extra=_BYTES,
)
async def put(
    request: Request,
    sha256: HashPath,
    centre: CentreNow,
    person: Signed,
    content_range: Annotated[
        str | None, Header(description="bytes first-last/total; without it: the whole file")
    ] = None,
) -> Response:
    """A piece of a file: 201 when the file is whole, 202 with the next offset before."""
    person.may("upload")
    data = await request.body()
    if (digest := request.headers.get(DIGEST_HEADER)) and not digest_holds(digest, data):
        raise Refusal(422, "E-CENTRE-DIGEST", offset=centre.blobs.offset(sha256, person.office))
    state = await centre.files.put(person, sha256, _piece(content_range, data))
    return Response(status_code=201) if state is None else json_answer(state, 202)


@router.get("/{sha256}", response_model=None, responses=problems(401, 403, 404, 422))
async def get(request: Request, sha256: HashPath, centre: CentreNow, person: Signed) -> Response:
    """A whole file; ``Range`` resumes. Every download is an entry of the audit log."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        found = await centre.files.find(connection, sha256)
        where = address_of(request, centre)
        await record(connection, Entry(person.name, person.office, "download", sha256, where))
    if found.path is None:
        return Response(found.body, headers=headers_of(sha256), media_type="application/octet-stream")
    return await file_answer(found.path, sha256, request.headers.get("range", ""))


def _piece(header: str | None, data: bytes) -> Piece:
    if header is None:
        return Piece(0, len(data), data)
    match = _RANGE.fullmatch(header)
    if match is None or int(match[2]) - int(match[1]) + 1 != len(data):
        raise Refusal(422, "E-CENTRE-REQUEST", "Content-Range")
    return Piece(int(match[1]), int(match[3]), data)
