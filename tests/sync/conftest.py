# SPDX-License-Identifier: GPL-2.0-or-later
"""Offices with a store each, paths as Windows profiles have them; a real centre where its packages are installed."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from landreview_plugin.store.workspace import Workspace

for room in ("datacenter", "project"):  # helpers of the rooms that sync meets
    sys.path.append(str(Path(__file__).resolve().parent.parent / room))
WITH_CENTRE = [f"test_sync_{name}.py" for name in ("wire", "line", "kills", "chaos", "layers", "probe", "algorithms")]

if importlib.util.find_spec("fastapi") and importlib.util.find_spec("psycopg"):
    from datacenter_fixtures import cluster  # noqa: F401
    from sync_centre import Offices, fresh_centre, three_offices

    @pytest.fixture
    def base(cluster: object, tmp_path: Path) -> Iterator[str]:  # noqa: F811
        """Address of an empty centre."""
        with fresh_centre(cluster, tmp_path) as address:  # type: ignore[arg-type]
            yield address

    @pytest.fixture
    def offices(base: str, tmp_path: Path) -> Iterator[Offices]:
        """County, city and province at that centre."""
        with three_offices(tmp_path, base) as made:
            yield made
else:
    collect_ignore = WITH_CENTRE


@pytest.fixture
def county_store(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "县局 & 李四" / "landreview.gpkg") as store:
        yield store


@pytest.fixture
def city_store(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "市局 王五" / "landreview.gpkg") as store:
        yield store
