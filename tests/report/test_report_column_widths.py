# SPDX-License-Identifier: GPL-2.0-or-later
"""Columns of printed tables: the page is filled, and nothing that is one word is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.report.column_widths import LETTER_CM, PADDING_CM, WIDEST_SHARE, widths_cm
from landreview_plugin.report.tables import Column, Row, Table

PAGE_CM = 17.4
texts = st.one_of(st.none(), st.text(alphabet="地块面积DK0123456789.-", max_size=60))


def table(columns: tuple[int, ...], *rows: tuple[str | None, ...]) -> Table:
    return Table("", tuple(Column("", width=width) for width in columns), tuple(map(Row, rows)))


def test_where_everything_fits_columns_are_as_wide_as_they_ask() -> None:
    assert widths_cm(table((10, 20, 30), ("DK1", "一号地块", "工业用地")), 18.0) == pytest.approx([3.0, 6.0, 9.0])


def test_a_parcel_number_is_not_broken_and_the_others_give_way() -> None:
    number, name = widths_cm(table((2, 98), ("DK0004", "一号地块")), PAGE_CM)
    assert number == pytest.approx(6 * LETTER_CM + PADDING_CM) and number + name == pytest.approx(PAGE_CM)


def test_chinese_text_breaks_anywhere_and_claims_nothing() -> None:
    assert widths_cm(table((10, 10), ("很长很长的地块名称" * 9, "")), PAGE_CM) == pytest.approx([8.7, 8.7])


def test_a_hash_claims_no_more_than_its_share() -> None:
    assert widths_cm(table((1, 99), ("a" * 64, "")), PAGE_CM)[0] == pytest.approx(WIDEST_SHARE * PAGE_CM)


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=12).flatmap(
        lambda widths: st.tuples(st.just(tuple(widths)), st.lists(st.tuples(*[texts] * len(widths)), max_size=4))
    )
)
def test_the_page_is_filled_and_no_column_vanishes(
    content: tuple[tuple[int, ...], list[tuple[str | None, ...]]],
) -> None:
    columns, rows = content
    widths = widths_cm(table(columns, *rows), PAGE_CM)
    assert sum(widths) == pytest.approx(PAGE_CM) and min(widths) > 0
