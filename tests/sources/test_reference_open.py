# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening reference layers: what is refused and why, and that every road reads the same."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import numpy as np
import pytest
import shapely
from osgeo import gdal, ogr

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.crs import parse_crs, spatial_reference
from landreview_plugin.sources.reference import OpenedReference, open_reference
from landreview_plugin.sources.reference_gpkg import find_table, sqlite_uri
from landreview_plugin.sources.reference_ogr import OgrRows, gathered

DEMO = parse_crs("EPSG:4526")
BOXES = np.array([[38_360_000, 3_110_000, 38_366_000, 3_116_000], [38_380_000, 3_120_000, 38_384_000, 3_121_000.0]])


@pytest.fixture
def county(data: Path) -> Path:
    return data / "oracle" / "county_s.gpkg"


def opened(path: Path, layer: str = "", target: str = "EPSG:4526", *, general: bool = False) -> OpenedReference:
    """``general``: by OGR, whatever faster road there is."""
    source = f"{path.name}|layername={layer}" if layer else path.name
    reference = open_reference(source, base=path.parent, target=parse_crs(target))
    if general:
        reference._road = OgrRows(reference._layer, trust_index=find_table(path, layer or path.stem) is not None)
    return reference


def found(reference: OpenedReference, boxes: np.ndarray = BOXES, *fields: str) -> dict[int, tuple[object, ...]]:
    return {
        fid: (shapely.normalize(shape).wkt, *(batch.attributes[name][i] for name in fields))
        for batch in reference.batches(boxes, fields)
        for i, (fid, shape) in enumerate(zip(batch.fids.tolist(), batch.geometries, strict=True))
    }


def written(path: Path, driver: str, srs: str | None, shapes: list[str], layer: str = "land") -> Path:
    """A file of any driver with the given WKT shapes."""
    reference = spatial_reference(parse_crs(srs)) if srs else None
    dataset = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    created = dataset.CreateLayer(layer, reference, ogr.wkbUnknown)
    created.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    for i, wkt in enumerate(shapes):
        feature = ogr.Feature(created.GetLayerDefn())
        feature["name"] = f"n{i}"
        if wkt:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        created.CreateFeature(feature)
    return path


