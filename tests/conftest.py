# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tests share: where the data are."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data() -> Path:
    """``tests/data``: oracles, real polygons, TXT files, bad inputs."""
    return ROOT / "tests" / "data"
