# SPDX-License-Identifier: GPL-2.0-or-later
"""A store in a folder of its own, with a case in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest_store import CLERK, COVER, reading_of

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store lies: Windows profiles look like this."""
    return tmp_path / "张三 & 李四" / "landreview.gpkg"


@pytest.fixture
def store(path: Path) -> Iterator[Workspace]:
    with Workspace(path) as opened:
        yield opened


@pytest.fixture
def desk(store: Workspace) -> Desk:
    return Desk(store, CLERK)


@pytest.fixture
def case(desk: Desk) -> CaseFile:
    return desk.take_in(reading_of(), COVER)