class TestRefusals:
    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(LandReviewError) as caught:
            opened(tmp_path / "none.gpkg", "DLTB")
        assert (caught.value.code, caught.value.place.file) == ("E-SRC-MISSING", "none.gpkg")

    def test_a_missing_layer_lists_what_there_is(self, county: Path) -> None:
        with pytest.raises(LandReviewError, match="DLTB") as caught:
            opened(county, "NONE")
        assert caught.value.code == "E-SRC-MISSING"

    def test_several_layers_and_none_named(self, county: Path) -> None:
        with pytest.raises(LandReviewError, match="E-SRC-LAYER.*DLTB"):
            opened(county)

    def test_a_damaged_file(self, county: Path, tmp_path: Path) -> None:
        cut = tmp_path / "cut.gpkg"
        cut.write_bytes(county.read_bytes()[:300])
        with pytest.raises(LandReviewError, match="E-SRC-CORRUPT"):
            opened(cut, "DLTB")

    def test_a_format_that_this_gdal_lacks_is_not_called_damaged(self, tmp_path: Path) -> None:
        path = tmp_path / "图层.parquet"
        path.write_bytes(b"PAR1 PAR1")
        with pytest.raises(LandReviewError) as caught:
            opened(path)
        there = gdal.GetDriverByName("Parquet") is not None
        assert caught.value.code == ("E-SRC-CORRUPT" if there else "E-SRC-FORMAT")
        assert there or "GeoPackage" in str(caught.value)

    def test_a_file_cut_off_in_its_middle_never_reads_as_empty(self, county: Path, tmp_path: Path) -> None:
        cut = tmp_path / "cut.gpkg"
        cut.write_bytes(county.read_bytes()[: county.stat().st_size // 2])
        with pytest.raises(LandReviewError, match="E-SRC-"):
            found(opened(cut, "DLTB"), np.array([[-1e9, -1e9, 1e9, 1e9]]))

    def test_no_crs(self, tmp_path: Path) -> None:
        path = written(tmp_path / "a.shp", "ESRI Shapefile", None, ["POLYGON((0 0,0 1,1 1,0 0))"])
        with pytest.raises(LandReviewError, match="E-CRS-NONE"):
            opened(path)

    @pytest.mark.parametrize(
        ("own", "target", "code"),
        [
            ("EPSG:2362", "EPSG:4526", "E-CRS-OLD"),
            ("EPSG:2414", "EPSG:4526", "E-CRS-OLD"),
            ("EPSG:4326", "EPSG:4526", "E-CRS-DATUM"),
            ("EPSG:2154", "EPSG:2056", "E-CRS-DATUM"),
        ],
    )
    def test_another_datum(self, tmp_path: Path, own: str, target: str, code: str) -> None:
        path = written(tmp_path / "a.gpkg", "GPKG", own, ["POLYGON((0 0,0 1,1 1,0 0))"])
        with pytest.raises(LandReviewError, match=code):
            opened(path, target=target)


class TestRoads:
    @pytest.mark.parametrize("driver", ["FlatGeobuf", "ESRI Shapefile", "GeoJSON"])
    def test_every_format_gives_the_same_land(self, county: Path, tmp_path: Path, driver: str) -> None:
        path = tmp_path / {"FlatGeobuf": "a.fgb", "ESRI Shapefile": "a.shp", "GeoJSON": "a.geojson"}[driver]
        options = gdal.VectorTranslateOptions(
            format=driver, layers=["DLTB"], layerCreationOptions=["RFC7946=NO"] if driver == "GeoJSON" else []
        )
        gdal.VectorTranslate(str(path), str(county), options=options)
        truth, other = found(opened(county, "DLTB"), BOXES, "DLBM"), found(opened(path), BOXES, "DLBM")
        assert len(truth) > 20
        assert sorted(value[1] for value in other.values()) == sorted(value[1] for value in truth.values())

    def test_the_fast_road_and_the_general_one_agree(self, county: Path) -> None:
        fast = opened(county, "DLTB")
        general = opened(county, "DLTB", general=True)
        fields = ("DLBM", "TBMJ", "KCXS")
        assert found(fast, BOXES, *fields) == found(general, BOXES, *fields)

    def test_only_true_bounds_count(self, tmp_path: Path) -> None:
        """The R-tree's float32 boxes reach 4 m too far at eight-digit eastings."""
        shapes = [
            f"POLYGON(({38_400_000 + x} 0,{38_400_001 + x} 0,{38_400_001 + x} 1,{38_400_000 + x} 0))" for x in (0, 2)
        ]
        path = written(tmp_path / "a.gpkg", "GPKG", "EPSG:4526", shapes)
        assert list(found(opened(path), np.array([[38_400_000.0, 0, 38_400_000.5, 1]]))) == [1]
        assert list(found(opened(path), np.array([[38_400_001.0, 0, 38_400_002.0, 1]]))) == [1, 2]

    def test_without_its_triggers_the_index_is_not_trusted(self, county: Path, tmp_path: Path) -> None:
        path = tmp_path / "a.gpkg"
        shutil.copy(county, path)
        assert find_table(path, "DLTB") is not None
        with closing(sqlite3.connect(path)) as connection:
            connection.execute('DROP TRIGGER "rtree_DLTB_geom_insert"')
            connection.commit()
        assert find_table(path, "DLTB") is None
        assert found(opened(path, "DLTB")) == found(opened(county, "DLTB"))

    def test_an_index_that_lacks_a_feature_does_not_hide_it(self, county: Path, tmp_path: Path) -> None:
        path, truth = tmp_path / "a.gpkg", found(opened(county, "DLTB"))
        shutil.copy(county, path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute('DELETE FROM "rtree_DLTB_geom" WHERE id = ?', (next(iter(truth)),))
            connection.commit()
        assert found(opened(path, "DLTB")) == truth
        assert found(opened(path, "DLTB", general=True)) == truth

    def test_a_file_in_wal_mode_at_rest_is_left_alone(self, county: Path, tmp_path: Path) -> None:
        path = tmp_path / "wal.gpkg"
        shutil.copy(county, path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        assert found(opened(path, "DLTB")) == found(opened(county, "DLTB"))

    def test_each_feature_once_whatever_the_boxes(self, county: Path) -> None:
        twice = np.concatenate([BOXES, BOXES, BOXES + 100])
        fids = [f for batch in opened(county, "DLTB").batches(twice, ()) for f in batch.fids.tolist()]
        assert len(fids) == len(set(fids))
        assert fids == sorted(fids)

    def test_boxes_far_apart_stay_apart(self) -> None:
        near = np.array([[0, 0, 10, 10], [9, 0, 20, 10], [5000, 5000, 5010, 5010.0]])
        assert gathered(near).tolist() == [[0, 0, 20, 10], [5000, 5000, 5010, 5010]]

    @pytest.mark.parametrize("driver", ["FlatGeobuf", "GPKG"])
    def test_null_and_empty_text_are_two_things(self, tmp_path: Path, driver: str) -> None:
        path = tmp_path / {"FlatGeobuf": "a.fgb", "GPKG": "a.gpkg"}[driver]
        dataset = ogr.GetDriverByName(driver).CreateDataSource(str(path))
        layer = dataset.CreateLayer("land", spatial_reference(DEMO), ogr.wkbPolygon)
        for name, kind in (("class", ogr.OFTString), ("number", ogr.OFTInteger)):
            layer.CreateField(ogr.FieldDefn(name, kind))
        for text, number in (("水田", 7), (None, None), ("", 0)):
            feature = ogr.Feature(layer.GetLayerDefn())
            if text is not None:
                feature["class"], feature["number"] = text, number
            feature.SetGeometry(ogr.CreateGeometryFromWkt("POLYGON((38400000 0,38400001 0,38400001 1,38400000 0))"))
            layer.CreateFeature(feature)
        del feature, layer, dataset
        boxes = np.array([[38_400_000, 0, 38_400_001, 1.0]])
        for general in (False, True):
            rows = found(opened(path, general=general), boxes, "class", "number").values()
            assert sorted((row[1:] for row in rows), key=str) == [("", 0), ("水田", 7), (None, None)]

    def test_null_is_null_and_dates_are_iso(self, tmp_path: Path) -> None:
        dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / "a.gpkg"))
        layer = dataset.CreateLayer("land", spatial_reference(DEMO), ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("valid_to", ogr.OFTDate))
        layer.CreateField(ogr.FieldDefn("slope", ogr.OFTReal))
        for date in ("2026/07/01", None):
            feature = ogr.Feature(layer.GetLayerDefn())
            if date:
                feature["valid_to"] = date
            feature.SetGeometry(ogr.CreateGeometryFromWkt("POLYGON((38400000 0,38400001 0,38400001 1,38400000 0))"))
            layer.CreateFeature(feature)
        del feature, layer, dataset
        boxes = np.array([[38_400_000, 0, 38_400_001, 1.0]])
        for general in (False, True):
            rows = found(opened(tmp_path / "a.gpkg", general=general), boxes, "valid_to", "slope")
            assert [row[1:] for row in rows.values()] == [("2026-07-01", None), (None, None)]

    @pytest.mark.parametrize("general", [False, True])
    def test_an_unknown_field_is_an_error_on_every_road(self, county: Path, general: bool) -> None:
        with pytest.raises(LandReviewError, match="E-ATT-FIELD.*NONE"):
            found(opened(county, "DLTB", general=general), BOXES, "NONE")

    def test_a_cancelled_reading_lets_go_of_the_file(self, county: Path, tmp_path: Path) -> None:
        path = tmp_path / "a.gpkg"
        shutil.copy(county, path)
        batches = opened(path, "DLTB").batches(BOXES, ())
        next(batches)
        batches.close()  # type: ignore[attr-defined]
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("DELETE FROM gpkg_ogr_contents")
            connection.commit()


class TestNotes:
    def test_curves_are_stroked_within_a_millimetre(self, tmp_path: Path) -> None:
        circle = "CURVEPOLYGON(CIRCULARSTRING(38400000 0,38400100 100,38400200 0,38400100 -100,38400000 0))"
        path = written(tmp_path / "a.gpkg", "GPKG", "EPSG:4526", [circle])
        reference = opened(path)
        (batch,) = reference.batches(np.array([[38_400_000, 0, 38_400_001, 1.0]]), ())
        assert batch.geometries[0].area == pytest.approx(np.pi * 100**2, abs=2 * np.pi * 100 * 0.001)
        assert [note.code for note in reference.notes()] == ["QA-G11"]

    def test_heights_are_ignored_with_a_note(self, tmp_path: Path) -> None:
        shape = "POLYGON Z((38400000 0 5,38400001 0 5,38400001 1 7,38400000 0 5))"
        reference = opened(written(tmp_path / "a.gpkg", "GPKG", "EPSG:4526", [shape]))
        (batch,) = reference.batches(np.array([[38_400_000, 0, 38_400_001, 1.0]]), ())
        assert not shapely.has_z(batch.geometries).any()
        assert [note.code for note in reference.notes()] == ["QA-G14"]

    def test_features_without_geometry_are_noted(self, data: Path) -> None:
        reference = opened(data / "bad" / "gpkg_null_geometry.gpkg")
        list(reference.batches(np.array([[-1e9, -1e9, 1e9, 1e9]]), ()))
        assert [note.code for note in reference.notes()] == ["E-GEO-NULL"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/data/a b.gpkg"), "file:///data/a%20b.gpkg"),
        (PureWindowsPath(r"C:\data\a#b.gpkg"), "file:///C:/data/a%23b.gpkg"),
        (PureWindowsPath(r"\\server\share\a.gpkg"), "file:////server/share/a.gpkg"),
    ],
)
def test_sqlite_finds_files_on_drives_and_shares(path: PurePath, uri: str) -> None:
    assert sqlite_uri(path) == uri


def test_awkward_names(county: Path, tmp_path: Path) -> None:
    folder = tmp_path / "张三 & 李四 #1 %20?x"
    folder.mkdir()
    shutil.copy(county, folder / "三调 数据.gpkg")
    assert found(opened(folder / "三调 数据.gpkg", "DLTB")) == found(opened(county, "DLTB"))


def test_properties(county: Path) -> None:
    reference = opened(county, "DLTB")
    assert reference.name == "county_s.gpkg|DLTB"
    assert reference.crs.code == "EPSG:4526"
    assert reference.feature_count == 1100
    assert reference.field_names[:3] == ("BSM", "TBBH", "DLBM")
    assert reference.extent() == pytest.approx((38349794.729, 3098759.286, 38392173.617, 3141219.429))
