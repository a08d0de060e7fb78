# SPDX-License-Identifier: GPL-2.0-or-later
"""One review as a batch or a panel starts it: inputs by name, a sealed result, files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsProcessingFeedback

from ..core.catalogue import load_catalogue
from ..core.model.base import Language
from ..core.model.case import Case
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Level, Place
from ..core.model.result import ReviewResult, Verdict
from ..core.profile import load_profile
from ..core.progress import Progress
from ..core.review import Reviewed, review
from ..core.rules.load import builtin_pack, load_pack
from ..core.rules.pack import RulePack
from ..core.texts import problem_sentence
from ..core.yaml_source import CASE_CODES, read_document
from ..project.inputs import ProjectInputs
from ..report.formats import write_reports
from ..sources.catalogue import CatalogueBinder
from ..sources.parcels import read_parcels
from ..sources.versions import versions
from .import_options import import_options
from .parcel_io import refuse

OUTPUT_NAMES = {
    "gpkg": "RESULT_GPKG",
    "json": "RESULT_JSON",
    "xlsx": "REPORT_XLSX",
    "docx": "REPORT_DOCX",
    "pdf": "REPORT_PDF",
}


@dataclass(frozen=True, slots=True)
class ReviewJob:
    """The parameters of ``landreview:review``, as given."""

    input: str
    catalogue: str
    rulepack: str
    profile: str
    answers: str
    business_type: str
    reference_date: dt.date
    case_number: str
    project: str
    applicant: str
    crs: QgsCoordinateReferenceSystem
    strict: bool
    accept: str

    def review(self, inputs: ProjectInputs, progress: Progress) -> Reviewed:
        """Read everything, refuse early, and review."""
        profile = load_profile(self.profile or "hunan")
        catalogue_path = Path(self.catalogue)
        catalogue = load_catalogue(catalogue_path)
        pack = open_pack(self.rulepack or profile.rule_pack)
        case = Case(
            number=self.case_number,
            business_type=self.business_type,
            reference_date=self.reference_date,
            project=self.project,
            applicant=self.applicant,
            jurisdiction=catalogue.jurisdiction or profile.jurisdiction,
            answers=read_answers(self.answers),
        )
        reading = self._reading(inputs)
        refuse(reading, strict=self.strict)
        assert reading.crs is not None  # refuse() let nothing without a CRS through
        binder = CatalogueBinder(
            catalogue, catalogue_path.resolve().parent, reading.crs, case.reference_date, inputs.open
        )
        return review(case, reading, pack, profile, binder, versions=self._versions(), progress=progress)

    def _reading(self, inputs: ProjectInputs) -> ParcelReading:
        if inputs.reading is not None:
            return inputs.reading
        options = import_options(crs=self.crs, strict=self.strict, layer="", fields="", accept=self.accept)
        reading = read_parcels(self.input, options)
        if any(problem.code == "W-CRS-WGS84" for problem in reading.problems) and options.crs is None:
            raise LandReviewError("W-CRS-WGS84", place=Place(file=self.input))
        return reading

    @staticmethod
    def _versions() -> dict[str, str]:
        return versions() | {"qgis": Qgis.version()}


def open_pack(name: str) -> RulePack:
    """A rule pack by path, or a built-in one by name."""
    path = Path(name)
    return load_pack(path) if path.suffix.lower() in {".yaml", ".yml"} else builtin_pack(name)


def read_answers(path: str) -> dict[str, str]:
    """Answers by question id from a YAML or JSON file; none without a file."""
    if not path:
        return {}
    data = read_document(Path(path), CASE_CODES).data
    if not isinstance(data, dict):
        raise LandReviewError("E-CASE-TYPE", place=Place(file=path))
    return {str(key): str(value) for key, value in data.items()}


def write_result(
    reviewed: Reviewed, folder: Path, formats: tuple[str, ...], language: str, progress: Progress
) -> dict[str, Path]:
    """Write the formats asked for into ``folder``, each beside its place first, then renamed."""
    from ..sources.result_gpkg import write_result_gpkg

    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, Path] = {}
    if "gpkg" in formats:
        written["gpkg"] = folder / "result.gpkg"
        write_result_gpkg(reviewed.result, written["gpkg"], reviewed.crs)
    progress.step(0.5)
    rest = tuple(name for name in formats if name != "gpkg")
    return written | write_reports(reviewed.result, folder, "result", rest, Language(language))


def outputs_of(result: ReviewResult, written: dict[str, Path]) -> dict[str, Any]:
    """The outputs of the algorithm."""
    outputs: dict[str, Any] = {
        "VERDICT": result.verdict.value,
        "WORST_SEVERITY": result.worst_severity.value if result.worst_severity else "",
        "CONFLICT_COUNT": sum(f.verdict is Verdict.CONFLICT for f in result.findings),
        "NOT_CHECKED_COUNT": sum(f.verdict is Verdict.NOT_CHECKED for f in result.findings),
    }
    return outputs | {OUTPUT_NAMES[name]: str(path) for name, path in written.items()}


def say_result(result: ReviewResult, feedback: QgsProcessingFeedback, language: str) -> None:
    """Every finding that is not clear, and every problem, in words."""
    spoken = Language(language)
    for problem in result.quality:
        line = problem_sentence(problem, spoken)
        (feedback.pushWarning if problem.level is Level.WARNING else feedback.pushInfo)(line)
    for finding in result.findings:
        if finding.verdict is not Verdict.CLEAR:
            feedback.pushWarning(
                f"{finding.rule} {finding.parcel} {finding.verdict.value}: {finding.reason.get(spoken)}"
            )
