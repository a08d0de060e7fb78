# SPDX-License-Identifier: GPL-2.0-or-later
"""How the case stands between offices: sign, sentence, what to do, and the buttons that do it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ...i18n import translate
from ...sync.status import SyncState, SyncStatus
from ..case_words import spoken
from ..labels import selectable
from .icons import sync_icon


class StatusRow(QWidget):
    """Hidden for a case that never left the office. Emits what was asked for; the page does it."""

    retry_wanted = pyqtSignal()
    withdraw_wanted = pyqtSignal()
    choice_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = QLabel(self)
        self.text = selectable(self, wraps=True)
        self.more = selectable(self, wraps=True)
        self.bar = QProgressBar(self, maximum=100)
        self.bar.setAccessibleName(translate("landreview", "How much was sent"))
        self.retry = _button(self, translate("landreview", "Try again"), self.retry_wanted)
        self.retry.setToolTip(translate("landreview", "Send the same hand-over once more"))
        self.withdraw = _button(self, translate("landreview", "Withdraw"), self.withdraw_wanted)
        self.choose = _button(self, translate("landreview", "Look at the differences…"), self.choice_wanted)
        self._lay_out()
        self.hide()

    def show_status(self, status: SyncStatus | None, may_withdraw: bool) -> None:
        """Show a status; ``may_withdraw``: the other side can't have received it."""
        state = status.state if status else SyncState.HERE
        self.setVisible(state is not SyncState.HERE)
        if status is None or state is SyncState.HERE:
            return
        height = self.fontMetrics().height()
        self.sign.setPixmap(sync_icon(state).pixmap(height, height))
        self.text.setText(status.text.get(spoken()))
        lines = [f"• {each}" for each in status.corrections if state is SyncState.RETURNED]
        self.more.setText("\n".join(line for line in (*lines, status.next_step.get(spoken())) if line))
        self.more.setVisible(bool(self.more.text()))
        self.bar.setVisible(state is SyncState.SENDING)
        self.bar.setValue(int(100 * (status.share or 0.0)))
        waits = bool(status.next_step.zh) and state in (SyncState.QUEUED, SyncState.SENDING)
        self.retry.setVisible(state is SyncState.FAILED or waits)
        self.withdraw.setVisible(state in (SyncState.FAILED, SyncState.QUEUED, SyncState.SENDING))
        self.withdraw.setEnabled(may_withdraw)
        self.withdraw.setToolTip(_why(may_withdraw))
        self.choose.setVisible(state is SyncState.DIFFERS)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        for button in (self.retry, self.withdraw, self.choose):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addWidget(self.more)
        layout.addWidget(self.bar)
        layout.addLayout(buttons)


def _why(may_withdraw: bool) -> str:
    if may_withdraw:
        return translate("landreview", "Take the hand-over back; the case can be changed again")
    return translate("landreview", "It may have been received already: wait for the receipt")


def _button(parent: QWidget, text: str, wanted: object) -> QPushButton:
    button = QPushButton(text, parent)
    button.clicked.connect(wanted)
    return button
