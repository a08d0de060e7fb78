# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints a case: the review with judgements and opinion in it, as DOCX or XLSX (PDF where it can be written)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QWidget

from ...core.model.base import Language, Text
from ...core.model.opinion import People
from ...core.model.problems import LandReviewError
from ...core.model.result import ReviewResult
from ...core.progress import Progress
from ...i18n import translate
from ...report.formats import available, write_reports
from ...report.maps import write_pdf
from ...sources.stored_result import with_geometries
from ..case_view import CaseView, counting
from ..case_words import spoken
from ..session import Session

PRINTED = ("docx", "xlsx", "pdf")
_NO_SHAPES = Text(zh="该次审查没有保存图形", en="this review kept no outlines")


class PrintMenu(QMenu):
    """One line a format; one that can't be written here is grey and says why."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view: CaseView | None = None
        self.setToolTipsVisible(True)
        for name, why_not in available().items():
            if name in PRINTED:
                action = self.addAction(f"{name.upper()}…")
                action.setEnabled(why_not is None)
                action.setToolTip(why_not.get(spoken()) if why_not else "")
                action.triggered.connect(partial(self._ask, name))

    def _ask(self, name: str) -> None:
        if self.view is None:
            return
        title = translate("landreview", "Print the case")
        start = str(Path.home() / f"{self.view.case.number}.{name}")
        chosen, _ = QFileDialog.getSaveFileName(self, title, start, f"{name.upper()} (*.{name})")
        if chosen:
            self.write(name, Path(chosen))

    def write(self, name: str, path: Path) -> None:
        """Write the case that is shown to ``path``, as a task."""
        view = self.view
        if view is None or view.plain_result is None:
            return
        with self._session.guard():
            entry = counting(view.case, view.results)
            blobs = self._session.desk().store.blobs
            shapes = blobs.get(entry.gpkg_sha256, ".gpkg") if entry and entry.gpkg_sha256 else None
            work = partial(_write, view.plain_result, shapes, people_of(view), name, path, spoken())
            done = translate("landreview", "Written: {}")
            self._session.start(
                translate("landreview", "Print the case"),
                work,
                lambda written: self._session.say(done.format(written)),
                retry=lambda: self.write(name, path),
            )


def people_of(view: CaseView) -> People:
    """Judgements and opinions of a case with the names of their files."""
    files = {file.sha256: file.name for file in view.attachments}
    return People(judgements=view.judgements, opinions=view.opinions, files=files)


def _write(
    result: ReviewResult,
    shapes: Path | None,
    people: People,
    name: str,
    path: Path,
    language: Language,
    progress: Progress,
) -> Path:
    progress.step(0.0)
    placed = with_geometries(result, shapes) if shapes else result
    progress.step(0.3)
    if name == "pdf":
        if shapes is None:
            raise LandReviewError("E-STORE-GONE", detail=_NO_SHAPES)
        write_pdf(placed.model_copy(update={"people": people}), shapes, path, language)
        return path
    return write_reports(placed, path.parent, path.stem, (name,), language, people)[name]
