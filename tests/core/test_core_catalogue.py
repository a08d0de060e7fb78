# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue: which binding counts at which date, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from landreview_plugin.core.catalogue import load_catalogue
from landreview_plugin.core.model.problems import LandReviewError

AT = dt.date(2026, 9, 1)


def write(folder: Path, text: str) -> Path:
    path = folder / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_newest_version_not_after_the_reference_date_counts(tmp_path: Path) -> None:
    catalogue = load_catalogue(
        write(
            tmp_path,
            """
jurisdiction: "430998"
layers:
  - {key: pbf, source: old.gpkg, data_date: 2025-06-30}
  - {key: pbf, source: now.gpkg, data_date: 2026-06-30}
  - {key: pbf, source: next.gpkg, data_date: 2026-12-31}
""",
        )
    )
    entry = catalogue.entry("pbf", AT)
    assert entry is not None and entry.source == "now.gpkg"
    entry = catalogue.entry("pbf", dt.date(2026, 1, 1))
    assert entry is not None and entry.source == "old.gpkg"
    assert catalogue.entry("pbf", dt.date(2020, 1, 1)) is None
    assert catalogue.binds("pbf")


def test_a_signed_none_counts_from_its_date(tmp_path: Path) -> None:
    catalogue = load_catalogue(
        write(tmp_path, "layers:\n  - {key: explore, none: {reason: 无, by: head, date: 2026-06-30}}\n")
    )
    assert catalogue.entry("explore", AT) is not None
    assert catalogue.entry("explore", dt.date(2026, 6, 29)) is None


@pytest.mark.parametrize(
    ("text", "code", "line", "named"),
    [
        ("layers:\n  - {key: pbf, sorce: a.gpkg}\n", "E-CAT-FIELD", 2, "sorce"),
        ("layers:\n  - {key: pfb, source: a.gpkg}\n", "E-CAT-TYPE", 2, "pfb"),
        ("layers:\n  - {key: pbf}\n", "E-CAT-TYPE", 2, "source or none"),
        ("layers:\n  - {key: pbf, source: a.gpkg, data_date: soon}\n", "E-CAT-TYPE", 2, "data_date"),
        ("layers: [\n", "E-CAT-PARSE", 2, ""),
        ("layers:\nlayers:\n", "E-CAT-FIELD", 2, "layers"),
        ("layers: !!python/object:os.system {}\n", "E-CAT-PARSE", 1, "python"),
    ],
)
def test_a_flaw_is_named_with_its_place(tmp_path: Path, text: str, code: str, line: int, named: str) -> None:
    with pytest.raises(LandReviewError) as caught:
        load_catalogue(write(tmp_path, text))
    assert caught.value.code == code
    assert caught.value.place.line == line
    assert named in str(caught.value)


def test_a_missing_catalogue_says_so(tmp_path: Path) -> None:
    with pytest.raises(LandReviewError) as caught:
        load_catalogue(tmp_path / "none.yaml")
    assert caught.value.code == "E-SRC-MISSING"


def test_two_bindings_of_one_date_are_rivals(tmp_path: Path) -> None:
    text = (
        "layers:\n  - {key: pbf, source: south.gpkg, data_date: 2026-06-30}\n"
        "  - {key: pbf, source: north.gpkg, data_date: 2026-06-30}\n"
        "  - {key: pbf, source: old.gpkg, data_date: 2025-06-30}\n"
    )
    catalogue = load_catalogue(write(tmp_path, text))
    assert [entry.source for entry in catalogue.rivals("pbf", AT)] == ["south.gpkg", "north.gpkg"]
    assert [entry.source for entry in catalogue.rivals("pbf", dt.date(2026, 1, 1))] == ["old.gpkg"]
    assert catalogue.rivals("ugb", AT) == ()
