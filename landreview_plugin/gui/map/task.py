# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a stored result and makes its layers, off the main thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsTask, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...core.model.problems import LandReviewError
from ...core.model.result import ReviewResult
from ...i18n import translate
from ...project.result_memory import result_layers
from ...sources.stored_result import StoredShapes, read_shapes

Done = Callable[["ShapesTask"], None]


class ShapesTask(QgsTask):
    """``shapes`` and ``layers`` when it succeeded, ``error`` when it did not; ``done`` is called on the main thread."""

    def __init__(self, result: ReviewResult, path: Path, done: Done) -> None:
        super().__init__(translate("landreview", "Show the case on the map"), QgsTask.Flag.CanCancel)
        self._result, self._path, self._done = result, path, done
        self.shapes: StoredShapes | None = None
        self.layers: list[QgsVectorLayer] = []
        self.error: Exception | None = None

    def run(self) -> bool:
        """Never raises: an exception that leaves a task can end QGIS."""
        try:
            self.shapes = read_shapes(self._result, self._path)
            if self.isCanceled():
                return False
            shapes = self.shapes
            self.layers = result_layers(shapes.result, shapes.crs, shapes.touched, self.isCanceled)
            for layer in self.layers:
                layer.moveToThread(QCoreApplication.instance().thread())
        except (LandReviewError, OSError) as error:
            self.error = error
        except Exception as error:  # the border of a task
            self.error = error
        return self.error is None and not self.isCanceled()

    def finished(self, result: bool) -> None:
        """On the main thread."""
        self._done(self)
