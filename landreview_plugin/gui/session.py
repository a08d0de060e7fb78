# SPDX-License-Identifier: GPL-2.0-or-later
"""What all pages of the panel share: settings, the person's desk at the store, what the office decides by."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.catalogue import load_catalogue
from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..core.profile import load_profile
from ..i18n import translate
from ..jobs.desk import Desk
from ..jobs.kit import Frame, load_frame
from ..settings import Settings
from ..store.entries import Actor
from ..store.workspace import Workspace
from .case_view import CaseView, view_of
from .presenter import Presenter, Retry
from .work_task import Work, WorkTask

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

T = TypeVar("T")
_NO_CATALOGUE = Text(zh="尚未指定图层目录", en="no catalogue of reference layers was chosen yet")
_CHOOSE_ONE = Text(zh="在“设置 ▸ 选项 ▸ LandReview”中指定图层目录", en="Choose one in Settings ▸ Options ▸ LandReview")


class Session(QObject):
    """One a window; main thread only. Whoever changes something emits the signal, whoever shows it listens."""

    cases_changed = pyqtSignal()
    """Cases came, went or were changed elsewhere: read the list again."""
    case_changed = pyqtSignal(str)
    """One case, by id, was changed here."""
    catalogue_changed = pyqtSignal()
    settings_changed = pyqtSignal()
    case_wanted = pyqtSignal(str)
    """Somebody wants to see a case, by id: the dock shows it."""
    review_wanted = pyqtSignal(str)
    """Somebody wants a case reviewed."""
    finding_wanted = pyqtSignal(str)
    """Somebody wants to see a finding, by id, of the case that is shown."""
    correction_wanted = pyqtSignal(str)
    """Somebody wants to take a corrected hand-in of a case in."""
    sync_wanted = pyqtSignal()
    """Somebody wants a round with the data centre now."""
    synced = pyqtSignal()
    """A round, or a hand-over file, may have changed how cases stand between offices."""

    def __init__(self, settings: Settings, iface: QgisInterface | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self.settings = settings
        self.presenter = Presenter(iface.messageBar() if iface is not None else None)
        self._desk: Desk | None = None
        self._frame: Frame | None = None
        self._in_use: tuple[tuple[object, ...], Frame] | None = None
        """What was decided by last, and by which settings."""
        self._tasks: set[WorkTask[object]] = set()
        self._closed = False
        self.catalogue_changed.connect(self._forget_frame)

    def set_settings(self, settings: Settings) -> None:
        """Take other settings; the store and what the office decides by are opened anew where they are concerned."""
        before, self.settings = self.settings, settings
        if _frame_of(before) != _frame_of(settings):
            self._forget_frame()
        if _desk_of(before) != _desk_of(settings):
            self.leave_desk()
        self.settings_changed.emit()
        if self._desk is None:
            self.cases_changed.emit()

    def desk(self) -> Desk:
        """The person at the store, opened on first use. Raises E-STORE- codes and E-ENV-WRITE."""
        if self._desk is None:
            actor = Actor(person=self.settings.person or _somebody(), office=self.office(), role=self.settings.role)
            self._desk = Desk(Workspace(Path(self.settings.workspace)), actor)
            if self._desk.store.on_network:
                self.show_error(LandReviewError("W-STORE-NETWORK", detail=str(self.settings.workspace)))
        return self._desk

    def office(self) -> str:
        """The jurisdiction that the person works for; the profile's where the settings name none."""
        return str(self.settings.office or load_profile(self.settings.profile).jurisdiction)

    def frame(self) -> Frame:
        """Profile, catalogue and pack. Raises E-CASE-PARAM without a catalogue, else as their readers do."""
        if self._frame is None:
            if not self.settings.catalogue:
                raise LandReviewError("E-CASE-PARAM", detail=_NO_CATALOGUE, hint=_CHOOSE_ONE)
            self._frame = self._loaded()
        return self._frame

    def _loaded(self) -> Frame:
        """Read anew. A pack that was broken since is refused, said, and the one in use stays in use."""
        wanted = _frame_of(self.settings)
        try:
            frame = load_frame(self.settings.profile, self.settings.catalogue, self.settings.rule_pack)
        except LandReviewError as error:
            if not error.code.startswith("E-RULE-") or self._in_use is None or self._in_use[0] != wanted:
                raise
            before = self._in_use[1]
            frame = replace(before, catalogue=load_catalogue(Path(self.settings.catalogue)))
            self.show_error(error)
            text = translate("landreview", "The rule pack in use stays in use: {} {}")
            self.say(text.format(before.pack.pack, before.pack.version))
        self._in_use = wanted, frame
        return frame

    def view(self, case_id: str) -> CaseView:
        """A case as it stands now. Raises E-STORE-GONE."""
        return view_of(self.desk(), case_id)

    def show_error(self, error: LandReviewError, retry: Retry | None = None) -> None:
        """Show an error with its next step."""
        self.presenter.show_error(error, retry)

    def say(self, text: str) -> None:
        """Show a notice that goes by itself."""
        self.presenter.say(text)

    def guard(self, retry: Retry | None = None) -> AbstractContextManager[None]:
        """The border of a click: whatever is raised inside ``with session.guard():`` is shown."""
        return self.presenter.guard(retry)

    def start(
        self,
        title: str,
        work: Work[T],
        done: Callable[[T], object],
        retry: Retry | None = None,
        failed: Callable[[LandReviewError], object] | None = None,
    ) -> WorkTask[T]:
        """Run ``work`` off the main thread; ``done`` is called with its value on it.

        An error goes to ``failed``; without it, it is shown with a button for ``retry``.
        """
        failed = failed or partial(self.show_error, retry=retry)
        task = WorkTask(title, work, partial(self._finish, done), partial(self._finish, failed))
        self._tasks.add(task)
        task.ended.connect(lambda: self._tasks.discard(task))
        task.start()
        return task

    def act(self, case_id: str, work: Callable[[Desk], object]) -> bool:
        """Change a case by a click; False: it was said why not.

        A case that another window has changed is shown as it is now; after any other error the page keeps what was
        typed.
        """
        with self.guard():
            try:
                work(self.desk())
            except LandReviewError as error:
                if error.code != "E-STORE-STALE":
                    raise
                self.show_error(error)
                self.case_changed.emit(case_id)
                return False
            self.case_changed.emit(case_id)
            return True
        return False

    def close(self) -> None:
        """Stop the work and let go of the store; nothing is shown or entered any more."""
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()
        self.leave_desk()

    def _finish(self, done: Callable[[T], object], value: T) -> None:
        if not self._closed:
            with self.guard():
                done(value)

    def leave_desk(self) -> None:
        """Let go of the store's file; it is opened again on next use."""
        if self._desk is not None:
            self._desk.store.close()
            self._desk = None

    def _forget_frame(self) -> None:
        self._frame = None


def _desk_of(settings: Settings) -> tuple[object, ...]:
    """What a desk depends on."""
    return settings.workspace, settings.person, settings.role, settings.office, settings.profile


def _frame_of(settings: Settings) -> tuple[object, ...]:
    """What the office decides by."""
    return settings.profile, settings.catalogue, settings.rule_pack


def _somebody() -> str:
    """The account's name where nobody has signed in the settings: the log says who, as declared."""
    import getpass

    return getpass.getuser()
