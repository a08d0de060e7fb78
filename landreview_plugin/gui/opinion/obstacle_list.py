# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in the way of passing a case on; each line leads to its finding."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ...core.workflow.opinion import ObstacleGroup
from ...i18n import translate
from ...report.summary import parcels_words
from ...report.words import Words
from ..verdict_icons import verdict_icon


class ObstacleList(QListWidget):
    """A line a rule and what it needs: a dozen lines, however many parcels there are."""

    finding_wanted = pyqtSignal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setWordWrap(True)
        self.setAccessibleName(translate("landreview", "What stands in the way"))
        self.setToolTip(translate("landreview", "Double-click: to the finding"))
        self.itemDoubleClicked.connect(self._follow)

    def show_obstacles(self, groups: Sequence[ObstacleGroup]) -> None:
        """Other obstacles."""
        self.clear()
        for group in groups:
            first = group.findings[0]
            where = parcels_words([finding.parcel for finding in group.findings], self._words)
            title = self._words("item.rule", rule=first.rule, title=self._words.text(first.title), parcels=where)
            text = self._words.join([title, self._words.text(group.why)], "list.colon")
            item = QListWidgetItem(verdict_icon(first.verdict, first.severity), text, self)
            item.setData(Qt.ItemDataRole.UserRole, first.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's
        """The return key does what a double click does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self._follow(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _follow(self, item: QListWidgetItem) -> None:
        self.finding_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
