# SPDX-License-Identifier: GPL-2.0-or-later
"""Shapefiles as reference layers: what the records say counts, whatever index lies beside them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import ogr

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.crs import parse_crs, spatial_reference
from landreview_plugin.sources.reference import open_reference

DEMO = parse_crs("EPSG:4526")
X, Y = 38_400_000.0, 3_110_000.0
HERE = np.array([[X, Y, X + 100, Y + 10]])
EVERYWHERE = np.array([[X - 1e6, Y - 1e6, X + 1e6, Y + 1e6]])
DATA = (".shp", ".shx", ".dbf")


def squares(east_m: float = 0.0, count: int = 100) -> list[shapely.Geometry]:
    """A row of squares, 10 m wide, 20 m apart."""
    return [shapely.box(X + east_m + i * 20, Y, X + east_m + i * 20 + 10, Y + 10) for i in range(count)]


def written(path: Path, shapes: Sequence[shapely.Geometry | None], kind: int = ogr.wkbPolygon) -> Path:
    dataset = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(path))
    layer = dataset.CreateLayer(path.stem, spatial_reference(DEMO), kind)
    layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    for i, shape in enumerate(shapes):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["name"] = f"n{i}"
        if shape is not None:
            feature.SetGeometry(ogr.CreateGeometryFromWkb(shape.wkb))
        layer.CreateFeature(feature)
    return path


def indexed(path: Path, sql: str) -> Path:
    dataset = ogr.Open(str(path), 1)
    dataset.ExecuteSQL(sql)
    return path


def found(path: Path, boxes: np.ndarray = HERE) -> list[int]:
    reference = open_reference(path.name, base=path.parent, target=DEMO)
    return [fid for batch in reference.batches(boxes, ()) for fid in batch.fids.tolist()]


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """New data copied over old ones, as offices do: the index of the old ones stays."""
    old = indexed(written(tmp_path / "old.shp", squares(50_000)), "CREATE SPATIAL INDEX ON old")
    new = written(tmp_path / "new.shp", squares())
    for suffix in DATA:
        shutil.copy(new.with_suffix(suffix), old.with_suffix(suffix))
    return old


def by_gdal(path: Path) -> int:
    """What GDAL's own spatial filter finds here."""
    return by_gdal_in(path, HERE)


def by_gdal_in(path: Path, boxes: np.ndarray) -> int:
    dataset = ogr.Open(str(path))
    layer = dataset.GetLayer()
    layer.SetSpatialFilterRect(*boxes[0].tolist())
    return sum(1 for _ in layer)


def test_an_index_that_is_older_than_the_data_hides_nothing(stale: Path) -> None:
    assert by_gdal(stale) == 0, "the trap: GDAL follows the old index"
    assert found(stale) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("boxes", [HERE, EVERYWHERE])
def test_values_come_with_their_features_from_few_and_from_all(stale: Path, boxes: np.ndarray) -> None:
    reference = open_reference(stale.name, base=stale.parent, target=DEMO)
    for batch in reference.batches(boxes, ("name",)):
        assert batch.attributes["name"] == [f"n{fid}" for fid in batch.fids.tolist()]


def test_features_without_geometry_are_counted_and_deleted_ones_are_gone(tmp_path: Path) -> None:
    path = written(tmp_path / "a.shp", [*squares(count=3), None])
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    head, length = int.from_bytes(table[8:10], "little"), int.from_bytes(table[10:12], "little")
    table[head + length] = ord("*")
    path.with_suffix(".dbf").write_bytes(table)
    reference = open_reference(path.name, base=tmp_path, target=DEMO)
    assert [fid for batch in reference.batches(HERE, ()) for fid in batch.fids.tolist()] == [0, 2]
    assert [problem.code for problem in reference.notes()] == ["E-GEO-NULL"]


def test_a_box_that_says_nothing_is_looked_into(tmp_path: Path) -> None:
    """Some programs write zeros where the bounds of a record belong."""
    path = written(tmp_path / "a.shp", squares(count=1))
    data = bytearray(path.read_bytes())
    data[112:144] = bytes(32)
    path.write_bytes(data)
    assert found(path) == [0]


def test_points_and_lines(tmp_path: Path) -> None:
    points = written(tmp_path / "p.shp", [shapely.Point(X + 5, Y + 5), shapely.Point(X + 500, Y)], ogr.wkbPoint)
    lines = written(tmp_path / "l.shp", [shapely.LineString([(X - 9, Y + 5), (X + 9, Y + 5)])], ogr.wkbLineString)
    assert found(points) == [0] and found(lines) == [0]


