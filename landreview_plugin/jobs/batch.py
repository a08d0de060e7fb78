# SPDX-License-Identifier: GPL-2.0-or-later
"""A night's cases: reviewed by several workers, resumable, one bad case never stopping the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.model.base import Language, Text
from ..core.model.problems import LandReviewError
from ..core.progress import Progress
from ..core.tables import index
from ..report.trends import county_name
from .batch_task import BatchTask, failed
from .journal import Journal
from .manifest import BatchCase
from .pool import Answer, answers
from .remaining import Remaining
from .review_job import ReviewJob
from .summary import write_summary
from .tasks import TaskMaker, tasks_of


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch is started with. ``template`` gives what all cases share."""

    cases: tuple[BatchCase, ...]
    template: ReviewJob
    output: Path
    formats: tuple[str, ...]
    language: Language
    workers: int = 0
    """0: one a core."""
    resume: bool = True
    processes: bool = True
    scheduler: str = ""
    """Address of a dask scheduler; empty: this machine does the work."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Where the summary lies and how many cases went which way."""

    summary_csv: Path
    summary_html: Path
    entries: tuple[Answer, ...]

    @property
    def held(self) -> tuple[tuple[Path, Path], ...]:
        """(file that another program held, file written instead)."""
        wanted = ((path.with_name(f"summary{path.suffix}"), path) for path in (self.summary_csv, self.summary_html))
        return tuple((name, path) for name, path in wanted if name != path)

    @property
    def reviewed(self) -> int:
        """Cases with a result."""
        return sum(entry["status"] == "done" for entry in self.entries)

    @property
    def failed(self) -> int:
        """Cases without one: each says why."""
        return len(self.entries) - self.reviewed


def run_batch(batch: Batch, progress: Progress) -> BatchResult:
    """Review every case that is not finished yet, then write the summary.

    Raises LandReviewError when the output folder can't be written, another batch works in it, or
    profile, catalogue or pack can't be read.
    """
    maker = TaskMaker(batch.template, batch.output, batch.formats, batch.language)
    tasks, hopeless = tasks_of(maker, batch.cases)
    journal = Journal(batch.output)
    entries = {number: failed(number, error, batch.language) for number, error in hopeless.items()}
    with journal.held():
        if not batch.resume:
            journal.restart()
        with journal.reserved(len(batch.cases)):
            finished = _still_good(journal.finished(), tasks)
            todo = [task for task in tasks if task.case not in finished]
            for answer in _answers(batch, todo, Remaining(progress, len(todo), len(finished))):
                entries[answer["case"]] = _noted(journal, answer, batch.language)
        entries |= finished
        ordered = tuple(_with_row(entries[case.number], case, batch.language) for case in batch.cases)
        return BatchResult(*write_summary(ordered, batch.output, batch.language), ordered)


def _still_good(finished: Mapping[str, Answer], tasks: Sequence[BatchTask]) -> dict[str, Answer]:
    """Journal entries whose inputs are as they were and whose folder is there."""
    return {
        task.case: finished[task.case]
        for task in tasks
        if finished.get(task.case, {}).get("key") == task.key and Path(task.folder).is_dir()
    }


def _answers(batch: Batch, todo: Sequence[BatchTask], progress: Progress) -> Iterator[Answer]:
    if batch.scheduler and todo:
        from .dask_pool import answers_by_dask  # optional package

        return answers_by_dask(todo, batch.scheduler, progress)
    return answers(todo, batch.workers or os.cpu_count() or 1, progress, processes=batch.processes)


def _noted(journal: Journal, answer: Answer, language: Language) -> Answer:
    """The answer, in the journal when it is done; a case that the disk can't note counts as failed."""
    if answer["status"] != "done":
        return answer
    try:
        journal.add(answer)
    except OSError as error:
        return failed(answer["case"], LandReviewError("E-ENV-WRITE", detail=error.strerror or str(error)), language)
    return answer


def _with_row(entry: Answer, case: BatchCase, language: Language) -> Answer:
    row = {
        "file": case.file,
        "project": case.project,
        "folder": case.folder,
        "business_type": case.business_type,
        "reference_date": case.reference_date.isoformat(),
    } | entry
    note = misfiled(case.number, str(entry.get("jurisdiction") or ""))
    return row | {"message": note.get(language)} if note and entry["status"] == "done" else row


def misfiled(number: str, jurisdiction: str) -> Text | None:
    """What to say of a case whose number names another county than the one whose layers it was reviewed by."""
    named, counties = number[:6], index("jurisdictions", "code")
    city = jurisdiction.removesuffix("00").removesuffix("00")
    if named not in counties or not jurisdiction or named.startswith(city):
        return None
    return Text(
        zh=f"案卷号属{county_name(named)}，审查所用为{county_name(jurisdiction)}的图层",
        en=f"the number is of {county_name(named)}, the layers are of {county_name(jurisdiction)}",
    )


def counts(entries: Sequence[Answer]) -> dict[str, int]:
    """Number of cases by verdict; cases without a result count as ``failed``."""
    keys = [entry.get("verdict") or "failed" for entry in entries]
    return {key: keys.count(key) for key in dict.fromkeys(keys)}
