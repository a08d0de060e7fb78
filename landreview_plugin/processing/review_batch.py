# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:reviewbatch``: a folder or a manifest of cases, a result a case, a summary."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..i18n import translate
from .base import FeedbackProgress, Parameters, any_file
from .review import Review

if TYPE_CHECKING:
    from ..jobs.batch import Batch


def available() -> bool:
    """Whether dask.distributed can be found; it is looked for, not imported."""
    return importlib.util.find_spec("distributed") is not None


class ReviewBatch(Review):
    """The same parameters as ``review``, for many cases."""

    NAME = "reviewbatch"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Review a batch of cases")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Reviews every hand-in of INPUT_FOLDER (files, and folders with one hand-in each), or every row of "
            "MANIFEST (csv or xlsx, separator and encoding as they come: case_number, file, business_type, "
            "reference_date, or 案卷号, 文件, 业务类型, 基准日), each into a folder of its own below OUTPUT_FOLDER, "
            "and writes summary.csv and summary.html. A case that fails stops no other one. With RESUME finished "
            "cases are not done again, "
            "unless their file, the catalogue, a layer, the rule pack or a parameter has changed. WORKERS 0: one a "
            "core. SCHEDULER: the address of a dask scheduler whose workers see the same folders. COUNTIES: a layer of "
            "counties with their codes; counties.gpkg then shows the results by county. "
            "The algorithm fails (exit code 1) when a case could not be reviewed; the summary then says why.",
        )

    def _declare_inputs(self) -> None:
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        add = self.addParameter
        add(
            QgsProcessingParameterFile(
                "INPUT_FOLDER", translate("landreview", "Folder of hand-ins"), folder, optional=True
            )
        )
        add(QgsProcessingParameterFile("MANIFEST", translate("landreview", "Manifest (csv or xlsx)"), optional=True))
        self._declare_shared()
        add(
            QgsProcessingParameterNumber(
                "WORKERS", translate("landreview", "Workers (0: one a core)"), defaultValue=0, minValue=0, maxValue=64
            )
        )
        add(
            QgsProcessingParameterBoolean(
                "RESUME", translate("landreview", "Resume a stopped batch"), defaultValue=True
            )
        )
        self._declare_scheduler()
        counties = translate("landreview", "County layer for a map of the results (path|layername=x)")
        add(QgsProcessingParameterFile("COUNTIES", counties, optional=True, fileFilter=any_file()))

    def _declare_scheduler(self) -> None:
        """Past one machine; where the package is missing the parameter says so instead of failing late."""
        label = translate("landreview", "Address of a dask scheduler, for more than one machine")
        if not available():
            reason = translate("landreview", "not available here: the package dask.distributed is missing")
            label = f"{label} ({reason})"
        scheduler = QgsProcessingParameterString("SCHEDULER", label, optional=True)
        scheduler.setFlags(scheduler.flags() | Qgis.ProcessingParameterFlag.Advanced)
        self.addParameter(scheduler)

    def _declare_outputs(self) -> None:
        self._declare_folder()
        self.addOutput(QgsProcessingOutputFile("SUMMARY", translate("landreview", "Summary")))
        self.addOutput(QgsProcessingOutputFile("SUMMARY_HTML", translate("landreview", "Summary page")))
        self.addOutput(QgsProcessingOutputFile("COUNTY_MAP", translate("landreview", "Results by county")))
        for name in ("CASE_COUNT", "REVIEWED_COUNT", "FAILED_COUNT", "CONFLICT_CASES", "CLEAR_CASES"):
            self.addOutput(QgsProcessingOutputNumber(name, name))

    def prepareAlgorithm(  # noqa: N802 - QGIS's name
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """A batch takes nothing of the project."""
        return True

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the batch; fail at the end when a case failed."""
        from ..jobs.batch import run_batch

        result = run_batch(self._batch(parameters, context), FeedbackProgress(feedback))
        verdicts = [entry.get("verdict", "") for entry in result.entries]
        outputs = {
            "SUMMARY": str(result.summary_csv),
            "SUMMARY_HTML": str(result.summary_html),
            "CASE_COUNT": len(result.entries),
            "REVIEWED_COUNT": result.reviewed,
            "FAILED_COUNT": result.failed,
            "CONFLICT_CASES": verdicts.count("conflict"),
            "CLEAR_CASES": verdicts.count("clear"),
        }
        for held in result.held:
            text = translate("landreview", "{} is open in another program; the new one lies beside it: {}")
            feedback.pushWarning(text.format(*map(str, held)))
        outputs |= self._county_map(parameters, context, result.entries, feedback)
        if result.failed:
            failed = [entry for entry in result.entries if entry["status"] != "done"]
            lines = "\n".join(f"{entry['case']}: {entry['message']}" for entry in failed[:20])
            text = translate("landreview", "{} of {} cases could not be reviewed; see {}")
            raise QgsProcessingException(
                text.format(result.failed, len(result.entries), result.summary_csv) + "\n" + lines
            )
        return outputs

    def _county_map(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        entries: tuple[dict[str, Any], ...],
        feedback: QgsProcessingFeedback,
    ) -> dict[str, str]:
        source = self.parameterAsString(parameters, "COUNTIES", context)
        if not source:
            return {}
        from ..jobs.county_map import write_county_map

        path = Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context)) / "counties.gpkg"
        for code in write_county_map(entries, source, path):
            feedback.pushWarning(
                translate("landreview", "No polygon for county {}: see its row in the map").format(code)
            )
        return {"COUNTY_MAP": str(path)}

    def _batch(self, parameters: Parameters, context: QgsProcessingContext) -> Batch:
        from ..core.model.base import Language
        from ..core.model.problems import LandReviewError
        from ..jobs.batch import Batch
        from ..jobs.manifest import of_folder, read_manifest

        job = self._job(parameters, context)
        folder = self.parameterAsString(parameters, "INPUT_FOLDER", context)
        manifest = self.parameterAsString(parameters, "MANIFEST", context)
        if bool(folder) == bool(manifest):
            raise LandReviewError("E-CASE-PARAM", detail="INPUT_FOLDER / MANIFEST")
        shared = {"business_type": job.business_type, "reference_date": job.reference_date}
        cases = read_manifest(Path(manifest), **shared) if manifest else of_folder(Path(folder), **shared)
        return Batch(
            cases=cases,
            template=job,
            output=Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context)),
            formats=tuple(self.parameterAsEnumStrings(parameters, "FORMATS", context)),
            language=Language(self.parameterAsEnumString(parameters, "LANGUAGE", context)),
            workers=self.parameterAsInt(parameters, "WORKERS", context),
            resume=self.parameterAsBoolean(parameters, "RESUME", context),
            scheduler=self.parameterAsString(parameters, "SCHEDULER", context),
        )
