# SPDX-License-Identifier: GPL-2.0-or-later
"""Paints a case in two lines: light, number, project and days left; applicant, stage and the sign of the verdict."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRect, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...jobs.case_list import CaseRow
from ..case_words import stage_name, verdict_name
from ..deadlines import days_short, light_icon
from ..sync.icons import sync_icon
from ..sync.line_state import Between, line_state
from ..verdict_icons import verdict_icon
from .model import ROW


class CaseDelegate(QStyledItemDelegate):
    """Sizes come from the font, colours from the palette."""

    def __init__(self, office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        """Left out of the numbers: every case of the office begins with it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Two lines and some air."""
        height = option.fontMetrics.height()
        return QSize(height * 12, height * 2 + height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Background by the style, so that selection and focus look as everywhere; then the two lines."""
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        row: CaseRow = index.data(ROW)
        painter.save()
        self._lines(_Pen(painter, option), row, index.model().known)
        painter.restore()

    def _lines(self, pen: _Pen, row: CaseRow, known: Between) -> None:
        line = row.line
        pen.icon(light_icon(row.light))
        right = pen.right(days_short(row.deadline), first=True)
        number = line.number.removeprefix(f"{self.office}-") if self.office else line.number
        left = pen.left(number, first=True, until=right, bold=True)
        pen.left(line.project, first=True, until=right, start=left)
        pen.sign(sync_icon(line_state(line, known)))
        right = pen.verdict(row)
        about = " · ".join(part for part in (stage_name(line.stage), line.applicant) if part)
        pen.left(about, first=False, until=right, quiet=True)


class _Pen:
    """Writes the parts of a row; knows where the last one ended."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self._painter, self._option = painter, option
        self._height = option.fontMetrics.height()
        self._gap = self._height // 2
        self._box = option.rect.adjusted(self._gap, self._gap, -self._gap, -self._gap)
        self._text_left = self._box.left() + self._height + self._gap
        self._selected = bool(option.state & QStyle.StateFlag.State_Selected)

    def icon(self, icon: object) -> None:
        """The light, in front of the first line."""
        icon.paint(self._painter, self._square(self._box.left(), first=True))

    def sign(self, icon: QIcon) -> None:
        """How it stands between offices, under the light; on paper of its own where the row is selected."""
        square = self._square(self._box.left(), first=False)
        if self._selected and not icon.isNull():
            self._painter.fillRect(square, self._option.palette.color(QPalette.ColorRole.Base))
        icon.paint(self._painter, square)

    def verdict(self, row: CaseRow) -> int:
        """The verdict's sign and word at the right of the second line; returns where it begins."""
        begins = self.right(verdict_name(row.verdict, None) if row.verdict else "", first=False)
        if row.verdict is None:
            return begins
        square = self._square(begins - self._height - self._gap // 2, first=False)
        verdict_icon(row.verdict, row.severity).paint(self._painter, square)
        return int(square.left()) - self._gap

    def right(self, text: str, *, first: bool) -> int:
        """A text at the right end of a line; returns where it begins."""
        width = self._option.fontMetrics.horizontalAdvance(text)
        begins = self._box.right() - width
        self._write(text, begins, self._box.right(), first=first)
        return begins - (self._gap if text else 0)

    def left(
        self, text: str, *, first: bool, until: int, start: int = 0, bold: bool = False, quiet: bool = False
    ) -> int:
        """A text from ``start`` (the left end), shortened where it does not fit; returns where the next begins."""
        font = self._option.font
        font.setBold(bold)
        self._painter.setFont(font)
        begins = start or self._text_left
        metrics = self._painter.fontMetrics()
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, until - begins))
        self._write(short, begins, until, first=first, quiet=quiet)
        return begins + metrics.horizontalAdvance(short) + self._gap

    def _write(self, text: str, left: int, right: int, *, first: bool, quiet: bool = False) -> None:
        role = QPalette.ColorRole.HighlightedText if self._selected else QPalette.ColorRole.Text
        self._painter.setPen(self._option.palette.color(role))
        self._painter.setOpacity(0.75 if quiet else 1.0)
        box = QRect(left, self._top(first), right - left + 1, self._height)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        self._painter.setOpacity(1.0)

    def _square(self, left: int, *, first: bool) -> QRect:
        return QRect(left, self._top(first), self._height, self._height)

    def _top(self, first: bool) -> int:
        return int(self._box.top() if first else self._box.top() + self._height)
