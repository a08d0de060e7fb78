# SPDX-License-Identifier: GPL-2.0-or-later
"""Reviews by the centre: the same program, the province's layers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from landreview_plugin.sync.protocol import Id
from landreview_plugin.sync.review_protocol import CentreReview, CentreReviews, ReviewOrder

from ..openapi import body_schema
from ..services.audit import Entry, record
from .common import CasePath, CentreNow, Signed, address_of, body_of, problems
from .ranges import file_answer

router = APIRouter(prefix="/v1/cases", tags=["reviews"])
ReviewPath = Annotated[Id, Path(description="id of a review by the centre")]


@router.post("/{case}/reviews", responses=problems(401, 403, 404, 422, 503), openapi_extra=body_schema(ReviewOrder))
async def make(
    case: CasePath,
    centre: CentreNow,
    person: Signed,
    given: Annotated[ReviewOrder, Depends(body_of(ReviewOrder))],
) -> CentreReview:
    """Review the package that counts by the layers of the centre; the result is kept, and the log says so."""
    return await centre.reviews.make(person, case, given)


@router.get("/{case}/reviews", responses=problems(401, 403, 404, 422))
async def of_case(case: CasePath, centre: CentreNow, person: Signed) -> CentreReviews:
    """Reviews of a case by the centre, the newest first."""
    return await centre.reviews.of_case(person, case)


@router.get(
    "/{case}/reviews/{review}",
    response_model=None,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "result.json; Range resumes"},
        **problems(401, 403, 404, 422),
    },
)
async def result(request: Request, case: CasePath, review: ReviewPath, centre: CentreNow, person: Signed) -> Response:
    """The whole result, as the plugin writes it; the download stands in the audit log."""
    person.may("read")
    async with centre.database.office(person.office) as connection:
        path, sha256 = await centre.reviews.file(connection, case, review)
        where = address_of(request, centre)
        await record(connection, Entry(person.name, person.office, "download", sha256, where))
    return await file_answer(path, sha256, request.headers.get("range", ""))
