# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks the quick checker off the main thread: the newest question counts, the one before is given up."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import shapely
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.model.crs import Crs
from ...core.model.problems import LandReviewError
from ...core.progress import Progress
from ...i18n import translate
from ...jobs.quick_check import QuickAnswer, QuickChecker, QuickQuestion, joined, question_of_file
from ...project.inputs import take_inputs
from ...sources.catalogue import OpenLayer
from ..session import Session
from ..work_task import WorkTask

CHORD_TOLERANCE = 0.001
Question = Callable[[], QuickQuestion]
"""Makes the question in the task's thread: reading a file or joining polygons takes a while."""


class Asking(QObject):
    """Holds the checker as long as what the office decides by stays the same."""

    answered = pyqtSignal(object)
    """A QuickAnswer to the newest question."""
    failed = pyqtSignal(object)
    """A LandReviewError instead."""
    changed = pyqtSignal()
    """A check began or ended."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._checker: QuickChecker | None = None
        self._number = 0
        self.task: WorkTask[QuickAnswer] | None = None
        session.catalogue_changed.connect(self._forget)
        session.settings_changed.connect(self._forget)

    def ask(self, question: Question) -> None:
        """Ask; an error of the catalogue or pack fails at once."""
        self.give_up()
        try:
            checker = self._checker = self._checker or self._made()
        except LandReviewError as error:
            self.failed.emit(error)
            return
        work = partial(_work, checker, question, self._project_layers())
        title = translate("landreview", "Quick check")
        number = self._number
        task = self._session.start(title, work, partial(self._answer, number), failed=partial(self._fail, number))
        self.task = task
        task.ended.connect(lambda: self._ended(task))
        self.changed.emit()

    def warm(self, question: Question) -> None:
        """Open the layers before somebody asks: the first answer then comes as fast as the others."""
        if self._checker is not None:
            return
        with contextlib.suppress(LandReviewError):  # said when somebody asks
            self._checker = self._made()
            title = translate("landreview", "Open the office's layers")
            work = partial(_work, self._checker, question, {})
            self._session.start(title, work, lambda answer: None, failed=lambda error: None)

    def give_up(self) -> None:
        """Cancel the question that is being answered."""
        self._number += 1  # an answer that is on its way comes too late
        if self.task is not None:
            self.task.cancel()
            self.task = None
            self.changed.emit()

    def _made(self) -> QuickChecker:
        return QuickChecker(self._session.frame(), Path(self._session.settings.catalogue).resolve().parent)

    def _answer(self, number: int, answer: QuickAnswer) -> None:
        if number == self._number:
            self.answered.emit(answer)

    def _fail(self, number: int, error: LandReviewError) -> None:
        if number == self._number:
            self.failed.emit(error)

    def _ended(self, task: WorkTask[QuickAnswer]) -> None:
        if task is self.task:
            self.task = None
            self.changed.emit()

    def _forget(self) -> None:
        self.give_up()
        self._checker = None

    def _project_layers(self) -> Mapping[str, OpenLayer]:
        """Layers of the project that the catalogue names, by that name; taken on the main thread."""
        project = QgsProject.instance()
        layers = project.mapLayers().values()
        names = {name for layer in layers for name in (layer.id(), layer.name())}
        entries = self._session.frame().catalogue.layers
        wanted = {name for entry in entries for name in (entry.source, entry.coverage) if name in names}
        if not wanted:
            return {}
        inputs = take_inputs(project, "")
        return {name: inputs.open for name in wanted if name in inputs.handles}


def of_features(features: list[QgsFeature], crs: Crs, business_type: str, at: dt.date) -> Question:
    """A question about the land of features; their shapes are taken now."""
    shapes = [_wkb(feature) for feature in features if not feature.geometry().isEmpty()]
    return lambda: QuickQuestion(joined(list(shapely.from_wkb(shapes))), crs, business_type, at)


def of_file(path: Path, business_type: str, at: dt.date) -> Question:
    """A question about all parcels of a file."""
    return lambda: question_of_file(path, business_type, at)


def selected(layer: object) -> list[QgsFeature]:
    """The selected features of a polygon layer; none of anything else."""
    if not isinstance(layer, QgsVectorLayer) or layer.geometryType() != 2:
        return []
    return list(layer.selectedFeatures())


def _wkb(feature: QgsFeature) -> bytes:
    shape = feature.geometry().constGet()
    return bytes((shape.segmentize(CHORD_TOLERANCE) if shape.hasCurvedSegments() else shape).asWkb())


def _work(
    checker: QuickChecker, question: Question, project: Mapping[str, OpenLayer], progress: Progress
) -> QuickAnswer:
    return checker.check(question(), progress, project=project)
