# SPDX-License-Identifier: GPL-2.0-or-later
"""A result as outputs of the algorithm and as lines of its log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingFeedback

from ..core.model.base import Language
from ..core.model.problems import Level
from ..core.model.result import ReviewResult, Verdict
from ..core.texts import problem_sentence

OUTPUT_NAMES = {
    "gpkg": "RESULT_GPKG",
    "json": "RESULT_JSON",
    "xlsx": "REPORT_XLSX",
    "docx": "REPORT_DOCX",
    "pdf": "REPORT_PDF",
}


def outputs_of(result: ReviewResult, written: dict[str, Path]) -> dict[str, Any]:
    """The outputs of the algorithm."""
    outputs: dict[str, Any] = {
        "VERDICT": result.verdict.value,
        "WORST_SEVERITY": result.worst_severity.value if result.worst_severity else "",
        "CONFLICT_COUNT": sum(finding.verdict is Verdict.CONFLICT for finding in result.findings),
        "NOT_CHECKED_COUNT": sum(finding.verdict is Verdict.NOT_CHECKED for finding in result.findings),
    }
    return outputs | {OUTPUT_NAMES[name]: str(path) for name, path in written.items()}


def say_result(result: ReviewResult, feedback: QgsProcessingFeedback, language: Language) -> None:
    """Every finding that is not clear, and every problem, in words."""
    for problem in result.quality:
        line = problem_sentence(problem, language)
        (feedback.pushWarning if problem.level is Level.WARNING else feedback.pushInfo)(line)
    for finding in result.findings:
        if finding.verdict is not Verdict.CLEAR:
            where = finding.parcel or "*"
            feedback.pushWarning(f"{finding.rule} {where} {finding.verdict.value}: {finding.reason.get(language)}")