@pytest.mark.parametrize("suffix", [".shp", ".shx"])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, suffix: str) -> None:
    path = written(tmp_path / "a.shp", squares())
    part = path.with_suffix(suffix)
    part.write_bytes(part.read_bytes()[: part.stat().st_size // 2])
    with pytest.raises(LandReviewError, match="E-SRC-CORRUPT"):
        found(path, EVERYWHERE)


@pytest.mark.parametrize(("suffix", "what"), [(".shp", "record 49 of the .shp"), (".dbf", "record 49 of the .dbf")])
def test_records_that_are_damaged_in_the_middle_are_refused(tmp_path: Path, suffix: str, what: str) -> None:
    """As if a disk had given back another page: GDAL, asked for a box, passes over what it can't read."""
    path = written(tmp_path / "a.shp", squares())
    part = path.with_suffix(suffix)
    data = bytearray(part.read_bytes())
    begin, record = (100, 136) if suffix == ".shp" else (65, 81)
    at = begin + 48 * record
    data[at : at + 5 * record] = bytes(i * 7 % 251 + 1 for i in range(5 * record))
    part.write_bytes(data)
    if suffix == ".shp":
        assert by_gdal_in(path, EVERYWHERE) < 100, "the trap"
    with pytest.raises(LandReviewError) as raised:
        found(path, EVERYWHERE)
    assert raised.value.code == "E-SRC-CORRUPT" and what in str(raised.value)


def test_an_empty_one_has_nothing(tmp_path: Path) -> None:
    assert found(written(tmp_path / "a.shp", []), EVERYWHERE) == []


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(1, 60)), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(-50, 450), st.integers(-50, 450), st.integers(0, 80)), min_size=1, max_size=5),
)
def test_it_finds_what_a_full_search_finds(
    tmp_path_factory: pytest.TempPathFactory,
    made: list[tuple[int, int, int]],
    asked: list[tuple[int, int, int]],
) -> None:
    shapes = [shapely.box(X + x, Y + y, X + x + size, Y + y + size) for x, y, size in made]
    boxes = np.array([(X + x, Y + y, X + x + size, Y + y + size) for x, y, size in asked])
    path = written(tmp_path_factory.mktemp("shp") / "a.shp", shapes)
    expected = [i for i, shape in enumerate(shapes) if any(shapely.box(*box).intersects(shape) for box in boxes)]
    assert sorted(found(path, boxes)) == expected


class TestWords:
    """GBK without a .cpg is what most offices have; read as Latin-1 it would hit no rule."""

    @pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
    @pytest.mark.parametrize("ldid", [0x00, 0x4D, 0x57])
    @pytest.mark.parametrize("cpg", [True, False])
    def test_names_and_values_are_read_whatever_is_said_of_them(
        self, tmp_path: Path, encoding: str, ldid: int, cpg: bool
    ) -> None:
        path = self.written(tmp_path / "地类.shp", encoding)
        table = bytearray(path.with_suffix(".dbf").read_bytes())
        table[29] = ldid
        path.with_suffix(".dbf").write_bytes(table)
        path.with_suffix(".cpg").unlink(missing_ok=True)
        if cpg:
            path.with_suffix(".cpg").write_text(encoding, encoding="ascii")
        reference = open_reference(path.name, base=tmp_path, target=DEMO)
        assert reference.field_names == ("地类名", "DLMC")
        for boxes in (HERE, EVERYWHERE):
            values = [
                value
                for batch in reference.batches(boxes, ("地类名", "DLMC"))
                for value in zip(batch.attributes["地类名"], batch.attributes["DLMC"], strict=True)
            ]
            assert set(values) == {("水田", "乔木林地")}

    def test_a_name_that_breaks_off_inside_a_character(self, tmp_path: Path) -> None:
        """Ten bytes are three Chinese characters of UTF-8 and a third of the next."""
        path = self.written(tmp_path / "a.shp", "UTF-8", name="地类名称")
        reference = open_reference(path.name, base=tmp_path, target=DEMO)
        assert reference.field_names == ("地类名", "DLMC")
        (batch,) = reference.batches(EVERYWHERE, ("地类名",))
        assert set(batch.attributes["地类名"]) == {"水田"}

    def test_a_table_that_breaks_off_hides_no_feature(self, tmp_path: Path) -> None:
        path = self.written(tmp_path / "a.shp", "GBK")
        table = path.with_suffix(".dbf")
        table.write_bytes(table.read_bytes()[:-200])
        with pytest.raises(LandReviewError, match="E-SRC-CORRUPT"):
            found(path)

    def test_a_table_of_another_shapefile_is_refused(self, tmp_path: Path) -> None:
        path, other = (self.written(tmp_path / f"{name}.shp", "GBK", count=n) for name, n in (("a", 100), ("b", 90)))
        shutil.copy(other.with_suffix(".dbf"), path.with_suffix(".dbf"))
        with pytest.raises(LandReviewError, match=r"E-SRC-CORRUPT.*90"):
            found(path)

    def test_without_its_table_it_is_not_read(self, tmp_path: Path) -> None:
        path = self.written(tmp_path / "a.shp", "GBK")
        path.with_suffix(".dbf").unlink()
        with pytest.raises(LandReviewError, match=r"E-SRC-MISSING.*a\.dbf"):
            found(path)

    @staticmethod
    def written(path: Path, encoding: str, *, name: str = "地类名", count: int = 100) -> Path:
        dataset = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(path))
        layer = dataset.CreateLayer(path.stem, spatial_reference(DEMO), ogr.wkbPolygon, [f"ENCODING={encoding}"])
        for field in (name, "DLMC"):
            layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
        for shape in squares(count=count):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature[0], feature[1] = "水田", "乔木林地"
            feature.SetGeometry(ogr.CreateGeometryFromWkb(shape.wkb))
            layer.CreateFeature(feature)
        return path
