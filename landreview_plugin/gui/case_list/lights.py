# SPDX-License-Identifier: GPL-2.0-or-later
"""The bottom line of the list: how many cases have which light."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QWidget

from ...core.workflow.clock import Light
from ...i18n import translate
from ..deadlines import light_icon, light_word

SHOWN = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)


class LightCounts(QWidget):
    """``3 red · 5 yellow · 41 green``, each with its sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._signs = {light: QLabel(self) for light in SHOWN}
        self.texts = {light: QLabel(self) for light in SHOWN}
        height = self.fontMetrics().height()
        for light in SHOWN:
            self._signs[light].setPixmap(light_icon(light).pixmap(height, height))
            layout.addWidget(self._signs[light])
            layout.addWidget(self.texts[light])
        layout.addStretch(1)
        self.total = QLabel(self)
        self.total.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.total)

    def show_counts(self, counts: Mapping[Light, int], total: int) -> None:
        """Show the lights that there are, and how many cases are shown."""
        for light in SHOWN:
            count = counts.get(light, 0)
            self.texts[light].setText(f"{count} {light_word(light)}")
            for part in (self._signs[light], self.texts[light]):
                part.setVisible(count > 0)
        self.total.setText(translate("landreview", "{} cases").format(total))
