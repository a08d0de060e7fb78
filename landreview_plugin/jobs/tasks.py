# SPDX-License-Identifier: GPL-2.0-or-later
"""The cases of a batch as tasks. A task's key changes when anything changes that its result depends on."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ..core.model.base import Language
from ..core.model.problems import LandReviewError
from ..sources.layer_stamp import layer_stamp
from ..sources.parcels import digest_of
from .batch_task import BatchTask
from .kit import Frame, Kit
from .manifest import BatchCase
from .review_job import ReviewJob


class TaskMaker:
    """Makes tasks of cases: what all share (frame, formats) is read and hashed once."""

    def __init__(self, template: ReviewJob, output: Path, formats: tuple[str, ...], language: Language) -> None:
        self._template, self._output, self._formats, self._language = template, output, formats, language
        self._kit, self._shared = Kit(), dict[str, str]()
        self._hash_of(template)

    def task(self, case: BatchCase) -> BatchTask:
        """The task of a case; raises LandReviewError when its own catalogue can't be read."""
        job = replace(
            self._template,
            input=case.file,
            catalogue=case.catalogue or self._template.catalogue,
            business_type=case.business_type,
            reference_date=case.reference_date,
            case_number=case.number,
            project=case.project,
            applicant=case.applicant,
            answers=case.answers or self._template.answers,
        )
        facts = plain(job) | {"frame": self._hash_of(job), "formats": self._formats, "language": self._language.value}
        facts |= {"file": identity(Path(case.file.partition("|")[0])), "replies": identity(Path(job.answers or " "))}
        return BatchTask(
            case=case.number,
            folder=str(self._output / case.folder),
            job=plain(job),
            formats=self._formats,
            language=self._language.value,
            key=sha256(facts),
        )

    def _hash_of(self, job: ReviewJob) -> str:
        if job.catalogue not in self._shared:
            frame = self._kit.frame(job.profile, job.catalogue, job.rulepack)
            self._shared[job.catalogue] = frame_hash(frame, Path(job.catalogue))
        return self._shared[job.catalogue]


def plain(job: ReviewJob) -> dict[str, Any]:
    """A job as plain data, for a pipe or a network."""
    data = asdict(job) | {"reference_date": job.reference_date.isoformat(), "accept": sorted(job.accept)}
    return data | {"crs": job.crs.model_dump(mode="json") if job.crs else None}


def frame_hash(frame: Frame, catalogue: Path) -> str:
    """Of profile, catalogue, pack, and of the stamp of every layer that the catalogue binds.

    A layer that can't show whether it has changed makes another hash each time: nothing counts as finished then.
    """
    names = {name for entry in frame.catalogue.layers for name in (entry.source, entry.coverage) if name}
    base = catalogue.resolve().parent
    stamps = {name: layer_stamp(name, base) for name in sorted(names)}
    return sha256(
        {
            "profile": frame.profile.model_dump(mode="json"),
            "catalogue": frame.catalogue.model_dump(mode="json"),
            "pack": frame.pack.sha256,
            "layers": {name: uuid.uuid4().hex if found is None else found for name, found in stamps.items()},
        }
    )


def identity(path: Path) -> str:
    """SHA-256 of a data set with all its files; the name of what is not there."""
    return digest_of(path) if path.exists() else str(path)


def sha256(facts: Mapping[str, Any]) -> str:
    """Of plain data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def tasks_of(
    maker: TaskMaker, cases: tuple[BatchCase, ...]
) -> tuple[tuple[BatchTask, ...], dict[str, LandReviewError]]:
    """Tasks of all cases that can be tried; by number, why the others can't."""
    tasks: list[BatchTask] = []
    hopeless: dict[str, LandReviewError] = {}
    for case in cases:
        try:
            if case.error is not None:
                raise case.error
            tasks.append(maker.task(case))
        except LandReviewError as error:
            hopeless[case.number] = error
        except OSError as error:
            hopeless[case.number] = LandReviewError("E-SRC-CORRUPT", detail=f"{case.file}: {error.strerror}")
    return tuple(tasks), hopeless
