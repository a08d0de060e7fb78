# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may do what, route by role by jurisdiction; and that the database itself shows no foreign row to the service."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from itertools import product

import psycopg
import pytest
from datacenter_service import OFFICES, Client
from psycopg_pool import ConnectionPool

from datacenter.app import create_app
from datacenter.made_up import MadeUpCase, order
from datacenter.services.people import Role, rights
from datacenter.settings import Settings
from landreview_plugin.core.evidence.identity import new_id
from landreview_plugin.sync import protocol as wire

As = Callable[[str, str], Client]
ROLES = tuple(role.value for role in Role)
READERS = {"window", "technician", "reviewer", "leader", "auditor"}
WORKERS = {"window", "technician", "reviewer", "leader"}
WHERE = {
    "own": "430998",
    "child": "430998001",
    "parent": "4309",
    "grandparent": "43",
    "sibling": "430997",
    "none": "430101",
}
"""Where a person sits, seen from a case of 430998."""
IN_SIGHT = {"own", "parent", "grandparent"}

# route → roles; a row stands here for every route of the service but those that need no person
MATRIX: dict[tuple[str, str], set[str]] = {
    ("GET", "/v1/me"): set(ROLES),
    ("POST", "/v1/sign-out"): set(ROLES),
    ("GET", "/v1/offices"): set(ROLES),
    ("GET", "/v1/cases"): READERS,
    ("GET", "/v1/cases/{case}"): READERS,
    ("GET", "/v1/cases/{case}/history"): READERS,
    ("GET", "/v1/cases/{case}/receipts"): READERS,
    ("GET", "/v1/cases/{case}/judgement"): READERS,
    ("GET", "/v1/cases/{case}/overlaps"): WORKERS,
    ("POST", "/v1/overlaps"): WORKERS,
    ("POST", "/v1/cases/{case}/reviews"): {"technician", "reviewer", "leader"},
    ("GET", "/v1/cases/{case}/reviews"): READERS,
    ("GET", "/v1/cases/{case}/reviews/{review}"): READERS,
    ("GET", "/v1/cases/{case}/packages"): READERS,
    ("GET", "/v1/cases/{case}/packages/{sha256}"): READERS,
    ("POST", "/v1/cases/{case}/commands"): WORKERS,
    ("POST", "/v1/bundles"): READERS,
    ("POST", "/v1/blobs/missing"): WORKERS,
    ("PUT", "/v1/blobs/{sha256}"): WORKERS,
    ("GET", "/v1/blobs/{sha256}"): READERS,
    ("GET", "/v1/changes"): READERS,
    ("GET", "/v1/quarantine"): READERS,
    ("GET", "/v1/quarantine/{held}"): READERS,
    ("GET", "/v1/layers"): READERS,
    ("GET", "/v1/layers/{layer}/{code}"): READERS,
    ("POST", "/v1/layers/{layer}/{code}"): {"reviewer", "leader"},
    ("GET", "/v1/layers/{layer}/{code}/newest"): READERS,
    ("GET", "/v1/layers/{layer}/{code}/{number}"): READERS,
    ("GET", "/v1/layers/{layer}/{code}/{number}/file"): READERS,
    ("GET", "/v1/layers/{layer}/{code}/{number}/delta"): READERS,
    ("GET", "/v1/people"): {"administrator"},
    ("PUT", "/v1/people/{name}"): {"administrator"},
    ("GET", "/v1/audit"): {"auditor"},
    ("GET", "/ogc"): READERS,
    ("GET", "/ogc/conformance"): READERS,
    ("GET", "/ogc/collections"): READERS,
    ("GET", "/ogc/collections/{name}"): READERS,
    ("GET", "/ogc/collections/{name}/items"): READERS,
    ("GET", "/ogc/collections/{name}/items/{key}"): READERS,
    ("GET", "/tiles/{name}/{z}/{x}/{y}.mvt"): READERS,
}
OPEN = {("POST", "/v1/sign-in"), ("POST", "/v1/refresh"), ("GET", "/health"), ("GET", "/ready"), ("GET", "/metrics")}
OF_A_CASE = [route for route in MATRIX if "{case}" in route[1]]
OF_A_CASE += [("GET", "/v1/blobs/{sha256}"), ("GET", "/ogc/collections/{name}/items/{key}")]
PACKAGES: dict[str, str] = {}
REVIEWS: dict[str, str] = {}
COMMANDS = {
    "submit": {"technician", "reviewer", "leader"},
    "forward": {"reviewer", "leader"},
    "return": {"reviewer", "leader"},
    "decide": {"leader"},
    "archive": {"reviewer", "leader"},
    "annotate": WORKERS,
}


