# SPDX-License-Identifier: GPL-2.0-or-later
"""Scrolling a page changes nothing on it: the wheel turns a choice, number or date only where it has the focus."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class WheelGuard(QObject):
    """Passes the wheel on to the page; one may guard many."""

    def guard(self, page: QWidget) -> None:
        """Guard ``page`` and what is on it now."""
        for kind in (QComboBox, QAbstractSpinBox):
            for widget in [*page.findChildren(kind), *([page] if isinstance(page, kind) else [])]:
                widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                widget.installEventFilter(self)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls this name
        """Ignored and filtered: Qt offers the wheel to the parent, which scrolls."""
        if event.type() == QEvent.Type.Wheel and isinstance(widget, QWidget) and not widget.hasFocus():
            event.ignore()
            return True
        return False
