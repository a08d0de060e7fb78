# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS switches a GeoPackage to a write-ahead log while it is open, and back at its end: each test has its own."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

if not importlib.util.find_spec("psycopg"):  # make test-oldest leaves the centre's packages out
    collect_ignore = ["test_project_databases.py"]


@pytest.fixture
def county(data: Path, tmp_path: Path) -> Path:
    """The made-up county, seen by nobody else: a layer that another test left open would close it under this one."""
    return Path(shutil.copy(data / "oracle" / "county_s.gpkg", tmp_path / "county.gpkg"))
