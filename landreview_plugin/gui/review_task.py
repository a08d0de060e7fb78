# SPDX-License-Identifier: GPL-2.0-or-later
"""A case's review as a task: what it needs is taken on the main thread, what it found is entered there again."""

from __future__ import annotations

import gc
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.model.base import Language
from ..core.model.case_file import CaseFile
from ..core.model.parcel import ParcelReading
from ..core.model.result import ReviewResult
from ..core.progress import Progress
from ..core.quality.surroundings import OpenCase
from ..core.words import VERDICTS
from ..i18n import language, translate
from ..jobs.case_review import review_case
from ..jobs.kit import Frame
from ..jobs.open_cases import cases_around
from ..project.inputs import ProjectInputs, take_inputs
from ..store.blobs import Blobs
from .case_view import CaseView, remember
from .session import Session
from .work_task import WorkTask


@dataclass(frozen=True, slots=True)
class Kept:
    """A review whose files lie in the store's folder already; no case names them yet."""

    result: ReviewResult
    hashes: dict[str, str]
    """By format."""


class Reviews(QObject):
    """The reviews that run, by case: leaving a page stops none, and no case is reviewed twice at once."""

    changed = pyqtSignal(str)
    """A review of this case began or ended."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running: dict[str, WorkTask[Kept]] = {}

    def running(self, case_id: str) -> WorkTask[Kept] | None:
        """The review of a case that runs now."""
        return self._running.get(case_id)

    def start(self, view: CaseView) -> WorkTask[Kept] | None:
        """Review a case; None: it said why not, or one runs already."""
        if view.case.id in self._running:
            return None
        with self._session.guard(lambda: self.start(self._session.view(view.case.id))):
            return self._start(view.case, view.reading)
        return None

    def _start(self, case: CaseFile, reading: ParcelReading) -> WorkTask[Kept]:
        session = self._session
        work = partial(
            _work,
            case,
            reading,
            session.frame(),
            Path(session.settings.catalogue).resolve().parent,
            take_inputs(QgsProject.instance(), ""),
            session.desk().store.blobs,
            cases_around(session.desk().store, reading, case.id),
        )
        title = translate("landreview", "Review of {}").format(case.number)
        again = partial(self._again, case.id)
        folder = Path(tempfile.mkdtemp(prefix="landreview-"))
        task = session.start(title, partial(work, folder), partial(self._enter, case), again)
        self._running[case.id] = task
        # a review makes no cycles to speak of, but so many objects that collections, each over all that is there, held
        # the window up: 90 ms each with ten thousand cases in the list, up to 600 ms with a thousand parcels
        gc.disable()
        task.ended.connect(partial(self._ended, case.id, folder))
        self.changed.emit(case.id)
        return task

    def _again(self, case_id: str) -> None:
        with self._session.guard():
            self.start(self._session.view(case_id))

    def _enter(self, case: CaseFile, done: Kept) -> None:
        session = self._session
        store = session.desk().store
        session.desk().enter_kept(case, done.result, done.hashes)
        remember(store.blobs.path(done.hashes["json"], ".json"), done.result)
        verdict = VERDICTS[done.result.verdict].get(Language(language()))
        session.say(translate("landreview", "{} was reviewed: {}").format(case.number, verdict))
        # in a turn of its own: entering and showing in one would be felt as a hitch
        QTimer.singleShot(0, lambda: session.case_changed.emit(case.id))

    def _ended(self, case_id: str, folder: Path) -> None:
        self._running.pop(case_id, None)
        if not self._running:
            gc.freeze()
            gc.unfreeze()  # to the old ones with all that is young: looked through at once, it would be felt here
            gc.enable()
        shutil.rmtree(folder, ignore_errors=True)
        self.changed.emit(case_id)


def _work(
    case: CaseFile,
    reading: ParcelReading,
    frame: Frame,
    base: Path,
    inputs: ProjectInputs,
    blobs: Blobs,
    others: tuple[OpenCase, ...],
    folder: Path,
    progress: Progress,
) -> Kept:
    """Off the main thread: review, write the files, and copy them to where the store keeps them."""
    spoken = Language(language())
    versions = {"qgis": Qgis.version()}
    done = review_case(
        case,
        reading,
        frame,
        base,
        folder,
        spoken,
        progress,
        open_layer=inputs.open,
        more_versions=versions,
        others=others,
    )
    return Kept(done.result, {name: blobs.put(path) for name, path in done.files.items()})
