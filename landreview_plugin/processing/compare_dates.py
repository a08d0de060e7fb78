# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:comparedates``: one case judged at acceptance, approval, today …, and what differs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputHtml,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterString,
)

from ..i18n import language, translate
from .base import FeedbackProgress, Parameters
from .review import Review


class CompareDates(Review):
    """The same case, several reference dates: rules, laws, layer versions and findings beside each other."""

    NAME = "comparedates"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Compare dates")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Reviews the case at each of DATES (name=date, separated by commas; 'today' is a date) and lists what "
            "differs: rules and laws in force, layer versions chosen, verdicts and figures of the findings. At each "
            "date the catalogue's newest version that is not later counts. Writes dates.json and a page to print.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs: those of a review, with DATES."""
        self._declare_inputs()
        self._declare_case()
        for name in ("REFERENCE_DATE", "FORMATS", "VERIFY", "SWEEP"):
            self.removeParameter(name)
        dates = translate("landreview", "Dates, e.g. acceptance=2026-06-20, approval=2026-09-01, today")
        self.addParameter(QgsProcessingParameterString("DATES", dates))
        self._declare_folder()
        self.addOutput(QgsProcessingOutputNumber("DIFFERENCE_COUNT", translate("landreview", "Differences")))
        self.addOutput(QgsProcessingOutputString("VERDICTS", translate("landreview", "Verdict at each date")))
        self.addOutput(QgsProcessingOutputFile("COMPARISON_JSON", "COMPARISON_JSON"))
        self.addOutput(QgsProcessingOutputHtml("COMPARISON_HTML", "COMPARISON_HTML"))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Review at each date, compare, write."""
        from ..core.compare_dates import parse_dates
        from ..core.model.base import Language
        from ..jobs.dates_job import compare_at, write_comparison

        assert self._inputs is not None
        dates = parse_dates(self.parameterAsString(parameters, "DATES", context), dt.date.today())
        comparison = compare_at(
            self._job(parameters, context),
            dates,
            FeedbackProgress(feedback),
            reading=self._inputs.reading,
            open_layer=self._inputs.open,
        )
        spoken = Language(language())
        for each in comparison.differences:
            values = " | ".join(value.get(spoken) for value in each.values)
            feedback.pushInfo(f"{each.subject.value} {each.key}: {values}")
        folder = Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context))
        printed = Language(self.parameterAsEnumString(parameters, "LANGUAGE", context))
        written = write_comparison(comparison, folder, printed)
        return {
            "DIFFERENCE_COUNT": len(comparison.differences),
            "VERDICTS": ", ".join(f"{at.name}={at.verdict.value}" for at in comparison.dates),
            "COMPARISON_JSON": str(written["json"]),
            "COMPARISON_HTML": str(written["html"]),
        }
