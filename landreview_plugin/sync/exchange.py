# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-overs on a stick: out of one store, into another, and the receipts back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..core.model.base import Text
from ..core.model.case_file import Transfer
from ..core.model.problems import LandReviewError
from ..core.workflow.offices import office_code, same_office
from ..store import outbox, receipts
from ..store.custody_rows import Custody
from ..store.entries import now
from ..store.jobs import Job, JobState
from ..store.workspace import Workspace
from .commands import STATUS, command_of, prepared, received, refused
from .contents import Content
from .outgoing import package_of
from .package import Package
from .protocol import Command, CommandType, Receipt, WireProblem, wire_problem
from .reading import read_package
from .stick import Answered, Receipts, Stick, StickList, open_stick, read_receipts, write_receipts, write_stick
from .unpack import unpack_read

STICK_SUFFIX = ".lrstick"
RECEIPTS_SUFFIX = ".lrreceipt"


def export(store: Workspace, jobs: Sequence[Job], office: str, path: Path) -> list[Job]:
    """Write jobs to a stick. They wait for their receipt; until it comes they may also go by the line."""
    ready = [prepared(store, job) for job in jobs]
    commands = tuple(command_of(job) for job in ready)
    blobs: dict[str, Content] = {}
    for job in ready:
        blobs |= package_of(store, job).contents if job.manifest else {}
    write_stick(path, StickList(sender=office, made_at=now(), commands=commands), blobs)
    return [store.outbox.put(job.model_copy(update={"state": JobState.SENDING})) for job in ready]


def take(store: Workspace, office: str, path: Path, answers: Path) -> Receipts:
    """Take a stick's cases over and write the receipts. One case's refusal holds no other."""
    with open_stick(path) as stick, tempfile.TemporaryDirectory(dir=store.path.parent, prefix=".stick") as folder:
        given = tuple(_answered(store, office, stick, command, Path(folder)) for command in stick.list.commands)
    made = Receipts(office=office, made_at=now(), answers=given)
    write_receipts(answers, made)
    return made


def enter_receipts(store: Workspace, path: Path) -> list[Job]:
    """Enter the receipts that came back; returns the jobs that they were for. Others are left alone."""
    entered = []
    for answer in read_receipts(path).answers:
        job = store.outbox.by_command(answer.command)
        if job is None or job.state in {JobState.RECEIVED, JobState.RETURNED}:
            continue
        if answer.receipt is not None:
            entered.append(received(store, job, answer.receipt))
        elif answer.problem is not None:
            error = LandReviewError(answer.problem.code, detail=answer.problem.reason)
            entered.append(refused(store, job, error))
    return entered


def _answered(store: Workspace, office: str, stick: Stick, command: Command, folder: Path) -> Answered:
    with store.writing() as connection:
        before = receipts.given(connection, command.id)
    if before is not None and before[0] == command.sha256():
        return Answered.model_validate_json(before[1])
    try:
        return Answered(command=command.id, receipt=_taken(store, office, stick, command, folder))
    except LandReviewError as error:  # this case's refusal; the next one may be sound
        return Answered(command=command.id, problem=_problem(error))


def _taken(store: Workspace, office: str, stick: Stick, command: Command, folder: Path) -> Receipt:
    _refuse_unfit(store, office, command)
    assert command.manifest is not None and command.to is not None  # _refuse_unfit
    package = Package(command.manifest, _contents(stick, command, folder))
    incoming = read_package(package)
    at = now()
    custody = Custody(
        case_id=command.manifest.case,
        holder=command.to,
        since=at,
        epoch=command.expected_epoch + 1,
        rev=command.expected_rev + 1,
        status=STATUS[command.type],
        corrections=command.corrections,
        package=command.manifest.sha256(),
        head=command.manifest.head,
        event_count=command.manifest.event_count,
    )
    made: list[Receipt] = []

    def give(connection: sqlite3.Connection) -> None:
        receipt = _receipt(command, custody, f"{office_code(office)}-{at:%Y%m%d}-{receipts.next_number(connection):06}")
        made.append(receipt)
        answer = Answered(command=command.id, receipt=receipt).model_dump_json()
        receipts.give(connection, command.id, command.sha256(), answer)
        if command.type is CommandType.RETURN:
            outbox.returned(connection, custody.case_id, custody.corrections)

    transfer = Transfer.RETURNED if command.type is CommandType.RETURN else Transfer.NONE
    unpack_read(store, package, incoming, custody, transfer, give)
    return made[0]


def _refuse_unfit(store: Workspace, office: str, command: Command) -> None:
    """A stick hands cases over to the office that it is for; all else is the centre's to take."""
    if command.manifest is None or command.to is None:
        raise LandReviewError("E-CENTRE-REQUEST", detail=command.type.value)
    if not same_office(command.to, office):
        raise LandReviewError("E-CASE-HOLDER", detail=command.to)
    known = store.custody(command.manifest.case)
    if known is not None and known.epoch != command.expected_epoch:
        detail = Text(zh=f"第{known.epoch}次移交后", en=f"after hand-over {known.epoch}")
        raise LandReviewError("E-CENTRE-REV", detail=detail)


def _contents(stick: Stick, command: Command, folder: Path) -> dict[str, Content]:
    contents: dict[str, Content] = {sha256: text.encode("utf-8") for sha256, text in command.inline.items()}
    assert command.manifest is not None
    for part in command.manifest.parts:
        if part.sha256 not in contents:
            target = folder / part.sha256
            if not target.exists():
                stick.extract(part, target)
            contents[part.sha256] = target
    return contents


def _receipt(command: Command, custody: Custody, number: str) -> Receipt:
    return Receipt(
        number=number,
        command=command.id,
        case=custody.case_id,
        type=command.type,
        rev=custody.rev,
        epoch=custody.epoch,
        holder=custody.holder,
        package=custody.package,
        head=custody.head,
        event_count=custody.event_count,
        centre_no=0,
        at_server=custody.since,
    )


def _problem(error: LandReviewError) -> WireProblem:
    return wire_problem(error.code, 422, error.detail)
