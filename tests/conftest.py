# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tests share: where the data are. Tests work on a copy: QGIS touches every GeoPackage that it opens."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, settings
from osgeo import gdal

# A slow machine is no finding. The short run takes the same examples every time, so that a change is judged by what
# it changed; the long one (LANDREVIEW_LONG=1) looks for new ones.
settings.register_profile(
    "landreview",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not os.environ.get("LANDREVIEW_LONG"),
)
settings.load_profile("landreview")

# Tests cut layers out of the made-up county; GDAL before 3.11.4 may die of that (OSGeo/gdal#12934).
gdal.SetConfigOption("OGR2OGR_USE_ARROW_API", "NO")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _gdal_as_it_was() -> Iterator[None]:
    """Whether GDAL raises is a setting of the whole process: a test that leaves it changed fails others at random."""
    before = gdal.GetUseExceptions()
    yield
    assert gdal.GetUseExceptions() == before


@pytest.fixture
def gdal_raises() -> Iterator[None]:
    """GDAL raises exceptions for the whole process, as another plugin may have told it to."""
    gdal.UseExceptions()
    yield
    gdal.DontUseExceptions()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of ``tests/data``: oracles, real polygons, TXT files, bad inputs."""
    folder = tmp_path_factory.mktemp("tests") / "data"
    shutil.copytree(ROOT / "tests" / "data", folder)
    return folder


@pytest.fixture(scope="session")
def county(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up county of 1,000 polygons with applications of every kind (a copy: nobody writes into it)."""
    target = tmp_path_factory.mktemp("county") / "county.gpkg"
    shutil.copy(data / "oracle" / "county_s.gpkg", target)
    return target


def catalogue_of(county: Path) -> dict[str, Any]:
    """A catalogue that binds every layer of the made-up county, and signs the rest as empty."""
    coverage = f"{county}|layername=XZQ_XJ"

    def bound(key: str, layer: str, **more: Any) -> dict[str, Any]:
        return {
            "key": key,
            "source": f"{county}|layername={layer}",
            "data_date": "2026-06-30",
            "coverage": coverage,
        } | more

    layers = [
        bound("dltb", "DLTB"),
        bound("pbf", "YJJBNT"),
        bound("ecored", "STBHHX"),
        bound("ugb", "CZKFBJ"),
        bound("plan_zone", "GHYT", construction=["04", "05", "06"]),
        bound("mining", "CKQ", where="矿权类型 = '采矿权'"),
        bound("explore", "CKQ", where="矿权类型 = '探矿权'"),
        bound("geohaz_pt", "DZZH"),
        bound("xzq", "XZQ"),
    ]
    empty = (
        "approved consol linkage nature scenic watersrc forest_public wetland heritage river resource geohaz_zone "
        "geohaz_poly plan_ctl_2010 village_plan temp facility"
    )
    layers += [
        {"key": key, "none": {"reason": "本县无此类", "by": "测试", "date": "2026-06-30"}} for key in empty.split()
    ]
    return {"jurisdiction": "430998", "layers": layers}


@pytest.fixture
def catalogue(county: Path, tmp_path: Path) -> Callable[..., Path]:
    """Write the county's catalogue; ``without``, ``change`` make the flawed ones."""

    def write(*, without: str = "", change: dict[str, dict[str, Any]] | None = None) -> Path:
        content = catalogue_of(county)
        content["layers"] = [
            {k: v for k, v in (entry | (change or {}).get(entry["key"], {})).items() if v is not None}
            for entry in content["layers"]
            if entry["key"] != without
        ]
        path = tmp_path / "catalogue.yaml"
        text = yaml.safe_dump(json.loads(json.dumps(content)), allow_unicode=True)
        path.write_text(text.replace("'2026-06-30'", "2026-06-30"), encoding="utf-8")
        return path

    return write
