# SPDX-License-Identifier: GPL-2.0-or-later
"""A county in PostGIS and in a file geodatabase: listed, proposed, tried; the password stays out of the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from osgeo import gdal

from datacenter.cluster import PrivateCluster
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.catalogue import CatalogueEntry
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.probe import probe
from landreview_plugin.jobs.probe_words import Aspect, Sign
from landreview_plugin.jobs.suggest_bindings import suggest
from landreview_plugin.sources.layer_list import layers_of

AT = dt.date(2026, 9, 1)
PLANE = crs_from_epsg(4526)


@pytest.fixture(scope="module")
def postgis(county: Path) -> Iterator[str]:
    """Two layers of the county in a private PostGIS; GDAL's connection string without a password."""
    cluster = PrivateCluster.temporary(safe=False)
    try:
        cluster.start()
        with psycopg.connect(cluster.create("county"), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION postgis")
        place = f"PG:host='{cluster.folder}' port='{cluster.port}' dbname='county' user='postgres'"
        for layer in ("YJJBNT", "XZQ_XJ"):
            gdal.VectorTranslate(place, str(county), layers=[layer], layerName=layer.lower())
        yield place
    finally:
        cluster.remove()


def test_the_tables_of_a_database_are_listed_and_tried(postgis: str) -> None:
    names = {layer.name: layer for layer in layers_of(postgis)}
    assert names["yjjbnt"].geometry == "Polygon" and names["yjjbnt"].count == 171
    source = f"{postgis}|layername=yjjbnt"
    entry = CatalogueEntry(key="pbf", source=source, data_date=AT, coverage=f"{postgis}|layername=xzq_xj")
    found = probe(entry, Path(), PLANE, AT, Silent())
    assert found.sign is Sign.OK, [said.sentence.en for said in found.said]
    assert dict(found.roles)["class"].upper() == "DLBM"


def test_a_database_that_is_not_there_is_named() -> None:
    with pytest.raises(LandReviewError) as raised:
        layers_of("PG:host='127.0.0.1' port='1' dbname='x'")
    assert raised.value.code == "E-SRC-CORRUPT"
    entry = CatalogueEntry(key="pbf", source="PG:host='127.0.0.1' port='1' dbname='x'|layername=y")
    found = probe(entry, Path(), PLANE, AT, Silent())
    assert found.sign is Sign.FAIL and found.said[0].aspect is Aspect.FOUND


def test_a_file_geodatabase_of_a_county_is_looked_through(county: Path, tmp_path: Path) -> None:
    folder = tmp_path / "青岚县 & 数据"
    folder.mkdir()
    target = folder / "三调.gdb"
    gdal.VectorTranslate(str(target), str(county), format="OpenFileGDB", layers=["DLTB", "XZQ"])
    by_folder, by_itself = suggest(folder, Silent()), suggest(target, Silent())
    assert [(p.key, p.sure) for p in by_folder.proposals] == [("xzq", True), ("dltb", True)]
    assert by_folder.proposals == by_itself.proposals
    source = next(p.layer.source for p in by_itself.proposals if p.key == "dltb")
    found = probe(CatalogueEntry(key="dltb", source=source, data_date=AT), folder, PLANE, AT, Silent())
    assert {said.aspect for said in found.said if said.sign is Sign.FAIL} == set()
