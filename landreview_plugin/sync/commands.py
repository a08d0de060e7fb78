# SPDX-License-Identifier: GPL-2.0-or-later
"""From a job to its command and from a receipt back to the job: the same on the wire and on a stick."""

from __future__ import annotations

from ..core.evidence.identity import new_id
from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..store.custody_rows import Custody
from ..store.entries import now
from ..store.jobs import Job, JobState, Reason
from ..store.workspace import Workspace
from .protocol import Command, CommandType, Manifest, Receipt

INLINE_BYTES = 256 * 1024
"""Small parts travel in the command itself: a case without attachments is one request."""
STATUS = {
    CommandType.SUBMIT: "submitted",
    CommandType.FORWARD: "forwarded",
    CommandType.RETURN: "returned",
    CommandType.DECIDE: "decided",
    CommandType.ARCHIVE: "archived",
}


def prepared(store: Workspace, job: Job) -> Job:
    """The job with its command, which is written down before it is first sent and never changes after."""
    if job.command:
        return job
    custody = store.custody(job.case_id)
    command = Command(
        id=new_id(),
        type=CommandType(job.kind),
        expected_rev=custody.rev if custody else 0,
        expected_epoch=custody.epoch if custody else 0,
        at_client=now(),
        to=job.target or None,
        manifest=Manifest.model_validate_json(job.manifest) if job.manifest else None,
        inline=inline_parts(store, job),
        **job.facts,
    )
    return store.outbox.put(job.model_copy(update={"command": command.model_dump_json()}))


def command_of(job: Job) -> Command:
    """The command of a prepared job."""
    return Command.model_validate_json(job.command)


def inline_parts(store: Workspace, job: Job) -> dict[str, str]:
    """The small text parts, in their order, up to ``INLINE_BYTES``."""
    room, chosen = INLINE_BYTES, {}
    for part in store.outbox.parts(job.id):
        content = store.outbox.content(job.id, part.seq) if part.size <= room else None
        if content is not None:
            chosen[part.sha256] = content.decode("utf-8")
            room -= part.size
    return chosen


def received(store: Workspace, job: Job, receipt: Receipt) -> Job:
    """Enter a receipt: the job is received, custody moves. Raises E-SYNC-PACKAGE when it is for something else."""
    command = command_of(job)
    package = command.manifest.sha256() if command.manifest else receipt.package
    if (receipt.command, receipt.case, receipt.package) != (command.id, job.case_id, package):
        reason = Text(zh=f"回执{receipt.number}与移交不符", en=f"receipt {receipt.number} is for something else")
        raise LandReviewError("E-SYNC-PACKAGE", detail=reason)
    done: dict[str, object] = {"receipt": receipt.model_dump_json(), "reason": Reason()}
    if job.state not in {JobState.RECEIVED, JobState.RETURNED}:  # else a stick was faster, and this is only the report
        done["state"] = JobState.RECEIVED
    custody = custody_after(store.custody(job.case_id), command, receipt)
    return store.outbox.put(job.model_copy(update=done), custody, receipt.holder, cover=custody is not None)


def refused(store: Workspace, job: Job, error: LandReviewError) -> Job:
    """Enter a refusal: the job waits for a person, who is told why."""
    reason = Reason(code=error.code, detail=error.detail)
    return store.outbox.put(job.model_copy(update={"state": JobState.FAILED, "reason": reason}))


def custody_after(before: Custody | None, command: Command, receipt: Receipt) -> Custody | None:
    """Who holds the case after a command was received; None where the centre already said something newer."""
    same_holder = before is not None and before.epoch == receipt.epoch
    after = Custody(
        case_id=receipt.case,
        holder=receipt.holder,
        since=before.since if before is not None and same_holder else receipt.at_server,
        epoch=receipt.epoch,
        rev=receipt.rev,
        status=STATUS.get(command.type, before.status if before else ""),
        passes=command.passes if command.type is CommandType.DECIDE else before.passes if before else None,
        corrections=command.corrections,
        package=receipt.package,
        head=receipt.head,
        event_count=receipt.event_count,
    )
    return after if before is None or after.newer_than(before) else None
