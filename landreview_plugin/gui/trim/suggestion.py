# SPDX-License-Identifier: GPL-2.0-or-later
"""The door of this room: from a finding to its trim suggestion."""

from __future__ import annotations

from ...core.model.problems import LandReviewError, Place
from ...core.trim.forbidden import why_not
from ..case_view import CaseView, counting
from ..session import Session
from .dialog import TrimDialog


def suggest(session: Session, view: CaseView, finding_id: str) -> TrimDialog | None:
    """Open the suggestion for a finding of the case, beside the map; None: it said why there is none."""
    with session.guard():
        return _open(session, view, finding_id)
    return None


def _open(session: Session, view: CaseView, finding_id: str) -> TrimDialog:
    result, entry = view.plain_result, counting(view.case, view.results)
    finding = next((each for each in result.findings if each.id == finding_id), None) if result else None
    if finding is None or entry is None or not entry.gpkg_sha256:
        raise LandReviewError("E-CASE-PARAM", detail=finding_id)
    if reason := why_not(finding):
        raise LandReviewError("E-CASE-PARAM", detail=reason, place=Place(parcel=finding.parcel))
    shapes = session.desk().store.blobs.get(entry.gpkg_sha256, ".gpkg")
    dialog = TrimDialog(session, view, finding, shapes, session.iface.mainWindow() if session.iface else None)
    dialog.show()
    dialog.compute()
    return dialog
