# SPDX-License-Identifier: GPL-2.0-or-later
"""Labels whose text can be copied, by mouse and by keyboard."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget


def selectable(parent: QWidget, *, wraps: bool = False) -> QLabel:
    """A label of plain text; one that does not wrap takes what room there is."""
    label = QLabel(parent, wordWrap=wraps, textFormat=Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    if not wraps:
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
