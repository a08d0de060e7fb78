# SPDX-License-Identifier: GPL-2.0-or-later
"""A county in PostGIS and in a file geodatabase: listed, proposed, tried, reviewed, noticed when it changes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import yaml
from jobs_batches import BatchOf, replace
from osgeo import gdal

from datacenter.cluster import PrivateCluster
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.catalogue import CatalogueEntry
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Silent
from landreview_plugin.jobs.batch import Batch, run_batch
from landreview_plugin.jobs.journal import NAME
from landreview_plugin.jobs.probe import probe
from landreview_plugin.jobs.probe_words import Aspect, Sign
from landreview_plugin.jobs.suggest_bindings import suggest
from landreview_plugin.sources.layer_list import layers_of
from landreview_plugin.sources.layer_stamp import layer_stamp

AT = dt.date(2026, 9, 1)
PLANE = crs_from_epsg(4526)
URL = re.compile("^PG:")
LAYERS = ("DLTB", "YJJBNT", "STBHHX", "CZKFBJ", "GHYT", "CKQ", "DZZH", "XZQ", "XZQ_XJ")


@pytest.fixture(scope="module")
def postgis(county: Path) -> Iterator[str]:
    """Two layers of the county in a private PostGIS; GDAL's connection string without a password."""
    cluster = PrivateCluster.temporary(safe=False)
    try:
        cluster.start()
        with psycopg.connect(cluster.create("county"), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION postgis")
            place = f"PG:host='{cluster.folder}' port='{cluster.port}' dbname='county' user='postgres'"
            for layer in LAYERS:
                gdal.VectorTranslate(place, str(county), layers=[layer], layerName=layer.lower())
            connection.execute("CREATE VIEW farmland AS SELECT * FROM yjjbnt")
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


def in_database(batch: Batch, postgis: str, county: Path, path: Path) -> Batch:
    """The batch with every layer of its catalogue in the database."""
    text = Path(batch.template.catalogue).read_text(encoding="utf-8").replace(str(county), postgis)
    for layer in LAYERS:
        text = re.sub(rf"layername={layer}\b", f"layername={layer.lower()}", text)
    loaded = yaml.safe_load(text)
    path.write_text(yaml.safe_dump(loaded, allow_unicode=True, width=1000), encoding="utf-8")
    return replace(batch, template=dataclasses.replace(batch.template, catalogue=str(path)))


def test_a_batch_on_a_database_finds_what_it_finds_in_a_file(
    batch_of: BatchOf, postgis: str, county: Path, tmp_path: Path
) -> None:
    """The digests differ: a result names where its layers lie."""
    batch = batch_of(6, "file")
    files = run_batch(batch, Silent())
    database = run_batch(
        replace(in_database(batch, postgis, county, tmp_path / "pg.yaml"), output=tmp_path / "pg"), Silent()
    )
    assert database.failed == 0
    same = ("case", "verdict", "worst_severity", "conflicts", "not_checked", "conflict_m2", "area_m2", "farmland_m2")
    assert [[entry[name] for name in same] for entry in database.entries] == [
        [entry[name] for name in same] for entry in files.entries
    ]
    assert any(entry["conflicts"] for entry in files.entries)


@pytest.mark.parametrize("change", ["UPDATE yjjbnt SET dlbm = dlbm WHERE fid = 1", "DELETE FROM yjjbnt WHERE fid = 2"])
def test_a_case_is_done_again_when_a_row_of_the_database_changes(
    batch_of: BatchOf, postgis: str, county: Path, tmp_path: Path, change: str
) -> None:
    batch = in_database(batch_of(1, "changing"), postgis, county, tmp_path / "pg.yaml")

    def lines() -> int:
        run_batch(batch, Silent())
        return len((batch.output / NAME).read_text(encoding="utf-8").splitlines())

    assert (lines(), lines()) == (1, 1)
    with psycopg.connect(URL.sub("", postgis).replace("'", ""), autocommit=True) as connection:
        connection.execute(change)
    assert (lines(), lines()) == (2, 2)


def test_a_view_of_a_database_shows_its_changes(postgis: str) -> None:
    source = f"{postgis}|layername=farmland"
    once, again = layer_stamp(source, Path()), layer_stamp(source, Path())
    assert once and once == again
    with psycopg.connect(URL.sub("", postgis).replace("'", ""), autocommit=True) as connection:
        connection.execute("UPDATE yjjbnt SET dlbm = 'x' WHERE fid = 3")
    assert layer_stamp(source, Path()) not in (None, once)
