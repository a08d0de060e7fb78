# SPDX-License-Identifier: GPL-2.0-or-later
"""Verdicts and severities in words, for the sentences that core itself makes."""

from __future__ import annotations

from collections.abc import Mapping

from .model.base import Text
from .model.result import RuleSeverity, Verdict

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.CONFLICT: Text(zh="冲突", en="conflict"),
    Verdict.NOT_CHECKED: Text(zh="未核查", en="not checked"),
    Verdict.PARTLY_COVERED: Text(zh="部分覆盖", en="partly covered"),
    Verdict.CLEAR: Text(zh="无冲突", en="clear"),
}
SEVERITIES: Mapping[RuleSeverity, Text] = {
    RuleSeverity.PROHIBIT: Text(zh="禁止", en="prohibited"),
    RuleSeverity.NEEDS_APPROVAL: Text(zh="须经批准", en="needs approval"),
    RuleSeverity.NEEDS_EXPLANATION: Text(zh="须作说明", en="needs explanation"),
    RuleSeverity.INFO: Text(zh="统计", en="for information"),
}


def verdict_text(verdict: Verdict, severity: RuleSeverity | None) -> Text:
    """``冲突（禁止）``, ``clear`` …: a severity only beside a conflict."""
    said = VERDICTS[verdict]
    if verdict is not Verdict.CONFLICT or severity is None:
        return said
    how = SEVERITIES[severity]
    return Text(zh=f"{said.zh}（{how.zh}）", en=f"{said.en} ({how.en})")
