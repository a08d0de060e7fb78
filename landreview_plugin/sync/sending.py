# SPDX-License-Identifier: GPL-2.0-or-later
"""The outbox goes out: pieces first, then one small command, then its receipt. Each job by itself."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable

from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..core.progress import Progress, Silent
from ..core.workflow.offices import same_office
from ..store.connection import OF_THE_STORE
from ..store.entries import now
from ..store.jobs import Job, JobPart, JobState, Reason
from ..store.workspace import Workspace
from .client import Centre
from .commands import command_of, prepared, received, refused
from .contents import Content, piece_of
from .http import LineError, RefusedError
from .patience import backoff_s
from .pieces import Pieces
from .protocol import Receipt, WireProblem

_ROUNDS = 3
_TRIES = 5
"""Pieces that fail one after the other before the job waits."""


class Sender:
    """Sends what is due. One object, one thread, one store, one line."""

    def __init__(
        self,
        store: Workspace,
        centre: Centre,
        *,
        chance: random.Random | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._centre, self._clock = store, centre, clock
        self._chance = chance or random.Random()  # noqa: S311  # nosec B311 - jitter is no secret
        self._pieces = Pieces()

    def send_due(self, progress: Progress | None = None, at: dt.datetime | None = None) -> list[Job]:
        """Try every job whose time has come, those that failed least first; how each stands afterwards.

        A job that fails waits or is marked; the next one is tried all the same. Raises only CancelledError
        and errors of the store itself.
        """
        told, done = progress or Silent(), dict[str, Job]()
        moment = at or now()
        while due := [job for job in self._store.outbox.due(moment) if job.id not in done]:
            for i, job in enumerate(sorted(due, key=lambda job: job.attempts)):
                done[job.id] = self.send(job, _Part(told, i, len(due)))
        return list(done.values())

    def send(self, job: Job, progress: Progress | None = None) -> Job:
        """Try one job, as it stands now: another window may have been faster."""
        job = self._store.outbox.job(job.id)
        if not job.to_send:
            return job
        try:
            return self._sent(job, progress or Silent())
        except LineError as error:
            return self._later(self._store.outbox.job(job.id), error)
        except LandReviewError as error:
            if error.code in OF_THE_STORE:
                raise
            return self._refused(self._store.outbox.job(job.id), error)

    def _sent(self, job: Job, progress: Progress) -> Job:
        if not job.unreported:
            job = self._store.outbox.put(job.model_copy(update={"state": JobState.SENDING}))
        job = prepared(self._store, job)
        for _ in range(_ROUNDS):
            self._send_files(job, progress)
            try:
                return received(self._store, job, self._centre.command(job.case_id, job.command))
            except RefusedError as error:
                if error.code == "E-CENTRE-MISSING":
                    self._forget(job, error.problem)
                elif (receipt := self._brought_by_another(job, error)) is not None:
                    return received(self._store, job, receipt)
                elif error.code == "E-CENTRE-REV" and self._still_ours(job, error.problem):
                    job = self._anew(job, error.problem)
                else:
                    raise
        raise LineError(Text(zh="中心仍缺少文件", en="the centre still lacks files"))

    def _brought_by_another(self, job: Job, error: RefusedError) -> Receipt | None:
        """Under another sign-in the centre does not know a repetition; its receipts tell what was carried out."""
        if error.problem.status not in {409, 412}:
            return None
        try:
            return self._centre.receipt_for(job.case_id, command_of(job).id)
        except RefusedError:
            return None  # the centre has no receipt of the case at all

    def _send_files(self, job: Job, progress: Progress) -> None:
        """Send what the centre lacks and the command does not carry. Its answer counts, not our ledger."""
        inline = command_of(job).inline
        parts = [part for part in self._store.outbox.parts(job.id) if part.sha256 not in inline]
        open_parts = [part for part in parts if not part.done]
        if not open_parts:
            return
        lacking = self._centre.missing([part.sha256 for part in open_parts])
        whole = sum(part.size for part in parts) or 1
        for part in open_parts:
            if part.sha256 not in lacking:
                self._store.outbox.note_part(job.id, part.model_copy(update={"sent": part.size, "done": True}))
                continue
            before = sum(p.size for p in parts if p.seq < part.seq)
            self._send_file(job, part, lacking[part.sha256], _Bytes(progress, before, whole))

    def _send_file(self, job: Job, part: JobPart, offset: int, progress: _Bytes) -> None:
        content, failures = self._content(job, part), 0
        while not part.done:
            progress.at(offset)
            piece = piece_of(content, offset, self._pieces.size)
            sent, begun = self._centre.http.sent_bytes, self._clock()
            try:
                offset = self._put(part, offset, piece)
                self._pieces.went(self._clock() - begun)
                failures = 0
            except LineError as error:
                self._pieces.broke()
                failures += 1
                if failures == _TRIES:
                    raise
                self._centre.rest(failures, error)
                offset = self._centre.missing([part.sha256]).get(part.sha256, part.size)
            finally:
                part = part.model_copy(update={"sent": offset, "done": offset >= part.size > 0})
                self._store.outbox.note_part(job.id, part, self._centre.http.sent_bytes - sent)

    def _put(self, part: JobPart, offset: int, piece: bytes) -> int:
        """Where the next piece starts; the centre's word on that counts."""
        try:
            return self._centre.put_piece(part.sha256, offset, part.size, piece)
        except RefusedError as error:
            if error.code != "E-CENTRE-OFFSET" or error.problem.offset is None:
                raise
            return error.problem.offset

    def _content(self, job: Job, part: JobPart) -> Content:
        inside = self._store.outbox.content(job.id, part.seq)
        return self._store.blobs.get(part.sha256, part.suffix) if inside is None else inside

    def _refused(self, job: Job, error: LandReviewError) -> Job:
        """A person must look; but not where the centre only has not been told of an earlier hand-over by stick."""
        known = self._store.custody(job.case_id)
        epoch = error.problem.epoch if isinstance(error, RefusedError) else None
        if epoch is not None and known is not None and epoch < known.epoch:
            text = Text(zh="中心尚未收到此前的U盘移交", en="the centre has not been told of an earlier stick yet")
            return self._later(job, LineError(text))
        if job.unreported:
            return self._later(job, error)
        return refused(self._store, job, error)

    def _forget(self, job: Job, problem: WireProblem) -> None:
        """The centre lacks files that it once had (a restored backup): they are sent again."""
        for part in self._store.outbox.parts(job.id):
            if part.sha256 in problem.missing:
                self._store.outbox.note_part(job.id, part.model_copy(update={"sent": 0, "done": False}))

    def _still_ours(self, job: Job, problem: WireProblem) -> bool:
        """The revision moved, but nobody took the case: the same order may be given for the new revision."""
        case = self._store.case(job.case_id)
        known = self._store.custody(job.case_id)
        return problem.epoch == (known.epoch if known else 0) and same_office(problem.holder or "", case.holder)

    def _anew(self, job: Job, problem: WireProblem) -> Job:
        """A refused command was not carried out; its successor is another command for the revision that is now."""
        known = self._store.custody(job.case_id)
        if known is None or problem.rev is None:
            raise RefusedError(problem)
        fresh = job.model_copy(update={"command": ""})
        self._store.outbox.put(fresh, known.model_copy(update={"rev": problem.rev}))
        return prepared(self._store, fresh)

    def _later(self, job: Job, error: LandReviewError) -> Job:
        """Not now: it stays in the outbox, and says since when it waits and why."""
        asked_s = error.retry_s if isinstance(error, LineError) else 0.0
        wait_s = max(asked_s, backoff_s(job.attempts, self._chance, 5.0))
        return self._store.outbox.put(
            job.model_copy(
                update={
                    "state": job.state if job.unreported else JobState.QUEUED,
                    "reason": Reason(code=error.code, detail=error.detail),
                    "attempts": job.attempts + 1,
                    "next_at": now() + dt.timedelta(seconds=wait_s),
                }
            ),
            cover=not job.unreported,
        )


class _Part:
    """Progress of one of several jobs."""

    def __init__(self, whole: Progress, index: int, count: int) -> None:
        self._whole, self._index, self._count = whole, index, count

    def step(self, done: float, message: str = "") -> None:
        """Move the bar of the whole; raises CancelledError."""
        self._whole.step((self._index + done) / self._count, message)


class _Bytes:
    """Progress in bytes of a job."""

    def __init__(self, told: Progress, before: int, whole: int) -> None:
        self._told, self._before, self._whole = told, before, whole

    def at(self, offset: int) -> None:
        """Say how far it is; raises CancelledError between two pieces."""
        self._told.step((self._before + offset) / self._whole)
