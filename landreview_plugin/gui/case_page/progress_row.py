# SPDX-License-Identifier: GPL-2.0-or-later
"""What a running task does, how far it is, how long it will take, and Cancel."""

from __future__ import annotations

import time

from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QProgressBar, QPushButton, QWidget

from ...core.tables import index
from ...i18n import translate
from ..case_words import spoken
from ..work_task import WorkTask

TELLING_S, TELLING_SHARE = 2.0, 5.0
"""Before this much has passed or been done, the time left would be a guess."""


class ProgressRow(QWidget):
    """Hidden while nothing runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(translate("landreview", "Progress of the review"))
        self.text = QLabel(self, wordWrap=True)
        self.cancel = QPushButton(translate("landreview", "Cancel"), self)
        self.cancel.setToolTip(translate("landreview", "Stop the review; nothing is entered"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar, 0, 0)
        layout.addWidget(self.cancel, 0, 1)
        layout.addWidget(self.text, 1, 0, 1, 2)
        self._task: WorkTask[object] | None = None
        self._began = 0.0
        self.cancel.clicked.connect(self._cancel)
        self.hide()

    def follow(self, task: WorkTask[object] | None) -> None:
        """Show a task until it ends; None: nothing runs."""
        if task is self._task:
            return
        self._task, self._began = task, time.monotonic()
        self.setVisible(task is not None)
        if task is None:
            return
        self.text.setText(translate("landreview", "Waiting for its turn…"))
        self.bar.setValue(int(task.progress()))
        self.cancel.setEnabled(True)
        task.progressChanged.connect(lambda share: self._progress(task, share))
        task.message.connect(lambda message: self._message(task, message))
        task.ended.connect(lambda: self.follow(None) if task is self._task else None)

    def _cancel(self) -> None:
        if self._task is not None:
            self.cancel.setEnabled(False)
            self.text.setText(translate("landreview", "Stopping…"))
            self._task.cancel()

    def _progress(self, task: WorkTask[object], share: float) -> None:
        if task is self._task:
            self.bar.setValue(int(share))

    def _message(self, task: WorkTask[object], message: str) -> None:
        if task is self._task:
            self.text.setText(f"{step_words(message)} {self._left(task)}".rstrip())

    def _left(self, task: WorkTask[object]) -> str:
        passed, share = time.monotonic() - self._began, task.progress()
        if passed < TELLING_S or share < TELLING_SHARE:
            return ""
        return translate("landreview", "(about {} s left)").format(round(passed * (100 - share) / share))


def step_words(message: str) -> str:
    """A layer's key as "checking permanent basic farmland"; any other message as it is."""
    row = index("layers", "key").get(message)
    if row is None:
        return message
    return translate("landreview", "Checking: {}").format(row[f"name_{spoken().value}"])
