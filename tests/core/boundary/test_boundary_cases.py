# SPDX-License-Identifier: GPL-2.0-or-later
"""Every row of txt_cases.csv yields its code with its severity, and nothing graver beside it."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from landreview_plugin.core.boundary.reader import ReadOptions, read_boundary_text
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.model.problems import Level, Problem
from landreview_plugin.core.texts import problem_sentence

DATA = Path(__file__).parents[2] / "data"
GOOD = (DATA / "txt_samples" / "sample_a_utf8_lf.txt").read_text(encoding="utf-8")
HOLE = (DATA / "txt_samples" / "sample_b_utf8_lf.txt").read_text(encoding="utf-8")
PARCEL = "5,0.9600,1,地块1,面,,公路用地,1003,@\n"
J1 = "J1,1,3120000.000,38405000.000\n"
J2 = "J2,1,3120000.000,38405120.000\n"
J3 = "J3,1,3119920.000,38405120.000\n"
J4 = "J4,1,3119920.000,38405000.000\n"
POINTS = J1 + J2 + J3 + J4 + J1
DEGREES = (
    "J1,1,28.195000,112.985000\nJ2,1,28.195000,112.986000\nJ3,1,28.194000,112.986000\n"
    "J4,1,28.194000,112.985000\nJ1,1,28.195000,112.985000\n"
)
HEADER = GOOD[: GOOD.index("[地块坐标]")]
HUNAN = (108.5, 24.4, 114.5, 30.4)
TODAY = dt.date(2026, 7, 1)


def put(old: str, new: str, text: str = GOOD) -> str:
    """The sample with one thing changed; a change that changes nothing is a mistake of the test."""
    assert old in text
    return text.replace(old, new)


def moved(northing_m: int, easting_m: int) -> str:
    """The square elsewhere."""
    text = POINTS.replace("3120000", str(3120000 + northing_m)).replace("3119920", str(3119920 + northing_m))
    return text.replace("38405000", str(38405000 + easting_m)).replace("38405120", str(38405120 + easting_m))


def exchanged(points: str) -> str:
    rows = (line.split(",") for line in points.strip().split("\n"))
    return "".join(f"{label},{ring},{y},{x}\n" for label, ring, x, y in rows)


CASES: dict[str, str | bytes] = {
    "M01": HEADER,
    "M02": GOOD[GOOD.index("[地块坐标]") :],
    "M03": GOOD.encode().replace("地块1".encode(), b"\xff\xff\x81"),
    "M04": put("坐标系=2000国家大地坐标系", "坐标系="),
    "M05": put("坐标系=2000国家大地坐标系", "坐标系=WGS84"),
    "M06": put("坐标系=2000国家大地坐标系", "坐标系=1980西安坐标系"),
    "M07": put("几度分带=3", "几度分带=1.5"),
    "M08": put("带号=38", "带号=37"),
    "M09": put(",384", ",4", put("带号=38", "带号=")),
    "M10": put(",384", ",194", put("带号=38", "带号=")),
    "M11": put(POINTS, exchanged(POINTS)),
    "M12": put(POINTS, DEGREES),
    "M13": put(J1, "J1，1，3120000.000，38405000.000\n"),
    "M14": put(J2, "J2,1,３１２００００.000,38405120.000\n"),
    "M15": put(J4 + J1, J4, put("5,0.9600", "4,0.9600")),
    "M16": put(POINTS, J1 + J2 + J1),
    "M17": put(J3, "J6,1,3119950.000,38405120.000\nJ5,1,3119930.000,38405120.000\n" + J3),
    "M18": put("1003,@", "1003,"),
    "M19": put(PARCEL, ""),
    "M20": put(PARCEL, "5,0.9600,0,空,面,,,,@\n" + PARCEL),
    "M21": put("J3,1,3119920.000", "J3,1,31199x0.000"),
    "M22": put("J3,1,3119920.000", "J3,1,3 119 920.000"),
    "M23": put(J3, "J3,3119920.000\n"),
    "M24": put(J3, "J3,3119920.000,38405120.000\n"),
    "M25": put("面,,公路用地,1003,@", "线,,,,@"),
    "M26": put("5,0.9600,", "5,,"),
    "M27": put("5,0.9600,", "5,9600.00,"),
    "M28": put("5,0.9600,", "5,0.9600公顷,"),
    "M29": GOOD + PARCEL + moved(1000, 0),
    "M30": put(J2, J2 + J2),
    "M31": put(J2 + J3, J3 + J2),
    "M32": put("520110.000", "520310.000", HOLE),
    "M33": put(POINTS, POINTS + POINTS.replace(",1,", ",2,"), put("5,0.9600", "10,0.9600")),
    "M34": GOOD + PARCEL.replace(",1,地块1", ",2,地块2") + moved(0, 100),
    "M35": put(POINTS, moved(1_000_000, 0)),
    "M36": GOOD,
    "M37": put(J2, "J2,1,3120000.0,38405120.0\n"),
    "M38": put(J4 + J1, J4 + "J1,1,3120000.000,3120000.000\n"),
    "M39": b"",
    "M40": put("38405120", "38405121", put("0.9600", "0.9600")).replace("38405121.000", "38405121.250"),
    "M41": b"\xef\xbb\xbf" + GOOD.encode(),
    "M42": GOOD + GOOD.replace("带号=38", "带号=37").replace(",1,地块1", ",2,地块2").replace(POINTS, moved(1000, 0)),
    "M43": put("J1,1,", "J1-1, 1,"),
    "M44": put("2026-03-02", "2062-13-40"),
    "M45": put("38405000.000", "38405000.000,52.31"),
}
LINES = {"M08": 9, "M11": 14, "M13": 14, "M15": 17, "M18": 13, "M19": 13, "M20": 13, "M21": 16, "M23": 16, "M38": 18}
OPTIONS = {
    "M35": ReadOptions(today=TODAY, extent=HUNAN),
    "M36": ReadOptions(today=TODAY, extent=HUNAN, county="431126"),
}
CONSEQUENCES = {"M16": {"W-TXT-COUNT"}}
"""Further codes that the same defect must give: two points are missing."""


def rows() -> list[dict[str, str]]:
    with (DATA / "txt_cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(content: str | bytes, options: ReadOptions | None = None) -> ParcelReading:
    data = content.encode() if isinstance(content, str) else content
    return read_boundary_text(data, file="case.txt", options=options or ReadOptions(today=TODAY))


def only(reading: ParcelReading, code: str) -> Problem:
    (found,) = [problem for problem in reading.problems if problem.code == code]
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_each_case_yields_its_code(row: dict[str, str]) -> None:
    name, code = row["id"], row["code"]
    reading = read(CASES[name], OPTIONS.get(name, ReadOptions(today=TODAY)))

    found = {problem.code: problem for problem in reversed(reading.problems)}
    assert code in found
    assert found[code].level is Level(row["severity"])
    assert found.keys() - {code} <= CONSEQUENCES.get(name, set())
    if name in LINES:
        assert found[code].place.line == LINES[name]
    for language in Language:
        sentence = problem_sentence(found[code], language)
        assert code in sentence
        assert len(sentence) > len(code) + 10


def test_strict_makes_refusals_of_warnings() -> None:
    problem = only(read(CASES["M15"], ReadOptions(today=TODAY, strict=True)), "W-TXT-OPEN")

    assert problem.level is Level.ERROR
    assert problem.refuses


def test_exchanged_axes_are_read_but_need_a_yes() -> None:
    doubtful = read(CASES["M11"])
    confirmed = read(CASES["M11"], ReadOptions(today=TODAY, accept_repairs=frozenset({"W-TXT-SWAP"})))

    assert only(doubtful, "W-TXT-SWAP").level is Level.WARNING
    assert [problem.code for problem in doubtful.errors] == ["W-TXT-SWAP"]
    assert confirmed.errors == ()
    assert only(confirmed, "W-TXT-SWAP").repair is not None
    assert confirmed.parcels[0].geometry.equals(read(GOOD).parcels[0].geometry)


def test_some_exchanged_points_are_no_repair() -> None:
    reading = read(put(J2, exchanged(J2)))

    assert only(reading, "E-CRS-RANGE").place.line == 15
    assert reading.notes.get("axes") is None


def test_a_crossing_is_shown_where_it_is() -> None:
    problem = only(read(CASES["M31"]), "E-GEO-SELFX")

    assert problem.place.xy == (38405060.0, 3119960.0)
    assert problem.geometry is not None
    assert read(CASES["M31"]).parcels[0].geometry.is_valid is False  # nothing is mended


def test_the_area_of_an_overlap_is_given() -> None:
    problem = only(read(CASES["M34"]), "E-GEO-OVERLAP")

    assert problem.geometry is not None
    assert problem.geometry.area == pytest.approx(20 * 80)
    assert problem.reason is not None
    assert "1600.00 m²" in problem.reason.en
    assert "line 13" in problem.reason.en


def test_both_places_of_a_doubled_number_are_named() -> None:
    problem = only(read(CASES["M29"]), "E-ATT-DUPNO")

    assert problem.place.line == 19
    assert problem.reason is not None
    assert "13" in problem.reason.zh


def test_square_metres_are_converted_and_said() -> None:
    reading = read(CASES["M27"])

    assert str(reading.parcels[0].stated_area_ha) == "0.96"
    repair = only(reading, "W-TXT-AREAUNIT").repair
    assert repair is not None
    assert "10000" in repair.en


def test_the_distance_to_the_province_is_given() -> None:
    reason = only(read(CASES["M35"], OPTIONS["M35"]), "E-JUR-OUT").reason

    assert reason is not None
    assert "km" in reason.en


@pytest.mark.parametrize(
    "value", ["NaN", "inf", "-inf", "1e5", "3,119,920.000", "3'119", "0x10", "３e5", "", "1" * 400]
)
def test_only_plain_decimal_numbers_are_read(value: str) -> None:
    reading = read(put("J3,1,3119920.000", f"J3,1,{value}"))

    assert {problem.code for problem in reading.problems} == {"E-TXT-NUM"}
    assert only(reading, "E-TXT-NUM").place.line == 16
    assert only(reading, "E-TXT-NUM").place.column == 3
    assert (reading.points_in, reading.points_rejected) == (5, 1)


@pytest.mark.parametrize("name", ["M02", "M04"])
def test_a_system_given_by_hand_fills_the_gap(name: str) -> None:
    reading = read(CASES[name], ReadOptions(today=TODAY, crs=crs_from_epsg(4526)))

    assert reading.crs == crs_from_epsg(4526)
    assert reading.errors == ()


@pytest.mark.parametrize(("epsg", "code"), [(4525, "E-CRS-ZONE"), (4547, "E-CRS-ZONE"), (2362, "E-CRS-DATUM")])
def test_a_system_given_by_hand_must_not_contradict(epsg: int, code: str) -> None:
    reading = read(GOOD, ReadOptions(today=TODAY, crs=crs_from_epsg(epsg)))

    assert code in {problem.code for problem in reading.errors}


def test_old_data_are_shown_in_their_own_system() -> None:
    reading = read(CASES["M06"])

    assert reading.crs == crs_from_epsg(2362)
    assert len(reading.parcels) == 1
