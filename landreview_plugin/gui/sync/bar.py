# SPDX-License-Identifier: GPL-2.0-or-later
"""Under the list: sync now, hand-over files, and how the line stands."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from ...i18n import translate
from ..presenter import headline
from ..session import Session
from .rounds import Rounds
from .sticks import Sticks


class SyncBar(QWidget):
    """One button with a menu, one line of text."""

    def __init__(self, session: Session, rounds: Rounds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._rounds = session, rounds
        self.sticks = Sticks(session, self)
        self.menu = QMenu(self)
        self.now = self.menu.addAction(QgsApplication.getThemeIcon("/mActionRefresh.svg"), "")
        self.now.triggered.connect(self._start_or_stop)
        self.menu.addSeparator()
        self.export = self.menu.addAction(
            QgsApplication.getThemeIcon("/mActionSharingExport.svg"),
            translate("landreview", "Write waiting hand-overs to a file…"),
        )
        self.export.triggered.connect(self.sticks.export)
        self.take = self.menu.addAction(
            QgsApplication.getThemeIcon("/mActionSharingImport.svg"),
            translate("landreview", "Take in a hand-over or receipt file…"),
        )
        self.take.triggered.connect(self.sticks.take)
        self.button = QToolButton(self, autoRaise=True, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setIcon(QgsApplication.getThemeIcon("/mActionRefresh.svg"))
        self.button.setText(translate("landreview", "Between offices"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setMenu(self.menu)
        self.text = QLabel(self, wordWrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        layout.addWidget(self.text, 1)
        rounds.changed.connect(self._show)
        session.settings_changed.connect(self._show)
        self._show()

    def _start_or_stop(self) -> None:
        if self._rounds.task is None:
            self._rounds.start()
        else:
            self._rounds.cancel()

    def _show(self) -> None:
        running = self._rounds.task is not None
        self.now.setText(translate("landreview", "Stop syncing") if running else translate("landreview", "Sync now"))
        self.now.setEnabled(self._rounds.possible)
        self.text.setText(self._state(running))
        self.text.setToolTip(headline(self._rounds.flaw) if self._rounds.flaw else "")

    def _state(self, running: bool) -> str:
        if not self._rounds.possible:
            return translate("landreview", "No data centre is set: cases travel as files.")
        if running:
            return translate("landreview", "Syncing…")
        if self._rounds.flaw is not None:
            return translate("landreview", "Not in step with the data centre: {}").format(headline(self._rounds.flaw))
        if self._rounds.done_at is not None:
            return translate("landreview", "In step with the data centre since {}").format(
                f"{self._rounds.done_at:%H:%M}"
            )
        return ""
