# SPDX-License-Identifier: GPL-2.0-or-later
"""What is done off the main thread before a case stands on the map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ...core.model.result import ReviewResult
from ...core.progress import Part, Progress
from ...project.result_memory import result_layers
from ...sources.stored_result import StoredShapes, read_shapes


@dataclass(frozen=True, slots=True)
class Loaded:
    """The shapes of a result, and layers of them that belong to the main thread."""

    shapes: StoredShapes
    layers: list[QgsVectorLayer]


def load(result: ReviewResult, path: Path, progress: Progress) -> Loaded:
    """Read a stored result and make its layers. Raises E-SRC-CORRUPT, and CancelledError between two chunks."""
    progress.step(0.0)
    shapes = read_shapes(result, path)
    progress.step(0.3)
    layers = result_layers(shapes.result, shapes.crs, shapes.touched, Part(progress, 0.3, 1.0))
    for layer in layers:
        layer.moveToThread(QCoreApplication.instance().thread())
    return Loaded(shapes, layers)
