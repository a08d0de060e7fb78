# SPDX-License-Identifier: GPL-2.0-or-later
"""A night's cases: reviewed by several workers, resumable, one bad case never stopping the others."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..core.model.base import Language
from ..core.progress import Progress
from ..core.texts import error_sentence
from .batch_task import BatchTask
from .journal import Journal
from .manifest import BatchCase
from .pool import Answer, answers
from .review_job import ReviewJob, open_pack
from .summary import write_summary

CHUNK = 1 << 20


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


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Where the summary lies and how many cases went which way."""

    summary_csv: Path
    summary_html: Path
    entries: tuple[Answer, ...]

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

    Raises LandReviewError when the output folder can't be written or the pack can't be read.
    """
    journal = Journal(batch.output)
    if not batch.resume:
        journal.restart()
    entries: dict[str, Answer] = {case.number: _hopeless(case, batch.language) for case in batch.cases if case.error}
    tasks = tuple(_tasks(batch))
    finished = journal.finished()
    todo = []
    for task in tasks:
        entry = finished.get(task.case)
        if entry is not None and entry["key"] == task.key and Path(task.folder).is_dir():
            entries[task.case] = entry
        else:
            todo.append(task)
    for answer in answers(
        todo, batch.workers or os.cpu_count() or 1, _Remaining(progress, len(todo)), processes=batch.processes
    ):
        if answer["status"] == "done":
            journal.add(answer)
        entries[answer["case"]] = answer
    ordered = tuple(_with_row(entries[case.number], case) for case in batch.cases)
    paths = write_summary(ordered, batch.output, batch.language)
    return BatchResult(*paths, ordered)


class _Remaining:
    """Progress with the time left."""

    def __init__(self, progress: Progress, count: int) -> None:
        self._progress, self._count, self._start = progress, count, time.monotonic()
        self._said = -1

    def step(self, done: float, message: str = "") -> None:
        """Pass the share on, with a line for each new case."""
        number = round(done * self._count)
        text = ""
        if number != self._said:
            self._said = number
            left_s = (time.monotonic() - self._start) / done * (1 - done) if done else 0.0
            text = f"{number}/{self._count}" + (f", ~{left_s:.0f} s" if number else "")
        self._progress.step(done, text)


def _tasks(batch: Batch) -> Iterator[BatchTask]:
    pack = batch.template.rulepack
    shared = {
        "catalogue": _identity(Path(batch.template.catalogue)),
        "pack": open_pack(pack).sha256 if pack else "",
        "formats": batch.formats,
        "language": batch.language.value,
    }
    for case in batch.cases:
        if case.error is not None:
            continue
        job = replace(
            batch.template,
            input=case.file,
            business_type=case.business_type,
            reference_date=case.reference_date,
            case_number=case.number,
            project=case.project,
            applicant=case.applicant,
            answers=case.answers or batch.template.answers,
        )
        yield BatchTask(
            case=case.number,
            folder=str(batch.output / case.folder),
            job=_plain(job),
            formats=batch.formats,
            language=batch.language.value,
            key=_key(job, case, shared),
        )


def _plain(job: ReviewJob) -> dict[str, Any]:
    data = asdict(job) | {"reference_date": job.reference_date.isoformat(), "accept": sorted(job.accept)}
    return data | {"crs": job.crs.model_dump(mode="json") if job.crs else None}


def _key(job: ReviewJob, case: BatchCase, shared: Mapping[str, Any]) -> str:
    """Changes when the hand-in, the answers, the catalogue, the pack or a parameter changes."""
    facts = _plain(job) | dict(shared) | {"file": _identity(Path(case.file.partition("|")[0]))}
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _identity(path: Path) -> str:
    """SHA-256 of a file; name and time of what is no plain file."""
    if not path.is_file():
        return f"{path}@{path.stat().st_mtime_ns}" if path.exists() else str(path)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _hopeless(case: BatchCase, language: Language) -> Answer:
    assert case.error is not None
    return {
        "case": case.number,
        "status": "failed",
        "error": case.error.code,
        "message": error_sentence(case.error, language),
    }


def _with_row(entry: Answer, case: BatchCase) -> Answer:
    return {"file": case.file, "project": case.project, "folder": case.folder} | entry


def counts(entries: Sequence[Answer]) -> dict[str, int]:
    """Number of cases by verdict; cases without a result count as ``failed``."""
    keys = [entry.get("verdict") or "failed" for entry in entries]
    return {key: keys.count(key) for key in dict.fromkeys(keys)}
