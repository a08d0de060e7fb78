# SPDX-License-Identifier: GPL-2.0-or-later
"""Long work off the main thread: a QgsTask around a pure function, with progress and a Cancel that is heard."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Generic, TypeVar

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ..core.model.problems import LandReviewError
from ..core.progress import CancelledError, Progress
from ..core.turns import short_turns
from .presenter import LOG

T = TypeVar("T")
_RUNNING: set[QgsTask] = set()
"""QGIS keeps the task but not its Python half, without which it would end with nothing said."""
Work = Callable[[Progress], T]


class WorkTask(QgsTask, Generic[T]):
    """Runs ``work`` and hands its outcome to the main thread.

    ``work`` gets a ``Progress`` and touches no widget, project or store; it may raise what it likes.
    ``done`` is called with its value, ``failed`` with a LandReviewError; a cancelled task calls neither.
    """

    message = pyqtSignal(str)
    """What is done now; heard on the main thread."""
    ended = pyqtSignal()
    """After done, failed or cancelled."""

    def __init__(
        self,
        title: str,
        work: Work[T],
        done: Callable[[T], None],
        failed: Callable[[LandReviewError], None],
    ) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work, self._done, self._failed = work, done, failed
        self._value: T | None = None
        self._error: LandReviewError | None = None

    def step(self, done: float, message: str = "") -> None:
        """``core.progress.Progress``: called by the work, in its thread."""
        if self.isCanceled():
            raise CancelledError
        self.setProgress(100 * done)
        if message:
            self.message.emit(message)

    def run(self) -> bool:
        """In the task's thread: an exception that left this could end QGIS."""
        try:
            with short_turns():
                self._value = self._work(self)
        except CancelledError:
            return False
        except LandReviewError as error:
            self._error = error
        except OSError as error:
            self._error = LandReviewError("E-ENV-WRITE", detail=str(error))
        except Exception as error:  # the border of the thread: shown to the user, its traceback to the log
            QgsMessageLog.logMessage(traceback.format_exc(), LOG, Qgis.MessageLevel.Critical)
            self._error = LandReviewError("E-ENV-UNEXPECTED", detail=f"{type(error).__name__}: {error}")
        return self._error is None and not self.isCanceled()

    def finished(self, result: bool) -> None:
        """On the main thread. Cancelled counts also when the work was faster: who cancels must not be surprised."""
        try:
            if self.isCanceled():
                return
            if result:
                self._done(self._value)
            elif self._error is not None:
                self._failed(self._error)
        finally:
            _RUNNING.discard(self)
            self.ended.emit()

    def start(self) -> None:
        """Hand the task to QGIS, which shows it in the status bar, too."""
        _RUNNING.add(self)
        QgsApplication.taskManager().addTask(self)
