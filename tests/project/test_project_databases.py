# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of the project from PostGIS: a query that fails is no empty layer. QGIS itself shows no error."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import psycopg
import pytest
from qgis.core import QgsDataSourceUri, QgsVectorLayer

from datacenter.cluster import PrivateCluster
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.project.databases import table_of
from landreview_plugin.project.layers import LayerHandle, handle_of
from landreview_plugin.project.parcels import read_features
from landreview_plugin.project.snapshot import LayerSnapshot
from landreview_plugin.sources.crs import parse_crs

PLANE = parse_crs("EPSG:4526")
ALL = [38_400_000, 3_100_000, 38_402_000, 3_101_000]
FIRST_TEN = [38_400_015, 3_100_000, 38_400_205, 3_101_000]
TABLE = """
DROP SCHEMA IF EXISTS land CASCADE;
CREATE SCHEMA land;
CREATE TABLE land."基本农田" AS
    SELECT g AS id, CASE WHEN g % 2 = 0 THEN '0101' ELSE '{"0103"}' END AS dlbm,
        ST_SetSRID(ST_MakeEnvelope(38400000 + 20 * g, 3100000, 38400010 + 20 * g, 3100010), 4526) AS "the geom"
    FROM generate_series(1, 50) g;
ALTER TABLE land."基本农田" ADD PRIMARY KEY (id);
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[PrivateCluster]:
    one = PrivateCluster.temporary(safe=False)
    one.start()
    with psycopg.connect(one.create("county"), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION postgis")
    yield one
    one.remove()


@pytest.fixture
def database(cluster: PrivateCluster) -> Iterator[psycopg.Connection]:
    """Fifty pieces of land in a row, half of them paddy fields."""
    with psycopg.connect(cluster.url("county"), autocommit=True) as connection:
        connection.execute(TABLE)
        yield connection


def layer(cluster: PrivateCluster, sql: str = "", table: str = "") -> QgsVectorLayer:
    """The table's layer with a filter, or that of a query."""
    uri = QgsDataSourceUri()
    uri.setConnection(str(cluster.folder), str(cluster.port), "county", "postgres", "")
    uri.setDataSource("" if table else "land", table or "基本农田", "the geom", sql, "id")
    uri.setSrid("4526")
    found = QgsVectorLayer(uri.uri(False), "基本农田", "postgres")
    assert found.isValid(), found.dataProvider().error().message()
    return found


def read(handle: LayerHandle, box: list[int]) -> int | str:
    """How many features come, or why they are not believed."""
    try:
        batches = handle.open(PLANE).batches(np.array([box], dtype=float), ["dlbm"])
        return sum(len(batch.fids) for batch in batches)
    except LandReviewError as error:
        return f"{error.code} {error.detail.en if error.detail else ''}"


@pytest.mark.parametrize(("sql", "all_of_them", "first"), [("", 50, 10), ("\"dlbm\" = '0101'", 25, 5)])
def test_what_the_database_has_is_read(
    cluster: PrivateCluster, database: psycopg.Connection, sql: str, all_of_them: int, first: int
) -> None:
    handle = handle_of(layer(cluster, sql=sql))
    assert (read(handle, ALL), read(handle, FIRST_TEN)) == (all_of_them, first)


def test_a_filter_with_braces_and_a_query_as_layer_are_counted(
    cluster: PrivateCluster, database: psycopg.Connection
) -> None:
    assert read(handle_of(layer(cluster, sql='"dlbm" = \'{"0103"}\'')), ALL) == 25
    query = layer(cluster, table='(SELECT * FROM land."基本农田" WHERE id < 8)')
    assert read(handle_of(query), ALL) == 7


def test_land_that_lies_elsewhere_is_a_true_zero(cluster: PrivateCluster, database: psycopg.Connection) -> None:
    assert read(handle_of(layer(cluster)), [38_500_000, 3_100_000, 38_500_100, 3_100_100]) == 0


@pytest.mark.parametrize(
    "fault",
    [
        'ALTER TABLE land."基本农田" RENAME TO moved',
        'ALTER TABLE land."基本农田" RENAME COLUMN "the geom" TO geom',
        "DROP SCHEMA land CASCADE",
    ],
)
def test_a_query_that_fails_is_no_empty_layer(
    cluster: PrivateCluster, database: psycopg.Connection, fault: str
) -> None:
    found = layer(cluster)
    handle = handle_of(found)
    database.execute(fault)
    assert sum(1 for _ in found.getFeatures()) == 0 and not found.dataProvider().errors(), "QGIS alone believes it"
    assert str(read(handle, ALL)).startswith("E-SRC-SERVICE")


def test_a_server_that_is_gone_is_no_empty_layer(cluster: PrivateCluster, database: psycopg.Connection) -> None:
    handle = handle_of(layer(cluster))
    cluster.kill()
    try:
        assert str(read(handle, ALL)).startswith("E-SRC-SERVICE")
    finally:
        cluster.start()


def test_less_than_the_database_has_is_refused(cluster: PrivateCluster, database: psycopg.Connection) -> None:
    """What is added while it is read is a doubt, too: which state was reviewed can't be said."""
    handle = handle_of(layer(cluster))
    batches = handle.open(PLANE).batches(np.array([ALL], dtype=float), ["dlbm"])
    assert len(next(batches).fids) == 50
    database.execute('INSERT INTO land."基本农田" SELECT id + 100, dlbm, "the geom" FROM land."基本农田" WHERE id = 1')
    with pytest.raises(LandReviewError) as raised:
        list(batches)
    assert raised.value.code == "E-SRC-SHORT" and raised.value.detail is not None
    assert raised.value.detail.en == "the database has 51 features, 50 were read"


def test_a_layer_with_unsaved_changes_is_not_counted(cluster: PrivateCluster, database: psycopg.Connection) -> None:
    found = layer(cluster)
    found.startEditing()
    found.deleteFeature(1)
    assert table_of(found) is None
    assert read(handle_of(found), ALL) == 49
    found.rollBack()


def test_a_layer_in_memory_that_is_truly_empty_is_read() -> None:
    found = QgsVectorLayer("Polygon?crs=EPSG:4526&field=dlbm:string", "x", "memory")
    assert read(handle_of(found), ALL) == 0


def test_parcels_of_a_query_that_fails_are_not_none(cluster: PrivateCluster, database: psycopg.Connection) -> None:
    taken = LayerSnapshot(layer(cluster))
    assert len(read_features(taken).parcels) == 50
    database.execute('ALTER TABLE land."基本农田" RENAME TO moved')
    with pytest.raises(LandReviewError) as raised:
        read_features(taken)
    assert raised.value.code == "E-SRC-SERVICE"
