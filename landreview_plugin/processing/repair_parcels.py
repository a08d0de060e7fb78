# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:repairparcels``: the repairs that somebody asked for, and nothing else, each one logged."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterString,
)

from ..i18n import language, translate
from .base import LandReviewAlgorithm, Parameters

RULES = ("QA-G03", "QA-G06", "QA-G12", "QA-T02", "QA-T07")


class RepairParcels(LandReviewAlgorithm):
    """Choosing a repair is the confirmation: none is chosen beforehand."""

    NAME = "repairparcels"
    GROUP = "input"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Repair parcels")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Makes the repairs chosen in REPAIRS and nothing else: QA-G03 drops doubled points, QA-G06 drops spikes, "
            "QA-G12 makes a parcel of each part, QA-T02 closes narrow gaps between neighbours, QA-T07 inserts the "
            "vertices of neighbours. LOG has one feature a repair, with the area before and after; what would become "
            "invalid stays as it is, and LOG says so. The land changes: hand it back to the surveyor to confirm.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        add = self.addParameter
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        add(QgsProcessingParameterFeatureSource("PARCELS", translate("landreview", "Parcels"), [polygons]))
        add(
            QgsProcessingParameterEnum(
                "REPAIRS",
                translate("landreview", "Repairs to make, by check"),
                list(RULES),
                allowMultiple=True,
                usesStaticStrings=True,
            )
        )
        add(
            QgsProcessingParameterString(
                "PROFILE", translate("landreview", "Office profile: file or built-in name"), defaultValue="hunan"
            )
        )
        add(
            QgsProcessingParameterField(
                "PARCEL_FIELD", translate("landreview", "Field with the parcel number"), None, "PARCELS", optional=True
            )
        )
        add(QgsProcessingParameterFeatureSink("OUTPUT", translate("landreview", "Parcels"), polygons))
        add(QgsProcessingParameterFeatureSink("LOG", translate("landreview", "Repairs made"), polygons))
        self.addOutput(QgsProcessingOutputNumber("REPAIR_COUNT", translate("landreview", "Entries of the log")))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read without refusing, repair, write parcels and log."""
        from ..core.model.base import Language
        from ..core.profile import load_profile
        from ..core.quality.repairs import MENDABLE, repaired
        from ..core.texts import problem_sentence
        from ..jobs.refusal import refuse
        from ..project.parcels import read_features
        from .parcel_io import parcel_sink
        from .problem_sink import problem_sink

        source = self.parameterAsSource(parameters, "PARCELS", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "PARCELS"))
        reading = read_features(source, number_field=self.parameterAsString(parameters, "PARCEL_FIELD", context))
        refuse(reading.model_copy(update={"problems": tuple(p for p in reading.problems if p.code not in MENDABLE)}))
        for problem in reading.problems:
            feedback.pushWarning(problem_sentence(problem, Language(language())))
        rules = frozenset(self.parameterAsEnumStrings(parameters, "REPAIRS", context))
        profile = load_profile(self.parameterAsString(parameters, "PROFILE", context))
        parcels, log = repaired(reading.parcels, rules, profile)
        for entry in log:
            feedback.pushInfo(problem_sentence(entry, Language(language())))
        changed = reading.model_copy(update={"parcels": parcels})
        return {
            "OUTPUT": parcel_sink(self, parameters, context, changed),
            "LOG": problem_sink(self, "LOG", parameters, context, reading.crs, log),
            "REPAIR_COUNT": len(log),
        }
