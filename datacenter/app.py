# SPDX-License-Identifier: GPL-2.0-or-later
"""The service as an ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator, Callable, Mapping

import psycopg
from fastapi import FastAPI
from psycopg_pool import PoolTimeout

from . import openapi, problems
from .connections import AT_STOP
from .middleware import Guard
from .routes import (
    blobs,
    bundles,
    cases,
    changes,
    judgement,
    layers,
    ogc,
    overlaps,
    people,
    quarantine,
    reviews,
    running,
    sign_in,
    tiles,
)
from .services.centre import Centre, assembled
from .services.collect import recover
from .settings import Settings, from_environment

_LOG = logging.getLogger("datacenter")
_ROUTERS = (
    sign_in.router,
    people.router,
    cases.router,
    judgement.router,
    overlaps.router,
    reviews.router,
    bundles.router,
    blobs.router,
    changes.router,
    layers.router,
    ogc.router,
    tiles.router,
    quarantine.router,
    running.router,
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application for these settings, or those of the environment."""
    centre = assembled(settings or from_environment())
    app = FastAPI(title="LandReview data centre", version="1", lifespan=_lifespan, docs_url=None, redoc_url=None)
    app.state.centre = centre
    for router in _ROUTERS:
        app.include_router(router)
    problems.install(app)
    openapi.install(app)
    app.add_middleware(Guard, body_seconds=centre.settings.body_seconds)
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[Mapping[str, Callable[[], None]]]:
    centre: Centre = app.state.centre
    gc.freeze()  # the modules stay: no search for garbage goes through them again
    async with centre.database:
        adopting = asyncio.create_task(_adopt(centre))
        try:
            yield {AT_STOP: centre.feed.end}
        finally:
            adopting.cancel()
            centre.feed.end()


async def _adopt(centre: Centre) -> None:
    """See whether this is the database that it was: after a restore the feed begins anew."""
    while True:
        try:
            async with centre.database.plain() as connection:
                row = await (await connection.execute("SELECT centre.adopt() AS changed")).fetchone()
            await recover(centre)
        except (psycopg.Error, PoolTimeout):
            await asyncio.sleep(1)
            continue
        if row and row["changed"]:
            _LOG.warning("another life of the database: cursors of the feed are void, clients read from the start")
        return
