# SPDX-License-Identifier: GPL-2.0-or-later
"""A county's folder is looked through and its layers proposed by name; what is not understood is listed, too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import ogr

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Silent
from landreview_plugin.core.tables import table
from landreview_plugin.jobs.suggest_bindings import _proposals, bound, relative, suggest
from landreview_plugin.sources.layer_list import LayerInfo


def info(
    name: str, geometry: str = "Polygon", fields: tuple[str, ...] = (), source: str = "x.gdb|layername=x"
) -> LayerInfo:
    return LayerInfo(source, name, geometry, fields, 1, None)


def keys(layer: LayerInfo) -> list[str]:
    return [proposal.key for proposal in _proposals(layer)]


def test_a_county_in_one_geopackage(county: Path) -> None:
    found = suggest(county, Silent())
    sure = {proposal.key: proposal.layer.name for proposal in reversed(found.proposals) if proposal.sure}
    assert sure == {
        "dltb": "DLTB", "pbf": "YJJBNT", "ecored": "STBHHX", "ugb": "CZKFBJ", "mining": "CKQ", "xzq": "XZQ"
    }  # fmt: skip
    assert [p.layer.name for p in found.proposals if p.key == "xzq"] == ["XZQ", "XZQ_XJ"], "the plainer name first"
    unsure = {proposal.key: proposal.layer.name for proposal in found.proposals if not proposal.sure}
    assert unsure["plan_use"] == "GHYT" and unsure["plan_zone"] == "GHYT", "the name says one, the field the other"
    assert {layer.name for layer in found.nameless} >= {"SQDK"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("DLTB", "dltb"),
        ("dltb", "dltb"),
        ("430998_DLTB_2025", "dltb"),
        ("YJJBNTTB2024", "pbf"),
        ("青岚县永久基本农田", "pbf"),
        ("2025年城镇开发边界", "ugb"),
        ("生态保护红线_最终", "ecored"),
        ("采矿权", "mining"),
        ("地质灾害隐患点", "geohaz_pt"),
    ],
)
def test_names_as_offices_write_them(name: str, key: str) -> None:
    geometry = "Point" if key == "geohaz_pt" else "Polygon"
    assert keys(info(name, geometry)) == [key]


@pytest.mark.parametrize("name", ["OLD", "BUILDING", "layer 1", "MC", "XZQJX2"])
def test_names_that_only_look_alike_speak_for_nothing(name: str) -> None:
    assert not keys(info(name))


def test_a_layer_of_another_kind_is_not_proposed() -> None:
    assert keys(info("DZZHYHD", "Point")) == ["geohaz_pt"]
    assert not keys(info("DZZHYHD", "Polygon"))


def test_a_lone_layer_may_be_named_by_its_file() -> None:
    assert keys(info("export", source="/d/采矿权.shp")) == ["mining"]
    assert not keys(info("export", source="/d/采矿权.gdb|layername=export"))


@given(st.sampled_from([row for row in table("layers") if "Polygon" in row["geom"]]), st.integers(0, 999_999))
def test_every_key_is_found_by_its_own_name_whatever_the_number_beside_it(row: dict[str, str], number: int) -> None:
    assert row["key"] in keys(info(f"{row['layer']}_{number:06d}"))


def test_a_folder_of_many_formats_with_a_broken_file(county: Path, tmp_path: Path) -> None:
    folder = tmp_path / "青岚县 & 数据"
    (folder / "规划").mkdir(parents=True)
    shutil.copy(county, folder / "county.gpkg")
    (folder / "broken.gpkg").write_bytes(b"not a database")
    (folder / "readme.txt").write_text("x", encoding="utf-8")
    (folder / "landreview.gpkg.files").mkdir()
    source = ogr.Open(str(county))
    driver = ogr.GetDriverByName("ESRI Shapefile")
    driver.CopyDataSource(driver.CreateDataSource(str(folder / "规划")), "x")
    shape = driver.CreateDataSource(str(folder / "规划" / "生态保护红线.shp"))
    shape.CopyLayer(source.GetLayer("STBHHX"), "生态保护红线")
    del shape
    found = suggest(folder, Silent())
    assert [error.code for error in found.flaws] == ["E-SRC-CORRUPT"]
    red = [Path(p.layer.source.partition("|")[0]).name for p in found.proposals if p.key == "ecored"]
    assert sorted(red) == ["county.gpkg", "生态保护红线.shp"], "both are shown: a person chooses"


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LandReviewError) as raised:
        suggest(tmp_path / "gone.gpkg", Silent())
    assert raised.value.code == "E-SRC-MISSING"


def test_a_binding_names_its_source_relative_to_the_catalogue(county: Path) -> None:
    proposal = next(p for p in suggest(county, Silent()).proposals if p.key == "pbf")
    assert bound(proposal, county.parent).source == "county.gpkg|layername=YJJBNT"
    assert bound(proposal, county.parent / "other").source == f"{county}|layername=YJJBNT"
    assert relative("PG:dbname=x|layername=a.b", county.parent) == "PG:dbname=x|layername=a.b"
