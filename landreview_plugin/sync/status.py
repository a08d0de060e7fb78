# SPDX-License-Identifier: GPL-2.0-or-later
"""How the hand-over of a case stands, in words for people. Panel and command line ask here; no line is needed."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from ..core.model.base import Model, Text
from ..core.model.problems import LandReviewError
from ..core.texts import hint, meaning
from ..core.workflow.offices import same_office
from ..store.custody_rows import Custody
from ..store.jobs import OPEN_STATES, Job, JobState, Reason
from ..store.workspace import Workspace
from .protocol import Receipt

_ENTER = ("等待在中心登记", "waiting to be entered at the centre")
CHINA = dt.timezone(dt.timedelta(hours=8))


class SyncState(StrEnum):
    """What the panel shows; its icon and colour hang on this."""

    HERE = "here"
    """Never left this office, or came in from another one and is ours."""
    QUEUED = "queued"
    SENDING = "sending"
    RECEIVED = "received"
    RETURNED = "returned"
    FAILED = "failed"
    ELSEWHERE = "elsewhere"
    """Another office holds it; here it can only be read."""
    DIFFERS = "differs"
    """Changed here and elsewhere: a person must choose."""


class SyncStatus(Model):
    """How a case stands between offices."""

    state: SyncState
    text: Text
    """One line: ``received by 4309 at 10:31, receipt 43-20261127-000017``."""
    next_step: Text = Text.same("")
    """What to do, where there is something to do."""
    share: float | None = None
    """0 … 1 while sending."""
    corrections: tuple[str, ...] = ()
    read_only: bool = False
    holder: str = ""
    since: dt.datetime | None = None
    receipt: Receipt | None = None
    """Of the newest hand-over that was received."""
    custody_status: str = ""
    """The last custody command that is known: submitted, forwarded, returned, decided, archived."""
    job: str = ""
    """Id of the hand-over that this speaks of: for retry and withdraw."""


def status_of(store: Workspace, case_id: str, office: str) -> SyncStatus:
    """How a case stands, seen from ``office``. Raises E-STORE-GONE."""
    case, custody = store.case(case_id), store.custody(case_id)
    jobs = [job for job in store.outbox.of_case(case_id) if job.manifest and job.state is not JobState.WITHDRAWN]
    elsewhere = bool(case.holder) and not same_office(case.holder, office)
    base = SyncStatus(
        state=SyncState.ELSEWHERE if elsewhere else SyncState.HERE,
        text=_held(case.holder, custody) if elsewhere else Text(zh="在本单位", en="here"),
        read_only=elsewhere,
        holder=case.holder,
        since=custody.since if custody else None,
        corrections=custody.corrections if custody else (),
        custody_status=custody.status if custody else "",
    )
    if store.differences.open_of(case_id):
        return _differs(base)
    return _of_job(store, jobs[-1], base, elsewhere) if jobs else base


def _of_job(store: Workspace, job: Job, base: SyncStatus, elsewhere: bool) -> SyncStatus:
    own = base.model_copy(update={"job": job.id})
    if job.state in OPEN_STATES:
        return _on_its_way(store, job, own)
    if job.state is JobState.FAILED:
        return _failed(job, own)
    receipt = Receipt.model_validate_json(job.receipt)
    if job.state is JobState.RETURNED and not elsewhere:
        text = Text(zh="已退回补正", en="returned for correction")
        found = {"state": SyncState.RETURNED, "text": text, "receipt": receipt, "next_step": _correct()}
        return own.model_copy(update=found | {"corrections": job.reason.corrections or base.corrections})
    if not job.target:
        return own.model_copy(update={"state": SyncState.RECEIVED, "text": _entered(receipt), "receipt": receipt})
    if elsewhere and same_office(base.holder, receipt.holder) and base.custody_status != "decided":
        return own.model_copy(update={"state": SyncState.RECEIVED, "text": _received(receipt), "receipt": receipt})
    return base.model_copy(update={"receipt": receipt})


def _on_its_way(store: Workspace, job: Job, base: SyncStatus) -> SyncStatus:
    parts = store.outbox.parts(job.id)
    size = sum(part.size for part in parts) or 1
    share = sum(part.size if part.done else min(part.sent, part.size) for part in parts) / size
    underway = {"share": share, "read_only": True}
    if job.state is JobState.SENDING:
        percent = int(100 * share)  # downwards: 100 % is only what is there whole
        text = Text(zh=f"正在发送 {percent}%", en=f"sending {percent}%")
        return base.model_copy(update=underway | {"state": SyncState.SENDING, "text": text})
    zh, en = (f"等待发送至{job.target}", f"waiting to be sent to {job.target}") if job.target else _ENTER
    found = {"state": SyncState.QUEUED, "text": Text(zh=zh, en=en)}
    if job.reason.code:  # of the last try: while it is sent there is none yet
        found["next_step"] = _waits(job)
    return base.model_copy(update=underway | found)


def _failed(job: Job, base: SyncStatus) -> SyncStatus:
    error = sentence(job.reason)
    return base.model_copy(update={"state": SyncState.FAILED, "text": error, "next_step": hint(job.reason.code)})


def sentence(reason: Reason) -> Text:
    """Code, meaning and detail of why something waits or failed."""
    said, detail = meaning(reason.code), reason.detail
    zh = f"{reason.code} {said.zh}" + (f"：{detail.zh}" if detail else "")
    en = f"{reason.code} {said.en}" + (f": {detail.en}" if detail else "")
    return Text(zh=zh, en=en)


def _received(receipt: Receipt) -> Text:
    at = f"{receipt.at_server.astimezone(CHINA):%m-%d %H:%M}"
    zh = f"{receipt.holder}已收件 {at}（回执{receipt.number}）"
    return Text(zh=zh, en=f"received by {receipt.holder}, {at} (receipt {receipt.number})")


def _entered(receipt: Receipt) -> Text:
    at = f"{receipt.at_server.astimezone(CHINA):%m-%d %H:%M}"
    return Text(
        zh=f"中心已登记 {at}（回执{receipt.number}）", en=f"entered at the centre, {at} (receipt {receipt.number})"
    )


def _held(holder: str, custody: Custody | None) -> Text:
    at = f"{custody.since.astimezone(CHINA):%Y-%m-%d %H:%M}" if custody else "?"
    if custody is not None and custody.status in ("decided", "archived") and custody.passes is not None:
        zh, en = ("同意", "passed") if custody.passes else ("不同意", "refused")
        return Text(zh=f"{holder}已批复：{zh}", en=f"decided by {holder}: {en}")
    return Text(zh=f"{holder}办理中（自{at}）", en=f"with {holder} since {at}")


def _waits(job: Job) -> Text:
    at = f"{job.next_at.astimezone(CHINA):%H:%M:%S}"
    said = sentence(job.reason)
    return Text(zh=f"{said.zh}；{at}自动重试", en=f"{said.en}; it is tried again at {at}")


def _differs(base: SyncStatus) -> SyncStatus:
    error = LandReviewError("E-SYNC-DIFFERS")
    update = {"state": SyncState.DIFFERS, "text": meaning(error.code), "next_step": hint(error.code)}
    return base.model_copy(update=update | {"read_only": True})


def _correct() -> Text:
    return Text(zh="按所列要求补正后重新上报", en="correct what is asked, then hand it over again")
