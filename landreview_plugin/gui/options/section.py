# SPDX-License-Identifier: GPL-2.0-or-later
"""One group of the options page: shows its part of the settings and gives it back changed."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QWidget

from ... import settings as stored
from ...i18n import translate
from ...settings import Settings


class Section(QgsCollapsibleGroupBoxBasic):
    """Fields that an environment variable decides are shown and locked."""

    changed = pyqtSignal()
    """The person changed something here."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.form = QFormLayout(self)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        raise NotImplementedError

    def taken(self, settings: Settings) -> Settings:
        """``settings`` with what stands in the fields."""
        raise NotImplementedError

    def lock(self, field: str, *widgets: QWidget) -> None:
        """Disable the widgets of a field that the environment decides, and say so."""
        if field in stored.overridden():
            why = translate("landreview", "Set for this computer by {}").format(stored.variable(field))
            for widget in widgets:
                widget.setEnabled(False)
                widget.setToolTip(why)


NOTE_LETTERS = 44
"""Width of a note at least, in letters: its height is reckoned for that, not for the narrowest it could be."""


def row_of(*widgets: QWidget) -> QHBoxLayout:
    """Buttons side by side, at the left."""
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row


def note(parent: QWidget) -> QLabel:
    """A line under a field: wraps, and can be copied."""
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setMinimumWidth(label.fontMetrics().averageCharWidth() * NOTE_LETTERS)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
