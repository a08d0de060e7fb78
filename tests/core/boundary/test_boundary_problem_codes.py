# SPDX-License-Identifier: GPL-2.0-or-later
"""The page of problem codes: complete, bilingual, with an example each, and up to date."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from landreview_plugin.core.tables import table

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_problem_codes", ROOT / "tools" / "make_problem_codes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_codes_have_texts_in_both_languages() -> None:
    codes = [row["code"] for row in table("error_codes")]

    assert len(codes) == len(set(codes))
    for row in table("error_codes"):
        assert all(row[column].strip() for column in ("meaning_zh", "meaning_en", "hint_zh", "hint_en")), row["code"]


def test_every_code_has_an_example(generator: ModuleType) -> None:
    assert {row["code"] for row in table("error_codes")} <= generator.examples().keys()


def test_the_page_is_up_to_date(generator: ModuleType) -> None:
    page = (ROOT / "docs" / "problem-codes.md").read_text(encoding="utf-8")

    assert page == generator.page(), "run python tools/make_problem_codes.py"
