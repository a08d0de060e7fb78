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

SHARED = ("MANIFEST", "CATALOGUE", "PROFILE", "RULEPACK", "REFERENCE_DATE", "SCHEDULER", "OUTPUT_FOLDER")


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
            "own, and compares with BEFORE, the summary.csv of the earlier batch. Each case keeps its reference date, "
            "unless REFERENCE_DATE gives another one for all of them. changes.csv lists every case whose "
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
        date = translate("landreview", "Reference date of all cases (default: each case's own)")
        add(QgsProcessingParameterString("REFERENCE_DATE", date, optional=True))
        scheduler = translate("landreview", "Address of a dask scheduler, for more than one machine")
        add(QgsProcessingParameterString("SCHEDULER", scheduler, optional=True))
        add(QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", translate("landreview", "Results")))
        self.addOutput(QgsProcessingOutputFile("SUMMARY", translate("landreview", "Summary")))
        self.addOutput(QgsProcessingOutputFile("CHANGES", translate("landreview", "Changed verdicts")))
        self.addOutput(QgsProcessingOutputNumber("CHANGED_COUNT", translate("landreview", "Changed verdicts")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Review again, list the changes, and only then fail for cases that could not be reviewed."""
        from landreview_plugin.jobs.changes import changed, write_changes
        from landreview_plugin.jobs.summary import newest_summary, read_summary
        from landreview_plugin.sources.layer_stamp import file_stamp

        before = read_summary(Path(self.parameterAsString(parameters, "BEFORE", context)))
        folder = Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context))
        changes = folder / "changes.csv"
        old = newest_summary(folder)
        stamp = file_stamp(old) if old else ""
        failure: QgsProcessingException | None = None
        try:
            self.child("landreview:reviewbatch", self._given(parameters, context, folder), context, feedback)
        except QgsProcessingException as error:
            failure = error
        summary = newest_summary(folder)
        if summary is None or file_stamp(summary) == stamp:
            raise failure or QgsProcessingException(str(folder))
        rows = changed(before, read_summary(summary))
        write_changes(rows, changes)
        for row in rows:
            feedback.pushWarning(f"{row['case']}: {row['before'] or '-'} → {row['after'] or '-'} {row['what']}")
        if failure is not None:
            raise failure
        return {"SUMMARY": str(summary), "CHANGES": str(changes), "CHANGED_COUNT": len(rows)}

    def _given(self, parameters: dict[str, Any], context: QgsProcessingContext, folder: Path) -> dict[str, Any]:
        """The batch's parameters; a reference date that was given is every case's."""
        from landreview_plugin.jobs.manifest import redated

        given = {name: parameters.get(name) or None for name in SHARED}
        day = self.parameterAsString(parameters, "REFERENCE_DATE", context)
        if not day:
            return given
        manifest = folder / "manifest.csv"
        redated(Path(self.parameterAsString(parameters, "MANIFEST", context)), day, manifest)
        return given | {"MANIFEST": str(manifest)}
