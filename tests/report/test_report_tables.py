# SPDX-License-Identifier: GPL-2.0-or-later
"""What the reports say: every rule, sums that close, and never a silent "no conflict"."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.result import AreaRow, Basis, ReviewResult, RuleState, RuleUse, Verdict
from landreview_plugin.report.area_tables import arable_table, class_detail_tables, class_tables, mean_grade
from landreview_plugin.report.finding_tables import dropped_table, finding_groups, finding_table
from landreview_plugin.report.parcel_tables import parcel_table, statement_table
from landreview_plugin.report.source_tables import layer_table, quality_table, rule_table, uncovered_table
from landreview_plugin.report.summary import case_facts, conclusion
from landreview_plugin.report.tables import Kind, Table
from landreview_plugin.report.tones import tone_of
from landreview_plugin.report.units import columns_of, share, shown, total_of
from landreview_plugin.report.words import Words

ZH = Words("zh")


def column(table: Table, position: int, *, total: bool = False) -> list[object]:
    return [row.cells[position] for row in table.rows if row.total is total]


def with_findings(result: ReviewResult, *verdicts: Verdict) -> ReviewResult:
    found = tuple(finding for finding in result.findings if finding.verdict in verdicts)
    update = {"findings": found, "verdict": Verdict.worst(verdicts), "worst_severity": None}
    return result.model_copy(update=update)


def test_the_conclusion_names_every_rule_that_is_not_clear(result: ReviewResult) -> None:
    said = conclusion(result, ZH)
    text = "".join(said.sentences)
    assert said.headline == "审查结论：存在冲突（最重：禁止）"
    for rule in {finding.rule for finding in result.findings if finding.verdict is not Verdict.CLEAR}:
        assert rule in text
    assert "未核查不等于无冲突" in text
    assert "冲突2项，未核查6项，部分覆盖1项，无冲突15项" in text
    assert "凭签署说明认定无此类用地：探矿权" in text


@pytest.mark.parametrize(
    ("verdicts", "headline"),
    [
        ((Verdict.CLEAR,), "全部核查完毕，未发现冲突"),
        ((Verdict.CLEAR, Verdict.NOT_CHECKED), "不能认定无冲突"),
        ((Verdict.CLEAR, Verdict.PARTLY_COVERED), "不能认定无冲突"),
        ((), "不能认定无冲突"),
    ],
)
def test_only_a_fully_checked_case_says_no_conflict(
    result: ReviewResult, verdicts: tuple[Verdict, ...], headline: str
) -> None:
    assert headline in conclusion(with_findings(result, *verdicts), ZH).headline


def test_a_case_without_findings_says_that_nothing_was_checked(result: ReviewResult) -> None:
    assert conclusion(with_findings(result), ZH).sentences == ("没有任何规则被核查。",)


def test_not_checked_is_as_loud_as_a_prohibition() -> None:
    for verdict in (Verdict.CONFLICT, Verdict.NOT_CHECKED):
        tone = tone_of(verdict, None)
        assert (tone.ink, tone.bold) == ("FFFFFF", True)
        assert sum(bytes.fromhex(tone.fill)) < 3 * 128


def test_the_finding_table_has_every_finding_worst_first(result: ReviewResult) -> None:
    table = finding_table(result, ZH)
    assert len(table.rows) == len(result.findings)
    said = column(table, 0)
    assert said[:3] == ["冲突（禁止）", "冲突（须经批准）", "未核查"]
    assert said[-1] == "无冲突"
    assert {str(rule).rstrip("※") for rule in column(table, 1)} == {finding.rule for finding in result.findings}


def test_what_was_not_checked_has_no_figures_but_a_reason(result: ReviewResult) -> None:
    rows = [row.cells for row in finding_table(result, ZH).rows if row.cells[0] == "未核查"]
    assert len(rows) == 6
    for cells in rows:
        assert cells[4:8] == (None, None, None, None)
        assert cells[8]
    assert shown(None, Kind.M2) == "—"


def test_the_printed_groups_hold_every_rule_and_parcel(result: ReviewResult) -> None:
    groups = finding_groups(result, ZH)
    assert [group.heading for group in groups][:2] == ["冲突：禁止", "冲突：须经批准"]
    assert "未核查（不得视为无冲突）" in [group.heading for group in groups]
    printed = " ".join(finding.heading for group in groups for finding in group.findings)
    assert all(finding.rule in printed for finding in result.findings)
    (mining,) = [f for group in groups for f in group.findings if f.heading.startswith("MIN-01")]
    assert (mining.parcels, mining.verdict, mining.figures) == ("全部3个地块", "未核查", ("—",))


def test_findings_with_figures_stand_alone_and_equal_ones_together(result: ReviewResult) -> None:
    clear = [f for group in finding_groups(result, ZH) if group.heading == "无冲突" for f in group.findings]
    assert [f.parcels for f in clear if f.heading.startswith("ECO-01")] == ["1、3"]
    assert [f.parcels for f in clear if f.heading.startswith("LU-01")] == ["1", "2", "3"]


def test_two_reasons_of_one_rule_are_two_rows(result: ReviewResult) -> None:
    other = Text(zh="缺少字段", en="a field is missing")
    findings = tuple(
        finding.model_copy(update={"reason": other}) if finding.id == "MIN-01/2" else finding
        for finding in result.findings
    )
    groups = finding_groups(result.model_copy(update={"findings": findings}), ZH)
    rows = [f for group in groups for f in group.findings if f.heading.startswith("MIN-01")]
    assert [(row.parcels, row.reason) for row in rows] == [("1、3", "图层目录中没有绑定采矿权图层"), ("2", "缺少字段")]


def test_open_questions_slivers_and_standing_are_printed(result: ReviewResult) -> None:
    rows = [f for group in finding_groups(result, ZH) for f in group.findings]
    assert any("属于哪一类？（limited_activity）" in row.reason for row in rows)
    assert not any("limited_activity" in detail for row in rows for detail in row.details), "said once"
    assert any("舍弃碎斑3个、0.41平方米" in detail for row in rows for detail in row.details)
    assert all("※" in row.heading for row in rows if row.heading.startswith("PBF-01"))
    assert column(dropped_table(result, ZH), 4) == [Decimal("0.41")]


def test_a_rule_that_was_read_in_its_source_has_no_mark(result: ReviewResult) -> None:
    findings = tuple(finding.model_copy(update={"standing": "S"}) for finding in result.findings)
    table = finding_table(result.model_copy(update={"findings": findings}), ZH)
    assert not any("※" in str(rule) for rule in column(table, 1))
    assert not any("※" in note for note in table.notes)


def test_the_facts_of_the_case_name_type_owners_and_method(result: ReviewResult) -> None:
    facts = dict(case_facts(result, ZH))
    assert facts["业务类型"] == "CZPC 城镇批次用地"
    assert facts["涉及权属单位"] == "青溪镇 桃源村"
    assert facts["面积计算方法"].startswith("椭球面积")
    assert facts["用地总面积"] == "23176.97 平方米  2.3177 公顷  34.7655 亩"


def test_parcel_areas_sum_up_in_each_unit(result: ReviewResult) -> None:
    table = parcel_table(result, ZH)
    for position in (3, 4, 5):
        assert sum(column(table, position)) == column(table, position, total=True)[0]  # type: ignore[arg-type]
    assert column(table, 6) == ["冲突（禁止）", "冲突（须经批准）", "未核查"]


def test_the_area_statement_compares_what_there_is(result: ReviewResult) -> None:
    first, _, third = statement_table(result, ZH).rows[:3]
    assert first.cells[1:5] == (Decimal("0.9600"), Decimal("0.9590"), Decimal("0.0010"), Decimal("0.0010"))
    assert first.cells[7] == Decimal("9.63")
    assert third.cells[1:5] == (None, Decimal("0.4995"), None, None)
    total = statement_table(result, ZH).rows[-1]
    assert total.cells[1] is None, "a sum over parcels of which one states no area is no sum"


def test_class_table_closes_on_the_area_of_the_parcels(result: ReviewResult) -> None:
    (table,) = class_tables(result, ZH)
    grand = table.rows[-1].cells
    assert grand[-2] == sum(parcel.area_m2 for parcel in result.parcels)
    for position in range(3, len(table.columns)):
        assert sum(column(table, position)) == grand[position]  # type: ignore[arg-type]
        groups = [row.cells[position] for row in table.rows[:-1] if row.total]
        rest = [row.cells[position] for row in table.rows if not row.total and row.cells[0] == "未分类"]
        assert sum([*groups, *rest]) == grand[position]  # type: ignore[arg-type, list-item]
    assert grand[3] + grand[4] + grand[5] == grand[6]  # type: ignore[operator]


def test_land_without_a_class_is_a_row_of_its_own(result: ReviewResult) -> None:
    (table,) = class_tables(result, ZH)
    (row,) = [row for row in table.rows if row.cells[0] == "未分类"]
    assert row.cells[2] == "现状图层未覆盖或无地类记录"
    assert row.cells[-2] == Decimal("495.07")


def test_the_detail_agrees_with_the_overview_in_every_unit(result: ReviewResult) -> None:
    (detail,) = class_detail_tables(result, ZH)
    subtotals = {row.cells[0]: row.cells[-4:-1] for row in detail.rows if row.total}
    for row in parcel_table(result, ZH).rows:
        assert subtotals[row.cells[0]] == row.cells[3:6]


def test_arable_land_by_slope_and_grade(result: ReviewResult) -> None:
    table = arable_table(result, ZH)
    assert table is not None
    assert table.rows[-1].cells[4] == Decimal("10300.43")
    assert mean_grade([row for row in result.areas if row.class_.startswith("01")]) == Decimal("6.7")
    assert mean_grade([AreaRow(parcel="1", layer="dltb", class_="0101", grade="", area_m2=Decimal(1))]) is None


def test_layers_say_who_signed_and_what_was_not_checked(result: ReviewResult) -> None:
    rows = {str(row.cells[0]).split()[-1]: row.cells for row in layer_table(result, ZH).rows}
    assert rows["explore"][1] == "签署认定无此类用地"
    assert "张建国" in str(rows["explore"][3])
    assert rows["mining"][1] == "未核查"
    assert len(rows) == len(result.provenance.layers)


def test_a_layer_without_declared_coverage_says_so(result: ReviewResult) -> None:
    layers = tuple(use.model_copy(update={"coverage": ""}) for use in result.provenance.layers)
    bare = result.model_copy(update={"provenance": result.provenance.model_copy(update={"layers": layers})})
    assert layer_table(bare, ZH).rows[0].cells[5] == "未声明，不能得出无冲突"


def test_uncovered_land_and_problems_are_listed(result: ReviewResult) -> None:
    assert uncovered_table(result, ZH).rows[0].cells[:3] == ("规划分区", "2", Decimal("1800.00"))
    assert quality_table(result, ZH).rows[0].cells[:3] == ("警告", "W-TXT-COUNT", "界址点.txt，第31行，地块2")
    empty = result.model_copy(update={"uncovered": (), "quality": ()})
    assert uncovered_table(empty, ZH).notes and quality_table(empty, ZH).notes


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_every_printed_column_sums_exactly(hundredths: list[int]) -> None:
    parts = [Decimal(value) / 100 for value in hundredths]
    total = total_of(columns_of(parts))
    assert total.m2 == sum(parts)
    assert total.ha == shown_as(sum(parts) / 10_000, 4)
    assert total.mu == shown_as(sum(parts) * 3 / 2000, 4)
    assert all(min(area.m2, area.ha, area.mu) >= 0 for area in columns_of(parts))


@given(st.lists(st.lists(st.integers(0, 10**8), min_size=1, max_size=8), min_size=1, max_size=12))
def test_rows_sum_to_their_parcel_and_parcels_to_the_case(parcels: list[list[int]]) -> None:
    rows = [[Decimal(value) / 100 for value in parcel] for parcel in parcels]
    controls = columns_of([sum(parcel, Decimal(0)) for parcel in rows])
    for parcel, control in zip(rows, controls, strict=True):
        assert total_of(columns_of(parcel, control)) == control
        for part, exact in zip(columns_of(parcel, control), parcel, strict=True):
            assert abs(part.ha - exact / 10_000) <= Decimal("0.00015")


def test_a_hundred_equal_parcels_differ_by_one_unit_at_most() -> None:
    parts = columns_of([Decimal("4995.07")] * 100)
    assert {part.ha for part in parts} == {Decimal("0.4995"), Decimal("0.4996")}
    assert total_of(parts).ha == Decimal("49.9507")


def shown_as(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def test_cells_as_text() -> None:
    assert shown(share(0.41665), Kind.SHARE) == "41.67%"
    assert shown(Decimal("0.00005"), Kind.HA) == "0.0001"
    assert shown(12, Kind.COUNT) == "12"


def test_every_rule_is_printed_with_its_test_and_what_became_of_it(result: ReviewResult) -> None:
    def use(name: str, state: RuleState, **more: object) -> RuleUse:
        values: dict[str, object] = {
            "id": name,
            "title": Text(zh="占用永久基本农田", en="Land on farmland"),
            "state": state,
            "predicate": "overlap_area_gt",
            "formula": Text(zh="A(地块 ∩ 图层) > 阈值", en="A(parcel ∩ layer) > threshold"),
            "threshold": "1.00",
            "unit": "m2",
            "sliver_area_m2": "0",
            "severity": "prohibit",
            "basis": (Basis(law="土地管理法", article="第三十五条", valid_from=dt.date(2020, 1, 1)),),
        }
        return RuleUse.model_validate(values | more)

    rules = (
        use("PBF-01", RuleState.JUDGED, where="class like '01%'", when={"kind": ("a", "b")}, minus="pbf"),
        use("PBF-02", RuleState.OFF, changed=Text(zh="停用：张建国", en="off: Zhang Jianguo")),
    )
    provenance = result.provenance.model_copy(update={"rules": rules})
    changed = result.model_copy(update={"provenance": provenance})
    judged, off = rule_table(changed, ZH).rows
    assert any("停用或调整：PBF-02" in sentence for sentence in conclusion(changed, ZH).sentences)
    assert judged.cells[3] == "A(地块 ∩ 图层) > 阈值, 1.00 m2；条件 class like '01%'；先扣除 pbf；适用于 kind = a / b"
    assert judged.cells[6] == "《土地管理法》第三十五条（施行2020-01-01，失效—）"
    assert off.cells[2] == "本单位停用，未核查；停用：张建国"
    assert off.tones, "a rule that was switched off is as loud as a check that was not made"


def test_a_result_read_from_its_file_is_printed_with_the_same_figures(result: ReviewResult) -> None:
    stored = ReviewResult.model_validate_json(result.model_dump_json())
    assert finding_groups(stored, ZH) == finding_groups(result, ZH)
    tables = (parcel_table, statement_table, finding_table, dropped_table, uncovered_table)
    for table in tables:
        assert table(stored, ZH) == table(result, ZH)