@pytest.fixture(scope="module")
def case(as_: As) -> MadeUpCase:
    """A case of 430998 that 4309 holds."""
    one = MadeUpCase()
    command = one.submit()
    assert command.manifest is not None
    PACKAGES[one.case] = command.manifest.sha256()
    assert as_("technician", "430998").command(one.case, command).status_code == 200
    made = as_("technician", "430998").post(f"/v1/cases/{one.case}/reviews", json={})
    assert made.status_code == 200, made.text
    REVIEWS[one.case] = made.json()["id"]
    return one


def ask(client: Client, case: MadeUpCase, method: str, path: str) -> int:
    """The status of a sensible request."""
    _, inline = case.package()
    sha256 = PACKAGES[case.case] if "packages" in path else next(iter(inline))
    path = path.format(
        case=case.case,
        review=REVIEWS[case.case],
        sha256=sha256,
        held=new_id(),
        name="parcels" if path.startswith(("/ogc", "/tiles")) else "niemand",
        key=f"{case.case}.0",
        z=0,
        x=0,
        y=0,
        layer="pbf",
        code="430998",
        number=1,
    )
    if path.endswith("/commands"):
        return client.command(case.case, order("annotate", 1, text="甲")).status_code
    if path.endswith("/bundles"):
        return client.post(path, json={"cases": [case.case]}).status_code
    if method == "POST" and "/layers/" in path:
        return client.post(path, json={"file_sha256": "0" * 64, "data_date": "2026-06-30"}).status_code
    if method == "POST" and path.endswith("/reviews"):
        return client.post(path, json={}).status_code
    if path == "/v1/overlaps":
        return client.post(path, json={"parcels": {"epsg": 4526, "parcels": []}}).status_code
    if path.endswith("/missing"):
        return client.post(path, json={"sha256": []}).status_code
    if path.startswith("/v1/people/"):
        return client.put(path, json={"office": "99", "role": "window", "password": "x" * 12}).status_code
    if method == "PUT":
        return client.put(path, data=b"").status_code
    return client.post(path).status_code if method == "POST" else client.get(path).status_code


def test_every_route_stands_in_the_matrix(settings: Settings) -> None:
    paths = create_app(settings).openapi()["paths"]
    routes = {(method.upper(), path) for path in paths for method in paths[path]}
    assert routes == set(MATRIX) | OPEN


def test_the_table_of_rights_is_what_this_page_says() -> None:
    assert {kind: {role.value for role in rights()[kind]} for kind in COMMANDS} == COMMANDS


@pytest.mark.parametrize("route", [route for route in MATRIX if route[1] != "/v1/sign-out"], ids=" ".join)
def test_each_role_may_what_the_matrix_says(as_: As, case: MadeUpCase, route: tuple[str, str]) -> None:
    for role in ROLES:
        status = ask(as_(role, "430998"), case, *route)
        assert (status == 403) == (role not in MATRIX[route]), (role, status)
    assert ask(Client(as_("leader", "43").base, "nobody"), case, *route) == 401


@pytest.mark.parametrize(("where", "route"), list(product(WHERE, OF_A_CASE)), ids=str)
def test_a_case_is_there_for_its_own_line_of_offices_only(
    as_: As, case: MadeUpCase, where: str, route: tuple[str, str]
) -> None:
    status = ask(as_("leader", WHERE[where]), case, *route)
    assert status == (200 if where in IN_SIGHT else 404), status


@pytest.mark.parametrize(("kind", "role"), list(product(COMMANDS, ROLES)), ids=str)
def test_each_command_belongs_to_its_roles(as_: As, case: MadeUpCase, kind: str, role: str) -> None:
    """Asked at an old revision, so that nothing happens: 403 for the role, 412 or more for what is allowed."""
    command = order(kind, 0, 0, to="43", text="x", passes=True, corrections=("x",))
    status = as_(role, "4309").command(case.case, command).status_code
    assert (status == 403) == (role not in COMMANDS[kind]), status


def test_bundles_hold_nothing_foreign(as_: As, case: MadeUpCase) -> None:
    for where, office in WHERE.items():
        answer = as_("leader", office).post("/v1/bundles", json={"cases": [case.case]}).json()
        assert [one["state"]["id"] for one in answer["bundles"]] == ([case.case] if where in IN_SIGHT else [])


