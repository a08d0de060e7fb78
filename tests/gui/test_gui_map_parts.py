# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of the map link: frames of any geometry in any CRS, and which layers lead to which findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QSize

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.result import (
    Finding,
    LayerUse,
    Provenance,
    ReviewResult,
    RuleSeverity,
    TouchedFeature,
    Verdict,
)
from landreview_plugin.gui.map.picks import KEY, Picks
from landreview_plugin.gui.map.spot import LEAST_SIDE_M, Spot, parts_of

TEXT = Text.same("…")
PLANE = QgsCoordinateReferenceSystem("EPSG:4526")
LAND = shapely.box(38_500_000, 3_100_000, 38_500_100, 3_100_050)


# frames


@pytest.fixture
def canvas(qgis_app: QgsApplication) -> Iterator[QgsMapCanvas]:
    made = QgsMapCanvas()
    made.resize(QSize(400, 400))
    made.setDestinationCrs(PLANE)
    made.setExtent(QgsRectangle(38_400_000, 3_000_000, 38_400_500, 3_000_500))
    yield made
    made.deleteLater()


@pytest.fixture
def spot(canvas: QgsMapCanvas) -> Spot:
    return Spot(canvas)


@pytest.mark.parametrize(
    ("shape", "dimension", "parts"),
    [
        (LAND, 2, 1),
        (shapely.MultiPolygon([LAND, shapely.box(0, 0, 1, 1)]), 2, 2),
        (shapely.LineString([(0, 0), (1, 1)]), 1, 1),
        (shapely.MultiPoint([(0, 0), (1, 1), (2, 2)]), 0, 3),
        (shapely.GeometryCollection([LAND, shapely.Point(0, 0)]), 2, 1),
        (shapely.GeometryCollection([shapely.GeometryCollection([shapely.MultiPolygon([LAND])])]), 2, 1),
        (shapely.Polygon(), 2, 0),
    ],
)
def test_parts_of_the_highest_dimension(shape: shapely.Geometry, dimension: int, parts: int) -> None:
    assert len(parts_of(shape, dimension)) == parts


@pytest.mark.parametrize(
    "shape", [LAND, shapely.LineString([(38_500_000, 3_100_000), (38_500_100, 3_100_050)]), LAND.centroid]
)
def test_any_kind_of_land_is_framed_and_flashed(spot: Spot, shape: shapely.Geometry) -> None:
    spot.frame(shape, PLANE)
    spot.flash([shape], PLANE)
    box = spot.framed().boundingBox()
    west, south, east, north = shape.bounds
    assert (box.xMinimum(), box.yMaximum()) == pytest.approx((west, north))
    assert (box.xMaximum(), box.yMinimum()) == pytest.approx((east, south))
    spot.clear()
    assert spot.framed().isNull()


def test_one_frame_at_a_time(spot: Spot, canvas: QgsMapCanvas) -> None:
    spot.frame(LAND, PLANE)
    before = len(canvas.scene().items())
    spot.frame(LAND, PLANE)
    assert len(canvas.scene().items()) == before


def test_the_window_moves_only_to_land_outside_it_and_keeps_its_scale(spot: Spot, canvas: QgsMapCanvas) -> None:
    width = canvas.extent().width()
    spot.bring(LAND, PLANE)
    assert canvas.extent().intersects(QgsRectangle(*LAND.bounds))
    assert canvas.extent().width() == pytest.approx(width)
    centre = canvas.extent().center()
    spot.bring(shapely.box(*LAND.bounds).buffer(-1), PLANE)
    assert canvas.extent().center() == centre


def test_a_point_is_shown_with_something_around_it(spot: Spot, canvas: QgsMapCanvas) -> None:
    spot.zoom(LAND.centroid, PLANE)
    assert LEAST_SIDE_M <= canvas.extent().width() < 10 * LEAST_SIDE_M


def test_empty_land_moves_nothing(spot: Spot, canvas: QgsMapCanvas) -> None:
    before = canvas.extent()
    spot.bring(shapely.Polygon(), PLANE)
    assert canvas.extent() == before


