# SPDX-License-Identifier: GPL-2.0-or-later
"""Double applications over all counties: told are number, county, state and the common land, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path

import psycopg
import pytest
import shapely
from datacenter_service import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from osgeo import gdal, ogr
from psycopg.rows import dict_row
from test_datacenter_layers import publish

from datacenter.made_up import MadeUpCase, order
from datacenter.settings import Settings
from landreview_plugin.core.evidence.identity import new_id
from landreview_plugin.core.geodesy.area import AreaMethod, measure_for
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.sync import overlap_protocol as wire
from landreview_plugin.sync import protocol

As = Callable[[str, str], Client]
PLANE = 4526
_PLACES = count()


def place() -> tuple[float, float]:
    """Corner of land on which no other test has a case."""
    return 38_300_000.0 + next(_PLACES) * 5_000, 3_050_000.0


def handed_over(as_: As, office: str, at: tuple[float, float], **given: object) -> MadeUpCase:
    """A case of one square of 100 m at a place, handed over by its county."""
    case = MadeUpCase(office, origin=at, **given)  # type: ignore[arg-type]
    assert as_("technician", office).command(case.case, case.submit()).status_code == 200
    return case


def overlaps(client: Client, case: MadeUpCase) -> wire.Overlaps:
    answer = client.get(f"/v1/cases/{case.case}/overlaps")
    assert answer.status_code == 200, answer.text
    return wire.Overlaps.model_validate_json(answer.content)


def ask(client: Client, *wkt: str, epsg: int = PLANE, **given: object) -> wire.Overlaps:
    parcels = [{"number": f"{i}", "wkt": each} for i, each in enumerate(wkt)]
    answer = client.post("/v1/overlaps", json={"parcels": {"epsg": epsg, "parcels": parcels}, **given})
    assert answer.status_code == 200, answer.text
    return wire.Overlaps.model_validate_json(answer.content)


def square(at: tuple[float, float], side: float = 100.0) -> str:
    return str(shapely.box(at[0], at[1], at[0] + side, at[1] + side).wkt)


def test_another_countys_case_on_the_same_land_is_told(as_: As) -> None:
    x, y = place()
    mine = handed_over(as_, "430998", (x, y))
    foreign = handed_over(as_, "430101", (x + 60, y + 30))
    (told,) = overlaps(as_("technician", "430998"), mine).cases
    assert (told.parcel, told.number, told.office, told.state) == ("01", foreign.number, "430101", "submitted")
    common = shapely.box(x + 60, y + 30, x + 100, y + 100)
    assert shapely.from_wkt(told.wkt).symmetric_difference(common).area < 1e-2
    assert told.area_planar_m2 == pytest.approx(2_800.0, abs=1e-3)
    crs = crs_from_epsg(PLANE)
    assert crs is not None
    expected = measure_for(AreaMethod.ELLIPSOIDAL, crs)(shapely.force_2d([common]))
    assert told.area_m2 == pytest.approx(float(expected[0]), abs=1e-3)


def test_nothing_else_of_a_foreign_case_is_in_the_answer(as_: As) -> None:
    x, y = place()
    mine = handed_over(as_, "430998", (x, y))
    foreign = handed_over(as_, "430101", (x + 60, y + 30), facts={"name": "秘密工程"})
    text = as_("technician", "430998").get(f"/v1/cases/{mine.case}/overlaps").text
    assert foreign.case not in text and "秘密" not in text and "示范项目" not in text
    assert set(json.loads(text)["cases"][0]) == {
        "parcel", "number", "office", "state", "case", "mining_right", "heights", "area_m2", "area_planar_m2", "wkt",
    }  # fmt: skip


def test_a_case_in_sight_comes_with_its_id(as_: As) -> None:
    at = place()
    mine, other = handed_over(as_, "430998", at), handed_over(as_, "430998", at)
    assert [each.case for each in overlaps(as_("technician", "430998"), mine).cases] == [other.case]
    assert overlaps(as_("leader", "4309"), mine).cases[0].case == other.case


def test_touching_is_no_overlap(as_: As) -> None:
    """A shared edge 900 m long that the neighbour divides by points of its own: bent in degrees, straight here."""
    x, y = place()
    left = shapely.Polygon([(x, y), (x + 900, y + 450), (x, y + 900)])
    client = as_("technician", "430998")
    thirds = [(x + 300 * i, y + 150 * i) for i in range(4)]
    right = shapely.Polygon([*thirds, (x + 900, y)])
    case = MadeUpCase("430101", origin=(x, y))
    command = with_land(case, right)
    assert as_("technician", "430101").command(case.case, command).status_code == 200
    assert ask(client, left.wkt).cases == ()
    moved = shapely.transform(left, lambda xy: xy + [0.0, -1.0])
    assert [each.number for each in ask(client, moved.wkt).cases] == [case.number], "the control"


def with_land(case: MadeUpCase, *shapes: shapely.Geometry, epsg: int = PLANE) -> protocol.Command:
    """A submission of a case with land of its own shape."""
    parcels = tuple(protocol.ParcelPart(number=f"{i + 1:02}", wkt=shape.wkt) for i, shape in enumerate(shapes))
    case._parcels = lambda: protocol.canonical_text(protocol.Parcels(epsg=epsg, parcels=parcels))  # type: ignore[method-assign]
    return case.submit()


def test_slivers_are_counted_and_not_hidden(as_: As) -> None:
    x, y = place()
    handed_over(as_, "430101", (x, y))
    found = ask(as_("technician", "430998"), square((x + 100 - 0.00005, y)))
    assert found.cases == () and found.slivers.count == 1
    assert found.slivers.area_m2 == pytest.approx(0.005, abs=1e-3)
    wider = ask(as_("technician", "430998"), square((x + 100 - 0.001, y)))
    assert wider.cases[0].area_planar_m2 == pytest.approx(0.1, abs=1e-3)


@pytest.mark.parametrize("passes", [True, False])
def test_approved_cases_count_and_refused_ones_do_not(as_: As, passes: bool) -> None:
    at = place()
    mine, other = handed_over(as_, "430998", at), handed_over(as_, "430997", at)
    decided = as_("leader", "4309").command(other.case, order("decide", 1, 1, passes=passes, text="x"))
    assert decided.status_code == 200
    states = [each.state for each in overlaps(as_("technician", "430998"), mine).cases]
    assert states == (["decided"] if passes else [])
    assert as_("leader", "4309").command(other.case, order("archive", 2, 1)).status_code == 200
    states = [each.state for each in overlaps(as_("technician", "430998"), mine).cases]
    assert states == (["archived"] if passes else [])


def test_land_in_another_zone_is_found(as_: As) -> None:
    """The same square, handed in with the neighbouring zone's coordinates (EPSG:4525, 111° E)."""
    x, y = place()
    corners = transformed([(x, y), (x + 100, y), (x + 100, y + 100), (x, y + 100)], PLANE, 4525)
    case = MadeUpCase("430101")
    assert as_("technician", "430101").command(case.case, with_land(case, shapely.Polygon(corners), epsg=4525)).ok
    (told,) = ask(as_("technician", "430998"), square((x, y))).cases
    assert told.number == case.number and told.area_planar_m2 == pytest.approx(10_000, rel=1e-5)


