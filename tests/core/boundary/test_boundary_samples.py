# SPDX-License-Identifier: GPL-2.0-or-later
"""The sample files of tests/data: parcels, areas, codes and points as their tables say."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from landreview_plugin.core.boundary.reader import read_boundary_text
from landreview_plugin.core.model.parcel import ParcelReading

DATA = Path(__file__).parents[2] / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(path: Path) -> ParcelReading:
    return read_boundary_text(path.read_bytes(), file=path.name)


@pytest.mark.parametrize("row", rows("txt/expected.csv"), ids=lambda row: row["file"])
def test_files_give_what_their_table_says(row: dict[str, str]) -> None:
    reading = read(DATA / "txt" / row["file"])
    areas = {number: Decimal(area) for number, area in (pair.split("=") for pair in row["areas_m2"].split(";"))}

    assert len(reading.parcels) == int(row["parcels"])
    assert {p.number: round(Decimal(p.geometry.area), 2) for p in reading.parcels} == areas
    assert {problem.code for problem in reading.problems} == set(filter(None, row["codes"].split(";")))
    assert not reading.errors
    assert reading.points_rejected == 0


@pytest.mark.parametrize(
    ("name", "areas_m2", "epsg"),
    [("a", [9600.0], 4526), ("b", [19800.0], 4546), ("c", [5000.0, 20000.0], 4526)],
)
@pytest.mark.parametrize("kind", ["gbk_crlf", "utf8_lf"])
def test_samples_of_the_standard(name: str, areas_m2: list[float], epsg: int, kind: str) -> None:
    reading = read(DATA / "txt_samples" / f"sample_{name}_{kind}.txt")

    assert [p.geometry.area for p in reading.parcels] == pytest.approx(areas_m2, abs=0.005)
    assert reading.crs is not None
    assert reading.crs.code == f"EPSG:{epsg}"
    assert reading.problems == ()
    assert reading.notes["encoding"] == {"gbk_crlf": "gb18030", "utf8_lf": "utf-8"}[kind]


def test_an_empty_file_is_refused() -> None:
    reading = read(DATA / "bad" / "txt_empty.txt")

    assert [problem.code for problem in reading.errors] == ["E-TXT-EMPTYFILE"]


def test_not_a_number_is_refused_with_line_and_column() -> None:
    reading = read(DATA / "bad" / "txt_nan.txt")

    assert [(p.code, p.place.line, p.place.column, p.text) for p in reading.problems] == [("E-TXT-NUM", 13, 3, "inf")]
    assert (reading.points_in, reading.points_rejected) == (5, 1)
