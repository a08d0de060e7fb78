# SPDX-License-Identifier: GPL-2.0-or-later
"""An office's own pack beside the built-in one: what it switches off or weakens is said in every result."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import shapely

from landreview_plugin.core.bound_layer import BoundLayer, LayerState
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.catalogue import CatalogueEntry
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.profile import OfficeProfile, Tolerances
from landreview_plugin.core.model.result import ReviewResult, RuleSeverity, RuleState, Verdict
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.review import review
from landreview_plugin.core.rules.load import load_pack, pack_from_text
from landreview_plugin.core.rules.pack import RulePack

PLANE = Crs(name="metres")
OFFICE = """
pack: office
version: "1"
area_method: planar
includes: [base]
rules: []
changes:
"""
BASE = """
pack: base
version: "1"
rules:
  - {id: A-1, title: {zh: 甲, en: A}, business_types: [CZPC], layers: [pbf], predicate: overlap_area_gt,
     threshold: {value: 1.00, unit: m2}, severity: prohibit, slivers: false}
  - {id: B-1, title: {zh: 乙, en: B}, business_types: [CZPC], layers: [nature], predicate: overlap_area_gt,
     threshold: {value: 1.00, unit: m2}, severity: prohibit}
"""
SIGNED = "reason: 经集体研究, by: 张局, date: 2026-07-01"


def office(folder: Path, changes: str) -> RulePack:
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    path = folder / "office.yaml"
    path.write_text(OFFICE + changes, encoding="utf-8")
    return load_pack(path)


class Binder:
    """Everything checked; farmland of 50 m² in the parcel."""

    def binds(self, key: str) -> bool:
        return True

    def bind(self, key: str) -> BoundLayer:
        shape = shapely.box(99.5, 0, 200, 100) if key == "pbf" else shapely.box(500, 500, 600, 600)
        county = MemoryLayer([shapely.box(-1000, -1000, 1000, 1000)], crs=PLANE)
        entry = CatalogueEntry(key=key, source=f"{key}.gpkg", data_date=dt.date(2026, 6, 30))
        return BoundLayer(key, LayerState.CHECKED, None, entry, MemoryLayer([shape], crs=PLANE), county)


def reviewed(pack: RulePack, at: str = "2026-09-01", tolerances: Tolerances | None = None) -> ReviewResult:
    reading = ParcelReading(
        source="a.txt", crs=PLANE, parcels=(Parcel(number="1", geometry=shapely.box(0, 0, 100, 100)),)
    )
    case = Case(number="C-1", business_type="CZPC", reference_date=dt.date.fromisoformat(at))
    profile = OfficeProfile(name="test", title=Text.same("test"), tolerances=tolerances or Tolerances())
    return review(case, reading, pack, profile, Binder(), versions={}).result


def said(result: ReviewResult) -> list[str]:
    return [p.reason.en for p in result.quality if p.code == "W-RULE-OFF" and p.reason is not None]


def test_the_control_finds_the_farmland_and_says_nothing(tmp_path: Path) -> None:
    result = reviewed(office(tmp_path, "  {}\n"))
    assert result.verdict is Verdict.CONFLICT
    assert said(result) == []


def test_a_rule_that_is_off_is_a_check_that_was_not_made(tmp_path: Path) -> None:
    result = reviewed(office(tmp_path, f"  A-1: {{off: true, {SIGNED}}}\n"))
    assert result.verdict is Verdict.NOT_CHECKED, "the other rule is clear; that is not enough"
    finding = next(finding for finding in result.findings if finding.rule == "A-1")
    assert (finding.verdict, finding.parcel) == (Verdict.NOT_CHECKED, "")
    assert "switched off by the office: 经集体研究 (张局, 2026-07-01)" in finding.reason.en
    assert said(result) == ["A-1: switched off by the office: 经集体研究 (张局, 2026-07-01)"]
    assert {use.id: use.state for use in result.provenance.rules}["A-1"] is RuleState.OFF


def test_a_weaker_rule_is_said_with_both_values(tmp_path: Path) -> None:
    result = reviewed(office(tmp_path, f"  A-1: {{severity: info, threshold: 60, {SIGNED}}}\n"))
    finding = next(finding for finding in result.findings if finding.rule == "A-1")
    assert (finding.verdict, finding.severity) == (Verdict.CLEAR, RuleSeverity.INFO)
    assert "severity prohibit changed to info, threshold 1.00 m2 changed to 60.00 m2" in said(result)[0]
    use = next(use for use in result.provenance.rules if use.id == "A-1")
    assert use.threshold == "60.00"
    assert use.changed is not None


def test_a_change_counts_from_the_day_it_was_signed(tmp_path: Path) -> None:
    pack = office(tmp_path, f"  A-1: {{off: true, {SIGNED}}}\n")
    before = reviewed(pack, "2026-06-30")
    assert before.verdict is Verdict.CONFLICT
    assert said(before) == []


def test_wider_tolerances_are_said(tmp_path: Path) -> None:
    result = reviewed(office(tmp_path, "  {}\n"), tolerances=Tolerances(coverage_m2=Decimal(50)))
    assert said(result) == ["tolerance coverage_m2 = 50, the default is 0.01"]


def test_changes_are_part_of_the_pack_and_of_its_hash(tmp_path: Path) -> None:
    plain, changed = office(tmp_path, "  {}\n"), office(tmp_path, f"  A-1: {{off: true, {SIGNED}}}\n")
    assert plain.sha256 != changed.sha256
    assert pack_from_text(changed.text).changes == changed.changes


def test_a_key_of_tomorrow_changes_no_hash_of_today(tmp_path: Path) -> None:
    """Defaults are not hashed: a stored result still names its pack after the schema has grown."""
    spelled = BASE.replace("severity: prohibit, slivers: false", "severity: prohibit, slivers: false, note: ''")
    first = office(tmp_path, "  {}\n").sha256
    (tmp_path / "base.yaml").write_text(spelled, encoding="utf-8")
    assert load_pack(tmp_path / "office.yaml").sha256 == first


@pytest.mark.parametrize(
    ("changes", "code", "line"),
    [
        (f"  Z-9: {{off: true, {SIGNED}}}\n", "E-RULE-TYPE", 8),
        (f"  A-1: {{off: true, severity: info, {SIGNED}}}\n", "E-RULE-TYPE", 8),
        (f"  A-1: {{{SIGNED}}}\n", "E-RULE-TYPE", 8),
        ("  A-1: {off: true, reason: 无, date: 2026-07-01}\n", "E-RULE-PARSE", 8),
        (f"  A-1: {{off: true, on: false, {SIGNED}}}\n", "E-RULE-PARSE", 8),
    ],
)
def test_a_change_without_rule_signature_or_sense_is_refused(
    tmp_path: Path, changes: str, code: str, line: int
) -> None:
    with pytest.raises(LandReviewError) as caught:
        office(tmp_path, changes)
    assert (caught.value.code, caught.value.place.line) == (code, line)


def test_an_office_builds_on_the_built_in_pack(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OFFICE.replace("[base]", "[hunan]") + f"  PBF-01: {{off: true, {SIGNED}}}\n", encoding="utf-8")
    pack = load_pack(path)
    at = dt.date(2026, 9, 1)
    assert len(pack.rules) > 90
    assert [rule.id for rule in pack.switched_off("CZPC", at)] == ["PBF-01"]
    assert "PBF-01" not in {rule.id for rule in pack.applicable("CZPC", at)}


def test_a_file_of_the_office_hides_no_built_in_rules(tmp_path: Path) -> None:
    """The office's ``common.yaml`` and the built-in one that ``hunan`` includes: both can't be "common"."""
    (tmp_path / "common.yaml").write_text(BASE, encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(OFFICE.replace("[base]", "[common, hunan]") + "  {}\n", encoding="utf-8")
    with pytest.raises(LandReviewError) as caught:
        load_pack(path)
    assert caught.value.code == "E-RULE-PATH"
    assert "common.yaml" in str(caught.value)
