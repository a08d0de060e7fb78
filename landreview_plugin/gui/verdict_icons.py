# SPDX-License-Identifier: GPL-2.0-or-later
"""Icons of verdicts and severities. Each has its own shape: none is told from another by its colour alone."""

from __future__ import annotations

from functools import cache

from qgis.PyQt.QtGui import QIcon

from ..core.model.result import RuleSeverity, Verdict
from ..core.tables import RESOURCES


def verdict_icon(verdict: Verdict, severity: RuleSeverity | None = None) -> QIcon:
    """Octagon, triangle or rhombus of a conflict, question mark of what was not checked, tick of clear.

    A conflict whose severity is unknown has the loudest.
    """
    if verdict is Verdict.CONFLICT:
        return _icon(f"conflict_{(severity or RuleSeverity.PROHIBIT).value}")
    return _icon(verdict.value)


@cache
def _icon(name: str) -> QIcon:
    return QIcon(str(RESOURCES / "icons" / f"verdict-{name}.svg"))
