# SPDX-License-Identifier: GPL-2.0-or-later
"""Farmland balance of a year (占补平衡): taken by the approved cases against supplied by reclamation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorLayer,
    QgsProcessingUtils,
)

from landreview_plugin.i18n import translate
from landreview_plugin.processing import script

POLYGON = Qgis.ProcessingSourceType.VectorPolygon


class FarmlandBalance(script.ScriptAlgorithm):
    """Taken, supplied, difference, by class."""

    NAME = "farmlandbalance"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Farmland balance of a year")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Farmland (0101, 0102, 0103) in the parcels of the cases approved in YEAR, as their sealed results "
            "measured it, against the farmland that the land survey shows inside the supplement areas (SUPPLEMENT, "
            "measured with landreview:areabyclass, planar). APPROVALS is a csv with case_number, approved_on, "
            "document. A case without a result, or a bad row, stops it: a balance with a gap would be wrong.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        add = self.addParameter
        add(QgsProcessingParameterFile("APPROVALS", translate("landreview", "List of approvals (csv)")))
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        add(QgsProcessingParameterFile("RESULTS", translate("landreview", "Folder of batches"), folder))
        add(QgsProcessingParameterNumber("YEAR", translate("landreview", "Year"), minValue=2000, maxValue=2100))
        supplement = translate("landreview", "Supplement areas")
        add(QgsProcessingParameterVectorLayer("SUPPLEMENT", supplement, [POLYGON], optional=True))
        survey = translate("landreview", "Land survey")
        add(QgsProcessingParameterVectorLayer("LAND_SURVEY", survey, [POLYGON], optional=True))
        field = translate("landreview", "Class field")
        add(QgsProcessingParameterField("CLASS_FIELD", field, "DLBM", "LAND_SURVEY", optional=True))
        add(QgsProcessingParameterFeatureSink("OUTPUT", translate("landreview", "Farmland balance"), script.TABLE))
        for name in ("TAKEN", "SUPPLIED", "DIFFERENCE", "CASE_COUNT"):
            self.addOutput(QgsProcessingOutputNumber(name, name))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Sum both sides, write the table."""
        from landreview_plugin.jobs import approvals
        from landreview_plugin.jobs.statistics import gather_summaries

        year = self.parameterAsInt(parameters, "YEAR", context)
        listed = approvals.read_approvals(Path(self.parameterAsString(parameters, "APPROVALS", context)))
        found = gather_summaries(Path(self.parameterAsString(parameters, "RESULTS", context)))
        cases = approvals.with_results([a for a in listed if a.approved_on.year == year], found.entries)
        rows = approvals.balance(approvals.farmland_taken(cases), self._supplied(parameters, context, feedback))
        kinds = dict.fromkeys(("taken_m2", "supplied_m2", "difference_m2"), script.NUMBER)
        sink = self.rows(parameters, "OUTPUT", context, {"class": script.TEXT} | kinds, rows)
        names = ("TAKEN", "SUPPLIED", "DIFFERENCE")
        return {"OUTPUT": sink, "CASE_COUNT": len(cases)} | dict(zip(names, rows[-1][1:], strict=True))

    def _supplied(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, float]:
        if not parameters.get("SUPPLEMENT"):
            feedback.pushWarning(translate("landreview", "No supplement areas given: supplied counts as 0"))
            return {}
        given = {
            "PARCELS": parameters["SUPPLEMENT"],
            "REFERENCE": parameters.get("LAND_SURVEY"),
            "CLASS_FIELD": parameters.get("CLASS_FIELD") or "DLBM",
            "OUTPUT": "memory:",
        }
        done = self.child("landreview:areabyclass", given, context, feedback)
        supplied: dict[str, float] = {}
        for row in QgsProcessingUtils.mapLayerFromString(done["OUTPUT"], context).getFeatures():
            name = str(row["class"])[:4]
            supplied[name] = supplied.get(name, 0.0) + row["area_m2"]
        return supplied
