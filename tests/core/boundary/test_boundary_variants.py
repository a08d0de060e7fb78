# SPDX-License-Identifier: GPL-2.0-or-later
"""Variants seen in the wild: encodings, separators, headers, rings by containment, closures."""

from __future__ import annotations

import datetime as dt
import random
import time
from pathlib import Path

import pytest

from landreview_plugin.core.boundary.reader import ReadOptions, read_boundary_text
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import CancelledError

DATA = Path(__file__).parents[2] / "data"
GOOD = (DATA / "txt_samples" / "sample_a_utf8_lf.txt").read_text(encoding="utf-8")
HEADER = GOOD[: GOOD.index("5,0.9600")]
EAST, NORTH = 38_400_000, 3_100_000


def read(text: str | bytes, **options: object) -> ParcelReading:
    data = text.encode() if isinstance(text, str) else text
    return read_boundary_text(data, options=ReadOptions(today=dt.date(2026, 7, 1), **options))  # type: ignore[arg-type]


def codes(reading: ParcelReading) -> set[str]:
    return {problem.code for problem in reading.problems}


def square(ring: int, west_m: int, south_m: int, size_m: int, first: int = 1, *, close: bool = True) -> list[str]:
    """Point lines of a square, clockwise from its north-west corner."""
    corners = [(size_m, 0), (size_m, size_m), (0, size_m), (0, 0), (size_m, 0)]
    rows = [
        f"J{first + i % 4},{ring},{NORTH + south_m + north}.000,{EAST + west_m + east}.000"
        for i, (north, east) in enumerate(corners)
    ]
    return rows if close else rows[:4]


def parcel(*rings: list[str], area: str = "") -> str:
    lines = [line for ring in rings for line in ring]
    return "\n".join([HEADER + f"{len(lines)},{area},1,地块1,面,,,,@", *lines])


@pytest.mark.parametrize("colon", [":", "：", " ： "])
def test_a_colon_for_the_equals_sign_is_read_and_said(colon: str) -> None:
    reading = read(GOOD.replace("=", colon))

    assert [p.geometry.area for p in reading.parcels] == [pytest.approx(9600)]
    assert reading.crs == read(GOOD).crs
    assert codes(reading) == {"W-TXT-COLON"}


def test_a_colon_in_a_remark_is_no_key() -> None:
    reading = read(GOOD.replace("[地块坐标]", "备注：坐标系见附件\n[地块坐标]"))

    assert codes(reading) == set()


def test_a_key_that_is_missing_is_named_as_it_should_stand() -> None:
    reading = read("\n".join(line for line in GOOD.splitlines() if not line.startswith("几度分带")))

    (problem,) = (problem for problem in reading.problems if problem.code == "E-CRS-WIDTH")
    assert problem.reason is not None and "几度分带" in problem.reason.zh and "几度分带" in problem.reason.en


@pytest.mark.parametrize("blanks", [" ", "   ", "\u3000"])
def test_points_separated_by_blanks(blanks: str) -> None:
    text = parcel([row.replace(",", blanks) for row in square(1, 0, 0, 100)])

    reading = read(text)

    assert [p.geometry.area for p in reading.parcels] == [pytest.approx(10_000)]
    assert "W-TXT-BLANKS" in codes(reading)


