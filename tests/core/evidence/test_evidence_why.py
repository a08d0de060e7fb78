# SPDX-License-Identifier: GPL-2.0-or-later
"""Every figure of a result answers "where does this come from?", down to the law, from the result alone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import shapely

from landreview_plugin.core.bound_layer import BoundLayer, LayerState
from landreview_plugin.core.evidence.digest import result_digest
from landreview_plugin.core.evidence.trace import traced
from landreview_plugin.core.evidence.why import Kind, explain, traces
from landreview_plugin.core.model.base import Language, Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.catalogue import CatalogueEntry
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.profile import OfficeProfile
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.review import review
from landreview_plugin.core.rules.load import load_pack

PLANE = Crs(name="metres")
COUNTY = shapely.box(-1000, -1000, 1000, 90)
PACK = """
pack: own
version: "2026.1"
area_method: planar
questions:
  kind: {text: {zh: 何类, en: What kind}, choices: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}}
rules:
  - id: PBF-01
    title: {zh: 占用永久基本农田, en: Land on farmland}
    business_types: [CZPC]
    layers: [pbf]
    predicate: overlap_area_gt
    threshold: {value: 1.00, unit: m2}
    severity: prohibit
    slivers: false
    standing: K
    when: {kind: [a]}
    basis:
      - {law: 土地管理法, article: 第35条, valid_from: 2020-01-01}
      - {law: 旧办法, article: 第1条, valid_to: 2026-06-30}
  - id: LU-01
    title: {zh: 占用耕地, en: Arable land}
    business_types: [CZPC]
    layers: [dltb]
    predicate: class_area
    threshold: {value: 0.00, unit: m2}
    where: "class like '01%'"
    severity: info
    basis: [{law: 土地管理法, article: 第4条}]
  - id: OLD-01
    title: {zh: 旧规则, en: Old rule}
    business_types: [CZPC]
    layers: [pbf]
    predicate: overlap_area_gt
    threshold: {value: 1.00, unit: m2}
    severity: prohibit
    valid_to: 2025-12-31
    basis: [{law: 旧办法, article: 第1条}]
