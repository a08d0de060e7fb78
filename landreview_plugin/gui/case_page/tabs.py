# SPDX-License-Identifier: GPL-2.0-or-later
"""The tabs of the case page, in their order. Each is a room of its own; who makes one adds its line here."""

from __future__ import annotations

from typing import Protocol

from qgis.PyQt.QtWidgets import QWidget

from ..areas.tab import AreasTab
from ..case_view import CaseView
from ..findings.tab import FindingsTab
from ..history.tab import HistoryTab
from ..materials.tab import MaterialsTab
from ..opinion.tab import OpinionTab
from ..overview.tab import OverviewTab
from ..parcels.tab import ParcelsTab
from ..session import Session


class Tab(Protocol):
    """A ``QWidget`` that shows a case, made as ``Tab(session, parent)``."""

    @staticmethod
    def TITLE() -> str:  # noqa: N802 - the name that the case page asks for
        """The translated title."""

    def __call__(self, session: Session, parent: QWidget | None) -> Tab:
        """Make it."""

    def show_case(self, view: CaseView | None) -> None:
        """Show a case, or none."""


TABS: tuple[type[QWidget], ...] = (OverviewTab, ParcelsTab, MaterialsTab, FindingsTab, AreasTab, OpinionTab, HistoryTab)
FINDINGS = "FindingsTab"
OPINION = "OpinionTab"
"""Where the step "give an opinion" leads."""