def test_a_blank_in_a_label_moves_no_column() -> None:
    """``J 1 1 3100100 38400000`` has five words: read as columns, the ring number would be a northing."""
    text = parcel([row.replace(",", " ").replace("J", "J ") for row in square(1, 0, 0, 100)])

    reading = read(text)

    assert not reading.parcels and codes(reading) >= {"E-TXT-COLS"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, newline: str) -> None:
    reading = read(GOOD.replace("\n", newline).encode(encoding))

    assert [p.name for p in reading.parcels] == ["地块1"]
    assert reading.parcels[0].geometry.area == pytest.approx(9600)
    assert codes(reading) <= {"I-TXT-BOM"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (",", "\t", None),
        (",", ";", None),
        (",", " , ", None),
        (",", "，", "W-TXT-FULLWIDTH"),
        ("=", "＝", "W-TXT-FULLWIDTH"),
        ("[属性描述]", "［属性描述］", "W-TXT-FULLWIDTH"),
        ("@", "＠", "W-TXT-FULLWIDTH"),
        (",@", ",@,", None),
        (",@", ", @ ", None),
        ("几度分带", "分带", None),
        ("几度分带=3", "几度分带=3度带", None),
        ("几度分带=3", "几度分带=3°带", None),
        ("几度分带=3", "几度分带=三度带", None),
        ("几度分带=3", "几度分带=一度半", "E-CRS-WIDTH"),
        ("[地块坐标]", "【地块坐标】", "W-TXT-FULLWIDTH"),
        ("[属性描述]", "[ 属性 描述 ]", None),
        (",面,", ",面状,", None),
        (",面,", ",POLYGON,", None),
        (",面,", ",Polygon,", None),
        (",面,", ",POINT,", "E-TXT-TYPE"),
        ("带号=38", "带号=第38带", None),
        ("带号=38", "中央子午线=114", None),
        ("坐标系=2000国家大地坐标系", "坐标系= CGCS2000 ", None),
        ("2026-03-02", "2026年3月2日", None),
        ("2026-03-02", "2062-03-02", "W-TXT-DATE"),
        ("带号=38", "带号=", None),
        ("投影类型=高斯克吕格\n", "", "W-TXT-KEY"),
        ("计量单位=米", "计量单位=千米", "E-CRS-UNIT"),
        ("高斯克吕格", "UTM", "E-CRS-PROJ"),
        ("带号=38", "带号=三十八", "E-CRS-ZONE"),
        ("带号=38", "带号=38\n带号=37", "E-TXT-MULTI"),
        ("坐标系=2000国家大地坐标系", "坐标系=2000西安坐标系", "E-CRS-DATUM"),
        ("几度分带=3\n", "", "E-CRS-WIDTH"),
        ("[属性描述]", "[项目信息]\n项目名称=甲\n[属性描述]", None),
        ("\nJ3,", "\n\n  \nJ3,", None),
    ],
)
def test_what_is_tolerated_and_what_is_said(old: str, new: str, code: str | None) -> None:
    assert old in GOOD
    reading = read(GOOD.replace(old, new))

    assert codes(reading) == ({code} if code else set())
    assert reading.parcels[0].geometry.area == pytest.approx(9600)
    assert reading.parcels[0].name == "地块1"
    assert reading.crs == (None if code == "E-CRS-DATUM" else crs_from_epsg(4526))


def test_a_full_width_comma_in_a_name_is_text() -> None:
    reading = read(GOOD.replace("地块1", "地块1，东侧（一期）"))

    assert reading.parcels[0].name == "地块1，东侧（一期）"
    assert reading.problems == ()


@pytest.mark.parametrize("name", ["<b>甲</b>", "=cmd|' /C calc'!A0", "'; DROP TABLE parcels; --".replace(";", "；")])
def test_names_are_text_and_nothing_else(name: str) -> None:
    assert read(GOOD.replace("地块1", name)).parcels[0].name == name


def test_rings_nest_by_containment_whatever_their_numbers() -> None:
    island, hole, outer = square(1, 40, 40, 20, 9), square(7, 30, 30, 40, 5), square(3, 0, 0, 100, 1)
    reading = read(parcel(island, hole, outer))

    assert reading.problems[0].code == "W-TXT-AREA"
    assert reading.errors == ()
    geometry = reading.parcels[0].geometry
    assert geometry.area == pytest.approx(100**2 - 40**2 + 20**2)
    assert [len(part.interiors) for part in geometry.geoms] == [0, 1]
    assert reading.parcels[0].labels == (
        ("J9", "J10", "J11", "J12"),
        ("J1", "J2", "J3", "J4"),
        ("J5", "J6", "J7", "J8"),
    )


