# SPDX-License-Identifier: GPL-2.0-or-later
"""One private cluster for the room, one migrated database, one running service; offices see what they made only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from datacenter_service import TEMPLATE, Client, copied, populate, running, settings_for

from datacenter.cluster import PrivateCluster
from datacenter.settings import Settings
from datacenter.storage.upgrade import upgrade
from landreview_plugin.sync import protocol as wire


@pytest.fixture(scope="session")
def cluster() -> Iterator[PrivateCluster]:
    """A cluster without fsync: quick, and safe against all but a power cut."""
    one = PrivateCluster.temporary(safe=False)
    one.start()
    upgrade(one.create(TEMPLATE))
    populate(one.url(TEMPLATE))
    copied(one, "landreview")
    yield one
    one.remove()


@pytest.fixture(scope="session")
def settings(cluster: PrivateCluster, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the room's service."""
    return settings_for(cluster, "landreview", tmp_path_factory.mktemp("blobs"))


@pytest.fixture(scope="session")
def service(settings: Settings) -> Iterator[str]:
    """Address of the room's service."""
    with running(settings) as base:
        yield base


@pytest.fixture(scope="session")
def as_(service: str) -> Callable[[str, str], Client]:
    """A person by role and office, signed in once a session."""
    return cache(lambda role, office: Client.of(service, role, office))


@pytest.fixture
def golden(data: Path) -> wire.Command:
    """The golden submission of ``tests/data/package``."""
    return wire.Command.model_validate_json((data / "package" / "submit.json").read_bytes())
