# SPDX-License-Identifier: GPL-2.0-or-later
"""The answer of a quick check: a row a layer, the worst first; below it why, rule by rule."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QAction, QGuiApplication, QKeySequence
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...core.geodesy.rounding import Unit, round_half_up
from ...core.model.result import Finding, Verdict
from ...core.words import SEVERITIES
from ...i18n import language, translate
from ...jobs.quick_check import LayerVerdict, QuickAnswer
from ...report.units import DASH
from ...report.words import Words
from ..case_words import spoken, verdict_name
from ..figures import area_text, finding_area
from ..verdict_icons import verdict_icon

FINDING = Qt.ItemDataRole.UserRole


class AnswerView(QTreeWidget):
    """Emits the finding that is chosen."""

    chosen = pyqtSignal(object)

    def __init__(self, unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._answer: QuickAnswer | None = None
        self._words = Words(language())
        self.setColumnCount(3)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setIndentation(self.fontMetrics().height() * 2 // 3)
        self.setAccessibleName(translate("landreview", "Verdict of each layer"))
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        copy = QAction(translate("landreview", "Copy"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.currentItemChanged.connect(lambda item, _: self._choose(item))

    def show_answer(self, answer: QuickAnswer | None) -> None:
        """Fill the tree; layers that are not clear are opened."""
        self._answer = answer
        self.clear()
        name = self._words(f"unit.{self._unit.value}")
        self.setHeaderLabels([translate("landreview", "Layer"), translate("landreview", "Verdict"), name])
        self.headerItem().setTextAlignment(2, _RIGHT)
        for row in answer.layers if answer else ():
            item = self._layer(row)
            self.addTopLevelItem(item)
            item.setExpanded(row.verdict is not Verdict.CLEAR)

    def set_unit(self, unit: Unit) -> None:
        """Another unit of the areas."""
        self._unit = unit
        self.show_answer(self._answer)

    def text(self) -> str:
        """All rows as a spreadsheet takes them: layers, and below each why."""
        items = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        rows = [row for item in items for row in (item, *(item.child(i) for i in range(item.childCount())))]
        return "\n".join("\t".join(row.text(column) for column in range(self.columnCount())) for row in rows)

    def _layer(self, row: LayerVerdict) -> QTreeWidgetItem:
        use = row.use
        name = (use.name_zh if language() == "zh" else use.name_en) or use.key
        conflict = row.verdict is Verdict.CONFLICT
        area = area_text(round_half_up(row.area_m2, 2), self._unit) if conflict else DASH
        said = SEVERITIES[row.severity].get(spoken()) if conflict and row.severity else verdict_name(row.verdict)
        item = QTreeWidgetItem([name, said, area])
        item.setIcon(0, verdict_icon(row.verdict, row.severity))
        item.setTextAlignment(2, _RIGHT)
        item.setData(0, FINDING, row.findings[0])
        item.setToolTip(0, f"{name}\n{use.source or use.key}")
        item.setToolTip(1, verdict_name(row.verdict, row.severity))
        item.addChildren([self._finding(each) for each in row.findings])
        return item

    def _finding(self, finding: Finding) -> QTreeWidgetItem:
        reason = finding.reason.get(spoken())
        title = finding.title.get(spoken())
        # where nothing was measured the reason is what one must read; of a conflict it is the rule
        first = title if finding.verdict is Verdict.CONFLICT else reason
        item = QTreeWidgetItem([first, finding.rule, finding_area(finding, self._unit)])
        item.setTextAlignment(2, _RIGHT)
        item.setData(0, FINDING, finding)
        item.setToolTip(0, "\n".join(part for part in (title, reason) if part))
        return item

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        self.chosen.emit(item.data(0, FINDING) if item else None)


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
