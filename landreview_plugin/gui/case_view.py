# SPDX-License-Identifier: GPL-2.0-or-later
"""One case as the pages show it: read from the store at one moment, the costly parts when they are asked for."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.model.case_file import CaseFile
from ..core.model.event import Event
from ..core.model.opinion import Judgement, Opinion
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError
from ..core.model.result import ReviewResult
from ..core.workflow.steps import Step
from ..report.json_result import read_json
from ..store.entries import ResultEntry, StoredFile

if TYPE_CHECKING:
    from ..jobs.desk import Desk
    from ..store.workspace import Workspace


@dataclass(frozen=True)
class CaseView:
    """A case and what belongs to it. Main thread only: the store's connection belongs to it."""

    case: CaseFile
    office: str
    step: Step
    results: tuple[ResultEntry, ...]
    """All reviews, the newest last."""
    judgements: tuple[Judgement, ...]
    """Of the result that counts."""
    opinions: tuple[Opinion, ...]
    attachments: tuple[StoredFile, ...]
    plain_result: ReviewResult | None
    """The result that counts, without geometries (they cost a second file)."""
    flaw: LandReviewError | None
    """Why the result that counts can't be read; None: it can, or there is none."""
    _store: Workspace = field(repr=False, compare=False)

    @cached_property
    def reading(self) -> ParcelReading:
        """The parcels of the version that counts; raises E-STORE-GONE."""
        return self._store.hand_in(self.case.id, self.case.version)

    @cached_property
    def result(self) -> ReviewResult | None:
        """The result that counts, with its geometries where its GeoPackage was kept."""
        entry = counting(self.case, self.results)
        if self.plain_result is None or entry is None or not entry.gpkg_sha256:
            return self.plain_result
        from ..sources.stored_result import with_geometries

        return with_geometries(self.plain_result, self._store.blobs.get(entry.gpkg_sha256, ".gpkg"))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The log, the first entry first."""
        return self._store.log(self.case.id)


def counting(case: CaseFile, results: tuple[ResultEntry, ...]) -> ResultEntry | None:
    """The review that counts: the case's own, of its present version."""
    fitting = [each for each in results if each.digest == case.result_digest and each.version == case.version]
    return fitting[-1] if fitting else None


def view_of(desk: Desk, case_id: str) -> CaseView:
    """Read a case. A result that can't be read is named in ``flaw`` and makes a review the next step."""
    store = desk.store
    case = store.case(case_id)
    results = store.results(case_id)
    result, flaw = _read(store, counting(case, results))
    return CaseView(
        case=case,
        office=desk.actor.office,
        step=desk.next_step(case, result),
        results=results,
        judgements=store.judgements(case_id, case.result_digest) if case.result_digest else (),
        opinions=store.opinions(case_id),
        attachments=store.attachments(case_id),
        plain_result=result,
        flaw=flaw,
        _store=store,
    )


def _read(store: Workspace, entry: ResultEntry | None) -> tuple[ReviewResult | None, LandReviewError | None]:
    if entry is None:
        return None, None
    try:
        return _parsed(store.blobs.get(entry.json_sha256, ".json")), None
    except LandReviewError as error:
        return None, error


_KNOWN: OrderedDict[Path, ReviewResult] = OrderedDict()
"""Results by their files, whose names are their contents: every step of a case shows the same one again."""
MOST_KNOWN = 8


def remember(path: Path, result: ReviewResult) -> None:
    """A result that was just made need not be read again: parsing a large one would hold the window up."""
    _KNOWN[path] = result
    _KNOWN.move_to_end(path)
    while len(_KNOWN) > MOST_KNOWN:
        _KNOWN.popitem(last=False)


def _parsed(path: Path) -> ReviewResult:
    if path not in _KNOWN:
        remember(path, read_json(path))
    _KNOWN.move_to_end(path)
    return _KNOWN[path]