def test_lists_and_feed_hold_nothing_foreign(as_: As, case: MadeUpCase) -> None:
    for where, office in WHERE.items():
        client = as_("leader", office)
        listed = {one["id"] for one in client.get("/v1/cases", params={"limit": 200}).json()["cases"]}
        in_feed = {change.event.case for change in client.all_changes()}
        assert (case.case in in_feed) == (where in IN_SIGHT)
        assert where in IN_SIGHT or case.case not in listed


def test_knowing_a_hash_opens_nothing(as_: As) -> None:
    county, neighbour = as_("technician", "430998"), as_("technician", "430997")
    data = new_id().encode()
    sha256 = hashlib.sha256(data).hexdigest()
    assert county.put(f"/v1/blobs/{sha256}", data=data).status_code == 201
    assert neighbour.get(f"/v1/blobs/{sha256}").status_code == 404
    assert neighbour.post("/v1/blobs/missing", json={"sha256": [sha256]}).json()["missing"] != []
    case = MadeUpCase("430997")
    command = case.submit()
    assert command.manifest is not None
    first = command.manifest.parts[0]
    stolen = first.model_copy(update={"kind": wire.PartKind.ATTACHMENT, "sha256": sha256, "size": len(data)})
    manifest = command.manifest.model_copy(update={"parts": (*command.manifest.parts, stolen)})
    refused = neighbour.command(case.case, command.model_copy(update={"manifest": manifest}))
    assert refused.json()["missing"] == [sha256]


# --- the database itself, as the service's role -------------------------------------------------------------------

ABOUT_A_CASE = [
    "reviews",
    "packages",
    "parts",
    "bodies",
    "parcels",
    "findings",
    "areas",
    "opinions",
    "events",
    "feed",
    "receipts",
]
TABLES = ["cases", *ABOUT_A_CASE]


def counts(connection: psycopg.Connection) -> dict[str, int]:
    found = {}
    for table in TABLES:
        row = connection.execute(f"SELECT count(*) FROM centre.{table}").fetchone()
        assert row is not None
        found[table] = row[0]
    return found


@pytest.mark.parametrize("code", ["", "%", "_", "4", "4309%", "~", "430998' OR '1'='1", "99"])
def test_a_strange_jurisdiction_sees_nothing(settings: Settings, case: MadeUpCase, code: str) -> None:
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', %s, true)", (code,))
        found = counts(connection)
    assert all(count == 0 for count in found.values()) or code == "4", found


def test_without_a_jurisdiction_nothing_is_seen(settings: Settings, case: MadeUpCase) -> None:
    with psycopg.connect(settings.database_url) as connection:
        assert set(counts(connection).values()) == {0}


@pytest.mark.parametrize("code", list(OFFICES))
def test_each_office_sees_the_rows_of_its_codes(settings: Settings, case: MadeUpCase, code: str) -> None:
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', %s, true)", (code,))
        foreign = connection.execute(
            "SELECT count(*) FROM centre.cases WHERE NOT starts_with(code, %s)"
            " AND id NOT IN (SELECT case_id FROM centre.case_access WHERE office = %s)",
            (code, code),
        ).fetchone()
        assert foreign == (0,)
        assert (counts(connection)["cases"] > 0) or not "430998".startswith(code)


def test_a_pooled_connection_forgets_the_jurisdiction_at_the_commit(settings: Settings, case: MadeUpCase) -> None:
    """After ``set_config(…, true)`` and a commit the setting reads as '': without nullif every row would show."""
    with ConnectionPool(settings.database_url, min_size=1, max_size=1) as pool:
        with pool.connection() as connection:
            connection.execute("SELECT set_config('app.jurisdiction', '43', true)")
            assert counts(connection)["cases"] > 0
        with pool.connection() as connection:
            row = connection.execute("SELECT current_setting('app.jurisdiction', true)").fetchone()
            assert row == ("",)
            assert set(counts(connection).values()) == {0}


