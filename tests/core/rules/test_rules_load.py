# SPDX-License-Identifier: GPL-2.0-or-later
"""A flawed pack is refused as a whole, with place and reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.rules.load import builtin_pack, load_pack, pack_from_text

RULE = """
  - id: {id}
    title: {{zh: 甲, en: A}}
    business_types: [CZPC]
    layers: [pbf]
    predicate: overlap_area_gt
    threshold: {{value: 1.0, unit: m2}}
    severity: prohibit
"""
HEAD = 'pack: own\nversion: "1"\narea_method: planar\nrules:'


def write(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> LandReviewError:
    with pytest.raises(LandReviewError) as caught:
        load_pack(path)
    return caught.value


def test_a_good_pack_is_read(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, HEAD + RULE.format(id="A-1")))
    assert [rule.id for rule in pack.rules] == ["A-1"]


@pytest.mark.parametrize(
    ("change", "code", "line", "named"),
    [
        (("severity", "serverity"), "E-RULE-PARSE", 11, "serverity"),
        (("overlap_area_gt", "overlap_area_over"), "E-RULE-OP", 9, "overlap_area_over"),
        (("severity: prohibit", "severity: forbid"), "E-RULE-TYPE", 11, "severity"),
        (("value: 1.0", "value: -1"), "E-RULE-TYPE", 10, "value"),
        (("unit: m2", "unit: m"), "E-RULE-TYPE", 5, "overlap_area_gt takes"),
        (("layers: [pbf]", "layers: [pfb]"), "E-RULE-TYPE", 8, "pfb"),
        (("[CZPC]", "[CZZZ]"), "E-RULE-TYPE", 7, "CZZZ"),
        (("severity: prohibit", "severity: prohibit\n    when: {who: [me]}"), "E-RULE-TYPE", 12, "who"),
        (("severity: prohibit", "severity: !!python/object:os.x {}"), "E-RULE-PARSE", 11, "python"),
        (("pack: own", "pack: own\npack: own"), "E-RULE-PARSE", 2, "pack"),
        (("area_method: planar\n", ""), "E-RULE-PARSE", 1, "area_method"),
    ],
)
def test_a_flaw_is_named_with_its_place(
    tmp_path: Path, change: tuple[str, str], code: str, line: int, named: str
) -> None:
    error = refused(write(tmp_path, (HEAD + RULE.format(id="A-1")).replace(*change)))
    assert error.code == code
    assert error.place.line == line
    assert named in str(error)


def test_a_python_tag_runs_nothing(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(data / "bad" / "rules_python_object.yaml").code == "E-RULE-PARSE"
    assert not list(tmp_path.iterdir())


def test_an_id_twice_names_both_places(tmp_path: Path) -> None:
    error = refused(write(tmp_path, HEAD + RULE.format(id="A-1") + RULE.format(id="A-1")))
    assert error.code == "E-RULE-DUP"
    assert "own.yaml:5" in str(error)
    assert error.place.line == 13


def test_an_id_may_have_versions_that_follow_each_other(tmp_path: Path) -> None:
    old = RULE.format(id="A-1") + "    valid_to: 2026-06-30\n"
    new = RULE.format(id="A-1") + "    valid_from: 2026-07-01\n"
    pack = load_pack(write(tmp_path, HEAD + new + old))
    assert [rule.valid_to for rule in pack.rules] == [dt.date(2026, 6, 30), None]
    assert len(pack.applicable("CZPC", dt.date(2026, 6, 30))) == len(pack.applicable("CZPC", dt.date(2026, 7, 1))) == 1
    assert refused(write(tmp_path, HEAD + old + new.replace("07-01", "06-30"))).code == "E-RULE-DUP"


def test_a_circle_of_includes_is_named(tmp_path: Path) -> None:
    write(tmp_path, HEAD.replace("rules:", "includes: [own]\nrules:") + RULE.format(id="B-1"), "other.yaml")
    error = refused(write(tmp_path, HEAD.replace("rules:", "includes: [other]\nrules:") + RULE.format(id="A-1")))
    assert error.code == "E-RULE-CYCLE"
    assert "own.yaml → other.yaml → own.yaml" in str(error)


@pytest.mark.parametrize("name", ["../other", "/etc/passwd", "nowhere", "C:\\other"])
def test_an_include_stays_in_the_folder(tmp_path: Path, name: str) -> None:
    text = HEAD.replace("rules:", f"includes: ['{name}']\nrules:") + RULE.format(id="A-1")
    assert refused(write(tmp_path, text)).code == "E-RULE-PATH"


def test_a_pack_without_rules_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, HEAD.replace("rules:", "rules: []"))).code == "E-RULE-EMPTY"


def test_the_embedded_text_gives_the_same_pack() -> None:
    pack = builtin_pack("hunan")
    again = pack_from_text(pack.text)
    assert again.sha256 == pack.sha256
    assert again.rules == pack.rules


def test_the_hash_changes_with_a_rule(tmp_path: Path) -> None:
    one = load_pack(write(tmp_path, HEAD + RULE.format(id="A-1")))
    other = load_pack(write(tmp_path, HEAD + RULE.format(id="A-1").replace("1.0", "2.0")))
    comment = load_pack(write(tmp_path, "# a comment\n" + HEAD + RULE.format(id="A-1")))
    assert one.sha256 != other.sha256
    assert one.sha256 == comment.sha256


def test_there_is_no_built_in_pack_of_another_folder() -> None:
    with pytest.raises(LandReviewError) as caught:
        builtin_pack("../packs/hunan")
    assert caught.value.code == "E-RULE-PATH"


EXAMPLE = """    examples:
      - {parcel: "POLYGON((0 0,10 0,10 10,0 10,0 0))", layer: "POLYGON((5 0,15 0,15 10,5 10,5 0))", expect: conflict}
      - {parcel: "POLYGON((0 0,10 0,10 10,0 10,0 0))", layer: "POLYGON((5 0,15 0,15 10,5 10,5 0))", expect: clear}
