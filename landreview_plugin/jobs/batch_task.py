# SPDX-License-Identifier: GPL-2.0-or-later
"""One case of a batch: review it, write its folder whole, say how it went. Never raises."""

from __future__ import annotations

import datetime as dt
import shutil
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..core.gather import Effort
from ..core.model.base import Language
from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError
from ..core.model.result import Finding, ReviewResult, Verdict
from ..core.progress import CancelledError, Progress, Silent
from ..core.texts import error_sentence
from .journal import beside, put_in_place
from .kit import Kit
from .review_job import ReviewJob, write_result

FARMLAND = ("0101", "0102", "0103")
"""耕地: paddy, irrigated and dry land (GB/T 21010)."""


@dataclass(frozen=True, slots=True)
class BatchTask:
    """What a worker needs for one case; goes over a pipe as JSON."""

    case: str
    folder: str
    job: dict[str, Any]
    formats: tuple[str, ...]
    language: str
    key: str
    """Hash of all inputs: a finished case with another key is done again."""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> BatchTask:
        """The task that :meth:`to_json` made."""
        return cls(**{**data, "formats": tuple(data["formats"])})


def run_task(task: BatchTask, kit: Kit, progress: Progress | None = None) -> dict[str, Any]:
    """Review one case. The answer is the journal's entry; its ``status`` is done or failed."""
    start = time.monotonic()
    try:
        answer = _reviewed(task, kit, progress or Silent())
    except CancelledError:
        raise
    except LandReviewError as error:
        answer = failed(task.case, error, Language(task.language))
    except OSError as error:
        unwritable = LandReviewError("E-ENV-WRITE", detail=error.strerror or str(error))
        answer = failed(task.case, unwritable, Language(task.language))
    except Exception:  # the border of a batch: one bad case must not stop the others
        last = traceback.format_exc().strip().splitlines()[-1]
        answer = failed(task.case, LandReviewError("E-ENV-UNEXPECTED", detail=last), Language(task.language))
    return {"case": task.case, "key": task.key, "seconds": round(time.monotonic() - start, 3)} | answer


def _reviewed(task: BatchTask, kit: Kit, progress: Progress) -> dict[str, Any]:
    final = Path(task.folder)
    part = beside(final)
    try:
        job = job_of(task.job)
        frame = kit.frame(job.profile, job.catalogue, job.rulepack)
        reviewed = job.run(progress, open_layer=kit.layers.open, effort=Effort(threads=1), frame=frame)
        written = write_result(reviewed, part, task.formats, Language(task.language), Silent())
        put_in_place(part, final)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return {"status": "done", "files": [path.name for path in written.values()]} | facts_of(reviewed.result)


def job_of(data: dict[str, Any]) -> ReviewJob:
    """A review job from plain data."""
    crs = Crs.model_validate(data["crs"]) if data["crs"] else None
    date = dt.date.fromisoformat(data["reference_date"])
    return ReviewJob(**data | {"reference_date": date, "crs": crs, "accept": frozenset(data["accept"])})


def facts_of(result: ReviewResult) -> dict[str, Any]:
    """What the summary says of a reviewed case."""
    conflicts = [finding for finding in result.findings if finding.verdict is Verdict.CONFLICT]
    return {
        "verdict": result.verdict.value,
        "worst_severity": result.worst_severity.value if result.worst_severity else "",
        "parcels": len(result.parcels),
        "area_m2": float(sum(parcel.area_m2 for parcel in result.parcels)),
        "conflicts": len(conflicts),
        "not_checked": sum(finding.verdict is Verdict.NOT_CHECKED for finding in result.findings),
        "conflict_m2": _conflict_areas(conflicts),
        "farmland_m2": float(sum(row.area_m2 for row in result.areas if row.class_[:4] in FARMLAND)),
        "jurisdiction": result.case.jurisdiction,
        "business_type": result.case.business_type,
        "reference_date": result.case.reference_date.isoformat(),
        "digest": result.digest,
    }


def _conflict_areas(conflicts: list[Finding]) -> dict[str, float]:
    """Land in conflict by layer: of several rules on one layer and parcel the largest counts."""
    largest: dict[tuple[str, str], float] = {}
    for finding in conflicts:
        if finding.parcel:
            key = (finding.layer, finding.parcel)
            largest[key] = max(largest.get(key, 0.0), finding.area_m2)
    layers = sorted({layer for layer, _ in largest})
    return {name: round(sum(area for (layer, _), area in largest.items() if layer == name), 2) for name in layers}


def failed(case: str, error: LandReviewError, language: Language) -> dict[str, Any]:
    """The answer for a case without a result."""
    message = error_sentence(error, language)
    return {"case": case, "status": "failed", "verdict": "", "error": error.code, "message": message}
