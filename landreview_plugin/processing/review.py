# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:review``: one case from the hand-in file to the printed opinion."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core.tables import table
from ..i18n import language, translate
from .base import FeedbackProgress, LandReviewAlgorithm, Parameters, any_file, guarded

if TYPE_CHECKING:
    from ..jobs.review_job import ReviewJob
    from ..project.inputs import ProjectInputs

FORMATS = ("gpkg", "json", "xlsx", "docx", "pdf")
DEFAULT_FORMATS = ("gpkg", "json", "xlsx", "docx")
LANGUAGES = ("zh", "en")


class Review(LandReviewAlgorithm):
    """The same road as the panel: read, check, overlay, judge, seal, print."""

    NAME = "review"

    def __init__(self) -> None:
        super().__init__()
        self._inputs: ProjectInputs | None = None

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Review a case")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Checks the parcels of INPUT (a hand-in file, path|layername=x, or the id of a layer of the project) "
            "against every rule of the pack for the business type, with the layers that CATALOGUE binds, at "
            "REFERENCE_DATE. Each rule and parcel gets one of four verdicts: conflict, not_checked, partly_covered, "
            "clear; a check that could not be made in full is never clear. Writes a styled GeoPackage, result.json "
            "and the reports into OUTPUT_FOLDER.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self._declare_inputs()
        self._declare_case()
        self._declare_outputs()

    def _declare_inputs(self) -> None:
        add = self.addParameter
        parcels = translate("landreview", "Parcels: hand-in file or layer")
        add(QgsProcessingParameterFile("INPUT", parcels, fileFilter=any_file()))
        self._declare_shared()
        add(QgsProcessingParameterString("CASE_NUMBER", translate("landreview", "Case number"), optional=True))
        add(QgsProcessingParameterString("PROJECT", translate("landreview", "Project"), optional=True))
        add(QgsProcessingParameterString("APPLICANT", translate("landreview", "Applicant"), optional=True))
        store = translate("landreview", "Store, to compare with other open cases")
        add(QgsProcessingParameterFile("WORKSPACE", store, optional=True))
        total = translate("landreview", "Stated area of the whole case (ha)")
        number = Qgis.ProcessingNumberParameterType.Double
        add(QgsProcessingParameterNumber("STATED_TOTAL", total, number, optional=True, minValue=0))
        second = translate("landreview", "Compute every piece again with a second engine (slow)")
        layout = translate("landreview", "Layout of the map pages of a PDF (default: the built-in one)")
        add(QgsProcessingParameterFile("TEMPLATE", layout, extension="qpt", optional=True))
        add(QgsProcessingParameterBoolean("VERIFY", second, defaultValue=False))
        edge = translate("landreview", "Mark findings that a shift of the boundary by up to 0.1 m would change")
        add(QgsProcessingParameterBoolean("SWEEP", edge, defaultValue=False))

    def _declare_shared(self) -> None:
        """Parameters that a batch shares."""
        add = self.addParameter
        add(QgsProcessingParameterFile("CATALOGUE", translate("landreview", "Catalogue of the reference layers")))
        add(
            QgsProcessingParameterString(
                "RULEPACK", translate("landreview", "Rule pack (default: the profile's)"), optional=True
            )
        )
        add(
            QgsProcessingParameterString(
                "PROFILE", translate("landreview", "Office profile: file or built-in name"), defaultValue="hunan"
            )
        )
        add(
            QgsProcessingParameterFile(
                "ANSWERS", translate("landreview", "Answers to the pack's questions"), optional=True
            )
        )
        types = [row["code"] for row in table("business_types")]
        add(
            QgsProcessingParameterEnum(
                "BUSINESS_TYPE",
                translate("landreview", "Business type"),
                types,
                defaultValue="CZPC",
                usesStaticStrings=True,
            )
        )
        add(
            QgsProcessingParameterDateTime(
                "REFERENCE_DATE",
                translate("landreview", "Reference date (default: today)"),
                Qgis.ProcessingDateTimeParameterDataType.Date,
                optional=True,
            )
        )

    def _declare_case(self) -> None:
        add = self.addParameter
        add(
            QgsProcessingParameterCrs(
                "CRS", translate("landreview", "Coordinate system, when the file has none"), optional=True
            )
        )
        add(
            QgsProcessingParameterBoolean("STRICT", translate("landreview", "Refuse warnings, too"), defaultValue=False)
        )
        add(
            QgsProcessingParameterString(
                "ACCEPT", translate("landreview", "Repairs to accept, e.g. W-TXT-SWAP"), optional=True
            )
        )
        mapping = translate("landreview", "Field mapping, e.g. number=DKBH;use=TDYT")
        add(QgsProcessingParameterString("FIELDS", mapping, optional=True))
        dialects = translate("landreview", "Folder with the office's TXT dialects")
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        add(QgsProcessingParameterFile("DIALECTS", dialects, folder, optional=True))
        add(
            QgsProcessingParameterEnum(
                "FORMATS",
                translate("landreview", "Formats"),
                list(FORMATS),
                allowMultiple=True,
                defaultValue=list(DEFAULT_FORMATS),
                usesStaticStrings=True,
            )
        )
        add(
            QgsProcessingParameterEnum(
                "LANGUAGE",
                translate("landreview", "Language of the reports"),
                list(LANGUAGES),
                defaultValue="zh",
                usesStaticStrings=True,
            )
        )

    def _declare_folder(self) -> None:
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", translate("landreview", "Results")))

    def _declare_outputs(self) -> None:
        self._declare_folder()
        self.addOutput(QgsProcessingOutputString("VERDICT", translate("landreview", "Verdict")))
        self.addOutput(QgsProcessingOutputString("WORST_SEVERITY", translate("landreview", "Worst severity")))
        self.addOutput(QgsProcessingOutputNumber("CONFLICT_COUNT", translate("landreview", "Findings in conflict")))
        self.addOutput(QgsProcessingOutputNumber("NOT_CHECKED_COUNT", translate("landreview", "Findings not checked")))
        for name in ("RESULT_GPKG", "RESULT_JSON", "REPORT_XLSX", "REPORT_DOCX", "REPORT_PDF"):
            self.addOutput(QgsProcessingOutputFile(name, name))

    def prepareAlgorithm(  # noqa: N802 - QGIS's name
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """On the main thread: take what the work needs of the project's layers."""
        runs, reason = self.canExecute()
        if not runs:
            raise QgsProcessingException(reason)

        def take() -> bool:
            from ..project.inputs import take_inputs

            given = self.parameterAsString(parameters, "INPUT", context)
            self._inputs = take_inputs(context.project(), given, self._job(parameters, context).import_options)
            return True

        return bool(guarded(take))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, review, write."""
        from ..core.gather import Effort
        from ..core.model.base import Language
        from ..core.progress import Part
        from ..jobs.review_job import write_result
        from .review_outputs import outputs_of, say_result

        assert self._inputs is not None
        progress = FeedbackProgress(feedback)
        reviewed = self._job(parameters, context).run(
            Part(progress, 0.0, 0.9),
            reading=self._inputs.reading,
            open_layer=self._inputs.open,
            more_versions={"qgis": Qgis.version()},
            effort=Effort(
                verify=self.parameterAsBoolean(parameters, "VERIFY", context),
                sweep=self.parameterAsBoolean(parameters, "SWEEP", context),
            ),
        )
        say_result(reviewed.result, feedback, Language(language()))
        template = self.parameterAsString(parameters, "TEMPLATE", context)
        written = write_result(
            reviewed,
            Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context)),
            tuple(self.parameterAsEnumStrings(parameters, "FORMATS", context)),
            Language(self.parameterAsEnumString(parameters, "LANGUAGE", context)),
            Part(progress, 0.9, 1.0),
            map_template=Path(template) if template else None,
        )
        return outputs_of(reviewed.result, written)

    def _job(self, parameters: Parameters, context: QgsProcessingContext) -> ReviewJob:
        import datetime as dt

        from ..jobs.review_job import ReviewJob
        from ..project.crs import crs_of_qgis
        from .import_options import codes

        def text(name: str) -> str:
            return str(self.parameterAsString(parameters, name, context))

        given = self.parameterAsDateTime(parameters, "REFERENCE_DATE", context)
        return ReviewJob(
            input=text("INPUT"),
            catalogue=text("CATALOGUE"),
            rulepack=text("RULEPACK"),
            profile=text("PROFILE") or "hunan",
            answers=text("ANSWERS"),
            business_type=self.parameterAsEnumString(parameters, "BUSINESS_TYPE", context),
            reference_date=given.date().toPyDate() if given.isValid() else dt.date.today(),
            case_number=text("CASE_NUMBER"),
            project=text("PROJECT"),
            applicant=text("APPLICANT"),
            crs=crs_of_qgis(self.parameterAsCrs(parameters, "CRS", context)),
            strict=self.parameterAsBoolean(parameters, "STRICT", context),
            accept=codes(text("ACCEPT")),
            fields=text("FIELDS"),
            dialects=text("DIALECTS"),
            stated_total_ha=self._total(parameters, context),
            workspace=text("WORKSPACE"),
        )

    def _total(self, parameters: Parameters, context: QgsProcessingContext) -> float | None:
        given = parameters.get("STATED_TOTAL") is not None
        return float(self.parameterAsDouble(parameters, "STATED_TOTAL", context)) if given else None
