# SPDX-License-Identifier: GPL-2.0-or-later
"""The six conflict algorithms in QGIS, on the exact scenario ``basic`` and the small county."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def basic(data: Path) -> Path:
    return data / "oracle" / "basic.gpkg"


def only(source: Path, parcel: str) -> QgsVectorLayer:
    """One parcel of SQDK as a filtered layer of the user's."""
    layer = QgsVectorLayer(f"{source}|layername=SQDK", parcel, "ogr")
    assert layer.setSubsetString(f"\"DKBH\" = '{parcel}'")
    return layer


def conflict(run: Run, name: str, source: Path, parcel: str, reference: str, **more: Any) -> dict[str, Any]:
    return run(
        name,
        PARCELS=only(source, parcel),
        REFERENCE=f"{source}|layername={reference}",
        OUTPUT="TEMPORARY_OUTPUT",
        **more,
    )


def test_farmland_area_is_exact(run: Run, basic: Path) -> None:
    got = conflict(run, "farmlandconflict", basic, "P1", "YJJBNT")
    assert got["VERDICT"] == "conflict"
    assert got["CONFLICT_AREA"] == pytest.approx(1600.0, abs=0.01)


def test_without_coverage_the_verdict_is_never_clear(run: Run, basic: Path, county: Path) -> None:
    assert conflict(run, "farmlandconflict", basic, "P5", "YJJBNT")["VERDICT"] == "not_checked"


def test_the_county_as_coverage(run: Run, county: Path) -> None:
    coverage = f"{county}|layername=XZQ_XJ"
    verdicts = {}
    layer = QgsVectorLayer(f"{county}|layername=SQDK", "SQDK", "ogr")
    for kind in ("touch_only", "outside", "half_outside", "identical"):
        number = next(f["DKBH"] for f in layer.getFeatures() if f["KIND"] == kind)
        got = conflict(run, "farmlandconflict", county, number, "YJJBNT", COVERAGE=coverage)
        verdicts[kind] = got["VERDICT"]
    assert verdicts["touch_only"] == "clear"
    assert verdicts["outside"] == "not_checked"
    assert verdicts["half_outside"] in {"partly_covered", "conflict"}
    assert verdicts["identical"] in {"conflict", "clear"}


def test_pieces_carry_the_attributes_of_both(run: Run, county: Path) -> None:
    got = run(
        "farmlandconflict",
        PARCELS=f"{county}|layername=SQDK",
        REFERENCE=f"{county}|layername=YJJBNT",
        OUTPUT="TEMPORARY_OUTPUT",
    )
    assert got["CONFLICT_COUNT"] > 10


def test_urban_boundary_inside_and_outside_make_the_parcel(run: Run, county: Path) -> None:
    layer = QgsVectorLayer(f"{county}|layername=SQDK", "SQDK", "ogr")
    edge = next(f for f in layer.getFeatures() if f["KIND"] == "growth_edge")
    coverage = f"{county}|layername=XZQ_XJ"
    areas = [
        conflict(run, "urbanboundaryconflict", county, edge["DKBH"], "CZKFBJ", COVERAGE=coverage, MODE=mode)[
            "CONFLICT_AREA"
        ]
        for mode in ("inside", "outside")
    ]
    assert min(areas) > 0
    assert sum(areas) == pytest.approx(edge.geometry().area(), abs=0.01)


def test_planning_names_what_is_allowed(run: Run, county: Path) -> None:
    layer = QgsVectorLayer(f"{county}|layername=SQDK", "SQDK", "ogr")
    inside = next(f["DKBH"] for f in layer.getFeatures() if f["KIND"] == "identical")
    every = {"CLASS_FIELD": "GHFQDM", "COVERAGE": f"{county}|layername=XZQ_XJ"}
    assert conflict(run, "planningconflict", county, inside, "GHYT", ALLOWED="99", **every)["VERDICT"] == "conflict"
    allowed = "01,02,03,04,05,06"
    assert conflict(run, "planningconflict", county, inside, "GHYT", ALLOWED=allowed, **every)["VERDICT"] == "clear"


def test_mining_rights_that_ended_do_not_count(run: Run, county: Path) -> None:
    counts = [
        run(
            "miningconflict",
            PARCELS=f"{county}|layername=CKQ",
            REFERENCE=f"{county}|layername=CKQ",
            VALID_TO_FIELD="有效期",
            REFERENCE_DATE=date,
            OUTPUT="TEMPORARY_OUTPUT",
        )["CONFLICT_COUNT"]
        for date in ("2024-01-01", "2030-01-01", "2040-01-01")
    ]
    assert counts[0] > counts[1] > counts[2] == 0


def test_hazards_by_distance_or_by_their_own_field(run: Run, county: Path) -> None:
    common = {
        "PARCELS": f"{county}|layername=XZQ",
        "REFERENCE": f"{county}|layername=DZZH",
        "OUTPUT": "TEMPORARY_OUTPUT",
    }
    near = run("hazardconflict", DISTANCE=50.0, **common)
    far = run("hazardconflict", DISTANCE=300.0, **common)
    own = run("hazardconflict", DISTANCE=0.0, DISTANCE_FIELD="BUFFER_R", **common)
    assert near["CONFLICT_AREA"] < own["CONFLICT_AREA"] < far["CONFLICT_AREA"]
    assert own["VERDICT"] == "conflict"


def test_bow_tie_parcels_are_refused_with_the_feature(run: Run, data: Path, county: Path) -> None:
    with pytest.raises(QgsProcessingException, match="E-GEO-SELFX"):
        run(
            "farmlandconflict",
            PARCELS=str(data / "bad" / "gpkg_bowtie.gpkg"),
            REFERENCE=f"{county}|layername=YJJBNT",
            OUTPUT="TEMPORARY_OUTPUT",
        )


def test_a_reference_that_is_not_there_is_named(run: Run, county: Path) -> None:
    with pytest.raises((QgsProcessingException, AssertionError), match=r"REFERENCE|none\.gpkg"):
        run(
            "farmlandconflict",
            PARCELS=f"{county}|layername=SQDK",
            REFERENCE=str(county.parent / "none.gpkg"),
            OUTPUT="TEMPORARY_OUTPUT",
        )
