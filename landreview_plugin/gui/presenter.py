# SPDX-License-Identifier: GPL-2.0-or-later
"""Errors and notices as messages with a next step: never a box that must be clicked away, never a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ..core.model.base import Language
from ..core.model.problems import LandReviewError, Level
from ..core.progress import CancelledError
from ..core.texts import error_sentence, hint, level, meaning, problem_sentence
from ..i18n import language, translate

LOG = "LandReview"
NOTICE_S = 6
Retry = Callable[[], object]


class Presenter:
    """Speaks through a message bar, or through the message log where there is no window."""

    def __init__(self, bar: QgsMessageBar | None) -> None:
        self._bar = bar
        self._notice: QgsMessageBarItem | None = None

    def say(self, text: str) -> None:
        """A notice that goes by itself, and with the next one: they are no errors that have to be read."""
        if self._bar is not None and self._notice in self._bar.items():
            self._bar.popWidget(self._notice)
        self._notice = self._push(text, Qgis.MessageLevel.Success, NOTICE_S)

    def show_error(self, error: LandReviewError, retry: Retry | None = None) -> None:
        """What went wrong and the next step; the rest behind "Details…"; ``retry`` makes a button of its own."""
        critical = level(error.code) is Level.ERROR
        shown_as = Qgis.MessageLevel.Critical if critical else Qgis.MessageLevel.Warning
        item = self._push(headline(error), shown_as, 0)
        if item is None:
            return
        self._button(item, translate("landreview", "Details…"), lambda: _Details(details(error), self._bar).exec())
        if retry is not None:
            self._button(item, translate("landreview", "Try again"), retry, leaves=True)

    def show_stranger(self, error: BaseException) -> None:
        """What nobody foresaw: its traceback goes to the log, its name to the user."""
        QgsMessageLog.logMessage("".join(traceback.format_exception(error)), LOG, Qgis.MessageLevel.Critical)
        self.show_error(LandReviewError("E-ENV-UNEXPECTED", detail=f"{type(error).__name__}: {error}"))

    @contextmanager
    def guard(self, retry: Retry | None = None) -> Iterator[None]:
        """The border of an action: whatever is raised inside is shown, and the program goes on."""
        try:
            yield
        except CancelledError:
            self.say(translate("landreview", "Cancelled: nothing was written."))
        except LandReviewError as error:
            self.show_error(error, retry)
        except OSError as error:
            self.show_error(LandReviewError("E-ENV-WRITE", detail=str(error)), retry)
        except Exception as error:  # the border: a user never sees a traceback, the log does
            self.show_stranger(error)

    def _push(self, text: str, shown_as: Qgis.MessageLevel, seconds: int) -> QgsMessageBarItem | None:
        if self._bar is None:
            QgsMessageLog.logMessage(text, LOG, shown_as)
            return None
        for shown in self._bar.items():
            if shown.text() == text:
                self._bar.popWidget(shown)  # said again, it is one message, not two
        item = QgsMessageBar.createMessage("LandReview", text)
        self._bar.pushWidget(item, shown_as, seconds)
        return item

    def _button(self, item: QgsMessageBarItem, text: str, does: Retry, *, leaves: bool = False) -> None:
        button = QPushButton(text, item)
        button.clicked.connect(lambda: does())
        if leaves and self._bar is not None:
            button.clicked.connect(lambda: self._bar.popWidget(item))
        item.layout().addWidget(button)


def headline(error: LandReviewError) -> str:
    """What, where and the next step, in one line."""
    spoken = Language(language())
    what = (error.message or meaning(error.code)).get(spoken)
    place = error.place.model_copy(update={"file": PurePath(error.place.file).name}).describe(spoken)
    reason = error.detail.get(spoken) if error.detail else ""
    parts = ("" if place in reason else place, reason)
    why = (": " if spoken is Language.EN else "：").join(part for part in parts if part)
    step = (error.hint or hint(error.code)).get(spoken)
    stop = "。" if spoken is Language.ZH else ". "
    return stop.join(part for part in (f"{what} ({why})" if why else what, step) if part)


def details(error: LandReviewError) -> str:
    """Code, place and every further problem, a line each: what is copied into a letter."""
    spoken = Language(language())
    return "\n".join([error_sentence(error, spoken), *(problem_sentence(p, spoken) for p in error.problems)])


class _Details(QDialog):
    """The whole message, to be read and copied."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(parent.window() if parent is not None else None)
        self.setWindowTitle(translate("landreview", "LandReview: details"))
        page = QPlainTextEdit(text, self)
        page.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(page)
        layout.addWidget(buttons)
        self.resize(page.fontMetrics().averageCharWidth() * 90, page.fontMetrics().height() * 16)
