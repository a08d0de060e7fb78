# SPDX-License-Identifier: GPL-2.0-or-later
"""Names of stages, business types and verdicts in the person's language."""

from __future__ import annotations

from functools import cache

from ..core.model.base import Language
from ..core.model.problems import LandReviewError
from ..core.model.result import RuleSeverity, Verdict
from ..core.tables import index
from ..core.words import verdict_text
from ..core.workflow.stages import stage
from ..i18n import language, translate


def spoken() -> Language:
    """The language of the window."""
    return Language(language())


def stage_name(key: str) -> str:
    """The name of a stage; its key where the way does not have it (a store of another version)."""
    return _stage_name(key, spoken())


def type_name(code: str) -> str:
    """The name of a business type; the code where the table does not have it."""
    row = index("business_types", "code").get(code)
    return row[f"name_{spoken().value}"] if row else code


def verdict_name(verdict: Verdict | None, severity: RuleSeverity | None = None) -> str:
    """``conflict (prohibited)``, ``not checked`` …"""
    if verdict is None:
        return translate("landreview", "not reviewed yet")
    return verdict_text(verdict, severity).get(spoken())


def cover_names() -> dict[str, str]:
    """The fields of a case's cover."""
    return {
        "project": translate("landreview", "project"),
        "applicant": translate("landreview", "applicant"),
        "business_type": translate("landreview", "business type"),
        "reference_date": translate("landreview", "reference date"),
        "limit_workdays": translate("landreview", "time limit"),
    }


@cache
def _stage_name(key: str, said_in: Language) -> str:
    try:
        return stage(key).name.get(said_in)
    except LandReviewError:
        return key
