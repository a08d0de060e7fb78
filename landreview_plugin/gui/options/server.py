# SPDX-License-Identifier: GPL-2.0-or-later
"""The data centre: address and sign-in. Without one, everything still works here."""

from __future__ import annotations

from dataclasses import replace

from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtWidgets import QLineEdit, QWidget

from ...i18n import translate
from ...settings import Settings
from .section import Section, note


class ServerSection(Section):
    """Passwords stay in QGIS's authentication store: the settings hold its id only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "Data centre"), parent)
        self.server = QLineEdit(self)
        self.server.setPlaceholderText("https://")
        self.warning = note(self)
        self.auth = QgsAuthConfigSelect(self)
        self.form.addRow(translate("landreview", "&Address"), self.server)
        self.form.addRow("", self.warning)
        self.form.addRow(translate("landreview", "Sign-in"), self.auth)
        self.server.textChanged.connect(self._say)

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.server.setText(settings.server)
        self.auth.setConfigId(settings.authcfg)
        self.lock("server", self.server)
        self.lock("authcfg", self.auth)
        self._say()

    def taken(self, settings: Settings) -> Settings:
        """``settings`` with the centre."""
        return replace(settings, server=self.server.text().strip().rstrip("/"), authcfg=self.auth.configId())

    def _say(self) -> None:
        address = str(self.server.text()).strip()
        if not address:
            said = translate("landreview", "Without a centre cases are reviewed, concluded and printed here.")
        elif address.startswith("https://"):
            said = ""
        elif address.startswith("http://"):
            said = translate("landreview", "⚠ http is not encrypted: sign-in and cases can be read on the way.")
        else:
            said = translate("landreview", "An address starts with https://")
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        self.changed.emit()
