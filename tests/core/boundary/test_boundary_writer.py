# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing: what is read again is what was written, in every dialect; canonical files byte by byte."""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from landreview_plugin.core.boundary.dialects import Dialect, built_in_dialects
from landreview_plugin.core.boundary.numbering import numbered_rings
from landreview_plugin.core.boundary.point_table import boundary_point_table
from landreview_plugin.core.boundary.reader import ReadOptions, read_boundary_text
from landreview_plugin.core.boundary.writer import write_as_read, write_boundary_text
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel
from landreview_plugin.core.model.problems import LandReviewError

DATA = Path(__file__).parents[2] / "data"
PREFIXED = 4526
PLAIN = 4547


def crs(epsg: int) -> Crs:
    found = crs_from_epsg(epsg)
    assert found is not None
    return found


def parcel(geometry: BaseGeometry, **values: object) -> Parcel:
    return Parcel(geometry=geometry, **{"number": "1", "name": "地块1", **values})  # type: ignore[arg-type]


@pytest.mark.parametrize("path", sorted((DATA / "txt_samples").glob("*.txt")), ids=lambda path: path.stem)
def test_samples_are_written_as_they_were_read(path: Path) -> None:
    content = path.read_bytes()

    assert write_as_read(read_boundary_text(content)) == content


@st.composite
def outlines(draw: st.DrawFn, origin_m: tuple[float, float], radius_m: float) -> list[tuple[float, float]]:
    """A star-shaped ring around ``origin_m`` with millimetre coordinates, at least half ``radius_m`` wide."""
    count = draw(st.integers(6, 11))
    turn = draw(st.floats(0, 1))
    radii = [draw(st.integers(int(radius_m * 800), int(radius_m * 1000))) / 1000 for _ in range(count)]
    return [
        (
            round(origin_m[0] + r * math.cos(2 * math.pi * (i + turn) / count), 3),
            round(origin_m[1] + r * math.sin(2 * math.pi * (i + turn) / count), 3),
        )
        for i, r in enumerate(radii)
    ]


@st.composite
def geometries(draw: st.DrawFn, easting_m: float, northing_m: float) -> BaseGeometry:
    """One to three parts with holes, and islands in the holes."""
    parts = []
    for i in range(draw(st.integers(1, 3))):
        origin = (easting_m + 300 * i, northing_m)
        holes = [draw(outlines(origin, 30))] if draw(st.booleans()) else []
        parts.append(Polygon(draw(outlines(origin, 100)), holes))
        if holes and draw(st.booleans()):
            parts.append(Polygon(draw(outlines(origin, 8))))
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


words = st.text(st.sampled_from("地块甲乙丙一二（）。，；“”-_#=<>'&/ABcd019面线@"), max_size=12)


@st.composite
def parcel_lists(draw: st.DrawFn, dialect: Dialect) -> list[Parcel]:
    easting_m = 38_400_000.0 if dialect.prefixed else 400_000.0
    full = len(dialect.parcel) == 8
    return [
        Parcel(
            number=f"{draw(words)}{i}",
            name=draw(words),
            use=draw(words),
            land_class=draw(words) if full else "",
            map_sheet=draw(words),
            stated_area_ha=draw(st.none() | st.decimals("0.0001", "99", places=4)),
            extra=tuple(draw(words) for _ in dialect.extra),
            geometry=draw(geometries(easting_m, 3_100_000.0 + 300 * i)),
        )
        for i in range(draw(st.integers(1, 3)))
    ]


@pytest.mark.parametrize("dialect", built_in_dialects(), ids=lambda dialect: dialect.name)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_what_is_read_again_is_what_was_written(dialect: Dialect, data: st.DataObject) -> None:
    parcels = data.draw(parcel_lists(dialect))
    plane = crs(PREFIXED if dialect.prefixed else PLAIN)
    encoding = data.draw(st.sampled_from(["gbk", "utf-8", "utf-8-sig", "utf-16"]))

    content = write_boundary_text(parcels, plane, dialect=dialect, encoding=encoding, renumber=False, decimals=3)
    reading = read_boundary_text(content)

    assert reading.crs == plane
    assert [p.model_dump(exclude={"labels", "stated_area_ha"}) for p in reading.parcels] == [
        p.model_dump(exclude={"labels", "stated_area_ha"}) for p in parcels
    ]
    for written, read in zip(parcels, reading.parcels, strict=True):
        assert read.geometry.equals_exact(written.geometry, 0)
    assert reading.points_rejected == 0
    if "W-TXT-AREAUNIT" not in {problem.code for problem in reading.problems}:
        assert [p.stated_area_ha for p in reading.parcels] == [p.stated_area_ha for p in parcels]
        again = write_boundary_text(
            reading.parcels, plane, dialect=dialect, encoding=encoding, renumber=False, decimals=3
        )
        assert again == content


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_numbering_starts_north_west_and_runs_clockwise(data: st.DataObject) -> None:
    geometry = data.draw(geometries(38_400_000.0, 3_100_000.0))
    rings = numbered_rings(parcel(geometry), renumber=True)

    assert [label for ring in rings for label in ring.labels] == [
        f"J{i}" for i in range(1, 1 + sum(len(ring.xy) for ring in rings))
    ]
    for ring in rings:
        assert not Polygon(ring.xy).exterior.is_ccw
        corner = ring.xy[:, 1] - ring.xy[:, 0]
        assert corner[0] >= corner.max() - 1e-6


