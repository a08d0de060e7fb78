# SPDX-License-Identifier: GPL-2.0-or-later
"""Which field of the source stands for which role: guessed by name, to be changed where the guess is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ...core.catalogue_draft import role_name, roles_of
from ...core.model.base import Language
from ...i18n import language, translate
from ..wheel_guard import WheelGuard

ROWS = 4


class FieldsTable(QTableWidget):
    """A combo a role; empty means "as guessed", and shows the guess once a test knows it."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.setHorizontalHeaderLabels([translate("landreview", "Role"), translate("landreview", "Field")])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.setAccessibleName(translate("landreview", "Fields by role"))
        height = self.fontMetrics().lineSpacing() * 2
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFixedHeight(height * ROWS)
        self._roles: list[str] = []
        self._wheel = WheelGuard(self)

    def show_line(
        self, key: str, given: Mapping[str, str], names: Sequence[str] = (), guessed: Mapping[str, str] | None = None
    ) -> None:
        """Show the roles of ``key``; ``names`` are the source's fields, ``guessed`` what a test resolved."""
        self.clearContents()
        roles = roles_of(key)
        self._roles = [role for role, _ in roles]
        self.setRowCount(len(roles))
        for row, (role, needed) in enumerate(roles):
            name = f"{role_name(role).get(Language(language()))} ({role})"
            item = QTableWidgetItem(f"{name} *" if needed else name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setToolTip(translate("landreview", "Rules need it") if needed else "")
            self.setItem(row, 0, item)
            self.setCellWidget(row, 1, self._combo(role, given.get(role, ""), names, guessed or {}))
        self.setVisible(bool(roles))

    def fields(self) -> dict[str, str]:
        """Role → field, for every role that was given one."""
        texts = ((role, self._combo_at(row).currentText().strip()) for row, role in enumerate(self._roles))
        return {role: text for role, text in texts if text}

    def _combo_at(self, row: int) -> QComboBox:
        return self.cellWidget(row, 1)

    def _combo(self, role: str, given: str, names: Sequence[str], guessed: Mapping[str, str]) -> QComboBox:
        combo = QComboBox(self)
        combo.setEditable(True)
        combo.addItems(["", *names])
        combo.setCurrentText(given)
        guess = guessed.get(role, "")
        shown = (
            translate("landreview", "{} (guessed)").format(guess) if guess else translate("landreview", "by its name")
        )
        combo.lineEdit().setPlaceholderText(shown)
        combo.setAccessibleName(role)
        self._wheel.guard(combo)
        combo.currentTextChanged.connect(self.changed)
        return combo
