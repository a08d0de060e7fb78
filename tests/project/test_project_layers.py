# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers of the project as reference layers: an index that may be old decides nothing there either."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import ogr
from qgis.core import QgsFeatureRequest, QgsRectangle, QgsVectorLayer

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.project.layers import ProjectLayer, handle_of
from landreview_plugin.project.parcels import read_features
from landreview_plugin.project.snapshot import LayerSnapshot
from landreview_plugin.sources.crs import parse_crs, spatial_reference

DEMO = parse_crs("EPSG:4526")
X, Y = 38_400_000.0, 3_110_000.0
PAGE = 4096
"""Bytes of a page of SQLite."""
HERE = np.array([[X, Y, X + 100, Y + 10]])


def written(path: Path, driver: str, east_m: float, count: int = 50) -> Path:
    dataset = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = dataset.CreateLayer("land", spatial_reference(DEMO), ogr.wkbPolygon)
    for i in range(count):
        feature = ogr.Feature(layer.GetLayerDefn())
        box = shapely.box(X + east_m + i * 20, Y, X + east_m + i * 20 + 10, Y + 10)
        feature.SetGeometry(ogr.CreateGeometryFromWkb(box.wkb))
        layer.CreateFeature(feature)
    return path


@pytest.fixture
def stale(tmp_path: Path) -> QgsVectorLayer:
    """A shapefile with the index of other data, filtered in the project, so that QGIS reads it."""
    old, new = (written(tmp_path / f"{name}.shp", "ESRI Shapefile", east) for name, east in (("old", 9e4), ("new", 0)))
    dataset = ogr.Open(str(old), 1)
    dataset.ExecuteSQL("CREATE SPATIAL INDEX ON old")
    del dataset
    for suffix in (".shp", ".shx", ".dbf"):
        shutil.copy(new.with_suffix(suffix), old.with_suffix(suffix))
    layer = QgsVectorLayer(str(old), "land", "ogr")
    assert layer.setSubsetString("FID < 40")
    return layer


def found(layer: QgsVectorLayer) -> list[int]:
    handle = handle_of(layer)
    assert not handle.file, "read through QGIS"
    return sorted(fid for batch in ProjectLayer(handle, DEMO).batches(HERE, ()) for fid in batch.fids.tolist())


def test_an_old_index_of_a_filtered_shapefile_hides_nothing(stale: QgsVectorLayer) -> None:
    request = QgsFeatureRequest(QgsRectangle(*HERE[0].tolist()))
    assert list(stale.getFeatures(request)) == [], "the trap: QGIS follows the old index"
    assert found(stale) == [0, 1, 2, 3, 4, 5]


def test_a_geopackage_without_a_kept_index_is_read_in_full(tmp_path: Path) -> None:
    path = written(tmp_path / "a.gpkg", "GPKG", 0)
    dataset = ogr.Open(str(path), 1)
    dataset.ExecuteSQL("DROP TRIGGER rtree_land_geom_insert")
    del dataset
    layer = QgsVectorLayer(f"{path}|layername=land", "land", "ogr")
    assert layer.setSubsetString('"fid" < 40')
    assert handle_of(layer).doubtful and found(layer) == [1, 2, 3, 4, 5, 6]


def test_a_sound_index_is_used(tmp_path: Path) -> None:
    layer = QgsVectorLayer(f"{written(tmp_path / 'a.gpkg', 'GPKG', 0)}|layername=land", "land", "ogr")
    assert layer.setSubsetString('"fid" < 40')
    assert not handle_of(layer).doubtful and found(layer) == [1, 2, 3, 4, 5, 6]


@pytest.fixture
def damaged(tmp_path: Path) -> QgsVectorLayer:
    """A GeoPackage of 3,000 features with three pages that are not what they were; filtered in the project."""
    path = written(tmp_path / "a.gpkg", "GPKG", 0, count=3_000)
    data = bytearray(path.read_bytes())
    pages = len(data) // PAGE
    for page in (pages // 3, pages // 2, 2 * pages // 3):
        data[page * PAGE : (page + 1) * PAGE] = bytes(range(256)) * (PAGE // 256)
    path.write_bytes(data)
    layer = QgsVectorLayer(f"{path}|layername=land|subset=fid > 0", "land", "ogr")
    assert layer.isValid() and layer.subsetString()
    return layer


def test_a_damaged_file_is_not_read_as_far_as_it_goes(damaged: QgsVectorLayer) -> None:
    assert 0 < sum(1 for _ in damaged.getFeatures()) < 3_000, "the trap: QGIS reads on as if that were all"
    with pytest.raises(LandReviewError) as raised:
        found(damaged)
    assert raised.value.code == "E-SRC-CORRUPT"


def test_parcels_of_a_damaged_layer_are_refused(damaged: QgsVectorLayer) -> None:
    with pytest.raises(LandReviewError) as raised:
        read_features(LayerSnapshot(damaged))
    assert raised.value.code == "E-SRC-CORRUPT" and raised.value.place.layer == "land"