def test_many_offices_on_few_connections_never_see_each_other(as_: As, case: MadeUpCase) -> None:
    own, none = as_("leader", "430998"), as_("leader", "430101")
    wrong: list[str] = []

    def look(client: Client, visible: bool) -> None:
        for _ in range(25):
            seen = client.get(f"/v1/cases/{case.case}").status_code == 200
            if seen != visible:
                wrong.append(client.name)

    pairs = [(Client.of(own.base, "leader", "430998"), True), (Client.of(own.base, "leader", "430101"), False)] * 4
    threads = [threading.Thread(target=look, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [] and none.get(f"/v1/cases/{case.case}").status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE centre.events SET body = '{}'",
        "DELETE FROM centre.events",
        "DELETE FROM centre.cases",
        "UPDATE centre.receipts SET answer = ''",
        "UPDATE centre.packages SET manifest = ''",
        "SELECT * FROM keeper.users",
        "SELECT * FROM keeper.tokens",
        "SET ROLE landreview_keeper",
        "ALTER TABLE centre.cases DISABLE ROW LEVEL SECURITY",
        "DROP POLICY seen ON centre.cases",
        "INSERT INTO centre.offices VALUES ('99', 'x')",
        "CREATE TABLE centre.mine (a int)",
    ],
)
def test_the_service_may_not(settings: Settings, statement: str) -> None:
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', '43', true)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_the_service_cannot_write_into_another_county(settings: Settings, case: MadeUpCase) -> None:
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', '430101', true)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO centre.feed (case_id, code, stream, no, at_server)"
                " VALUES (%s, '430998', 'centre', 9, now())",
                (case.case,),
            )


def test_the_role_is_neither_owner_nor_above_the_policies(settings: Settings) -> None:
    with psycopg.connect(settings.admin_url) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = 'landreview_service'"
        ).fetchone()
        unprotected = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'centre'::regnamespace AND relkind = 'r'"
            " AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1"
        ).fetchall()
        owned = connection.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'landreview_service'").fetchone()
        loose = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'centre'::regnamespace AND relkind = 'v'"
            " AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)"
        ).fetchall()
    assert row == (False, False, False)
    assert [name for (name,) in unprotected] == ["life", "offices"]  # neither says anything of a case
    assert owned == (0,) and loose == []


# --- the spatial index under the policies --------------------------------------------------------------------------

BOX = "ST_MakeEnvelope(111, 28, 111.01, 28.01, 4490)"


def plan(connection: psycopg.Connection, query: str) -> str:
    return "\n".join(row[0] for row in connection.execute(f"EXPLAIN {query}").fetchall())


@pytest.fixture(scope="module")
def many_parcels(settings: Settings) -> Settings:
    """20,000 parcels, so that a plan means something; in one county that no test asks for."""
    with psycopg.connect(settings.admin_url) as connection:
        connection.execute(
            "INSERT INTO centre.parcels SELECT gen_random_uuid(), '439999', 0, n::text, '{}', 4490,"
            " ST_Multi(ST_MakeEnvelope(109 + n % 200 * 0.02, 25 + n / 200 * 0.02, 109 + n % 200 * 0.02 + 0.01,"
            " 25 + n / 200 * 0.02 + 0.01, 4490)) FROM generate_series(1, 20000) n"
        )
    with psycopg.connect(settings.admin_url, autocommit=True) as connection:
        connection.execute("ANALYZE centre.parcels")
    return settings


@pytest.mark.parametrize("query", [f"geom && {BOX}", f"geom && {BOX} AND ST_Intersects(geom, {BOX})"])
def test_a_spatial_query_keeps_its_index_under_the_policies(many_parcels: Settings, query: str) -> None:
    with psycopg.connect(many_parcels.database_url) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', '43', true)")
        told = plan(connection, f"SELECT * FROM centre.parcels WHERE {query}")
    assert "parcels_geom" in told and "geom &&" in told.partition("Index Cond")[2], told


def test_without_the_mark_the_index_would_drop_out(many_parcels: Settings) -> None:
    """The negative control, in a transaction that is rolled back."""
    with psycopg.connect(many_parcels.admin_url) as connection:
        connection.execute("ALTER FUNCTION geometry_overlaps(geometry, geometry) NOT LEAKPROOF")
        connection.execute("SET LOCAL ROLE landreview_service")
        connection.execute("SELECT set_config('app.jurisdiction', '43', true)")
        told = plan(connection, f"SELECT * FROM centre.parcels WHERE geom && {BOX}")
        connection.rollback()
    assert "parcels_geom" not in told, told


def test_a_county_is_counted_by_its_index(many_parcels: Settings) -> None:
    with psycopg.connect(many_parcels.database_url) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', '430998', true)")
        told = plan(connection, "SELECT count(*) FROM centre.parcels WHERE code ~>=~ '430998' AND code ~<~ '430998~'")
    assert "parcels_code" in told, told


def test_the_feed_reads_by_its_key(many_parcels: Settings) -> None:
    with psycopg.connect(many_parcels.database_url) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', '430998', true)")
        connection.execute("SET LOCAL enable_seqscan = off")
        told = plan(connection, "SELECT * FROM centre.feed WHERE (xid, seq) > ('5'::xid8, 7) ORDER BY xid, seq LIMIT 9")
    assert "Index Cond" in told and "ROW(xid, seq) >" in told, told
