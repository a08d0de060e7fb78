# SPDX-License-Identifier: GPL-2.0-or-later
"""Who else wants this land: cases of any county, mining rights in sight."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from landreview_plugin.sync.overlap_protocol import OverlapQuery, Overlaps

from ..openapi import body_schema
from .common import CasePath, CentreNow, Signed, address_of, body_of, problems

router = APIRouter(prefix="/v1", tags=["overlaps"])


@router.get("/cases/{case}/overlaps", responses=problems(401, 403, 404, 422, 503))
async def of_case(request: Request, case: CasePath, centre: CentreNow, person: Signed) -> Overlaps:
    """Other open and approved cases on the parcels of a case; for a mining right other rights, too."""
    return await centre.overlaps.of_case(person, case, address_of(request, centre))


@router.post("/overlaps", responses=problems(401, 403, 422, 503), openapi_extra=body_schema(OverlapQuery))
async def of_land(
    request: Request,
    centre: CentreNow,
    person: Signed,
    given: Annotated[OverlapQuery, Depends(body_of(OverlapQuery))],
) -> Overlaps:
    """The same for land that is no case of the centre yet; nothing of it is kept."""
    return await centre.overlaps.of_land(person, given, address_of(request, centre))