"""


@dataclass(frozen=True)
class Binder:
    """Two overlapping patches of farmland with numbers; a survey of one class."""

    def binds(self, key: str) -> bool:
        return True

    def bind(self, key: str) -> BoundLayer:
        county = MemoryLayer([COUNTY], crs=PLANE)
        entry = CatalogueEntry(
            key=key,
            source=f"county.gpkg|layername={key}",
            data_date=dt.date(2026, 6, 30),
            coverage="XZQ",
            where="ON = '1'",
        )
        shapes = np.array([shapely.box(50, 0, 200, 50), shapely.box(50, 40, 200, 80)], dtype=object)
        if key == "dltb":
            shapes = np.array([shapely.box(-500, -500, 500, 45), shapely.box(-500, 45, 500, 500)], dtype=object)
        columns = {"ON": ["1", "1"], "YJJBNTTBBH": ["A-1", "A-2"], "DLBM": ["0101", "0301"]}
        roles = {"number": "YJJBNTTBBH"} if key == "pbf" else {"class": "DLBM"}
        return BoundLayer(
            key, LayerState.CHECKED, None, entry, MemoryLayer(shapes, columns, crs=PLANE), county, None, roles
        )


@pytest.fixture
def result(tmp_path: Path) -> ReviewResult:
    """A parcel half on farmland, 10 m of it beyond the coverage."""
    path = tmp_path / "own.yaml"
    path.write_text(PACK, encoding="utf-8")
    reading = ParcelReading(
        source="a.txt",
        sha256="cd" * 32,
        crs=PLANE,
        parcels=(Parcel(number="1", geometry=shapely.box(0, 0, 100, 100)),),
    )
    case = Case(number="C-1", business_type="CZPC", reference_date=dt.date(2026, 9, 1))
    profile = OfficeProfile(name="test", title=Text.same("test"))
    return review(case, reading, load_pack(path), profile, Binder(), versions={}).result


def said(result: ReviewResult, trace: str, kind: Kind, language: Language = Language.EN) -> str:
    return " | ".join(s.text.get(language) for s in explain(result, trace).steps if s.kind is kind)


def test_every_figure_has_a_trace_and_every_trace_an_explanation(result: ReviewResult) -> None:
    items = (*result.parcels, *result.findings, *result.areas, *result.uncovered)
    assert all(item.trace for item in items)
    assert len({item.trace for item in items}) == len(items)
    assert {item.trace for item in items} == set(traces(result))
    for trace in traces(result):
        explanation = explain(result, trace)
        assert explanation.steps[0].kind is Kind.FIGURE
        assert explanation.steps[-1].kind is Kind.ROUNDING


def test_a_finding_is_led_back_through_features_and_rule_to_the_law(result: ReviewResult) -> None:
    kinds = [step.kind for step in explain(result, "F:PBF-01/1").steps]
    assert kinds == [
        Kind.FIGURE,
        Kind.PARCEL,
        Kind.LAYER,
        Kind.COVERAGE,
        Kind.FEATURES,
        Kind.AREA,
        Kind.SLIVERS,
        Kind.TEST,
        Kind.RULE,
        Kind.LAW,
        Kind.LAW,
        Kind.ROUNDING,
    ]


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        (Kind.FIGURE, ["verdict conflict", "4000.00 m²"]),
        (Kind.PARCEL, ["a.txt", "cdcdcdcdcdcdcdcd…", "10000.00 m²"]),
        (Kind.LAYER, ["county.gpkg|layername=pbf", "2026-06-30", "catalogue filter ON = '1'"]),
        (Kind.COVERAGE, ["XZQ", "1000.00 m² beyond"]),
        (Kind.FEATURES, ["2 in all", "overlap each other by 500.00 m², counted once"]),
        (Kind.AREA, ["planar", "4000.000000 m² before rounding"]),
        (Kind.SLIVERS, ["drops nothing"]),
        (Kind.TEST, ["A(parcel ∩ layer) > threshold, 1.00 m2", "question kind: unanswered, worst case"]),
        (Kind.RULE, ["severity prohibited", "to be confirmed by the office (K)", "own 2026.1"]),
        (Kind.LAW, ["土地管理法 第35条, from 2020-01-01", "in force then", "until 2026-06-30", "not in force then"]),
        (Kind.ROUNDING, ["4000.00 m² (half up to 0.01 m²) = 0.4000 ha = 6.0000 mu"]),
    ],
)
def test_what_each_step_says(result: ReviewResult, kind: Kind, parts: list[str]) -> None:
    text = said(result, "F:PBF-01/1", kind)
    for part in parts:
        assert part in text


def test_the_share_is_a_division_that_can_be_done_again(result: ReviewResult) -> None:
    text = said(result, "F:PBF-01/1#share", Kind.FIGURE)
    share, part, whole = (float(x) for x in re.findall(r"share ([\d.]+) = ([\d.]+) ÷ ([\d.]+)", text)[0])
    assert share == pytest.approx(part / whole, abs=1e-6)


def test_a_row_of_the_area_table_says_how_it_closes(result: ReviewResult) -> None:
    row = next(row for row in result.areas if row.class_ == "0101")
    assert "4500.00 m²" in said(result, row.trace, Kind.FIGURE)
    assert "the parcel's 2 rows sum up to 10000.00 m² of 10000.00 m²" in said(result, row.trace, Kind.TEST)


def test_both_languages_are_whole(result: ReviewResult) -> None:
    for trace in traces(result):
        lines = explain(result, trace).lines(Language.EN)
        assert not any(re.search("[：；，。]", line) for line in lines), lines
        assert all("：" in line for line in explain(result, trace).lines(Language.ZH))


def test_traces_are_the_same_on_every_run_and_stay_out_of_the_digest(result: ReviewResult) -> None:
    bare = result.model_copy(
        update={"findings": tuple(each.model_copy(update={"trace": ""}) for each in result.findings)}
    )
    assert result_digest(bare) == result.digest
    assert traced(bare) == result
    assert [step.trace for step in explain(bare, "F:LU-01/1").steps][0] == "F:LU-01/1>1.figure"


def test_an_unknown_trace_is_refused_by_name(result: ReviewResult) -> None:
    with pytest.raises(LandReviewError) as caught:
        explain(result, "F:GONE/1")
    assert caught.value.code == "E-CASE-FIELD"
    assert "F:GONE/1" in str(caught.value.detail)


def test_the_result_lists_every_rule_of_the_business_type_and_what_became_of_it(result: ReviewResult) -> None:
    states = {use.id: use.state.value for use in result.provenance.rules}
    assert states == {"LU-01": "judged", "OLD-01": "not_in_force", "PBF-01": "judged"}
    assert next(use for use in result.provenance.rules if use.id == "PBF-01").sliver_area_m2 == "0"


def test_a_stored_result_is_explained_in_the_same_words(result: ReviewResult) -> None:
    """JSON writes 4000.00 as 4000.0: the words keep their two decimals."""
    again = ReviewResult.model_validate_json(result.model_dump_json(by_alias=True))
    for trace in traces(result):
        assert explain(again, trace).lines(Language.ZH) == explain(result, trace).lines(Language.ZH)
