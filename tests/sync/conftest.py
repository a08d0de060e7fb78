# SPDX-License-Identifier: GPL-2.0-or-later
"""Two offices with a store each; paths as Windows profiles have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from landreview_plugin.store.workspace import Workspace


@pytest.fixture
def county_store(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "县局 & 李四" / "landreview.gpkg") as store:
        yield store


@pytest.fixture
def city_store(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "市局 王五" / "landreview.gpkg") as store:
        yield store
