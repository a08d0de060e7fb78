# SPDX-License-Identifier: GPL-2.0-or-later
"""A case becomes a package and a case again; what does not verify is not taken over."""

from __future__ import annotations

import json
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from sync_offices import CITY, COUNTY, COVER, contents_of, fill, json_of, take_in, with_part

from landreview_plugin.core.evidence.canonical import canonical
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.package import Package, pack
from landreview_plugin.sync.protocol import Command, PartKind
from landreview_plugin.sync.unpack import unpack
from landreview_plugin.sync.wkt import exact_wkt, parcel_of_wkt

METRES = st.floats(min_value=-1e8, max_value=1e8, allow_nan=False)
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@st.composite
def outlines(draw: st.DrawFn) -> shapely.Geometry:
    """A polygon with a hole or several parts, at any place, to the last bit; valid or not."""
    points = st.lists(st.tuples(METRES, METRES), min_size=3, max_size=6)
    rings = draw(st.lists(points, min_size=1, max_size=3))
    if draw(st.booleans()):
        return shapely.Polygon(rings[0], rings[1:])
    return shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings])


@st.composite
def readings(draw: st.DrawFn) -> ParcelReading:
    numbers = draw(st.lists(st.text("0123456789AB地", min_size=1, max_size=6), min_size=1, max_size=3, unique=True))
    parcels = tuple(
        Parcel(
            number=number,
            name=draw(WORDS),
            stated_area_ha=draw(st.none() | st.decimals(0, 9999, places=4)),
            extra=tuple(draw(st.lists(WORDS, max_size=2))),
            labels=tuple(tuple(draw(st.lists(WORDS, max_size=4))) for _ in range(draw(st.integers(0, 2)))),
            geometry=draw(outlines()),
        )
        for number in numbers
    )
    return ParcelReading(source="a.txt", sha256="1" * 64, crs=crs_from_epsg(4526), parcels=parcels)


@given(outlines())
def test_an_outline_reads_back_to_the_last_bit(outline: shapely.Geometry) -> None:
    assert parcel_of_wkt(exact_wkt(outline)).wkb == outline.wkb


@pytest.mark.parametrize("text", ["POINT (1 2)", "POLYGON ((0 0, 1 1", "", "POLYGON ((nan 0, 1 0, 1 1, nan 0))"])
def test_what_is_no_outline_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parcel_of_wkt(text)


