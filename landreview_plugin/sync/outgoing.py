# SPDX-License-Identifier: GPL-2.0-or-later
"""Putting a hand-over into the outbox, and taking it out again. No line is needed for either."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from ..core.evidence.identity import new_id
from ..core.model.base import Model, Text
from ..core.model.case_file import CaseFile, Transfer
from ..core.model.problems import LandReviewError
from ..core.workflow.offices import same_office
from ..store import outbox
from ..store.entries import Actor, now
from ..store.jobs import OPEN_STATES, Job, JobPart, JobState, Reason
from ..store.workspace import Workspace
from .contents import Content
from .package import Package, files_of, pack
from .protocol import CommandType, Manifest, PartKind
from .reading import register_of

ENTRIES = {
    CommandType.SUBMIT: "submitted",
    CommandType.FORWARD: "forwarded",
    CommandType.RETURN: "returned",
    CommandType.DECIDE: "decided",
    CommandType.ARCHIVE: "archived",
}
"""How a hand-over stands in the case's own log."""


class Order(Model):
    """What a person wants done with a case."""

    kind: CommandType
    to: str = ""
    """The office that it goes to; empty for a decision, an archiving, an annotation."""
    stage: str = ""
    """Where it stands in the way from now on; empty: as before."""
    corrections: tuple[str, ...] = ()
    passes: bool | None = None
    text: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """What the command says beside, as it stands in job and log."""
        return self.model_dump(mode="json", exclude={"kind", "to", "stage"}, exclude_defaults=True)


def hand_over(store: Workspace, case: CaseFile, order: Order, actor: Actor) -> Job:
    """Queue an order. From now on the case can't be changed here, until its receipt or its withdrawal.

    Raises E-CASE-HOLDER, E-SYNC-UNDERWAY, E-STORE-BLOB when a file of the case is damaged.
    """
    if order.kind is CommandType.ANNOTATE:
        return _annotate(store, case, order)
    refuse_elsewhere(store, case, actor)
    pack(store, case.id)  # reads every file once, before anything is locked
    job = _job(case, order)
    body = {"to": order.to, "from": case.stage, "stage": order.stage or case.stage, "job": job.id} | order.facts

    def enter(connection: sqlite3.Connection, changed: CaseFile) -> None:
        package = pack(store, changed.id, verified=True)
        manifest = package.manifest.model_dump_json()
        outbox.insert(connection, job.model_copy(update={"manifest": manifest}), _ledger(package))

    with store.change(case, ENTRIES[order.kind], body, actor) as change:
        archived = case.archived or order.kind is CommandType.ARCHIVE
        change.update(transfer=Transfer.QUEUED, stage=order.stage or case.stage, archived=archived)
        change.then(enter)
    return store.outbox.job(job.id)


def withdraw(store: Workspace, job: Job, actor: Actor) -> CaseFile:
    """Take a hand-over back that can't have been received. Raises E-SYNC-UNDERWAY when it may have been."""
    if may_be_there(job):
        raise LandReviewError("E-SYNC-UNDERWAY", detail=_may_be_there())
    case = store.case(job.case_id)
    withdrawn = job.model_copy(update={"state": JobState.WITHDRAWN})
    if not job.manifest:  # an annotation: the case knows nothing of it
        store.outbox.put(withdrawn)
        return case
    bodies = [json.loads(event.body) for event in store.log(case.id)]
    stage = next(body["from"] for body in reversed(bodies) if body.get("job") == job.id and "from" in body)
    store.outbox.put(withdrawn)
    with store.change(store.case(case.id), "withdrawn", {"job": job.id, "stage": stage}, actor) as change:
        change.update(transfer=Transfer.NONE, stage=stage, archived=False)
    return change.case


def may_be_there(job: Job) -> bool:
    """Whether the other side may have received it: then it can't be taken back."""
    return job.state is not JobState.FAILED and (job.state not in OPEN_STATES or bool(job.command))


def retry(store: Workspace, job: Job) -> Job:
    """Try a failed hand-over again at once. Raises E-CASE-STEP when the case was changed since: then it is another."""
    if job.manifest and pack(store, job.case_id).manifest.model_dump_json() != job.manifest:
        raise LandReviewError("E-CASE-STEP", detail=_changed_since())
    fresh = {"state": JobState.QUEUED, "reason": Reason(), "next_at": now(), "command": ""}
    return store.outbox.put(job.model_copy(update=fresh))


def refuse_elsewhere(store: Workspace, case: CaseFile, actor: Actor) -> None:
    """Raise when this office does not hold the case, or is handing it over already."""
    if case.holder and actor.office and not same_office(case.holder, actor.office):
        raise LandReviewError("E-CASE-HOLDER", detail=case.holder)
    underway = [job for job in store.outbox.of_case(case.id) if job.state in OPEN_STATES and job.manifest]
    if underway:
        raise LandReviewError("E-SYNC-UNDERWAY", detail=f"{case.number} → {underway[0].target}")


def package_of(store: Workspace, job: Job) -> Package:
    """The package of a job, its bytes taken from the ledger and the store's files."""
    contents: dict[str, Content] = {}
    for part in store.outbox.parts(job.id):
        inside = store.outbox.content(job.id, part.seq)
        contents[part.sha256] = store.blobs.get(part.sha256, part.suffix) if inside is None else inside
    return Package(Manifest.model_validate_json(job.manifest), contents)


def _annotate(store: Workspace, case: CaseFile, order: Order) -> Job:
    job = _job(case, order)
    with store.writing() as connection:
        outbox.insert(connection, job, ())
    return job


def _job(case: CaseFile, order: Order) -> Job:
    at = now()
    return Job(
        id=new_id(),
        case_id=case.id,
        kind=order.kind.value,
        target=order.to,
        facts=order.facts,
        created_at=at,
        next_at=at,
    )


def _ledger(package: Package) -> list[tuple[JobPart, bytes | None]]:
    suffixes = {sha256: suffix for sha256, _, suffix in files_of(register_of(package))}
    rows: list[tuple[JobPart, bytes | None]] = []
    for seq, part in enumerate(package.manifest.parts):
        content = package.contents[part.sha256]
        suffix = ".json" if part.kind is PartKind.RESULT else suffixes.get(part.sha256, "")
        entry = JobPart(seq=seq, sha256=part.sha256, size=part.size, suffix=suffix)
        rows.append((entry, content if isinstance(content, bytes) else None))
    return rows


def _may_be_there() -> Text:
    return Text(zh="对方可能已收到，回执尚未返回", en="it may have been received; its receipt is not here yet")


def _changed_since() -> Text:
    return Text(
        zh="案卷在移交后又有更改：请撤回后重新移交", en="the case was changed since: withdraw it and hand it over"
    )
