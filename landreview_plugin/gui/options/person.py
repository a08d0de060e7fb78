# SPDX-License-Identifier: GPL-2.0-or-later
"""Who works here, for which office, in which unit areas are shown."""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from ...core.model.opinion import Role
from ...core.model.problems import LandReviewError
from ...core.profile import load_profile
from ...core.tables import index, table
from ...i18n import language, translate
from ...report.words import Words
from ...settings import AreaUnit, Settings
from .section import Section, note


class PersonSection(Section):
    """Name, role, jurisdiction, unit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "Person and office"), parent)
        words = Words(language())
        self.person = QLineEdit(self)
        self.person.setPlaceholderText(translate("landreview", "the name that the event log shows"))
        self.role = QComboBox(self)
        for role in Role:
            self.role.addItem(words(f"role.{role.value}"), role.value)
        self.office = QLineEdit(self)
        self.office.setCompleter(_jurisdictions(self))
        self.office_note = note(self)
        self.unit = QComboBox(self)
        for unit in AreaUnit:
            self.unit.addItem(words(f"unit.{unit.value}"), unit)
        self.form.addRow(translate("landreview", "&Name"), self.person)
        self.form.addRow(translate("landreview", "&Role"), self.role)
        self.form.addRow(translate("landreview", "&Jurisdiction code"), self.office)
        self.form.addRow("", self.office_note)
        self.form.addRow(translate("landreview", "&Unit of areas"), self.unit)
        self._profile = ""
        self.office.textChanged.connect(self._say_office)

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.person.setText(settings.person)
        self.role.setCurrentIndex(max(0, self.role.findData(settings.role)))
        self.unit.setCurrentIndex(self.unit.findData(settings.unit))
        self.office.setText(settings.office)
        self.show_profile(settings.profile)
        for name in ("person", "role", "office", "unit"):
            self.lock(name, getattr(self, name))

    def show_profile(self, profile: str) -> None:
        """Another profile was chosen: its jurisdiction is what an empty code stands for."""
        self._profile = profile
        self._say_office()

    def taken(self, settings: Settings) -> Settings:
        """``settings`` with the person's fields."""
        return replace(
            settings,
            person=self.person.text().strip(),
            role=self.role.currentData(),
            office=self._code(),
            unit=self.unit.currentData(),
        )

    def _code(self) -> str:
        """The completer puts ``430121 长沙县`` into the field."""
        return str(self.office.text()).strip().partition(" ")[0]

    def _say_office(self) -> None:
        try:
            profile = load_profile(self._profile)
        except LandReviewError:
            self.office_note.setText("")
            return
        own = {unit.code: unit.name_zh for unit in profile.units}
        code = self._code() or profile.jurisdiction
        row = index("jurisdictions", "code").get(code)
        name = own.get(code) or (row[f"name_{language()}"] if row else "")
        if not self._code():
            self.office.setPlaceholderText(profile.jurisdiction)
        if not code:
            said = translate("landreview", "The profile has no jurisdiction: parcels may lie anywhere.")
        elif name:
            said = name
        else:
            said = translate("landreview", "Unknown code: neither the profile nor the table of counties has it.")
        self.office_note.setText(said)


def _jurisdictions(parent: QWidget) -> QCompleter:
    names = [f"{row['code']} {row[f'name_{language()}']}" for row in table("jurisdictions")]
    completer = QCompleter(names, parent)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return completer
