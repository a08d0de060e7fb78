# SPDX-License-Identifier: GPL-2.0-or-later
"""The data centre: address and sign-in. Without one, everything still works here."""

from __future__ import annotations

from dataclasses import replace

from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QLineEdit, QPushButton, QWidget

from ...core.model.problems import LandReviewError
from ...i18n import translate
from ...settings import Settings
from ...sync.probe import Probed
from ..session import Session
from ..sync.layer_dialog import LayerDialog
from ..sync.probing import error_text, probe, probe_text
from ..work_task import WorkTask
from .section import Section, note, row_of


class ServerSection(Section):
    """Passwords stay in QGIS's authentication store: the settings hold its id only."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "Data centre"), parent)
        self._session = session
        self._task: WorkTask[list[Probed]] | None = None
        self.server = QLineEdit(self)
        self.server.setPlaceholderText("https://")
        self.warning = note(self)
        self.auth = QgsAuthConfigSelect(self)
        self.form.addRow(translate("landreview", "&Address"), self.server)
        self.form.addRow("", self.warning)
        self.form.addRow(translate("landreview", "Sign-in"), self.auth)
        self.test = QPushButton(translate("landreview", "&Test connection"), self)
        self.layers = QPushButton(translate("landreview", "Reference &layers of the centre…"), self)
        self.found = note(self)
        self.form.addRow("", row_of(self.test, self.layers))
        self.form.addRow("", self.found)
        self.found.hide()
        self.test.clicked.connect(self._test_or_stop)
        self.layers.clicked.connect(self._show_layers)
        self.server.textChanged.connect(self._edited)
        self.auth.selectedConfigIdChanged.connect(self._edited)

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.server.setText(settings.server)
        self.auth.setConfigId(settings.authcfg)
        self.lock("server", self.server)
        self.lock("authcfg", self.auth)
        self._say()

    def taken(self, settings: Settings) -> Settings:
        """``settings`` with the centre."""
        return replace(settings, server=self._address(), authcfg=self.auth.configId())

    def _address(self) -> str:
        return str(self.server.text()).strip().rstrip("/")

    def _edited(self) -> None:
        """What was found was found elsewhere, or with another sign-in: it must not stand beside this one."""
        if self._task is not None:
            self._task.cancel()
        self.found.hide()
        self._say()

    def _test_or_stop(self) -> None:
        """Test what stands in the fields, applied or not."""
        if self._task is not None:
            self._task.cancel()
            return
        try:
            self._task = probe(self._session, self._address(), self.auth.configId(), self._tell, self._failed)
        except LandReviewError as error:
            self._failed(error)
            return
        self._task.ended.connect(self._ended)
        self.test.setText(translate("landreview", "Stop"))
        self._tell_text(translate("landreview", "Testing…"))

    def _ended(self) -> None:
        self._task = None
        if not sip.isdeleted(self):
            self.test.setText(translate("landreview", "&Test connection"))
            if self.found.text() == translate("landreview", "Testing…"):
                self.found.hide()

    def _tell(self, steps: list[Probed]) -> None:
        self._tell_text(probe_text(steps))

    def _failed(self, error: LandReviewError) -> None:
        self._tell_text(error_text(error))

    def _tell_text(self, text: str) -> None:
        if not sip.isdeleted(self):
            self.found.setText(text)
            self.found.show()

    def _show_layers(self) -> None:
        with self._session.guard():
            dialog = LayerDialog(self._session, self)
            dialog.look()
            dialog.exec()

    def _say(self) -> None:
        address = self._address()
        applied = bool(address) and address == self._session.settings.server
        self.test.setEnabled(bool(address))
        self.layers.setEnabled(applied)
        self.layers.setToolTip("" if applied else translate("landreview", "Set an address and apply it first"))
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
