# SPDX-License-Identifier: GPL-2.0-or-later
"""Ctrl+C on a view copies the selected rows as text that a spreadsheet takes: tabs and lines, numbers as numbers."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtGui import QAction, QGuiApplication, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView

from ..i18n import translate


def copies_rows(view: QAbstractItemView) -> QAction:
    """Give ``view`` the action "Copy", by key and by its menu."""
    action = QAction(translate("landreview", "Copy"), view)
    action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: QGuiApplication.clipboard().setText(selected_text(view)))
    view.addAction(action)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    return action


def selected_text(view: QAbstractItemView) -> str:
    """The selected rows, in the order in which they stand; all rows where none is selected.

    Where a model shows less than it has, the whole (its edit role) is copied, on one line.
    """
    model = view.model()
    chosen = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    rows = chosen or range(model.rowCount())
    return "\n".join(
        "\t".join(_whole(model.index(row, column)) for column in range(model.columnCount())) for row in rows
    )


def _whole(index: QModelIndex) -> str:
    text = index.data(Qt.ItemDataRole.EditRole) or index.data() or ""
    return " ".join(str(text).split("\n"))
