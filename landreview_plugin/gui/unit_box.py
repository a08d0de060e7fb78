# SPDX-License-Identifier: GPL-2.0-or-later
"""The one choice of the unit of areas: whoever turns it turns it for every page."""

from __future__ import annotations

import dataclasses

from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..core.geodesy.rounding import Unit
from ..i18n import language, translate
from ..report.words import Words
from ..settings import AreaUnit, write
from .session import Session


def unit_of(session: Session) -> Unit:
    """The unit in force."""
    return Unit(session.settings.unit.value)


class UnitBox(QComboBox):
    """m², ha or mu, kept in the person's settings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        words = Words(language())
        for unit in AreaUnit:
            self.addItem(words(f"unit.{unit.value}"), unit)
        self.setToolTip(translate("landreview", "Unit of areas, in every page"))
        self.setAccessibleName(translate("landreview", "Unit of areas"))
        self._show()
        self.activated.connect(self._choose)
        session.settings_changed.connect(self._show)

    def _show(self) -> None:
        self.setCurrentIndex(self.findData(self._session.settings.unit))

    def _choose(self) -> None:
        chosen = dataclasses.replace(self._session.settings, unit=self.currentData())
        write(chosen)
        self._session.set_settings(chosen)
