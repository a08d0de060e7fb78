# SPDX-License-Identifier: GPL-2.0-or-later
"""DXF drawings: what is an outline, what is a hole, what is a number, and what is left to the draughtsman."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sources_files import BY_HAND, ZONE_38, X, Y, codes, found

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.import_options import ImportOptions
from landreview_plugin.sources.parcels import read_parcels

Tag = tuple[int, object]
SQUARE = [(0, 0), (100, 0), (100, 80), (0, 80)]
INNER = [(20, 20), (40, 20), (40, 40), (20, 40)]


def drawing(path: Path, *entities: Sequence[Tag], page: str = "ANSI_936", version: str = "AC1015") -> Path:
    head = [(0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, version), (9, "$DWGCODEPAGE"), (3, page), (0, "ENDSEC")]
    tags = [*head, (0, "SECTION"), (2, "ENTITIES"), *(tag for entity in entities for tag in entity)]
    text = "".join(f"{code}\r\n{value}\r\n" for code, value in [*tags, (0, "ENDSEC"), (0, "EOF")])
    path.write_bytes(text.encode("utf-8" if version >= "AC1021" else "gbk"))
    return path


def light(points: Sequence[tuple[float, ...]], *, closed: bool = True, layer: str = "JZX", **more: float) -> list[Tag]:
    tags: list[Tag] = [(0, "LWPOLYLINE"), (8, layer), (90, len(points)), (70, int(closed))]
    tags += [(210, 0.0), (220, 0.0), (230, more["normal"])] if "normal" in more else []
    for x, y, *bulge in points:
        tags += [(10, X + x), (20, Y + y), *((42, b) for b in bulge)]
    return tags


def heavy(points: Sequence[tuple[float, float]], *, closed: bool = True) -> list[Tag]:
    tags: list[Tag] = [(0, "POLYLINE"), (8, "JZX"), (66, 1), (70, int(closed))]
    for x, y in points:
        tags += [(0, "VERTEX"), (8, "JZX"), (10, X + x), (20, Y + y), (30, 55.0)]
    return [*tags, (0, "SEQEND"), (8, "JZX")]


def text(x: float, y: float, content: str, layer: str = "ZJ") -> list[Tag]:
    return [(0, "TEXT"), (8, layer), (10, X + x), (20, Y + y), (40, 2.0), (1, content)]


def hatch(*rings: Sequence[tuple[float, float]], layer: str = "JZX") -> list[Tag]:
    tags: list[Tag] = [(0, "HATCH"), (8, layer), (10, 0.0), (20, 0.0), (30, 0.0), (2, "SOLID"), (70, 1), (71, 0)]
    tags.append((91, len(rings)))
    for ring in rings:
        tags += [(92, 2), (72, 0), (73, 1), (93, len(ring))]
        tags += [tag for x, y in ring for tag in ((10, X + x), (20, Y + y))]
        tags.append((97, 0))
    return [*tags, (75, 0), (76, 1), (98, 1), (10, X), (20, Y)]


@pytest.mark.parametrize(
    "outline", [light(SQUARE), heavy(SQUARE), hatch(SQUARE), light([*SQUARE, SQUARE[0]], closed=False)]
)
def test_a_closed_outline_is_a_parcel(tmp_path: Path, outline: list[Tag]) -> None:
    reading = read_parcels(str(drawing(tmp_path / "图.dxf", outline, text(50, 40, "地块1"))), BY_HAND)
    assert not reading.problems
    assert [(parcel.number, parcel.geometry.area) for parcel in reading.parcels] == [("地块1", 8000.0)]
    assert reading.crs == ZONE_38


def test_the_coordinate_system_must_be_given(tmp_path: Path) -> None:
    (problem,) = found(drawing(tmp_path / "p.dxf", light(SQUARE)))
    assert problem.code == "E-CRS-NONE" and problem.reason is not None and "38" in problem.reason.en


@pytest.mark.parametrize(("gap", "expected"), [(0.0, []), (0.009, ["W-GEO-OPEN"]), (0.011, ["E-GEO-OPEN"])])
def test_a_gap_decides(tmp_path: Path, gap: float, expected: list[str]) -> None:
    path = drawing(tmp_path / "p.dxf", light([*SQUARE, (0, gap)], closed=False))
    assert codes(path, BY_HAND) == expected


def test_the_gap_is_named_with_place_and_layer(data: Path) -> None:
    (problem,) = found(data / "bad" / "dxf_open.dxf", BY_HAND)
    assert problem.code == "E-GEO-OPEN" and problem.place.layer == "JZX"
    assert problem.reason is not None and "80.000" in problem.reason.en
    assert problem.place.xy == (X, Y + 80)


def test_bulges_are_stroked_within_a_millimetre(tmp_path: Path) -> None:
    half_circles = [(0, 0, 1.0), (100, 0, 1.0)]
    reading = read_parcels(str(drawing(tmp_path / "p.dxf", light(half_circles))), BY_HAND)
    assert [problem.code for problem in reading.problems] == ["W-GEO-CURVE"]
    assert reading.parcels[0].geometry.area == pytest.approx(math.pi * 50**2, rel=1e-4)


def test_a_bulge_on_the_back_of_the_plane_turns_round(tmp_path: Path) -> None:
    mirrored = [(-2 * X - x, y, -b) for x, y, b in ((0, 0, 0.5), (100, 0, 0.0), (100, 80, 0.0))]
    front = read_parcels(str(drawing(tmp_path / "a.dxf", light([(0, 0, 0.5), (100, 0, 0), (100, 80, 0)]))), BY_HAND)
    back = read_parcels(str(drawing(tmp_path / "b.dxf", light(mirrored, normal=-1.0))), BY_HAND)
    assert back.parcels[0].geometry.area == pytest.approx(front.parcels[0].geometry.area, rel=1e-9)
    assert back.parcels[0].geometry.bounds == pytest.approx(front.parcels[0].geometry.bounds)


def test_a_hatch_with_a_hole(tmp_path: Path) -> None:
    reading = read_parcels(str(drawing(tmp_path / "p.dxf", hatch(SQUARE, INNER))), BY_HAND)
    assert [parcel.geometry.area for parcel in reading.parcels] == [7600.0]


def test_a_hatch_of_arcs(tmp_path: Path) -> None:
    arc = [(72, 2), (10, X), (20, Y), (40, 10.0), (50, 0.0), (51, 360.0), (73, 1)]
    tags = [(0, "HATCH"), (8, "JZX"), (91, 1), (92, 1), (93, 1), *arc, (97, 0), (75, 0)]
    reading = read_parcels(str(drawing(tmp_path / "p.dxf", tags)), BY_HAND)
    assert reading.parcels[0].geometry.area == pytest.approx(math.pi * 100, rel=1e-3)


def test_a_hatch_of_splines_is_named(tmp_path: Path) -> None:
    tags = [(0, "HATCH"), (8, "JZX"), (91, 1), (92, 1), (93, 1), (72, 4), (94, 3), (97, 0), (75, 0)]
    assert codes(drawing(tmp_path / "p.dxf", tags), BY_HAND) == ["E-GEO-TYPE"]


def test_the_hatch_of_an_outline_is_the_same_parcel(tmp_path: Path) -> None:
    reading = read_parcels(str(drawing(tmp_path / "p.dxf", light(SQUARE), hatch(SQUARE))), BY_HAND)
    assert len(reading.parcels) == 1 and not reading.problems
    assert reading.notes["hatches_of_outlines"] == "1"


def test_an_inner_outline_without_a_number_is_a_hole_and_said(tmp_path: Path) -> None:
    path = drawing(tmp_path / "p.dxf", light(SQUARE), light(INNER), text(70, 60, "DK-1"))
    reading = read_parcels(str(path), BY_HAND)
    assert [problem.code for problem in reading.problems] == ["W-GEO-ORIENT"]
    assert [parcel.geometry.area for parcel in reading.parcels] == [7600.0]


def test_an_inner_outline_with_a_number_is_never_guessed(tmp_path: Path) -> None:
    path = drawing(tmp_path / "p.dxf", light(SQUARE), light(INNER), text(70, 60, "DK-1"), text(30, 30, "DK-2"))
    (problem,) = found(path, BY_HAND)
    assert problem.code == "E-GEO-OVERLAP" and problem.reason is not None and "400.00" in problem.reason.en


def test_several_texts_inside_are_never_guessed(tmp_path: Path) -> None:
    path = drawing(tmp_path / "p.dxf", light(SQUARE), text(50, 40, "12.0亩", "MJ"), text(50, 60, "DK-1", "ZDH"))
    assert codes(path, BY_HAND) == ["E-ATT-FIELD"]
    reading = read_parcels(str(path), ImportOptions(crs=ZONE_38, field_mapping={"number": "ZDH"}))
    assert [parcel.number for parcel in reading.parcels] == ["DK-1"] and not reading.problems


def test_outlines_on_several_layers_ask_which_one(tmp_path: Path) -> None:
    contour = light([(0, 0), (5, 5)], closed=False, layer="DGX")
    path = drawing(tmp_path / "p.dxf", light(SQUARE), contour)
    with pytest.raises(LandReviewError) as caught:
        read_parcels(str(path), BY_HAND)
    assert caught.value.code == "E-SRC-LAYER" and "DGX, JZX" in str(caught.value)
    assert codes(f"{path}|layername=JZX", BY_HAND) == []
    assert codes(f"{path}|layername=X", BY_HAND) == ["E-SRC-MISSING"]


def test_what_is_no_outline_is_counted(tmp_path: Path) -> None:
    line = [(0, "LINE"), (8, "JZX"), (10, X), (20, Y), (11, X + 1), (21, Y)]
    (problem,) = found(drawing(tmp_path / "p.dxf", light(SQUARE), line, line), BY_HAND)
    assert (problem.code, problem.text) == ("I-SRC-SKIP", "LINE 2")
    nothing = read_parcels(str(drawing(tmp_path / "q.dxf", line)), BY_HAND).problems
    assert [each.code for each in nothing] == ["I-SRC-SKIP", "E-SRC-EMPTY"]
    assert nothing[1].reason is not None and "PEDIT" in nothing[1].reason.zh, "what to do in CAD"


@pytest.mark.parametrize(
    ("before", "after"), [(b"LWPOLYLINE", b"LWPOLYLINF"), (b"VERTEX", b"VERTEY"), (b" 90\r\n4", b" 90\r\n5")]
)
def test_no_vertex_gets_lost_in_a_damaged_entity(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = drawing(tmp_path / "p.dxf", light(SQUARE), heavy([(x + 200, y) for x, y in SQUARE]))
    content = path.read_bytes().replace(b"\r\n90\r\n", b"\r\n 90\r\n")
    assert before in content
    path.write_bytes(content.replace(before, after, 1))
    assert codes(path, BY_HAND) == ["E-SRC-CORRUPT"]


@pytest.mark.parametrize(("version", "page"), [("AC1009", "ANSI_936"), ("AC1015", "ANSI_1252"), ("AC1027", "ANSI_936")])
def test_chinese_texts_of_every_version(tmp_path: Path, version: str, page: str) -> None:
    path = drawing(tmp_path / "p.dxf", light(SQUARE), text(50, 40, "青岚镇一号"), version=version, page=page)
    assert read_parcels(str(path), BY_HAND).parcels[0].number == "青岚镇一号"


def test_escapes_of_autocad(tmp_path: Path) -> None:
    formatted = [(0, "MTEXT"), (8, "ZJ"), (10, X + 50), (20, Y + 40), (1, r"{\fSimSun|b0;\U+5730块\P7}")]
    assert (
        read_parcels(str(drawing(tmp_path / "p.dxf", light(SQUARE), formatted)), BY_HAND).parcels[0].number == "地块 7"
    )


@pytest.mark.parametrize("content", [b"AutoCAD Binary DXF\r\n\x1a\0...", b"AC1032\0\0\0"])
def test_binary_drawings_are_told_what_to_become(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.dxf"
    path.write_bytes(content)
    assert codes(path) == ["E-SRC-FORMAT"]


@given(share=st.floats(0, 0.999))
def test_a_drawing_that_is_cut_off_is_refused(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    path = drawing(tmp_path_factory.getbasetemp() / "cut.dxf", light(SQUARE), text(50, 40, "地块1"), heavy(SQUARE))
    content = path.read_bytes().rstrip()
    path.write_bytes(content[: int(len(content) * share)])
    assert codes(path, BY_HAND) == ["E-SRC-CORRUPT"]


def test_crossing_outlines_are_shown(tmp_path: Path) -> None:
    bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    (problem,) = found(drawing(tmp_path / "p.dxf", light(bow)), BY_HAND)
    assert problem.code == "E-GEO-SELFX" and problem.place.xy == (X + 50, Y + 40)
    assert isinstance(problem.geometry, shapely.Geometry)
