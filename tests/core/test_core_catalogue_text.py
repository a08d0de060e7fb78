# SPDX-License-Identifier: GPL-2.0-or-later
"""A changed catalogue keeps comments, order and spelling of what did not change, and says what was asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.catalogue import CatalogueFile, open_catalogue, save_catalogue
from landreview_plugin.core.catalogue_text import rewritten, written
from landreview_plugin.core.model.catalogue import Catalogue, CatalogueEntry, SignedNone
from landreview_plugin.core.model.problems import LandReviewError

OFFICE = """\
# 青岚县图层目录，每季度更新
jurisdiction: "430998"   # 县代码

layers:
  # 耕地保护科提供
  - key: pbf
    source: county.gpkg|layername=YJJBNT
    data_date: 2026-06-30  # 二季度
    fields:
      class: DLBM
      number: BSM
    # 覆盖范围取行政区
    coverage: county.gpkg|layername=XZQ
  - {key: xzq, source: county.gpkg|layername=XZQ}
  - key: explore
    none: {reason: 本县无探矿权, by: 局长, date: 2026-06-30}   # 已签字
  - key: dltb
    source: "dltb 2025.gpkg"
"""


def of(text: str) -> Catalogue:
    return Catalogue.model_validate(yaml.safe_load(text))


def changed(key: str, **fields: object) -> Catalogue:
    before = of(OFFICE)
    layers = tuple(e.model_copy(update=fields) if e.key == key else e for e in before.layers)
    return before.model_copy(update={"layers": layers})


def lines_that_differ(text: str) -> tuple[list[str], list[str]]:
    old, new = OFFICE.splitlines(), text.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_an_unchanged_catalogue_keeps_its_text_to_the_letter() -> None:
    assert rewritten(OFFICE, of(OFFICE)) == (OFFICE, True)


def test_a_changed_value_changes_its_line_and_keeps_the_comment_there() -> None:
    text, kept = rewritten(OFFICE, changed("pbf", data_date=dt.date(2026, 9, 30)))
    assert kept
    gone, come = lines_that_differ(text)
    assert gone == ["    data_date: 2026-06-30  # 二季度"]
    assert come == ["    data_date: 2026-09-30  # 二季度"]


def test_an_added_value_is_one_new_line() -> None:
    text, kept = rewritten(OFFICE, changed("pbf", max_age_days=400))
    assert kept and lines_that_differ(text) == ([], ["    max_age_days: 400"])


def test_a_removed_value_is_one_line_less() -> None:
    text, kept = rewritten(OFFICE, changed("pbf", coverage=""))
    assert kept and lines_that_differ(text) == (["    coverage: county.gpkg|layername=XZQ"], [])


def test_a_changed_block_becomes_one_line() -> None:
    text, kept = rewritten(OFFICE, changed("pbf", fields={"class": "DLDM"}))
    assert kept and "    fields: {class: DLDM}\n    # 覆盖范围取行政区\n" in text


def test_an_entry_on_one_line_stays_on_one_line() -> None:
    text, kept = rewritten(OFFICE, changed("xzq", data_date=dt.date(2026, 1, 1)))
    assert kept and "  - {key: xzq, source: county.gpkg|layername=XZQ, data_date: 2026-01-01}\n" in text


def test_a_new_binding_is_added_at_the_end() -> None:
    new = CatalogueEntry(key="mining", source="矿权 & 2026.gpkg|layername=CKQ", where="矿权类型 = '采矿权'")
    before = of(OFFICE)
    text, kept = rewritten(OFFICE, before.model_copy(update={"layers": (*before.layers, new)}))
    assert kept and text.startswith(OFFICE)
    assert text.endswith(
        "  - key: mining\n    source: 矿权 & 2026.gpkg|layername=CKQ\n    where: 矿权类型 = '采矿权'\n"
    )


def test_a_removed_binding_takes_its_lines_along_and_no_other() -> None:
    before = of(OFFICE)
    text, kept = rewritten(OFFICE, before.model_copy(update={"layers": before.layers[1:]}))
    assert kept and "YJJBNT" not in text
    assert "# 耕地保护科提供" in text and "# 已签字" in text


def test_a_source_becomes_a_signed_none() -> None:
    none = SignedNone(reason="本县无此类", by="局长", date=dt.date(2026, 9, 1))
    text, kept = rewritten(OFFICE, changed("dltb", source="", none=none))
    assert kept and of(text).layers[3].none == none and "dltb 2025" not in text


def test_the_county_can_be_set_where_there_was_none() -> None:
    text, kept = rewritten(
        "# kept\nlayers:\n- key: xzq\n  source: a.shp\n", of(OFFICE).model_copy(update={"layers": ()})
    )
    assert of(text) == Catalogue(jurisdiction="430998")
    assert not kept and text.startswith("# kept\n")


@pytest.mark.parametrize(
    "text",
    [
        "layers: []\n",
        "{layers: [{key: xzq, source: a.shp}]}  # on one line\n",
        "layers:\n",
    ],
)
def test_what_cannot_be_edited_is_written_anew_and_said(text: str) -> None:
    wanted = of(OFFICE)
    again, _ = rewritten(text, wanted)
    assert of(again) == wanted


def test_a_file_without_a_line_break_at_its_end_is_continued_on_a_new_line() -> None:
    wanted = Catalogue(layers=of(OFFICE).layers[1:])
    text, kept = rewritten("layers:  # of the county\n- key: xzq\n  source: county.gpkg|layername=XZQ", wanted)
    assert kept and of(text) == wanted and "# of the county" in text


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
DATES = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
SOURCES = st.builds(
    CatalogueEntry,
    key=st.sampled_from(["pbf", "xzq", "dltb", "mining"]),
    source=NAMES,
    data_date=DATES,
    max_age_days=st.none() | st.integers(0, 4_000),
    coverage=st.just("") | NAMES,
    fields=st.dictionaries(st.sampled_from(["class", "name", "number"]), NAMES),
    where=st.just("") | NAMES,
    construction=st.lists(st.sampled_from(["04", "05", "08", "0701"]), unique=True).map(tuple),
)
SIGNED = st.builds(
    CatalogueEntry,
    key=st.sampled_from(["explore", "pbf"]),
    none=st.builds(SignedNone, reason=NAMES, by=NAMES, date=st.dates()),
)
CATALOGUES = st.builds(
    Catalogue,
    jurisdiction=st.sampled_from(["", "430998", "430000"]),
    title=st.just("") | NAMES,
    layers=st.lists(SOURCES | SIGNED, max_size=5).map(tuple),
)


@given(CATALOGUES, CATALOGUES)
def test_whatever_is_changed_into_whatever_says_what_was_asked(before: Catalogue, wanted: Catalogue) -> None:
    text, _ = rewritten(written(before), wanted)
    assert of(text) == wanted


@given(CATALOGUES)
def test_a_commented_office_file_can_become_anything(wanted: Catalogue) -> None:
    assert of(rewritten(OFFICE, wanted)[0]) == wanted


# the file


@pytest.fixture
def file(tmp_path: Path) -> CatalogueFile:
    path = tmp_path / "青岚 & 县" / "catalogue.yaml"
    path.parent.mkdir()
    path.write_text(OFFICE, encoding="utf-8")
    return open_catalogue(path)


def test_a_saved_catalogue_is_read_as_it_was_meant(file: CatalogueFile) -> None:
    wanted = changed("pbf", max_age_days=400)
    saved, kept = save_catalogue(file, wanted)
    assert kept and open_catalogue(file.path) == saved and saved.catalogue == wanted
    assert sorted(p.name for p in file.path.parent.iterdir()) == ["catalogue.yaml"], "nothing is left beside it"


def test_a_catalogue_that_somebody_else_changed_is_left_alone(file: CatalogueFile) -> None:
    theirs = OFFICE.replace("县代码", "县")
    file.path.write_text(theirs, encoding="utf-8")
    with pytest.raises(LandReviewError) as raised:
        save_catalogue(file, changed("pbf", max_age_days=400))
    assert raised.value.code == "E-CAT-CHANGED"
    assert file.path.read_text(encoding="utf-8") == theirs


def test_a_new_catalogue_is_written_but_never_over_one_that_came_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    blank = CatalogueFile(path, "", Catalogue())
    save_catalogue(blank, of(OFFICE))
    assert open_catalogue(path).catalogue == of(OFFICE)
    with pytest.raises(LandReviewError) as raised:
        save_catalogue(blank, Catalogue())
    assert raised.value.code == "E-CAT-CHANGED"
