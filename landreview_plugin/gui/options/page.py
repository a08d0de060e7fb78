# SPDX-License-Identifier: GPL-2.0-or-later
"""LandReview in Settings ▸ Options: one page, its groups below one another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.gui import QgsCollapsibleGroupBoxBasic, QgsOptionsPageWidget
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ... import settings as stored
from ...i18n import translate
from ...settings import Settings
from ..environment_page import EnvironmentPage
from ..session import Session
from ..wheel_guard import WheelGuard
from .catalogue import CatalogueSection
from .person import PersonSection
from .profile import ProfileSection
from .rules import RulesSection
from .section import Section
from .server import ServerSection
from .store import StoreSection

if TYPE_CHECKING:
    from qgis.PyQt.QtWidgets import QLayout

NAME = "LandReviewOptions"
EditCatalogue = Callable[[Path], object]


class OptionsPage(QgsOptionsPageWidget):
    """Nothing is changed before "Apply" or "OK"."""

    def __init__(self, session: Session, edit_catalogue: EditCatalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self._session = session
        self.person = PersonSection(self)
        self.store = StoreSection(session, self)
        self.catalogue = CatalogueSection(edit_catalogue, self)
        self.profile = ProfileSection(session, lambda: self.catalogue.folder, self)
        self.rules = RulesSection(session, self)
        self.server = ServerSection(session, self)
        self._lay_out()
        self._wheel = WheelGuard(self)
        self._wheel.guard(self)
        self.profile.changed.connect(self._profile_changed)
        self.show_settings(session.settings)

    @property
    def sections(self) -> tuple[Section, ...]:
        """In the order of the page."""
        return (self.person, self.store, self.catalogue, self.profile, self.rules, self.server)

    def show_settings(self, settings: Settings) -> None:
        """Fill every group."""
        for section in self.sections:
            section.show_settings(settings)

    def taken(self) -> Settings:
        """What stands on the page."""
        settings = self._session.settings
        for section in self.sections:
            settings = section.taken(settings)
        return settings

    def apply(self) -> None:
        """Keep the settings and let the panel know; called by QGIS's dialog."""
        wanted = self.taken()
        if wanted == self._session.settings:
            return
        other_catalogue = wanted.catalogue != self._session.settings.catalogue
        with self._session.guard():
            stored.write(wanted)
            self._session.set_settings(wanted)
            if other_catalogue:
                self._session.catalogue_changed.emit()
        self.show_settings(wanted)

    def _profile_changed(self) -> None:
        chosen = self.profile.profile.value
        self.person.show_profile(chosen)
        self.rules.show_profile(chosen)

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        for section in self.sections:
            column.addWidget(section)
        column.addWidget(_environment(inside))
        column.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        around: QLayout = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)


def _environment(parent: QWidget) -> QgsCollapsibleGroupBoxBasic:
    box = QgsCollapsibleGroupBoxBasic(translate("landreview", "Environment check"), parent)
    page = EnvironmentPage(box)
    page.browser.setMinimumHeight(page.fontMetrics().lineSpacing() * 18)
    QVBoxLayout(box).addWidget(page)
    box.setCollapsed(True)
    return box
