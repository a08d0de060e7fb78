# SPDX-License-Identifier: GPL-2.0-or-later
"""A result as memory layers: every piece with a place, its kind of geometry, its fields, its style; stopped on wish."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import shapely
from qgis.core import Qgis, QgsApplication, QgsVectorLayer

from landreview_plugin.core.evidence.recorder import RecordedFeature
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.result import (
    Finding,
    ParcelSummary,
    Provenance,
    ReviewResult,
    RuleSeverity,
    Uncovered,
    Verdict,
)
from landreview_plugin.core.progress import CancelledError
from landreview_plugin.project.result_memory import CHUNK, ROLE, result_layers, style
from landreview_plugin.sources.result_layers import FINDINGS, PARCELS

CRS = Crs(code="EPSG:4526")
LAND = shapely.box(38_500_000, 3_100_000, 38_500_100, 3_100_050)
TEXT = Text.same("…")


def finding(number: str, shape: shapely.Geometry | None, verdict: Verdict = Verdict.CONFLICT) -> Finding:
    return Finding(
        id=f"PBF-01/{number}",
        rule="PBF-01",
        rule_version="1",
        title=TEXT,
        layer="pbf",
        data_date=dt.date(2026, 6, 30),
        parcel=number,
        verdict=verdict,
        severity=RuleSeverity.PROHIBIT,
        reason=TEXT,
        area_printed=Decimal("12.30"),
        geometry=shape,
    )


def result(*findings: Finding, uncovered: tuple[Uncovered, ...] = ()) -> ReviewResult:
    parcel = ParcelSummary(
        number="1", area_m2=Decimal("5000.00"), area_planar_m2=Decimal(5000), verdict=Verdict.CONFLICT, geometry=LAND
    )
    return ReviewResult(
        case=Case(business_type="CZPC", reference_date=dt.date(2026, 9, 1)),
        verdict=Verdict.CONFLICT,
        parcels=(parcel,),
        findings=findings,
        uncovered=uncovered,
        provenance=Provenance(
            parcels_sha256="",
            crs="",
            area_method="planar",
            pack="p",
            pack_version="1",
            pack_sha256="",
            profile="demo",
        ),
    )


def by_role(layers: list[QgsVectorLayer]) -> dict[str, list[QgsVectorLayer]]:
    found: dict[str, list[QgsVectorLayer]] = {}
    for layer in layers:
        found.setdefault(str(layer.customProperty(ROLE)), []).append(layer)
    return found


def test_only_what_has_a_place_becomes_a_feature(qgis_app: QgsApplication) -> None:
    layers = by_role(result_layers(result(finding("1", LAND), finding("2", None)), CRS, {}))
    (pieces,) = layers[FINDINGS.name]
    assert [feature["finding_id"] for feature in pieces.getFeatures()] == ["PBF-01/1"]
    assert set(layers) == {FINDINGS.name, PARCELS.name}


def test_fields_have_the_types_and_aliases_of_the_stored_result(qgis_app: QgsApplication) -> None:
    (pieces,) = by_role(result_layers(result(finding("1", LAND)), CRS, {}))[FINDINGS.name]
    assert [field.name() for field in pieces.fields()] == [field.name for field in FINDINGS.fields]
    assert pieces.fields().field("verdict").alias() == "结论"
    feature = next(pieces.getFeatures())
    assert feature["data_date"].toString("yyyy-MM-dd") == "2026-06-30"
    assert feature["area_printed"] == pytest.approx(12.30)
    assert pieces.crs().authid() == "EPSG:4526"


def test_a_mixed_geometry_goes_to_a_layer_of_each_kind(qgis_app: QgsApplication) -> None:
    mixed = shapely.GeometryCollection([LAND, shapely.LineString([(0, 0), (1, 1)]), shapely.Point(5, 5)])
    layers = by_role(result_layers(result(finding("1", mixed)), CRS, {}))[FINDINGS.name]
    kinds = [layer.geometryType() for layer in layers]
    assert kinds == [Qgis.GeometryType.Point, Qgis.GeometryType.Line, Qgis.GeometryType.Polygon]
    assert {layer.featureCount() for layer in layers} == {1}


@pytest.mark.parametrize("shape", [shapely.MultiPolygon([LAND]), shapely.force_3d(LAND, 7.0), LAND])
def test_heights_and_single_parts_are_no_trouble(qgis_app: QgsApplication, shape: shapely.Geometry) -> None:
    (pieces,) = by_role(result_layers(result(finding("1", shape)), CRS, {}))[FINDINGS.name]
    geometry = next(pieces.getFeatures()).geometry()
    assert geometry.isMultipart() and geometry.area() == pytest.approx(5000.0)


def test_touched_features_and_uncovered_land_come_along(qgis_app: QgsApplication) -> None:
    beyond = Uncovered(parcel="1", layer="dltb", area_m2=Decimal(7), reason=TEXT, geometry=LAND)
    touched = {"pbf": (RecordedFeature(17, LAND, {"BH": "甲 & 乙"}), RecordedFeature(18, shapely.Point(1, 2), {}))}
    layers = by_role(result_layers(result(uncovered=(beyond,)), CRS, touched))
    assert [layer.featureCount() for layer in layers["uncovered"]] == [1]
    fids = {feature["source_fid"] for layer in layers["features"] for feature in layer.getFeatures()}
    assert fids == {17, 18}


def test_layers_are_styled_and_nobody_is_asked_to_save_them(qgis_app: QgsApplication) -> None:
    for layer in result_layers(result(finding("1", LAND)), CRS, {}):
        style(layer)
        assert layer.renderer().type() == "RuleRenderer"
        assert layer.customProperty("skipMemoryLayersCheck") == 1
        assert layer.readOnly()


def test_a_crs_that_nobody_knows_is_no_crash(qgis_app: QgsApplication) -> None:
    layers = result_layers(result(finding("1", LAND)), None, {})
    assert not any(layer.crs().isValid() for layer in layers)


class Impatient:
    """Cancels at the given call."""

    def __init__(self, after: int) -> None:
        self.calls, self._after = 0, after

    def step(self, done: float, message: str = "") -> None:
        self.calls += 1
        assert 0.0 <= done <= 1.0
        if self.calls > self._after:
            raise CancelledError


def test_a_cancel_is_heard_between_two_chunks(qgis_app: QgsApplication) -> None:
    many = result(*(finding(str(n), LAND) for n in range(3 * CHUNK)))
    patient = Impatient(10**9)
    result_layers(many, CRS, {}, patient)
    assert patient.calls >= 4
    with pytest.raises(CancelledError):
        result_layers(many, CRS, {}, Impatient(1))
