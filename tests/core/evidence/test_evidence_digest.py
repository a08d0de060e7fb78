# SPDX-License-Identifier: GPL-2.0-or-later
"""The same land, layers and rules give the same digest, however they are read; one millimetre gives another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import shapely

from landreview_plugin.core.bound_layer import BoundLayer, LayerState
from landreview_plugin.core.gather import Effort
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.catalogue import CatalogueEntry
from landreview_plugin.core.model.crs import Crs
from landreview_plugin.core.model.parcel import Parcel, ParcelReading
from landreview_plugin.core.model.profile import OfficeProfile
from landreview_plugin.core.overlay.memory import MemoryLayer
from landreview_plugin.core.review import review
from landreview_plugin.core.rules.load import builtin_pack

PLANE = Crs(name="metres")
PACK = builtin_pack("plain")
GRID = [shapely.box(x, y, x + 25, y + 25) for x in range(-100, 400, 25) for y in range(-100, 400, 25)]
CODES = ["0101", "0301", "0702", "1003"]


@dataclass(frozen=True)
class Binder:
    """A survey of 400 patches, a third of them farmland, in the order of ``order``."""

    order: np.ndarray[tuple[int], np.dtype[np.int64]] = field(default_factory=lambda: np.arange(len(GRID)))

    def binds(self, key: str) -> bool:
        return True

    def bind(self, key: str) -> BoundLayer:
        if key not in {"dltb", "pbf", "xzq"}:
            entry = CatalogueEntry(key=key, source="none.gpkg", data_date=dt.date(2026, 6, 30))
            return BoundLayer(key, LayerState.NOT_CHECKED, Text.same("not bound"), entry)
        entry = CatalogueEntry(key=key, source=f"{key}.gpkg", data_date=dt.date(2026, 6, 30))
        rows = [int(i) for i in self.order if key != "pbf" or i % 3 == 0]
        columns = {
            "DLBM": [CODES[i % 4] for i in rows],
            "QSXZ": ["30" for _ in rows],
            "TBBH": [str(i) for i in rows],
        }
        layer = MemoryLayer([GRID[i] for i in rows], columns, fids=[i + 1 for i in rows], crs=PLANE)
        county = MemoryLayer([shapely.box(-100, -100, 400, 400)], crs=PLANE)
        roles = {"class": "DLBM", "ownership": "QSXZ", "number": "TBBH"} if key != "xzq" else {}
        return BoundLayer(key, LayerState.CHECKED, None, entry, layer, county, None, roles)


def outlines(shift_m: float = 0.0, start: int = 0) -> tuple[Parcel, ...]:
    """Three parcels; ``start`` turns the first vertex, ``shift_m`` moves one vertex of the second."""
    found = []
    for number in range(3):
        ring = [(0, 0), (70, 3), (90, 60), (10, 80)]
        points = [(x + number * 100 + 0.1234, y + number * 90 + 0.5678) for x, y in ring]
        if number == 1:
            points[2] = (points[2][0] + shift_m, points[2][1])
        found.append(Parcel(number=str(number + 1), geometry=shapely.Polygon(points[start:] + points[:start])))
    return tuple(found)


def digest(binder: Binder | None = None, parcels: tuple[Parcel, ...] | None = None, threads: int = 1) -> str:
    reading = ParcelReading(source="a.txt", crs=PLANE, parcels=parcels or outlines())
    case = Case(number="C-1", business_type="CZPC", reference_date=dt.date(2026, 9, 1))
    profile = OfficeProfile(name="test", title=Text.same("test"))
    effort = Effort(threads=threads)
    return review(case, reading, PACK, profile, binder or Binder(), versions={}, effort=effort).result.digest


@pytest.fixture(scope="module")
def usual() -> str:
    """The digest that every other run must give."""
    return digest()


def test_two_runs_and_two_threads_give_one_digest(usual: str) -> None:
    assert {digest(), digest(threads=2), digest(threads=4)} == {usual}


@pytest.mark.parametrize("seed", range(5))
def test_features_in_another_order_give_the_same_digest(usual: str, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(GRID))
    assert digest(Binder(order), threads=2) == usual


@pytest.mark.parametrize("start", [1, 2, 3])
def test_another_first_vertex_is_the_same_land(usual: str, start: int) -> None:
    assert digest(parcels=outlines(start=start)) == usual


@pytest.mark.parametrize("shift_m", [0.001, -0.001, 0.01])
def test_a_millimetre_is_another_digest(usual: str, shift_m: float) -> None:
    assert digest(parcels=outlines(shift_m)) != usual


def test_versions_and_paths_are_not_in_the_digest(usual: str, tmp_path: Path) -> None:
    reading = ParcelReading(source=str(tmp_path / "elsewhere.txt"), crs=PLANE, parcels=outlines())
    case = Case(number="C-1", business_type="CZPC", reference_date=dt.date(2026, 9, 1))
    profile = OfficeProfile(name="test", title=Text.same("test"))
    other = review(case, reading, PACK, profile, Binder(), versions={"geos": "9.9"})
    assert other.result.digest == usual
