# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings as an item model: meaning ▸ rule ▸ parcel. Cells are made when a view asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont

from ...core.geodesy.rounding import Unit
from ...core.model.opinion import Judgement
from ...core.model.result import Finding, Verdict
from ...i18n import translate
from ...report.finding_tables import mark
from ...report.units import DASH
from ...report.words import Words
from ..figures import area_text, finding_area, finding_share
from ..verdict_icons import verdict_icon
from .tree import MeaningGroup, Node, RuleGroup, meaning_of

NODE = Qt.ItemDataRole.UserRole
"""The group, rule group or finding of a row."""
_STRIDE = 64
"""An index's id is (place of the rule + 1) * 64 + place of the group + 1; zero parts: none above it."""


class Column(IntEnum):
    """What a row shows."""

    NAME = 0
    AREA = 1
    SHARE = 2
    COUNT = 3


_COLUMNS = len(Column)


class FindingsModel(QAbstractItemModel):
    """A tree of findings in one unit and one language."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._unit = Unit.M2
        self._groups: tuple[MeaningGroup, ...] = ()
        self._judged: Mapping[str, Judgement] = {}

    def show(self, groups: tuple[MeaningGroup, ...], judged: Mapping[str, Judgement]) -> None:
        """Other findings, with the judgement in force of each."""
        self.beginResetModel()
        self._groups, self._judged = groups, judged
        self.endResetModel()

    def judge(self, judged: Mapping[str, Judgement]) -> None:
        """The same findings, judged otherwise: open rows stay open."""
        self._judged = judged
        self.layoutChanged.emit()

    def set_unit(self, unit: Unit) -> None:
        """Another unit of the areas."""
        self._unit = unit
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.AREA, Column.AREA)
        self.layoutChanged.emit()

    def find(self, finding: Finding) -> QModelIndex:
        """The row of a finding; an invalid index when it is filtered out."""
        meaning = meaning_of(finding)
        for g, group in enumerate(self._groups):
            if group.meaning != meaning:
                continue
            for r, rule in enumerate(group.rules):
                if rule.first.rule != finding.rule:
                    continue
                for row, each in enumerate(rule.findings):
                    if each.id == finding.id:
                        return self.createIndex(row, 0, (r + 1) * _STRIDE + g + 1)
        return QModelIndex()

    def node(self, index: QModelIndex) -> Node | None:
        """What a row stands for."""
        if not index.isValid():
            return None
        r, g = divmod(index.internalId(), _STRIDE)
        if g == 0:
            return self._groups[index.row()]
        if r == 0:
            return self._groups[g - 1].rules[index.row()]
        return self._groups[g - 1].rules[r - 1].findings[index.row()]

    # what Qt asks for

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's
        """The index of a row below ``parent``."""
        if not (0 <= column < _COLUMNS and 0 <= row < self.rowCount(parent)):  # hasIndex asks thrice as long
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        above = parent.internalId()
        place = parent.row() + 1
        return self.createIndex(row, column, place if above == 0 else place * _STRIDE + above)

    def parent(self, child: QModelIndex) -> QModelIndex:
        """The row that ``child`` stands below."""
        r, g = divmod(child.internalId(), _STRIDE) if child.isValid() else (0, 0)
        if g == 0:
            return QModelIndex()
        return self.createIndex(g - 1, 0, 0) if r == 0 else self.createIndex(r - 1, 0, g)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """Rows below ``parent``."""
        if parent.column() > 0:
            return 0
        node = self.node(parent)
        if node is None:
            return len(self._groups)
        return len(node.rules) if isinstance(node, MeaningGroup) else _findings_below(node)

    def hasChildren(self, parent: QModelIndex = QModelIndex()) -> bool:  # noqa: N802, B008 - Qt's
        """Asked for each of ten thousand rows when a group is opened, so answered from the id alone."""
        return not parent.isValid() or parent.internalId() < _STRIDE

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """Four."""
        return _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's
        """The headings; the area's names its unit."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section != Column.NAME:
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("landreview", "Rule and parcel"),
            self._words(f"unit.{self._unit.value}"),
            translate("landreview", "Share"),
            translate("landreview", "Pieces"),
        )[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        node = self.node(index)
        if node is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name(node) if column is Column.NAME else self._figure(node, column)
        if role == NODE:
            return node
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(node)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.NAME:
            return _icon(node)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is not Column.NAME:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole and isinstance(node, MeaningGroup):
            return _bold()
        return None

    def _name(self, node: Node) -> str:
        if isinstance(node, MeaningGroup):
            return "{} ({})".format(self._words(f"group.{node.meaning.name}"), node.count())
        if isinstance(node, RuleGroup):
            first = node.first
            name = f"{first.rule}{mark(first)} {self._words.text(first.title)} ({len(node.findings)})"
            return self._words.join([name, self._why(node)], "list.colon")
        judgement = self._judged.get(node.id)
        parcel = self._words.parcel(node.parcel)
        return f"{parcel} · {self._words(f'mark.{judgement.mark.value}')}" if judgement else parcel

    def _why(self, rule: RuleGroup) -> str:
        """Why nothing was measured, where it is the same for all parcels: said in the row, as loud as a figure."""
        first = rule.first
        if first.verdict is not Verdict.NOT_CHECKED or any(each.reason != first.reason for each in rule.findings[:9]):
            return ""
        return self._words.text(first.reason)

    def _figure(self, node: Node, column: Column) -> str:
        if isinstance(node, MeaningGroup):
            return ""  # land that different rules find may overlap: it has no sum
        if isinstance(node, RuleGroup):
            return {
                Column.AREA: area_text(node.area_m2, self._unit),
                Column.COUNT: DASH if node.area_m2 is None else str(node.count),
            }.get(column, "")
        return {
            Column.AREA: finding_area(node, self._unit),
            Column.SHARE: finding_share(node),
            Column.COUNT: DASH if node.verdict is Verdict.NOT_CHECKED else str(node.count),
        }[column]

    def _tip(self, node: Node) -> str:
        if isinstance(node, MeaningGroup):
            return self._words("note.findings")
        first = node.first if isinstance(node, RuleGroup) else node
        return f"{first.rule} {self._words.text(first.title)}\n{self._words.text(first.reason)}"


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _findings_below(node: Node) -> int:
    return len(node.findings) if isinstance(node, RuleGroup) else 0


def _icon(node: Node) -> Any:
    if isinstance(node, MeaningGroup):
        return verdict_icon(node.meaning.verdict, node.meaning.severity)
    if isinstance(node, RuleGroup):
        return None
    return verdict_icon(node.verdict, node.severity)


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
