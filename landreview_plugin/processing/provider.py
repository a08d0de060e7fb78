# SPDX-License-Identifier: GPL-2.0-or-later
"""The Processing provider: an explicit tuple of algorithms."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .area_by_class import AreaByClass
from .base import LandReviewAlgorithm
from .check_geometry import CheckGeometry
from .compare_dates import CompareDates
from .conflicts import (
    FarmlandConflict,
    HazardConflict,
    MiningConflict,
    PlanningConflict,
    RedlineConflict,
    UrbanBoundaryConflict,
)
from .export_boundary_text import ExportBoundaryText
from .export_parcels import ExportParcels
from .import_parcels import ImportParcels
from .pull_cases import PullCases
from .repair_parcels import RepairParcels
from .replay import Replay
from .review import Review
from .review_batch import ReviewBatch
from .submit_cases import SubmitCases
from .suggest_trim import SuggestTrim
from .sync_layers import SyncLayers
from .transform_parcels import TransformParcels

ICON = Path(__file__).resolve().parent.parent / "resources" / "icons" / "landreview.svg"

ALGORITHMS: tuple[type[LandReviewAlgorithm], ...] = (
    ImportParcels,
    CheckGeometry,
    RepairParcels,
    AreaByClass,
    FarmlandConflict,
    RedlineConflict,
    UrbanBoundaryConflict,
    PlanningConflict,
    MiningConflict,
    HazardConflict,
    Review,
    ReviewBatch,
    Replay,
    CompareDates,
    ExportBoundaryText,
    ExportParcels,
    TransformParcels,
    SuggestTrim,
    SubmitCases,
    PullCases,
    SyncLayers,
)


class LandReviewProvider(QgsProcessingProvider):
    """``landreview``: everything that changes or computes something is an algorithm of it."""

    def id(self) -> str:
        """The stable id that scripts use."""
        return "landreview"

    def name(self) -> str:
        """The name in the toolbox."""
        return "LandReview"

    def icon(self) -> QIcon:
        """The icon in the toolbox."""
        return QIcon(str(ICON))

    def loadAlgorithms(self) -> None:  # noqa: N802 - QGIS calls this name
        """Add all algorithms."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
