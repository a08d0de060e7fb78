# SPDX-License-Identifier: GPL-2.0-or-later
"""A catalogue under change: half-filled lines are kept, nothing is refused before it is saved, nothing is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landreview_plugin.core.catalogue_draft import Draft, Line, line_of, name_of, roles_of
from landreview_plugin.core.model.catalogue import Catalogue, CatalogueEntry, SignedNone
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.tables import table

DAY = dt.date(2026, 6, 30)
NONE = CatalogueEntry(key="explore", none=SignedNone(reason="本县无探矿权", by="局长", date=DAY))
OLD = CatalogueEntry(key="pbf", source="2025.gpkg", data_date=dt.date(2025, 6, 30))
NEW = CatalogueEntry(key="pbf", source="2026.gpkg", data_date=DAY, fields={"class": "DLBM"}, max_age_days=400)
OFFICE = Catalogue(jurisdiction="430998", layers=(NONE, OLD, NEW))


def keys(draft: Draft) -> list[str]:
    return [draft.line(number).key for number in draft.ids()]


def of(draft: Draft, key: str) -> int:
    return next(number for number in draft.ids() if draft.line(number).key == key)


def test_every_key_has_a_line_and_the_newest_binding_comes_first() -> None:
    draft = Draft(OFFICE)
    assert set(keys(draft)) == {row["key"] for row in table("layers")}
    assert [draft.line(n).source for n in draft.ids() if draft.line(n).key == "pbf"] == ["2026.gpkg", "2025.gpkg"]
    assert draft.line(of(draft, "xzq")).blank


def test_an_untouched_draft_is_the_catalogue() -> None:
    draft = Draft(OFFICE)
    assert draft.catalogue() == OFFICE and not draft.changed


def test_a_changed_line_changes_its_binding_in_its_place() -> None:
    draft = Draft(OFFICE)
    number = of(draft, "pbf")
    draft.put(number, replace(draft.line(number), max_age_days=200))
    assert draft.changed
    assert draft.catalogue().layers == (NONE, OLD, NEW.model_copy(update={"max_age_days": 200}))
    draft.saved(draft.catalogue())
    assert not draft.changed


def test_a_blank_line_that_is_filled_becomes_a_binding_at_the_end() -> None:
    draft = Draft(OFFICE)
    number = draft.add(Line("xzq", source="a.gpkg"))
    assert number == of(draft, "xzq") and keys(draft).count("xzq") == 1
    assert draft.catalogue().layers[:3] == OFFICE.layers and draft.catalogue().layers[3].key == "xzq"


def test_another_version_keeps_what_it_was_made_from() -> None:
    draft = Draft(OFFICE)
    number = draft.another_version(of(draft, "pbf"))
    assert draft.line(number).data_date is None and draft.line(number).fields == {"class": "DLBM"}
    assert len(draft.catalogue().layers) == 4


def test_removing_the_last_binding_of_a_key_leaves_a_blank_line() -> None:
    draft = Draft(OFFICE)
    draft.remove(of(draft, "explore"))
    assert draft.line(of(draft, "explore")).blank
    draft.remove(of(draft, "pbf"))
    assert draft.catalogue().layers == (OLD,)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line("explore", signed=True, reason="无", by="", date=DAY), "who signs"),
        (Line("explore", signed=True, reason="无", by="局长"), "the day"),
        (Line("mining", source="a.gpkg", where="类型 ="), ""),
        (Line("mining"), "no source"),
    ],
)
def test_what_is_incomplete_is_named_when_it_is_to_be_saved(line: Line, words: str) -> None:
    draft = Draft(Catalogue())
    number = draft.add(line)
    assert draft.line(number) == line, "typed is typed"
    with pytest.raises(LandReviewError) as raised:
        line.entry()
    assert raised.value.code == "E-CAT-TYPE" and raised.value.detail is not None
    assert name_of(line.key).en in raised.value.detail.en and words in raised.value.detail.en


def test_a_switch_to_none_and_back_loses_no_source() -> None:
    line = line_of(NEW)
    signed = replace(line, signed=True, reason="本县无", by="局长", date=DAY)
    assert signed.entry().source == "" and signed.entry().none is not None
    assert replace(signed, signed=False).entry() == NEW


ENTRIES = st.lists(st.sampled_from([NONE, OLD, NEW, CatalogueEntry(key="xzq", source="x.shp")]), max_size=6)


@given(ENTRIES)
def test_lines_say_what_the_entries_said(entries: list[CatalogueEntry]) -> None:
    catalogue = Catalogue(layers=tuple(entries))
    draft = Draft(catalogue)
    assert draft.catalogue() == catalogue and not draft.changed
    for number in draft.ids():
        draft.remove(number)
    assert draft.catalogue().layers == ()


def test_roles_know_what_rules_need() -> None:
    assert ("class", True) in roles_of("dltb") and ("grade", False) in roles_of("dltb")


def test_every_role_has_a_name_in_both_languages() -> None:
    roles = {row["role"] for row in table("layer_fields")}
    assert roles == {row["role"] for row in table("layer_roles")}
    assert all(row["name_zh"] and row["name_en"] for row in table("layer_roles"))
