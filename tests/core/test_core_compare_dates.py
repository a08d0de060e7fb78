# SPDX-License-Identifier: GPL-2.0-or-later
"""One case at several dates: what was in force at each, and what differs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
import shapely

from landreview_plugin.core.bound_layer import BoundLayer, LayerState
from landreview_plugin.core.compare_dates import compare_dates, parse_dates
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.catalogue import CatalogueEntry
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.dates import DateComparison, NamedDate, Subject
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.profile import OfficeProfile
from landreview_plugin.core.model.result import Verdict
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.progress import Progress
from landreview_plugin.core.review import Reviewed, review
from landreview_plugin.core.rules.load import load_pack
from landreview_plugin.core.rules.pack import RulePack

PLANE = Crs(name="metres")
COUNTY = shapely.box(-1000, -1000, 1000, 1000)
PARCEL = Parcel(number="1", name="甲", geometry=shapely.box(0, 0, 100, 100))
TODAY = dt.date(2026, 11, 24)
PACK = """
pack: own
version: "2026.1"
area_method: planar
valid_from: 2026-02-01
rules:
  - id: PBF-01
    title: {zh: 占用永久基本农田, en: Land on farmland}
    business_types: [CZPC]
    layers: [pbf]
    predicate: overlap_area_gt
    threshold: {value: 400, unit: m2}
    severity: needs_explanation
    valid_to: 2026-06-30
    basis: [{law: 旧办法, article: 第1条, valid_to: 2026-06-30}]
  - id: PBF-01
    title: {zh: 占用永久基本农田, en: Land on farmland}
    business_types: [CZPC]
    layers: [pbf]
    predicate: overlap_area_gt
    threshold: {value: 1.00, unit: m2}
    severity: prohibit
    slivers: false
    valid_from: 2026-07-01
    basis: [{law: 土地管理法, article: 第35条, valid_from: 2020-01-01, valid_to: 2026-10-31}]
"""
VERSIONS = {dt.date(2026, 1, 1): shapely.box(97, 0, 200, 100), dt.date(2026, 9, 1): shapely.box(50, 0, 200, 100)}


@dataclass(frozen=True)
class Binder:
    """Farmland in two versions; the newest that is not later counts."""

    at: dt.date

    def binds(self, key: str) -> bool:
        return key == "pbf"

    def bind(self, key: str) -> BoundLayer:
        dates = [date for date in VERSIONS if date <= self.at]
        if not dates:
            return BoundLayer(key, LayerState.NOT_CHECKED, Text(zh="没有版本", en="no version"))
        entry = CatalogueEntry(key=key, source=f"pbf_{max(dates)}", data_date=max(dates))
        layer, county = MemoryLayer([VERSIONS[max(dates)]], crs=PLANE), MemoryLayer([COUNTY], crs=PLANE)
        return BoundLayer(key, LayerState.CHECKED, None, entry, layer, county)


@pytest.fixture
def pack(tmp_path: Path) -> RulePack:
    path = tmp_path / "own.yaml"
    path.write_text(PACK, encoding="utf-8")
    return load_pack(path)


def compared(pack: RulePack, dates: str) -> DateComparison:
    profile = OfficeProfile(name="test", title=Text.same("test"))
    reading = ParcelReading(source="a.txt", crs=PLANE, parcels=(PARCEL,))

    def at(date: dt.date, share: Progress) -> Reviewed:
        case = Case(number="C-1", business_type="CZPC", reference_date=date)
        return review(case, reading, pack, profile, Binder(date), versions={}, progress=share)

    return compare_dates(parse_dates(dates, TODAY), at)


def of(comparison: DateComparison, subject: Subject) -> dict[str, tuple[str, ...]]:
    return {d.key: tuple(v.en for v in d.values) for d in comparison.differences if d.subject is subject}


def test_rules_laws_layers_and_findings_of_three_dates_stand_side_by_side(pack: RulePack) -> None:
    found = compared(pack, "acceptance=2026-05-06, approval=2026-09-10, today")
    assert [(at.name, at.verdict) for at in found.dates] == [
        ("acceptance", Verdict.CLEAR),
        ("approval", Verdict.CONFLICT),
        ("today", Verdict.CONFLICT),
    ]
    (rule,) = of(found, Subject.RULE).values()
    assert rule[0] == "in force (2026.1): overlap_area_gt 400.00 m2, needs explanation"
    assert rule[1] == rule[2] == "in force (2026.1): overlap_area_gt 1.00 m2, prohibited"
    assert of(found, Subject.BASIS) == {
        "旧办法 第1条": ("in force", "—", "—"),
        "土地管理法 第35条": ("—", "in force", "no longer in force (until 2026-10-31)"),
    }
    (layer,) = of(found, Subject.LAYER).values()
    assert ["2026-01-01" in layer[0], "2026-09-01" in layer[1], "2026-09-01" in layer[2]] == [True, True, True]
    (finding,) = of(found, Subject.FINDING).values()
    assert finding[0].startswith("clear 300.00 m²")
    assert finding[1].startswith("conflict (prohibited) 5000.00 m²")
    assert finding[1] == finding[2]


def test_what_is_the_same_is_counted_not_listed(pack: RulePack) -> None:
    found = compared(pack, "a=2026-09-10, b=2026-09-11")
    assert found.differences == ()
    assert found.same == {Subject.RULE: 1, Subject.BASIS: 1, Subject.LAYER: 1, Subject.FINDING: 1}


def test_a_date_without_a_rule_is_said(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        PACK.replace(
            "    valid_to: 2026-06-30\n    basis", "    valid_from: 2026-03-01\n    valid_to: 2026-06-30\n    basis"
        ),
        encoding="utf-8",
    )
    found = compared(load_pack(path), "before=2026-01-15, after=2026-05-06")
    assert found.dates[0].verdict is Verdict.NOT_CHECKED
    assert found.dates[0].refused is not None
    assert of(found, Subject.FINDING)["PBF-01/1"][0] == "—"
    with pytest.raises(LandReviewError, match="E-RULE-EMPTY"):
        compared(load_pack(path), "a=2026-01-15, b=2026-01-16")


def test_a_pack_that_was_not_in_force_is_said_in_the_result(pack: RulePack) -> None:
    reading = ParcelReading(source="a.txt", crs=PLANE, parcels=(PARCEL,))
    profile = OfficeProfile(name="test", title=Text.same("test"))
    for day, said in ((dt.date(2026, 1, 31), True), (dt.date(2026, 2, 1), False)):
        case = Case(business_type="CZPC", reference_date=day)
        result = review(case, reading, pack, profile, Binder(day), versions={}).result
        assert ("W-RULE-DATE" in {problem.code for problem in result.quality}) is said


def test_dates_are_read_with_their_names() -> None:
    assert parse_dates("受理=2026-05-06，today", TODAY) == (
        NamedDate(name="受理", date=dt.date(2026, 5, 6)),
        NamedDate(name="today", date=TODAY),
    )


@pytest.mark.parametrize("text", ["", "today", "a=2026-01-01,a=2026-01-02", "a=soon,today", ",".join(["today"] * 13)])
def test_what_is_no_list_of_dates_is_refused(text: str) -> None:
    with pytest.raises(LandReviewError, match="E-CASE-PARAM"):
        parse_dates(text, TODAY)
