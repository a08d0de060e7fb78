# SPDX-License-Identifier: GPL-2.0-or-later
"""Review every hand-in of a folder; names like ``430998-CZPC-2026-0001.txt`` tell the business type."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from landreview_plugin.i18n import translate
from landreview_plugin.processing import script


class ReviewFolder(script.ScriptAlgorithm):
    """A folder of files as a batch."""

    NAME = "reviewfolder"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Review a folder of hand-ins")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Reviews every hand-in of a folder, files and folders with one hand-in each, with landreview:reviewbatch. "
            "One named county-type-year-number (430998-CZPC-2026-0001.txt) is reviewed under that business type, any "
            "other under BUSINESS_TYPE. The manifest that was made is kept beside the results. Run it again after a "
            "stop: it goes on.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        add = self.addParameter
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        add(QgsProcessingParameterFile("INPUT_FOLDER", translate("landreview", "Folder of hand-ins"), folder))
        add(QgsProcessingParameterFile("CATALOGUE", translate("landreview", "Catalogue of the reference layers")))
        profile = translate("landreview", "Office profile: file or built-in name")
        add(QgsProcessingParameterString("PROFILE", profile, defaultValue="hunan"))
        kind = translate("landreview", "Business type")
        add(QgsProcessingParameterString("BUSINESS_TYPE", kind, defaultValue="CZPC"))
        date = translate("landreview", "Reference date (default: today)")
        add(QgsProcessingParameterString("REFERENCE_DATE", date, optional=True))
        add(QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", translate("landreview", "Results")))
        self.addOutput(QgsProcessingOutputFile("SUMMARY", translate("landreview", "Summary")))
        self.addOutput(QgsProcessingOutputFile("SUMMARY_HTML", translate("landreview", "Summary page")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Write the manifest, run the batch."""
        out = Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context))
        out.mkdir(parents=True, exist_ok=True)
        kind = self.parameterAsString(parameters, "BUSINESS_TYPE", context)
        manifest = out / "manifest.csv"
        folder = Path(self.parameterAsString(parameters, "INPUT_FOLDER", context))
        _write_manifest(folder, kind, self.parameterAsString(parameters, "REFERENCE_DATE", context), manifest)
        shared = {name: parameters.get(name) or None for name in ("CATALOGUE", "PROFILE")}
        given = {"MANIFEST": str(manifest), "BUSINESS_TYPE": kind, "OUTPUT_FOLDER": str(out)}
        return self.child("landreview:reviewbatch", given | shared, context, feedback)


def _write_manifest(folder: Path, kind: str, given: str, manifest: Path) -> None:
    """A row a file. Without a date a case keeps the one of its first run: a batch over midnight goes on, too."""
    from landreview_plugin.core.tables import index
    from landreview_plugin.jobs.manifest import of_folder

    types = index("business_types", "code")
    today = dt.date.today()
    before = _dates(manifest)
    cases = of_folder(folder.resolve(), business_type=kind, reference_date=today)
    with manifest.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case_number", "file", "business_type", "reference_date"])
        for case in cases:
            named = next((part for part in case.number.split("-") if part in types), kind)
            date = given or before.get(case.number, today.isoformat())
            writer.writerow([case.number, case.file, named, date])


def _dates(manifest: Path) -> dict[str, str]:
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8-sig", newline="") as file:
        return {row["case_number"]: row["reference_date"] for row in csv.DictReader(file)}
