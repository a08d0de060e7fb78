# SPDX-License-Identifier: GPL-2.0-or-later
"""``result.json`` says everything but the geometry, keeps to its schema and comes back equal."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import jsonschema
import pydantic
import pytest

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.report.json_result import read_json, to_json, write_json

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "docs" / "result.schema.json"


def without_geometry(result: ReviewResult) -> ReviewResult:
    update = {
        name: tuple(item.model_copy(update={"geometry": None}) for item in getattr(result, name))
        for name in ("parcels", "findings", "uncovered", "quality")
    }
    return result.model_copy(update=update)


def test_what_was_written_reads_back_equal(result: ReviewResult, folder: Path) -> None:
    write_json(result, folder / "result.json")
    assert read_json(folder / "result.json") == without_geometry(result)


def test_the_file_keeps_to_the_published_schema(result: ReviewResult) -> None:
    jsonschema.validate(json.loads(to_json(result)), json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.skipif(
    not pydantic.VERSION.startswith("2.14"), reason="made by the pinned pydantic; others word defaults in other ways"
)
def test_the_published_schema_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_result_schema", ROOT / "tools" / "make_result_schema.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert SCHEMA.read_text(encoding="utf-8") == tool.schema_text(), "run tools/make_result_schema.py"


def test_the_names_that_scripts_rely_on(result: ReviewResult) -> None:
    data = json.loads(to_json(result))
    names = {"case", "verdict", "worst_severity", "findings", "areas", "uncovered", "quality", "provenance", "digest"}
    assert names <= data.keys()
    assert data["findings"][0]["area_printed"] == 4000.0
    assert data["areas"][0]["class"] == "0101"
    assert data["findings"][1]["dropped"] == {"count": 3, "area_m2": 0.41}


def test_chinese_is_readable_and_the_bytes_are_stable(result: ReviewResult, folder: Path) -> None:
    write_json(result, folder / "a.json")
    write_json(result, folder / "b.json")
    assert (folder / "a.json").read_bytes() == (folder / "b.json").read_bytes()
    assert "永久基本农田".encode() in (folder / "a.json").read_bytes()
    assert b"\r" not in (folder / "a.json").read_bytes()


def test_free_keys_are_sorted(result: ReviewResult) -> None:
    versions = dict(reversed(result.provenance.versions.items()))
    other = result.model_copy(update={"provenance": result.provenance.model_copy(update={"versions": versions})})
    assert to_json(other) == to_json(result)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "E-SRC-MISSING"),
        (b"", "E-SRC-CORRUPT"),
        (b'{"schema_version": "1", "case":', "E-SRC-CORRUPT"),
        (b"[]", "E-SRC-CORRUPT"),
        (b'{"schema_version": "1", "surprise": 1}', "E-SRC-CORRUPT"),
        (b"\xff\xfe\x00", "E-SRC-CORRUPT"),
    ],
)
def test_a_broken_file_is_one_sentence(folder: Path, content: bytes | None, code: str) -> None:
    path = folder / "result.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LandReviewError) as caught:
        read_json(path)
    assert caught.value.code == code
    assert caught.value.place.file == str(path)
