# SPDX-License-Identifier: GPL-2.0-or-later
"""Colours of the verdicts: beside the words, never instead of them. ``not_checked`` is as loud as a conflict."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.model.result import Finding, RuleSeverity, Verdict
from .words import Words


@dataclass(frozen=True, slots=True)
class Tone:
    """Fill and ink as RRGGBB; black ink on every fill that a copier turns light."""

    fill: str
    ink: str
    bold: bool = True


PLAIN = Tone("", "000000", bold=False)
HEADER = Tone("D9E2EC", "000000")
TOTAL = Tone("F2F2F2", "000000")
_PROHIBIT = Tone("C00000", "FFFFFF")
_NOT_CHECKED = Tone("5B2C83", "FFFFFF")
_PARTLY = Tone("CDB8E0", "000000")
_CLEAR = Tone("E2EFDA", "000000", bold=False)
_BY_SEVERITY = {
    RuleSeverity.PROHIBIT: _PROHIBIT,
    RuleSeverity.NEEDS_APPROVAL: Tone("C55A11", "FFFFFF"),
    RuleSeverity.NEEDS_EXPLANATION: Tone("FFD966", "000000"),
    RuleSeverity.INFO: _PROHIBIT,
}


def tone_of(verdict: Verdict, severity: RuleSeverity | None) -> Tone:
    """The colours of a verdict; a conflict's go by its severity, the loudest when that is unknown."""
    if verdict is Verdict.CONFLICT:
        return _BY_SEVERITY[severity] if severity else _PROHIBIT
    return {Verdict.NOT_CHECKED: _NOT_CHECKED, Verdict.PARTLY_COVERED: _PARTLY, Verdict.CLEAR: _CLEAR}[verdict]


def verdict_words(finding: Finding, words: Words) -> str:
    """``冲突（禁止）``, ``未核查`` …: what the colour says, in words."""
    said = words(f"verdict.{finding.verdict.value}")
    if finding.verdict is not Verdict.CONFLICT:
        return said
    return words("verdict.with_severity", verdict=said, severity=words(f"severity.{finding.severity.value}"))