def test_the_corner_of_a_square() -> None:
    square = box(38_400_000, 3_100_000, 38_400_100, 3_100_080)

    lines = write_boundary_text([parcel(square)], crs(PREFIXED)).decode("gbk").split("\r\n")

    assert lines[-6:-1] == [
        "J1,1,3100080.0000,38400000.0000",
        "J2,1,3100080.0000,38400100.0000",
        "J3,1,3100000.0000,38400100.0000",
        "J4,1,3100000.0000,38400000.0000",
        "J1,1,3100080.0000,38400000.0000",
    ]


def test_header_says_the_zone_and_takes_what_is_given() -> None:
    square = box(500_000, 3_100_000, 500_100, 3_100_100)
    content = write_boundary_text(
        [parcel(square)], crs(PLAIN), dialect="no-prefix", header={"数据产生单位": "示例测绘有限公司"}
    )

    lines = content.decode("gbk").split("\r\n")
    assert "数据产生单位=示例测绘有限公司" in lines
    assert "带号=38" in lines
    assert read_boundary_text(content).crs == crs(PLAIN)


def test_eastings_gain_or_lose_the_zone_with_the_dialect() -> None:
    square = box(38_500_000.123, 3_100_000, 38_500_100, 3_100_100)
    without = read_boundary_text(write_boundary_text([parcel(square)], crs(PREFIXED), dialect="no-prefix"))

    assert without.crs == crs(PLAIN)
    assert without.parcels[0].geometry.bounds == (500_000.123, 3_100_000, 500_100, 3_100_100)
    back = read_boundary_text(write_boundary_text(without.parcels, without.crs))
    assert back.crs == crs(PREFIXED)
    assert back.parcels[0].geometry.equals(square)


def test_areas_are_filled_on_request_only() -> None:
    square = box(38_500_000, 3_100_000, 38_500_100, 3_100_100)

    assert b"5,,1," in write_boundary_text([parcel(square)], crs(PREFIXED))
    assert b"5,1.0000,1," in write_boundary_text([parcel(square)], crs(PREFIXED), fill_areas=True)


@pytest.mark.parametrize(
    ("values", "keywords", "code"),
    [
        ({"name": "东,西"}, {}, "E-ATT-NAME"),
        ({"name": "两\n行"}, {}, "E-ATT-NAME"),
        ({"name": "é𠮷"}, {"encoding": "gbk"}, "E-TXT-ENC"),
        ({"land_class": "0601"}, {"dialect": "fields-8"}, "E-ATT-FIELD"),
        ({}, {"dialect": "nobody's"}, "E-CASE-FIELD"),
        ({}, {"header": {"坐标系": "1980西安坐标系"}}, "E-CRS-DATUM"),
        ({}, {"header": {"坐标系": "CGCS2000", "带号": "37"}}, "E-CRS-ZONE"),
        ({"labels": (("J,1", "J2", "J3", "J4"),)}, {"renumber": False}, "E-ATT-NAME"),
    ],
)
def test_what_a_file_cannot_carry_is_refused(values: dict, keywords: dict, code: str) -> None:
    square = box(38_500_000, 3_100_000, 38_500_100, 3_100_100)

    with pytest.raises(LandReviewError) as refused:
        write_boundary_text([parcel(square, **values)], crs(PREFIXED), **keywords)
    assert refused.value.code == code


def test_only_zones_are_written() -> None:
    with pytest.raises(LandReviewError) as refused:
        write_boundary_text([], Crs(code="EPSG:2154"))
    assert refused.value.code == "E-CRS-ZONE"


def test_the_office_adds_a_dialect(tmp_path: Path) -> None:
    from landreview_plugin.core.boundary.dialects import load_dialects

    (tmp_path / "mu.yaml").write_text(
        "name: mu\ntitle: {zh: 亩, en: mu}\narea_unit: mu\narea_types: [地块]\n"
        "parcel: [number, type, points, area]\npoint: [ring, label, easting, northing]\nseparator: ';'\n",
        encoding="utf-8",
    )
    (mu,) = load_dialects(tmp_path)
    square = box(38_500_000, 3_100_000, 38_500_100, 3_100_100)
    content = write_boundary_text([parcel(square, name="", stated_area_ha=Decimal(1))], crs(PREFIXED), dialect=mu)

    reading = read_boundary_text(content, options=ReadOptions(dialects=(mu,)))

    assert "1;地块;5;15.0000;@" in content.decode("gbk")
    assert reading.notes["dialect"] == "mu"
    assert reading.problems == ()
    assert reading.parcels[0].stated_area_ha == 1
    assert reading.parcels[0].geometry.equals(square)


def test_the_point_table_can_be_checked_with_its_own_figures() -> None:
    triangle = Polygon([(38_500_000, 3_100_000), (38_500_000, 3_100_003.0005), (38_500_004, 3_100_000)])
    rows = boundary_point_table([parcel(triangle)], renumber=True)

    assert [(row.label, row.northing, row.easting, row.side_length_m) for row in rows] == [
        ("J1", "3100003.001", "38500000.000", "5.00"),
        ("J2", "3100000.000", "38500004.000", "4.00"),
        ("J3", "3100000.000", "38500000.000", "3.00"),
    ]