@settings(max_examples=15)
@given(reading=readings(), project=WORDS)
def test_a_case_written_and_read_is_the_same_case(reading: ParcelReading, project: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace(folder / "a" / "s.gpkg") as here, Workspace(folder / "b" / "s.gpkg") as there:
            case = Desk(here, COUNTY).take_in(reading, COVER.model_copy(update={"project": project}))
            unpack(there, pack(here, case.id))
            assert contents_of(there, case.id) == contents_of(here, case.id)


def test_everything_of_a_full_case_travels(county_store: Workspace, city_store: Workspace, tmp_path: Path) -> None:
    case = fill(county_store, take_in(county_store), tmp_path)
    unpack(city_store, pack(county_store, case.id))
    assert contents_of(city_store, case.id) == contents_of(county_store, case.id)
    entry = city_store.results(case.id)[0]
    assert city_store.blobs.verified(entry.gpkg_sha256, ".gpkg").read_bytes() == b"GeoPackage of the result"
    assert city_store.blobs.verified(entry.reports["xlsx"], ".xlsx").read_bytes() == b"areas"


def test_the_same_case_makes_the_same_package(county_store: Workspace, city_store: Workspace, tmp_path: Path) -> None:
    case = fill(county_store, take_in(county_store), tmp_path)
    package = pack(county_store, case.id)
    assert pack(county_store, case.id).manifest == package.manifest
    unpack(city_store, package)
    assert pack(city_store, case.id).manifest == package.manifest


def test_taking_over_twice_changes_nothing(county_store: Workspace, city_store: Workspace, tmp_path: Path) -> None:
    case = fill(county_store, take_in(county_store), tmp_path)
    package = pack(county_store, case.id)
    first = unpack(city_store, package)
    assert unpack(city_store, package) == first
    assert len(city_store.opinions(case.id)) == len(city_store.results(case.id)) == 1


def test_a_newer_package_adds_what_is_new(county_store: Workspace, city_store: Workspace, tmp_path: Path) -> None:
    case = take_in(county_store)
    unpack(city_store, pack(county_store, case.id))
    case = fill(county_store, case, tmp_path)
    unpack(city_store, pack(county_store, case.id))
    assert contents_of(city_store, case.id) == contents_of(county_store, case.id)


def test_the_golden_package_is_taken_over_without_a_register(data: Path, city_store: Workspace) -> None:
    command = Command.model_validate_json((data / "package" / "submit.json").read_bytes())
    assert command.manifest is not None
    contents = {sha256: text.encode() for sha256, text in command.inline.items()}
    case = unpack(city_store, Package(command.manifest, contents))
    assert city_store.case(case.id).number == "430998-CZPC-2026-0001"
    assert city_store.hand_in(case.id, 1).parcels[0].geometry.area == 10_000


def test_a_package_is_written_in_the_golden_form(data: Path, county_store: Workspace) -> None:
    command = Command.model_validate_json((data / "package" / "submit.json").read_bytes())
    assert command.manifest is not None
    package = pack(county_store, take_in(county_store).id)
    for kind in (PartKind.CASE, PartKind.PARCELS):
        golden = command.manifest.part(kind)
        assert golden is not None
        written = json_of(package, kind)
        assert isinstance(written, dict)
        assert set(json.loads(command.inline[golden.sha256])) == set(written)
        part = package.manifest.part(kind)
        assert part is not None and part.name == golden.name
        assert package.contents[part.sha256] == canonical(written).encode()


def _forged_log(package: Package) -> Package:
    log = json_of(package, PartKind.EVENTS)
    assert isinstance(log, list)
    log[0]["actor"] = "张三"
    return with_part(package, PartKind.EVENTS, canonical(log).encode())


def _other_case(package: Package) -> Package:
    cover = json_of(package, PartKind.CASE)
    assert isinstance(cover, dict)
    return with_part(package, PartKind.CASE, canonical({**cover, "number": "430998-CZPC-2026-0099"}).encode())


def _flipped(package: Package) -> Package:
    part = package.manifest.parts[0]
    data = package.contents[part.sha256]
    assert isinstance(data, bytes)
    return Package(package.manifest, {**package.contents, part.sha256: data[:-1] + bytes([data[-1] ^ 1])})


def _lost(package: Package) -> Package:
    kept = package.manifest.parts[-1].sha256
    return Package(package.manifest, {k: v for k, v in package.contents.items() if k != kept})


def _no_events(package: Package) -> Package:
    parts = tuple(part for part in package.manifest.parts if part.kind is not PartKind.EVENTS)
    return Package(package.manifest.model_copy(update={"parts": parts}), package.contents)


def _lost_attachment(package: Package) -> Package:
    parts = tuple(part for part in package.manifest.parts if part.kind is not PartKind.ATTACHMENT)
    return Package(package.manifest.model_copy(update={"parts": parts}), package.contents)


def _nested(package: Package) -> Package:
    return with_part(package, PartKind.PARCELS, b"[" * 100_000)


@pytest.mark.parametrize(
    "harm", [_forged_log, _other_case, _flipped, _lost, _no_events, _lost_attachment, _nested], ids=lambda f: f.__name__
)
def test_what_does_not_verify_is_not_taken_over(
    county_store: Workspace, city_store: Workspace, tmp_path: Path, harm: object
) -> None:
    package = pack(county_store, fill(county_store, take_in(county_store), tmp_path).id)
    assert callable(harm)
    with pytest.raises(LandReviewError) as raised:
        unpack(city_store, harm(package))
    assert raised.value.code == "E-SYNC-PACKAGE"
    assert raised.value.detail is not None
    assert city_store.cases() == []


def test_a_case_changed_here_and_there_is_not_overwritten(county_store: Workspace, city_store: Workspace) -> None:
    case = take_in(county_store)
    unpack(city_store, pack(county_store, case.id))
    Desk(county_store, COUNTY).answer(case, {"q": "a"})
    there = city_store.case(case.id).model_copy(update={"holder": "4309"})
    Desk(city_store, CITY).answer(there, {"q": "b"})
    with pytest.raises(LandReviewError) as raised:
        unpack(city_store, pack(county_store, case.id))
    assert raised.value.code == "E-SYNC-DIFFERS"
    assert city_store.case(case.id).answers == {"q": "b"}


def test_a_number_that_another_case_bears_is_refused(county_store: Workspace, city_store: Workspace) -> None:
    package = pack(county_store, take_in(county_store).id)
    take_in(city_store)
    with pytest.raises(LandReviewError) as raised:
        unpack(city_store, package)
    assert raised.value.code == "E-SYNC-NUMBER"


def test_a_number_that_came_from_elsewhere_is_not_given_again(county_store: Workspace, city_store: Workspace) -> None:
    unpack(city_store, pack(county_store, take_in(county_store).id))
    assert take_in(city_store).number == "430998-CZPC-2026-0002"


def test_parcels_in_a_plane_without_a_code_are_not_sent(county_store: Workspace) -> None:
    nameless = ParcelReading(
        source="a.dxf",
        crs=Crs(wkt="PROJCS[…]", name="local"),
        parcels=(Parcel(number="1", stated_area_ha=Decimal(1), geometry=shapely.box(0, 0, 1, 1)),),
    )
    case = Desk(county_store, COUNTY).take_in(nameless, COVER)
    with pytest.raises(LandReviewError) as raised:
        pack(county_store, case.id)
    assert raised.value.code == "E-CRS-NONE"
