# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests of bindings as a task: each result is shown as soon as it is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.model.catalogue import CatalogueEntry
from ...core.model.crs import Crs
from ...core.progress import Part, Progress
from ...i18n import translate
from ...jobs.probe import probe
from ...project.inputs import ProjectInputs, take_inputs
from ..session import Session
from ..work_task import WorkTask


class Probing(QObject):
    """One test run at a time; another one takes its place."""

    probed = pyqtSignal(int, object)
    """(line, Probe), on the main thread."""
    busy_changed = pyqtSignal(bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.task: WorkTask[None] | None = None

    def start(self, entries: Mapping[int, CatalogueEntry], base: Path, plane: Crs | None) -> None:
        """Test every entry in the background, for a case of today."""
        self.cancel()
        inputs = take_inputs(QgsProject.instance(), "")

        def work(progress: Progress) -> None:
            self._all(entries, base, plane, inputs, progress)

        title = translate("landreview", "Test of %n binding(s)", None, len(entries))
        task = self._session.start(title, work, lambda _: None)
        self.task = task
        self.busy_changed.emit(True)
        task.ended.connect(lambda: self._ended(task))

    def cancel(self) -> None:
        """Stop the test that runs."""
        if self.task is not None:
            self.task.cancel()

    def _all(
        self,
        entries: Mapping[int, CatalogueEntry],
        base: Path,
        plane: Crs | None,
        inputs: ProjectInputs,
        progress: Progress,
    ) -> None:
        today = dt.date.today()
        for i, (number, entry) in enumerate(entries.items()):
            part = Part(progress, i / len(entries), (i + 1) / len(entries))
            # the signal crosses the threads: whoever listens does so on the main thread
            self.probed.emit(number, probe(entry, base, plane, today, part, inputs.open))

    def _ended(self, task: WorkTask[None]) -> None:
        if self.task is task:
            self.task = None
            self.busy_changed.emit(False)
