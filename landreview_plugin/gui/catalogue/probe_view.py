# SPDX-License-Identifier: GPL-2.0-or-later
"""What a test found, a sentence an aspect."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...core.model.base import Language
from ...i18n import language, translate
from ...jobs.probe import Probe
from ...jobs.probe_words import ASPECTS
from .signs import sign_icon, sign_word


class ProbeView(QTreeWidget):
    """Empty: not tested since the last change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setHeaderLabels([translate("landreview", "Test"), translate("landreview", "What it found")])
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName(translate("landreview", "What the test found"))

    def show_probe(self, probe: Probe | None, why_not: str = "") -> None:
        """Show a test, or say why there is none."""
        self.clear()
        spoken = Language(language())
        for said in probe.said if probe else ():
            sentence = said.sentence.get(spoken)
            item = QTreeWidgetItem([ASPECTS[said.aspect].get(spoken), sentence])
            item.setIcon(0, sign_icon(said.sign))
            item.setToolTip(0, sign_word(said.sign))
            item.setToolTip(1, sentence)
            item.setTextAlignment(0, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft))
            self.addTopLevelItem(item)
        if probe is None:
            self.addTopLevelItem(
                QTreeWidgetItem(["", why_not or translate("landreview", "not tested since the last change")])
            )
