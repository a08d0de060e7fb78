# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of the service, made once and handed to every request."""

from __future__ import annotations

from dataclasses import dataclass

from ..settings import Settings
from ..storage.blob_store import BlobStore, DiskStore
from ..storage.database import Database
from .commands import Commands
from .feed import Feed
from .files import Files
from .layers import Layers
from .overlaps import OverlapDesk
from .rates import Rates
from .reviews import Reviews
from .sign_in import Desk


@dataclass(frozen=True, slots=True)
class Centre:
    """Everything that a route may ask."""

    settings: Settings
    database: Database
    blobs: BlobStore
    desk: Desk
    commands: Commands
    files: Files
    feed: Feed
    rates: Rates
    layers: Layers
    overlaps: OverlapDesk
    reviews: Reviews


def assembled(settings: Settings) -> Centre:
    """The service's parts for these settings; nothing is connected yet."""
    database = Database(settings.database_url, settings.pool)
    blobs = DiskStore(settings.blobs)
    files = Files(database, blobs)
    commands = Commands(database, blobs, settings)
    layers = Layers(database, blobs, files)
    return Centre(
        settings=settings,
        database=database,
        blobs=blobs,
        desk=Desk(database, settings),
        commands=commands,
        files=files,
        feed=Feed(database, settings),
        rates=Rates(settings.rate),
        layers=layers,
        overlaps=OverlapDesk(database),
        reviews=Reviews(database, blobs, layers, commands, settings),
    )
