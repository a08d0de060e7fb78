# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:replay``: compute a stored result afresh and say identical, or what differs."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..i18n import language, translate
from .base import FeedbackProgress, LandReviewAlgorithm, Parameters


class Replay(LandReviewAlgorithm):
    """From the stored result alone, or against the office's layers of today."""

    NAME = "replay"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Replay a result")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Computes a stored result afresh and compares it. Parcels, rule pack and touched reference features "
            "come from the result GeoPackage beside result.json; with CATALOGUE the layers come from there instead. "
            "IDENTICAL says whether the digests agree; DIFFERENCES lists what differs.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterFile("RESULT_JSON", translate("landreview", "result.json")))
        self.addParameter(
            QgsProcessingParameterFile(
                "CATALOGUE", translate("landreview", "Catalogue of the reference layers"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "DIFFERENCES",
                translate("landreview", "Differences"),
                "JSON (*.json)",
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputBoolean("IDENTICAL", translate("landreview", "Identical")))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the stored result, review again, compare."""
        from ..core.model.base import Language
        from ..jobs.replay_job import replay, write_differences

        differences = replay(
            self.parameterAsString(parameters, "RESULT_JSON", context),
            self.parameterAsString(parameters, "CATALOGUE", context),
            FeedbackProgress(feedback),
        )
        for difference in differences:
            feedback.pushWarning(difference.sentence(Language(language())))
        target = self.parameterAsFileOutput(parameters, "DIFFERENCES", context)
        outputs: dict[str, Any] = {"IDENTICAL": not differences}
        if target:
            write_differences(differences, target)
            outputs["DIFFERENCES"] = target
        return outputs
