# SPDX-License-Identifier: GPL-2.0-or-later
"""The passphrase of a hand-over file: typed, used once, kept nowhere."""

from __future__ import annotations

from qgis.gui import QgsPasswordLineEdit
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from ...i18n import translate
from ...sync.seal import available


class PassphraseDialog(QDialog):
    """For a new file it may stay empty (not encrypted), and is typed twice."""

    def __init__(self, *, new: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new = new
        self.setWindowTitle(translate("landreview", "Passphrase of the file"))
        self.first, self.again = QgsPasswordLineEdit(self), QgsPasswordLineEdit(self)
        self.say = QLabel(self, wordWrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(translate("landreview", "&Passphrase"), self.first)
        if new:
            form.addRow(translate("landreview", "&Once more"), self.again)
        self.again.setVisible(new)
        form.addRow(self.say)
        form.addRow(self.buttons)
        for field in (self.first, self.again):
            field.setEnabled(available())
            field.textChanged.connect(self._check)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 56)
        self._check()

    @property
    def passphrase(self) -> str:
        """What was typed; empty: none."""
        return str(self.first.text())

    def _check(self) -> None:
        same = not self._new or self.first.text() == self.again.text()
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(
            same and (self._new or bool(self.passphrase))
        )
        self.say.setText(self._hint(same))

    def _hint(self, same: bool) -> str:
        if not available():
            return translate("landreview", "Encrypting needs the package cryptography, which is missing here.")
        if not same:
            return translate("landreview", "The two are not the same.")
        if self._new and not self.passphrase:
            return translate("landreview", "Empty: the file is not encrypted, and whoever finds it can read it.")
        return translate("landreview", "Tell it the other office by another way than the file.")