def transformed(points: list[tuple[float, float]], source: int, target: int) -> list[tuple[float, float]]:
    from osgeo import osr

    systems = []
    for epsg in (source, target):
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        systems.append(system)
    return [point[:2] for point in osr.CoordinateTransformation(*systems).TransformPoints(points)]


def test_parcels_of_one_foreign_case_are_told_as_one(as_: As) -> None:
    """How it is cut into parcels is not told, and land that it names twice counts once."""
    x, y = place()
    case = MadeUpCase("430101")
    shapes = [shapely.box(x + 50 * i, y, x + 60 + 50 * i, y + 100) for i in range(3)]
    assert as_("technician", "430101").command(case.case, with_land(case, *shapes)).status_code == 200
    (told,) = ask(as_("technician", "430998"), square((x, y), 200)).cases
    assert told.area_planar_m2 == pytest.approx(16_000, abs=0.01)


@tried(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(dx=st.integers(-120, 120), dy=st.integers(-120, 120), side=st.integers(1, 200))
def test_the_area_is_that_of_the_plane(as_: As, dx: int, dy: int, side: int) -> None:
    x, y = SHIFTED
    if not SHIFTED_CASE:
        SHIFTED_CASE.append(handed_over(as_, "430101", (x, y)))
    expected = max(0, min(100, dx + side) - max(0, dx)) * max(0, min(100, dy + side) - max(0, dy))
    found = ask(as_("technician", "430998"), square((x + dx, y + dy), side))
    assert sum(each.area_planar_m2 for each in found.cases) == pytest.approx(expected, abs=0.001)


SHIFTED = place()
SHIFTED_CASE: list[MadeUpCase] = []


def test_a_question_is_bounded(as_: As) -> None:
    client, at = as_("technician", "430998"), place()
    many = {"epsg": PLANE, "parcels": [{"number": f"{i}", "wkt": square(at)} for i in range(wire.MAX_PARCELS + 1)]}
    county = {"epsg": PLANE, "parcels": [{"number": "1", "wkt": square(at, 20_000)}]}
    for parcels in (many, county):
        answer = client.post("/v1/overlaps", json={"parcels": parcels})
        assert (answer.status_code, answer.json()["code"]) == (422, "E-CENTRE-SIZE")


def test_an_answer_is_bounded_and_says_so(as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    at = place()
    for office in ("430101", "430997", "430998"):
        handed_over(as_, office, at)
    client = as_("technician", "430998")
    assert (len(ask(client, square(at)).cases), ask(client, square(at)).more) == (3, False)
    monkeypatch.setattr("datacenter.services.overlaps.MOST", 2)
    monkeypatch.setattr("datacenter.services.overlaps.MOST_POINTS", 7)
    found = ask(client, square(at))
    assert (len(found.cases), found.more, found.outlines_left_out) == (2, True, 1)


def test_who_asked_for_what_stands_in_the_audit_log(as_: As) -> None:
    mine = handed_over(as_, "430998", place())
    overlaps(as_("reviewer", "430998"), mine)
    entries = as_("auditor", "430998").get("/v1/audit", params={"limit": 1000}).text
    assert mine.case in entries and '"overlaps"' in entries


# --- mining rights -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("top", "bottom", "heights"),
    [(100, -50, "meets"), (-60, -100, "apart"), (-50, -100, "apart"), (None, None, "unknown"), (50, None, "unknown")],
)
def test_mining_cases_are_compared_in_elevation_too(
    as_: As, top: float | None, bottom: float | None, heights: str
) -> None:
    at = place()
    limits = {name: value for name, value in (("KCBGSX", top), ("KCBGXX", bottom)) if value is not None}
    handed_over(as_, "430101", at, business_type="CKQN", facts=limits)
    mine = handed_over(as_, "430998", at, business_type="CKQR", facts={"top_m": 120, "bottom_m": -50})
    (told,) = overlaps(as_("technician", "430998"), mine).cases
    assert (told.mining_right, told.heights) == (True, heights)
    assert told.area_planar_m2 == pytest.approx(10_000, abs=0.01), "apart in height is told, too"


def test_whether_another_case_is_for_mining_is_told_to_mining_cases_only(as_: As) -> None:
    at = place()
    handed_over(as_, "430101", at, business_type="TKQN")
    mine = handed_over(as_, "430998", at)
    found = overlaps(as_("technician", "430998"), mine)
    assert (found.cases[0].mining_right, found.cases[0].heights, found.layers) == (False, "", ())


@pytest.fixture
def granted(tmp_path: Path) -> tuple[Path, tuple[float, float]]:
    """A layer with one mining right of 400 m × 400 m between +50 m and −200 m."""
    at = (38_324_000.0, 3_168_000.0 + next(_PLACES))
    path = tmp_path / "ckq.gpkg"
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    system = ogr.osr.SpatialReference()
    system.ImportFromEPSG(PLANE)
    layer = dataset.CreateLayer("CKQ", system, ogr.wkbPolygon)
    for name in ("XKZH", "KSMC", "YXQZ", "KCBGSX", "KCBGXX"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    feature = ogr.Feature(layer.GetLayerDefn())
    for name, value in {
        "XKZH": "C430998",
        "KSMC": "示范矿",
        "YXQZ": "2031-01-01",
        "KCBGSX": "50",
        "KCBGXX": "-200",
    }.items():
        feature[name] = value
    feature.SetGeometry(ogr.CreateGeometryFromWkt(square(at, 400)))
    layer.CreateFeature(feature)
    del feature, layer, dataset
    return path, at


def test_a_granted_right_in_sight_is_told(as_: As, granted: tuple[Path, tuple[float, float]]) -> None:
    path, (x, y) = granted
    publish(as_("leader", "4309"), path, key="mining", code="4309")
    mine = handed_over(as_, "430998", (x + 350, y), business_type="CKQN", facts={"top_m": 10, "bottom_m": 0})
    found = overlaps(as_("technician", "430998"), mine)
    (told,) = found.rights
    assert (told.layer, told.licence, told.name, told.valid_to) == ("mining", "C430998", "示范矿", "2031-01-01")
    assert told.heights == "meets" and told.area_planar_m2 == pytest.approx(5_000, abs=0.01)
    states = {each.layer: each.state for each in found.layers}
    assert states == {"mining": "checked", "explore": "not_checked"}, "a layer that is not there is no 'no conflict'"
    deep = handed_over(as_, "430998", (x + 350, y), business_type="CKQN", facts={"top_m": -200, "bottom_m": -300})
    assert [each.heights for each in overlaps(as_("technician", "430998"), deep).rights] == ["apart"]
    far = ask(as_("technician", "430101"), square((x, y)), business_type="CKQN")
    assert far.rights == () and {each.state for each in far.layers} == {"not_checked"}


# --- the database itself, as the service's role --------------------------------------------------------------------

CALL = (
    "SELECT * FROM centre.overlapping(ARRAY[0], ARRAY[ST_AsBinary(ST_MakeEnvelope(100, 20, 120, 32, 4490))],"
    " ARRAY[NULL]::float[], ARRAY[NULL]::float[], 4526, NULL, '{}', '{}', '{}', 50)"
)


@pytest.mark.parametrize("code", ["", "430998"])
def test_the_function_tells_nothing_without_a_jurisdiction_and_no_foreign_id_with_one(
    as_: As, settings: Settings, code: str
) -> None:
    at = place()
    foreign = handed_over(as_, "430101", at)
    with psycopg.connect(settings.database_url, row_factory=dict_row) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', %s, true)", (code,))
        found = connection.execute(
            CALL.replace("ST_MakeEnvelope(100, 20, 120, 32, 4490)", f"ST_Transform('SRID=4526;{square(at)}', 4490)")
        ).fetchall()
    assert [(row["number"], row["id"]) for row in found] == ([(foreign.number, None)] if code else [])
    assert not found or set(found[0]) == {
        "n", "id", "number", "office", "status", "mining_right", "heights", "land",
    }  # fmt: skip


def test_the_function_belongs_to_the_keeper_and_to_nobody_else(settings: Settings) -> None:
    with psycopg.connect(settings.admin_url) as connection:
        row = connection.execute(
            "SELECT pg_get_userbyid(proowner), prosecdef, proacl::text FROM pg_proc WHERE proname = 'overlapping'"
        ).fetchone()
    assert row is not None and row[:2] == ("landreview_keeper", True)
    assert "landreview_service=X" in row[2] and "{=X" not in row[2] and ",=X" not in row[2]


@pytest.fixture(scope="module")
def crowded(settings: Settings) -> Settings:
    """20,000 parcels and as many features, so that a plan means something; in a county that no test asks for."""
    shape = (
        "ST_Multi(ST_MakeEnvelope(97 + n % 200 * 0.02, 35 + n / 200 * 0.02, 97 + n % 200 * 0.02 + 0.01,"
        " 35 + n / 200 * 0.02 + 0.01, 4490)) FROM generate_series(1, 20000) n"
    )
    with psycopg.connect(settings.admin_url) as connection:
        connection.execute(
            f"INSERT INTO centre.parcels SELECT gen_random_uuid(), '649999', 0, n::text, '{{}}', 4490, {shape}"
        )
        connection.execute(f"INSERT INTO centre.features SELECT 'mining', '649999', 1, n, '649999', '{{}}', {shape}")
    with psycopg.connect(settings.admin_url, autocommit=True) as connection:
        connection.execute("ANALYZE centre.parcels, centre.features, centre.cases")
    return settings


@pytest.mark.parametrize(("function", "index"), [("overlapping", "parcels_geom"), ("layer_overlaps", "features_geom")])
def test_both_functions_look_by_the_spatial_index(crowded: Settings, function: str, index: str) -> None:
    """The plan that really ran, inside the function: told by auto_explain."""
    told: list[str] = []
    call = CALL.replace("100, 20, 120, 32", "111, 28, 111.01, 28.01")
    if function == "layer_overlaps":
        call = call.replace("overlapping", "layer_overlaps").replace("NULL, '{}', '{}', '{}'", "'{mining}', '{}', '{}'")
    with psycopg.connect(crowded.admin_url) as connection:
        connection.add_notice_handler(lambda notice: told.append(str(notice.message_primary)))
        connection.execute(
            "LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on;"
            " SET auto_explain.log_level = notice; SET client_min_messages = notice"
        )
        connection.execute("SET LOCAL ROLE landreview_service")
        connection.execute("SELECT set_config('app.jurisdiction', '64', true)")
        connection.execute(call.encode())
    plan = "\n".join(told)
    assert f"Index Scan using {index}" in plan or f"Bitmap Index Scan on {index}" in plan, plan
    assert "geom && " in plan.partition("Index Cond")[2]


def test_an_id_that_is_nowhere_is_404(as_: As) -> None:
    assert as_("leader", "43").get(f"/v1/cases/{new_id()}/overlaps").status_code == 404
