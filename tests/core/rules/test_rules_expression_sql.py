# SPDX-License-Identifier: GPL-2.0-or-later
"""Filters of a catalogue as SQL select the same features, as far as SQL can say it."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.rules.expression import parse
from landreview_plugin.core.rules.expression_sql import as_sql

AT = dt.date(2026, 9, 1)
ROWS = [
    {"矿权类型": kind, "有效期": until, "DLBM": code}
    for kind in ("采矿权", "探矿权", None)
    for until in ("2026-08-31", "2026-09-01", None)
    for code in ("0101", "0601", "it's")
]


@pytest.mark.parametrize(
    "where",
    [
        "矿权类型 = '采矿权'",
        "矿权类型 = '采矿权' and 有效期 >= $reference_date",
        "DLBM like '01%' or 矿权类型 is null",
        "not (DLBM in ('0101', '0601'))",
        "DLBM = 'it''s'",
        "DLBM != 'DLBM' and 矿权类型 is not null",
    ],
)
def test_sql_selects_what_the_filter_lets_through(where: str) -> None:
    sql = as_sql(where, AT)
    assert sql is not None
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE TABLE layer ("矿权类型" TEXT, "有效期" TEXT, "DLBM" TEXT)')
    connection.executemany("INSERT INTO layer VALUES (?, ?, ?)", [tuple(row.values()) for row in ROWS])
    found = connection.execute(f"SELECT * FROM layer WHERE {sql}").fetchall()
    expression = parse(where)
    wanted = [tuple(row.values()) for row in ROWS if expression.test(row, {"reference_date": AT}) is True]
    assert sorted(map(str, found)) == sorted(map(str, wanted)) and wanted


def test_a_constant_that_no_provider_knows_is_none() -> None:
    assert as_sql("DLBM in $construction", AT) is None


def test_nonsense_is_refused() -> None:
    with pytest.raises(LandReviewError):
        as_sql("DLBM =", AT)
