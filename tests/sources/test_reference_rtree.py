# SPDX-License-Identifier: GPL-2.0-or-later
"""The R-tree read by hand finds what SQLite finds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landreview_plugin.sources.reference_rtree import candidates

places = st.lists(
    st.tuples(st.integers(-500, 500), st.integers(-500, 500), st.integers(0, 90), st.integers(0, 90)),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """Two thousand boxes of all sizes, in a tree of several levels."""
    path: Path = tmp_path_factory.mktemp("rtree") / "a.sqlite"
    made = sqlite3.connect(path)
    made.execute("CREATE VIRTUAL TABLE tree USING rtree(id, minx, maxx, miny, maxy)")
    random = np.random.default_rng(11)
    x, y = random.integers(-500, 500, 2000).tolist(), random.integers(-500, 500, 2000).tolist()
    w, h = random.integers(0, 40, 2000).tolist(), random.integers(0, 40, 2000).tolist()
    rows = [(i, a, a + c, b, b + d) for i, (a, b, c, d) in enumerate(zip(x, y, w, h, strict=True), 1)]
    made.executemany("INSERT INTO tree VALUES (?, ?, ?, ?, ?)", rows)
    made.commit()
    return made


@settings(max_examples=60, deadline=None)
@given(places)
def test_finds_what_sqlite_finds(connection: sqlite3.Connection, places: list[tuple[int, int, int, int]]) -> None:
    boxes = np.array([(x, y, x + w, y + h) for x, y, w, h in places], dtype=float)
    step = float(np.spacing(np.float32(np.abs(boxes).max())))
    sql = "SELECT id FROM tree WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
    truth = {
        row[0]
        for x0, y0, x1, y1 in boxes.tolist()
        for row in connection.execute(sql, (x0 - step, x1 + step, y0 - step, y1 + step))
    }
    assert candidates(connection, "tree", boxes).tolist() == sorted(truth)


def test_no_box_and_an_empty_tree() -> None:
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.execute("CREATE VIRTUAL TABLE tree USING rtree(id, minx, maxx, miny, maxy)")
        assert candidates(empty, "tree", np.zeros((0, 4))).tolist() == []
        assert candidates(empty, "tree", np.array([[0, 0, 1, 1.0]])).tolist() == []
