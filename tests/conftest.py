# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tests share: where the data are. Tests work on a copy: QGIS touches every GeoPackage that it opens."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of ``tests/data``: oracles, real polygons, TXT files, bad inputs."""
    folder = tmp_path_factory.mktemp("tests") / "data"
    shutil.copytree(ROOT / "tests" / "data", folder)
    return folder
