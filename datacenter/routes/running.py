# SPDX-License-Identifier: GPL-2.0-or-later
"""For those who run the service: alive, ready, figures."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ..services.figures import CONTENT_TYPE, exposition
from ..services.readiness import findings
from .common import CentreNow

router = APIRouter(tags=["running"])


@router.get("/health")
async def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(centre: CentreNow) -> Response:
    """Figures for Prometheus; the proxy should not pass this on to offices."""
    return Response(await exposition(centre), media_type=CONTENT_TYPE)


@router.get("/ready", responses={503: {"description": "not ready; the body says why"}})
async def ready(centre: CentreNow) -> Response:
    """The service can do its work: database, release, spatial index, disk, feed."""
    found = await findings(centre)
    ok = all(value == "ok" for value in found.values())
    return JSONResponse({"status": "ok" if ok else "not ready", **found}, 200 if ok else 503)