"""


def test_an_example_that_contradicts_its_rule_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + RULE.format(id="A-1") + EXAMPLE)
    assert len(load_pack(path).rules) == 1, "reading alone does not run them"
    with pytest.raises(LandReviewError) as caught:
        load_pack(path, try_examples=True)
    assert (caught.value.code, caught.value.place.line) == ("E-RULE-EXAMPLE", 14)
    assert "A-1: clear ≠ conflict, 50.00 m²" in str(caught.value)
    fits = write(tmp_path, HEAD + RULE.format(id="A-1") + EXAMPLE.replace("expect: clear", "expect: conflict"))
    assert load_pack(fits, try_examples=True).rules


@pytest.mark.parametrize(
    "flaw",
    ["rules: " + "[" * 10_000 + "]" * 10_000, "rules:\n" + "".join(" " * i + "- \n" for i in range(1, 1000))],
    ids=["in one line", "line by line"],
)
def test_ten_thousand_levels_are_refused(tmp_path: Path, flaw: str) -> None:
    error = refused(write(tmp_path, "pack: own\n" + flaw))
    assert error.code == "E-RULE-PARSE"
    assert error.place.line is not None
    assert "levels" in str(error)


def test_an_expression_of_ten_thousand_levels_is_refused(tmp_path: Path) -> None:
    where = '    where: "' + "not " * 900 + "class = '1'\"\n"
    error = refused(write(tmp_path, HEAD + RULE.format(id="A-1") + where))
    assert error.code in {"E-RULE-EXPR", "E-RULE-TYPE"}


def test_the_pack_in_use_stays_in_use(tmp_path: Path, county: Path) -> None:
    """A batch read the pack at its start; what somebody breaks meanwhile does not reach its later cases."""
    from landreview_plugin.jobs.kit import Kit

    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text("layers: []\n", encoding="utf-8")
    path, kit = write(tmp_path, HEAD + RULE.format(id="A-1")), Kit()
    first = kit.frame("demo", str(catalogue), str(path))
    write(tmp_path, "pack: [broken")
    assert kit.frame("demo", str(catalogue), str(path)) is first
    with pytest.raises(LandReviewError):
        Kit().frame("demo", str(catalogue), str(path))
