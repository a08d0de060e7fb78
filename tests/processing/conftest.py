# SPDX-License-Identifier: GPL-2.0-or-later
"""The provider registered in a real QGIS without a window, and a small county to review in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback, QgsProject

from landreview_plugin.processing.provider import LandReviewProvider

Run = Callable[..., dict[str, Any]]


class Listener(QgsProcessingFeedback):
    """Keeps what an algorithm says."""

    def __init__(self) -> None:
        super().__init__(False)
        self.lines: list[str] = []

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - QGIS's name
        self.lines.append(warning)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803 - QGIS's names
        self.lines.append(error)

    def pushInfo(self, info: str) -> None:  # noqa: N802 - QGIS's name
        self.lines.append(info)


@pytest.fixture(scope="session")
def provider(qgis_app: QgsApplication) -> Iterator[LandReviewProvider]:
    """``landreview`` in the registry."""
    made = LandReviewProvider()
    QgsApplication.processingRegistry().addProvider(made)
    yield made
    QgsApplication.processingRegistry().removeProvider(made)


@pytest.fixture
def listener() -> Listener:
    """A feedback that remembers."""
    return Listener()


@pytest.fixture
def run(provider: LandReviewProvider, listener: Listener) -> Run:
    """Run an algorithm by name as QGIS does; raises QgsProcessingException as QGIS does."""

    def call(name: str, **parameters: Any) -> dict[str, Any]:
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"landreview:{name}")
        assert algorithm is not None, name
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        context.setFeedback(listener)
        valid, message = algorithm.checkParameterValues(parameters, context)
        assert valid, message
        results, ok = algorithm.run(parameters, context, listener, catchExceptions=False)
        if not ok:  # what prepareAlgorithm refuses, QGIS reports instead of raising
            raise QgsProcessingException(listener.lines[-1])
        return dict(results)

    return call


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
