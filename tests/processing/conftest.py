# SPDX-License-Identifier: GPL-2.0-or-later
"""The provider registered in a real QGIS without a window, and a small county to review in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
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
