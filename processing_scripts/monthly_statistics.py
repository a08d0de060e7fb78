# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics of reviewed cases by month, county, business type and conflict: a table and a page of charts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from landreview_plugin.i18n import language, translate
from landreview_plugin.processing import script

TEXTS = ("month", "county", "business_type", "layer")
WHOLES = ("cases", "conflict_cases", "not_clear_cases")


class MonthlyStatistics(script.ScriptAlgorithm):
    """All summaries below a folder, counted."""

    NAME = "monthlystatistics"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Monthly statistics")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Counts the cases of every summary.csv below RESULTS by month, county, business type and layer in "
            "conflict. A row without a layer is the whole group. A case in several summaries counts once, as in the "
            "newest. CHART is a page with charts by layer, county and month that needs no network.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        add = self.addParameter
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        add(QgsProcessingParameterFile("RESULTS", translate("landreview", "Folder of batches"), folder))
        add(QgsProcessingParameterFeatureSink("OUTPUT", translate("landreview", "Statistics"), script.TABLE))
        chart = translate("landreview", "Page of charts")
        add(QgsProcessingParameterFileDestination("CHART", chart, "HTML (*.html)", optional=True))
        self.addOutput(QgsProcessingOutputNumber("CASE_COUNT", translate("landreview", "Number of cases")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Gather, count, draw."""
        from landreview_plugin.core.model.base import Language
        from landreview_plugin.jobs.statistics import COLUMNS, gather_summaries, monthly, write_page

        found = gather_summaries(Path(self.parameterAsString(parameters, "RESULTS", context)))
        text = translate("landreview", "{} summaries, {} cases, {} older rows left out")
        feedback.pushInfo(text.format(found.files, len(found.entries), found.replaced))
        kinds = {n: script.TEXT if n in TEXTS else script.WHOLE if n in WHOLES else script.NUMBER for n in COLUMNS}
        outputs = {"OUTPUT": self.rows(parameters, "OUTPUT", context, kinds, monthly(found.entries))}
        chart = self.parameterAsFileOutput(parameters, "CHART", context)
        if chart:
            write_page(found.entries, Path(chart), Language(language()))
            outputs["CHART"] = chart
        return outputs | {"CASE_COUNT": len(found.entries)}
