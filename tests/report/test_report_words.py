# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of the reports exist in both languages, with the same places to fill in."""

from __future__ import annotations

import csv
import re
from string import Formatter

import pytest

from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.result import Basis
from landreview_plugin.core.tables import RESOURCES
from landreview_plugin.report.words import Words, printable

with (RESOURCES / "templates" / "report_words.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_key_stands_once() -> None:
    keys = [row["key"] for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("row", ROWS, ids=[row["key"] for row in ROWS])
def test_both_languages_say_the_same(row: dict[str, str]) -> None:
    assert row["zh"] and row["en"]
    assert None not in row, "an unquoted comma cut the text"
    assert places(row["zh"]) == places(row["en"])
    assert not re.search("[\u4e00-\u9fff]", row["en"])


def test_laws_are_set_in_title_marks_and_numbered_documents_are_not() -> None:
    zh = Words(Language.ZH)
    assert zh.law(Basis(law="土地管理法", article="第三十五条")) == "《土地管理法》第三十五条"
    assert zh.law(Basis(law="自然资发〔2022〕142号", article="一(一)")) == "自然资发〔2022〕142号一(一)"
    assert (
        Words("en").law(Basis(law="土地管理法", article="第三十五条"))
        == "Land Administration Law (土地管理法), 第三十五条"
    )


def test_what_no_document_can_hold_becomes_a_visible_mark() -> None:
    assert printable("a\x00b\x0bc\ud800d\ufffe") == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert printable("田\t水\n𠀀") == "田\t水\n𠀀"
