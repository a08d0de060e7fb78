# SPDX-License-Identifier: GPL-2.0-or-later
"""The change feed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from landreview_plugin.sync.protocol import ChangePage

from .common import CentreNow, Signed, problems

router = APIRouter(tags=["feed"])


@router.get("/v1/changes", responses=problems(401, 403, 410, 422))
async def changes(
    centre: CentreNow,
    person: Signed,
    cursor: Annotated[str, Query(max_length=100, description="of the page before; empty: from the start")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
    wait: Annotated[float, Query(ge=0, le=60, description="seconds to wait for an event")] = 0,
) -> ChangePage:
    """Events after a cursor, each once and in order. 410: void or too old; read from the start."""
    person.may("read")
    return await centre.feed.page(person.office, cursor, limit, wait)
