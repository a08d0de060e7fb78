# SPDX-License-Identifier: GPL-2.0-or-later
"""The way of a case from acceptance to archive as a line of stations."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize
from qgis.PyQt.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette, QPen
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...core.workflow.stages import Stage, stages
from ..case_words import spoken


class StageLine(QWidget):
    """Done stations are filled, the present one is ringed, the rest is hollow; a tooltip names each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: tuple[Stage, ...] = stages()
        self._at = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stage(self, key: str, *, archived: bool) -> None:
        """Where the case is; archived: at the end."""
        keys = [stage.key for stage in self._way]
        self._at = len(keys) if archived else keys.index(key) if key in keys else -1
        name = self._way[self._at].name.get(spoken()) if 0 <= self._at < len(keys) else ""
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line high."""
        return QSize(self.fontMetrics().height() * 12, int(self.fontMetrics().height() * 1.4))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow docks are fine."""
        return QSize(self.fontMetrics().height() * 6, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Line, then stations."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong, weak = self.palette().color(QPalette.ColorRole.Highlight), self.palette().color(QPalette.ColorRole.Mid)
        points = self._points()
        for i in range(len(points) - 1):
            painter.setPen(QPen(strong if i < self._at else weak, 2))
            painter.drawLine(points[i], points[i + 1])
        for i, point in enumerate(points):
            self._station(painter, i, point, strong if i <= self._at else weak)

    def _station(self, painter: QPainter, i: int, point: QPointF, colour: object) -> None:
        here = i == self._at
        radius = self.fontMetrics().height() * (0.42 if here else 0.26)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if i < self._at else self.palette().color(QPalette.ColorRole.Window))
        painter.drawEllipse(point, radius, radius)
        if here:
            painter.setBrush(colour)
            painter.drawEllipse(point, radius * 0.45, radius * 0.45)

    def _points(self) -> list[QPointF]:
        margin = self.fontMetrics().height() * 0.6
        step = (self.width() - 2 * margin) / max(1, len(self._way) - 1)
        return [QPointF(margin + i * step, self.height() / 2) for i in range(len(self._way))]

    def event(self, event: QEvent) -> bool:
        """Name the station under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            reach = self.fontMetrics().height() * 0.7
            for stage, point in zip(self._way, self._points(), strict=True):
                box = QRectF(point.x() - reach, 0, 2 * reach, self.height())
                if box.contains(QPointF(event.pos())):
                    who = f"{stage.name.get(spoken())}（{stage.role.get(spoken())}）" if spoken() == "zh" else ""
                    said = who or f"{stage.name.get(spoken())} ({stage.role.get(spoken())})"
                    QToolTip.showText(event.globalPos(), said, self)
                    return True
        return bool(super().event(event))