def test_a_second_part_may_start_at_ring_1_again() -> None:
    reading = read(parcel(square(1, 0, 0, 10), square(1, 20, 0, 10)))

    assert reading.parcels[0].geometry.area == pytest.approx(200)
    assert reading.errors == ()


def test_a_second_part_may_start_where_the_first_one_ends() -> None:
    second = square(1, 0, 10, 10, 5)[3:4] + square(1, 0, 10, 10, 5)[:4]
    reading = read(parcel(square(1, 0, 0, 10), second))

    assert reading.parcels[0].geometry.area == pytest.approx(200)
    assert codes(reading) == {"W-TXT-AREA", "E-GEO-RING"}  # the two squares share an edge


def test_the_closing_line_may_have_a_new_label() -> None:
    reading = read(GOOD[: GOOD.rindex("J1")] + "J5,1,3120000.000,38405000.000\n")

    assert reading.problems == ()
    assert reading.parcels[0].labels == (("J1", "J2", "J3", "J4"),)


def test_an_outline_through_its_first_point_again_touches_itself() -> None:
    first = f"{NORTH}.000,{EAST}.000"
    points = [first, f"{NORTH + 10}.000,{EAST}.000", f"{NORTH + 10}.000,{EAST + 10}.000", first]
    points += [f"{NORTH - 10}.000,{EAST}.000", f"{NORTH - 10}.000,{EAST - 10}.000", first]
    reading = read(parcel([f"J{i},1,{point}" for i, point in enumerate(points, 1)]))

    assert "E-GEO-SELFX" in codes(reading)
    assert reading.problems[-1].place.xy == (EAST, NORTH)


def test_a_closing_point_that_is_almost_the_first_is_snapped() -> None:
    reading = read(GOOD[: GOOD.rindex("J1")] + "J1,1,3120000.004,38405000.003\n")

    assert codes(reading) == {"W-TXT-OPEN"}
    assert reading.parcels[0].geometry.area == pytest.approx(9600, abs=1e-9)
    assert reading.notes.get("closings_added") is None


def test_every_crossing_is_listed() -> None:
    zigzag = [(0, 0), (30, 0), (30, 20), (20, -10), (10, 20), (0, 0)]
    rows = [f"J{i % 5 + 1},1,{NORTH + n}.000,{EAST + e}.000" for i, (e, n) in enumerate(zigzag)]
    problem = next(p for p in read(parcel(rows)).problems if p.code == "E-GEO-SELFX")

    assert problem.geometry is not None
    assert len(problem.geometry.geoms) == 2


@pytest.mark.parametrize(
    ("rings", "kind"),
    [
        ((square(1, 0, 0, 20), square(2, 10, 10, 20, 5)), "crossing"),
        ((square(1, 0, 0, 20), square(2, 0, 0, 20, 5)), "identical"),
        ((square(1, 0, 0, 20), square(2, 0, 5, 10, 5)), "share an edge"),
        ((square(1, 0, 0, 20), square(2, 20, 0, 20, 5)), "share an edge"),
    ],
)
def test_wrong_pairs_of_rings(rings: tuple[list[str], ...], kind: str) -> None:
    (problem,) = read(parcel(*rings)).errors

    assert problem.code == "E-GEO-RING"
    assert problem.reason is not None
    assert kind in problem.reason.en
    assert problem.geometry is not None


def test_collinear_points_have_no_area() -> None:
    rows = [f"J{i + 1},1,{NORTH + i}.000,{EAST + 2 * i}.000" for i in range(4)]
    reading = read(parcel([*rows, rows[0]]))

    assert "E-GEO-FEW" in codes(reading)
    assert (reading.points_in, reading.points_rejected, reading.parcels) == (5, 5, ())


def test_a_stated_area_may_be_the_ellipsoidal_one() -> None:
    """C1 of the area checks: 9600.00 m² on the plane, 9594.31 m² on the ellipsoid."""
    text = GOOD.replace("带号=38", "带号=37").replace("38405", "37655")

    assert codes(read(text.replace("0.9600", "0.9594"))) == {"QA-A03"}
    assert codes(read(text)) == set()
    assert codes(read(text.replace("0.9600", "0.9580"))) == {"E-AREA-DIFF"}


