# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a case can only be read here: one answer for every button that would change it."""

from __future__ import annotations

from ..core.model.case_file import CaseFile, Transfer
from ..core.workflow.offices import same_office
from ..i18n import translate
from .case_view import CaseView


def why_not_here(view: CaseView | None) -> str:
    """Why the case can't be changed here; empty: it can."""
    return translate("landreview", "No case is shown") if view is None else why_read_only(view.case, view.office)


def why_read_only(case: CaseFile, office: str) -> str:
    """The same for a case as ``office`` sees it."""
    if case.archived:
        return translate("landreview", "The case is archived")
    if case.holder and office and not same_office(case.holder, office):
        return translate("landreview", "The case is with {}: here it can only be read").format(case.holder)
    if case.transfer in (Transfer.QUEUED, Transfer.SENDING):
        return translate("landreview", "The case is being handed over: it can't be changed now")
    return ""
