# SPDX-License-Identifier: GPL-2.0-or-later
"""A result as outputs of the algorithm and as lines of its log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingFeedback

from ..core.model.base import Language
from ..core.model.problems import Level
from ..core.model.result import Finding, ReviewResult, Verdict
from ..core.texts import problem_sentence

MOST_PARCELS = 10
"""Named in one line of the log; the result names them all."""
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
    """Every problem, and a line for each rule and verdict that is not clear, in words."""
    for problem in result.quality:
        line = problem_sentence(problem, language)
        (feedback.pushWarning if problem.level is Level.WARNING else feedback.pushInfo)(line)
    by_rule: dict[tuple[str, Verdict], list[Finding]] = {}
    for finding in result.findings:
        if finding.verdict is not Verdict.CLEAR:
            by_rule.setdefault((finding.rule, finding.verdict), []).append(finding)
    for (rule, verdict), found in by_rule.items():
        parcels = ", ".join(finding.parcel or "*" for finding in found[:MOST_PARCELS])
        more = f" … ({len(found)})" if len(found) > MOST_PARCELS else ""
        reason = found[0].reason.get(language)
        feedback.pushWarning(f"{rule} {verdict.value} [{parcels}{more}]: {reason}")