def test_files_joined_with_the_same_header_are_read() -> None:
    second = GOOD.replace(",1,地块1", ",2,地块2").replace("312", "313").replace("3119", "3129")
    reading = read(GOOD + second)

    assert len(reading.parcels) == 2
    assert reading.problems == ()


def test_points_in_another_section_are_not_lost_in_silence() -> None:
    reading = read(GOOD.replace("\nJ4,", "\n[附注]\nJ4,"))

    assert codes(reading) >= {"E-TXT-ORPHAN"}
    assert reading.points_in == 5
    assert reading.points_rejected == 2


@pytest.mark.parametrize(
    "stray", ["J6,1,3120000.000,38405000.000", "J6,1,3120000.00]0,38405000.000", "5,0.1,2,甲,面,@"]
)
@pytest.mark.parametrize("place", ["带号=38", "转换参数="])
def test_data_in_the_header_are_not_lost_in_silence(stray: str, place: str) -> None:
    for joint in ("\n", "") if stray.startswith("J") else ("\n",):
        assert codes(read(GOOD.replace(place, stray + joint + place))) >= {"E-TXT-ORPHAN"}


def test_a_system_from_elsewhere_is_taken_as_given() -> None:
    text = GOOD[GOOD.index("[地块坐标]") :].replace("38405", "652").replace("3120000", "6862000")
    reading = read(text.replace("3119920", "6861920"), crs=Crs(code="EPSG:2154", name="Lambert-93"))

    assert reading.crs is not None
    assert reading.crs.code == "EPSG:2154"
    assert reading.errors == ()


@pytest.mark.parametrize("end", [20, 60, 150, 250, 300, 330, 360, 380])
def test_a_truncated_file_is_never_read_in_silence(end: int) -> None:
    assert read(GOOD.encode()[:end]).problems


def test_limits_are_named() -> None:
    with pytest.raises(LandReviewError) as many:
        read(GOOD, max_points=4)
    with pytest.raises(LandReviewError) as large:
        read(GOOD, max_bytes=100)

    assert {many.value.code, large.value.code} == {"E-SRC-LIMIT"}


def test_many_problems_of_a_kind_are_counted() -> None:
    reading = read(parcel([f"J{i},1,x,1" for i in range(1000)]), max_problems_per_code=10)

    found = [problem for problem in reading.problems if problem.code == "E-TXT-NUM"]
    assert len(found) == 11
    assert found[-1].reason is not None
    assert "990" in found[-1].reason.en
    assert reading.points_rejected == 1000


def test_reading_can_be_cancelled() -> None:
    class Impatient:
        def step(self, done: float, message: str = "") -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_boundary_text(GOOD.encode(), progress=Impatient())


def hostile(name: str) -> str:
    """Files whose pairs of edges, rings or parcels grow with the square of their lines."""
    rng = random.Random(1)
    if name == "random outline":
        return parcel([f"J{i},1,{NORTH + rng.random() * 1e3:.3f},{EAST + rng.random() * 1e3:.3f}" for i in range(5000)])
    if name == "the same parcel a thousand times":
        lines = "\n".join(square(1, 0, 0, 10))
        return HEADER + "\n".join(f"5,,{i},地块,面,,,,@\n{lines}" for i in range(1000))
    if name == "a thousand rings around each other":
        return parcel(*(square(i, i, i, 4000 - 2 * i) for i in range(1000)))
    return HEADER + " " * 1_000_000 + "\n" + "\t" * 1_000_000 + "x"


@pytest.mark.parametrize(
    "name", ["random outline", "the same parcel a thousand times", "a thousand rings around each other", "blanks"]
)
def test_hostile_files_end_soon(name: str) -> None:
    start = time.process_time()
    try:
        problems = read(hostile(name)).errors
    except LandReviewError as error:
        assert error.code == "E-SRC-LIMIT"
    else:
        assert problems
    assert time.process_time() - start < 20
