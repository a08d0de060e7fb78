# SPDX-License-Identifier: GPL-2.0-or-later
"""Stored connections of QGIS become sources that GDAL opens, without their passwords."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsSettings

from landreview_plugin.project.source_names import postgres_connections

KEY = "PostgreSQL/connections/县库 & 1"


@pytest.fixture
def stored(qgis_app: QgsApplication) -> Iterator[None]:
    """A connection as QGIS's own dialog stores it, with its password."""
    settings = QgsSettings()
    values = {"host": "10.1.2.3", "port": "5432", "database": "land", "username": "li si", "password": "secret"}
    for name, value in values.items():
        settings.setValue(f"{KEY}/{name}", value)
    settings.setValue(f"{KEY}/saveUsername", "true")
    settings.setValue(f"{KEY}/savePassword", "true")
    yield
    settings.remove(KEY)


def test_a_stored_connection_is_offered_without_its_password(stored: None) -> None:
    found = postgres_connections()
    assert found["县库 & 1"] == "PG:host='10.1.2.3' port='5432' dbname='land' user='li si'"
    assert "secret" not in str(found)


def test_without_connections_there_is_nothing_to_offer(qgis_app: QgsApplication) -> None:
    assert "县库 & 1" not in postgres_connections()
