# SPDX-License-Identifier: GPL-2.0-or-later
"""Sums of areas close in every unit, however the rows are gathered and whatever they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.result import AreaRow, ParcelSummary, ReviewResult, Verdict
from landreview_plugin.report.area_sums import By, SumRow, area_sums
from landreview_plugin.report.area_tables import area_layers, area_lines
from landreview_plugin.report.units import Areas, areas
from landreview_plugin.report.words import Words

ZERO = Areas(Decimal(0), Decimal(0), Decimal(0))


def added(parts: list[Areas]) -> Areas:
    return Areas(
        sum((part.m2 for part in parts), Decimal(0)),
        sum((part.ha for part in parts), Decimal(0)),
        sum((part.mu for part in parts), Decimal(0)),
    )


def closes(row: SumRow) -> None:
    """A row is the sum of its columns, and of the rows below it."""
    sums = row.sums
    assert added([sums.state, sums.collective, sums.other]) == sums.total
    if row.rows:
        for column in ("state", "collective", "other", "total"):
            assert added([getattr(below.sums, column) for below in row.rows]) == getattr(sums, column)
    for below in row.rows:
        closes(below)


def all_sums(result: ReviewResult, by: By) -> SumRow:
    (layer,) = area_layers(result)
    return area_sums(area_lines(result, layer), by, Words(Language.ZH))


@pytest.mark.parametrize("by", list(By))
def test_the_sums_of_a_review_close(result: ReviewResult, by: By) -> None:
    total = all_sums(result, by)
    closes(total)
    assert total.sums.total == areas(sum((parcel.area_m2 for parcel in result.parcels), Decimal(0)))


def test_groups_come_in_the_order_of_the_survey(result: ReviewResult) -> None:
    names = [row.name for row in all_sums(result, By.CLASS).rows]
    assert names[:3] == ["农用地", "建设用地", "未利用地"]


def test_land_without_a_class_has_a_row_of_its_own(result: ReviewResult) -> None:
    short = result.model_copy(update={"areas": result.areas[1:]})
    rows = all_sums(short, By.CLASS).rows
    assert rows[-1].name == "未分类"
    assert rows[-1].sums.total.m2 >= result.areas[0].area_m2
    closes(all_sums(short, By.CLASS))


def test_owners_stand_below_their_ownership(result: ReviewResult) -> None:
    rows = {row.name: row for row in all_sums(result, By.OWNER).rows}
    assert rows["国有"].sums.collective == ZERO
    assert {below.name for below in rows["集体"].rows} == {"430998101201 青溪镇 桃源村"}


def test_parcels_keep_their_order(result: ReviewResult) -> None:
    assert [row.name for row in all_sums(result, By.PARCEL).rows] == [p.number for p in result.parcels]


AREA = st.integers(min_value=1, max_value=10**9).map(lambda cents: Decimal(cents) / 100)
ROW = st.tuples(
    st.sampled_from(["0101", "0702", "1101", "1203", ""]),
    st.sampled_from(["农用地", "建设用地", "未利用地", "", "别的"]),
    st.sampled_from(["国有", "集体", "", "不明"]),
    st.sampled_from(["", "430998101201", "430998101202"]),
    AREA,
)


@given(st.lists(st.lists(ROW, min_size=1, max_size=6), min_size=1, max_size=5), st.sampled_from(list(By)))
def test_whatever_the_rows_are_every_column_closes(
    result: ReviewResult, parcels: list[list[tuple[str, str, str, str, Decimal]]], by: By
) -> None:
    rows = tuple(
        AreaRow(
            parcel=str(number),
            layer="dltb",
            class_=code,
            group=group,
            ownership=ownership,
            owner_code=owner,
            area_m2=area,
        )
        for number, each in enumerate(parcels)
        for code, group, ownership, owner, area in each
    )
    summaries = tuple(
        ParcelSummary(
            number=str(number),
            area_m2=sum((row[-1] for row in each), Decimal(0)),
            area_planar_m2=Decimal(0),
            verdict=Verdict.CLEAR,
        )
        for number, each in enumerate(parcels)
    )
    total = all_sums(result.model_copy(update={"areas": rows, "parcels": summaries}), by)
    closes(total)
    assert total.sums.total == areas(sum((parcel.area_m2 for parcel in summaries), Decimal(0)))