def test_the_window_in_the_plane_of_the_parcels(spot: Spot, canvas: QgsMapCanvas) -> None:
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    canvas.setExtent(QgsRectangle(113.9, 28.0, 114.1, 28.2))
    box = spot.window(PLANE)
    assert box is not None and 38_000_000 < box.xMinimum() < 39_000_000
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem())
    assert spot.window(PLANE) is not None, "a project without a CRS shows plain coordinates"


# picks


def finding(rule: str, parcel: str, layer: str, fids: tuple[int, ...] = (), count: int | None = None) -> Finding:
    return Finding(
        id=f"{rule}/{parcel}",
        rule=rule,
        rule_version="1",
        title=TEXT,
        layer=layer,
        parcel=parcel,
        verdict=Verdict.CONFLICT,
        severity=RuleSeverity.PROHIBIT,
        reason=TEXT,
        features=tuple(TouchedFeature(fid=fid) for fid in fids),
        count=len(fids) if count is None else count,
    )


FINDINGS = (
    finding("PBF-01", "1", "pbf", (3, 4)),
    finding("PBF-01", "2", "pbf", (5,), count=80),
    finding("MIN-01", "1", "mining", (3,)),
    finding("EXP-01", "1", "explore", (9,)),
)


@pytest.fixture
def picks(county: Path) -> Picks:
    uses = tuple(
        LayerUse(key=key, source=source, state="checked")
        for key, source in (
            ("pbf", f"{county.name}|layername=YJJBNT"),
            ("mining", f"{county.name}|layername=CKQ"),
            ("explore", f"./{county.name}|layername=CKQ"),
            ("temp", ""),
        )
    )
    return Picks(
        ReviewResult(
            case=Case(business_type="CZPC", reference_date=dt.date(2026, 9, 1)),
            verdict=Verdict.CONFLICT,
            parcels=(),
            findings=FINDINGS,
            provenance=Provenance(
                parcels_sha256="",
                crs="",
                area_method="planar",
                pack="p",
                pack_version="1",
                pack_sha256="",
                profile="demo",
                layers=uses,
            ),
        ),
        county.parent,
    )


@pytest.fixture
def farmland(county: Path, qgis_app: QgsApplication) -> QgsVectorLayer:
    return QgsVectorLayer(f"{county}|layername=YJJBNT", "whatever the user calls it", "ogr")


def chosen(*fids: int) -> list[QgsFeature]:
    return [QgsFeature(fid) for fid in fids]


def test_a_layer_of_the_project_is_known_by_its_source(picks: Picks, farmland: QgsVectorLayer, county: Path) -> None:
    assert picks.keys_of(farmland) == ("pbf",)
    both = QgsVectorLayer(f"{county}|layername=CKQ", "", "ogr")
    assert picks.keys_of(both) == ("mining", "explore"), "two keys may share a source"
    other = QgsVectorLayer(f"{county}|layername=DLTB", "", "ogr")
    assert not picks.knows(other) and not picks.knows(None)


def test_the_key_that_the_office_gave_a_layer_counts_first(picks: Picks, farmland: QgsVectorLayer) -> None:
    farmland.setCustomProperty(KEY, "mining")
    assert picks.keys_of(farmland) == ("mining",)


def test_a_filtered_layer_is_still_known(picks: Picks, county: Path) -> None:
    layer = QgsVectorLayer(f"{county}|layername=YJJBNT", "", "ogr")
    layer.setSubsetString("fid > 0")
    assert picks.keys_of(layer) == ("pbf",)


def test_a_reference_polygon_leads_to_what_it_touches(picks: Picks, farmland: QgsVectorLayer) -> None:
    assert picks.findings(farmland, chosen(4)) == (FINDINGS[0],)
    assert picks.findings(farmland, chosen(4, 5)) == FINDINGS[:2]


def test_a_polygon_beyond_those_that_a_finding_names_leads_to_the_findings_that_name_too_few(
    picks: Picks, farmland: QgsVectorLayer
) -> None:
    assert picks.findings(farmland, chosen(4711)) == (FINDINGS[1],)


def test_memory_layers_of_something_else_are_unknown(picks: Picks, qgis_app: QgsApplication) -> None:
    layer = QgsVectorLayer("Point?crs=EPSG:4490", "p", "memory")
    assert not picks.knows(layer)
    QgsProject.instance().clear()
