# SPDX-License-Identifier: GPL-2.0-or-later
"""Review open cases again after a layer or a rule has changed, and list those whose verdict changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from landreview_plugin.i18n import translate
from landreview_plugin.processing import script

SHARED = ("MANIFEST", "CATALOGUE", "PROFILE", "RULEPACK", "REFERENCE_DATE", "OUTPUT_FOLDER")


class RereviewCases(script.ScriptAlgorithm):
    """The same cases, today's layers and rules."""

    NAME = "rereviewcases"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Review open cases again")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Reviews the cases of MANIFEST (the open ones) with today's catalogue and rule pack into a folder of its "
            "own, and compares with BEFORE, the summary.csv of the earlier batch. changes.csv lists every case whose "
            "verdict, severity or number of conflicts differs, with the rules that made the difference, and cases "
            "that only one of the batches has. Cases that could not be reviewed are listed, too, and end it with "
            "exit code 1.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        add = self.addParameter
        add(QgsProcessingParameterFile("MANIFEST", translate("landreview", "Manifest (csv or xlsx)")))
        add(QgsProcessingParameterFile("BEFORE", translate("landreview", "Summary of the earlier batch")))
        add(QgsProcessingParameterFile("CATALOGUE", translate("landreview", "Catalogue of the reference layers")))
        profile = translate("landreview", "Office profile: file or built-in name")
        add(QgsProcessingParameterString("PROFILE", profile, defaultValue="hunan"))
        pack = translate("landreview", "Rule pack (default: the profile's)")
        add(QgsProcessingParameterString("RULEPACK", pack, optional=True))
        date = translate("landreview", "Reference date (default: today)")
        add(QgsProcessingParameterString("REFERENCE_DATE", date, optional=True))
        add(QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", translate("landreview", "Results")))
        self.addOutput(QgsProcessingOutputFile("SUMMARY", translate("landreview", "Summary")))
        self.addOutput(QgsProcessingOutputFile("CHANGES", translate("landreview", "Changed verdicts")))
        self.addOutput(QgsProcessingOutputNumber("CHANGED_COUNT", translate("landreview", "Changed verdicts")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Review again, list the changes, and only then fail for cases that could not be reviewed."""
        from landreview_plugin.jobs.changes import changed, write_changes
        from landreview_plugin.jobs.summary import read_summary

        before = read_summary(Path(self.parameterAsString(parameters, "BEFORE", context)))
        folder = Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context))
        summary, changes = folder / "summary.csv", folder / "changes.csv"
        summary.unlink(missing_ok=True)
        failure: QgsProcessingException | None = None
        try:
            given = {name: parameters.get(name) or None for name in SHARED}
            self.child("landreview:reviewbatch", given, context, feedback)
        except QgsProcessingException as error:
            if not summary.is_file():
                raise
            failure = error
        rows = changed(before, read_summary(summary))
        write_changes(rows, changes)
        for row in rows:
            feedback.pushWarning(f"{row['case']}: {row['before'] or '-'} → {row['after'] or '-'} {row['what']}")
        if failure is not None:
            raise failure
        return {"SUMMARY": str(summary), "CHANGES": str(changes), "CHANGED_COUNT": len(rows)}
